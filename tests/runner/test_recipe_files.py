import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError
from audit.model import Role, Step
from audit.runner.recipe import Recipe, from_suggestion, make_step

TEXT = b"""version: 1
name: for the credit model
source: {name: applicants, sha256: 3f9a}
roles: {income: label, sex: [sensitive, quasi-identifier]}
positive: {income: ">50K"}
steps:
- drop-missing: {columns: [age, 'a: b']}
- trim-space:
  skip: true
  why: "12 texts have spaces: too many"
- drop-missing
"""


def test_a_recipe_is_read_as_it_is_written():
    recipe = Recipe.parse(TEXT)
    assert recipe.name == "for the credit model"
    assert recipe.roles["sex"] == (Role.SENSITIVE, Role.QUASI_IDENTIFIER)
    assert recipe.positive == ">50K"
    assert [(s.remedy, s.given, s.skip) for s in recipe.steps] == [
        ("drop-missing", {"columns": ["age", "a: b"]}, False),
        ("trim-space", {}, True),
        ("drop-missing", {}, False),
    ]
    assert [i for i, _ in recipe.active] == [1, 3]


def test_writing_and_reading_gives_the_same_recipe():
    recipe = Recipe.parse(TEXT)
    assert Recipe.parse(recipe.text().encode()) == recipe


NAMES = st.text(min_size=1, max_size=12).filter(lambda s: s.isprintable() and s.strip())


@given(st.lists(NAMES, max_size=4), NAMES, st.booleans())
def test_any_column_name_and_any_note_survive_yaml(columns, why, skip):
    step = make_step("drop-missing", {"columns": columns}, why=why)
    recipe = Recipe(name=why, positive="no", roles={"off": (Role.LABEL,)}, steps=(step,))
    assert Recipe.parse(recipe.text().encode()) == recipe


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "steps: [{drop-mising: {}}]",
            r"Step 1: There is no step 'drop-mising'.*\n.*'drop-missing'",
        ),
        (
            "steps: [{drop-missing: {column: [a]}}]",
            r"There is no parameter .*'column'(.|\n)*columns",
        ),
        ("steps: [{trim-space: {inner: maybe}}]", "Step 1: .*inner"),
        ("steps: [{}]", "names 0 remedies"),
        ("steps: [{trim-space: {}, drop-missing: {}}]", "names 2 remedies"),
        ("steps: {trim-space: {}}", "'steps' must be a list"),
        ("stepz: []", "'stepz'"),
        ("version: 2\nsteps: []", "version 2"),
        ("roles: {a: lable}", "'lable'(.|\n)*label"),
        ("steps: [", "not YAML, line"),
        ("- a", "must be a mapping"),
        ("steps: [7]", "Step 1 must be a remedy"),
    ],
)
def test_what_is_wrong_with_a_recipe_is_said_with_its_place(text, told):
    with pytest.raises(ParameterError, match=told):
        Recipe.parse(text.encode())


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ParameterError, match=r"recipe none\.yaml cannot be read"):
        Recipe.read(tmp_path / "none.yaml")


def test_the_digest_changes_with_what_is_done_and_with_nothing_else():
    recipe = Recipe.parse(TEXT)
    same = Recipe.parse(TEXT.replace(b"for the credit model", b"x").replace(b"too many", b"y"))
    other = Recipe.parse(TEXT.replace(b"[age,", b"[sex,"))
    assert recipe.digest == same.digest != other.digest


def test_a_suggestion_becomes_a_step():
    step = from_suggestion(Step(remedy="drop-missing", params=(("columns", ("age",)),)), why="w")
    assert (step.given, step.why) == ({"columns": ["age"]}, "w")


def test_roles_of_a_version_are_stated_as_a_recipe_holds_them(tmp_path):
    roles = {"income": (Role.LABEL,)}
    recipe = Recipe(roles=roles, positive="yes")
    assert Recipe.parse(recipe.text().encode()).roles == roles
    assert "positive:\n  income: 'yes'" in recipe.text()
    assert runner.Recipe is Recipe
