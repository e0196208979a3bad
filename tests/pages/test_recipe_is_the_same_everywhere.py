"""A recipe on the page, on the command line and in Python: the same bytes."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import audit
from audit import runner
from audit.cli import main
from audit.errors import ParameterError
from audit.runner import recipe_draft
from audit.store import Workspace

RECIPE = "pages/improve/recipe.py"
LINES = ["id,age,sex,pay,hired,note"]
LINES += [
    f"{i},{20 + i * 7 % 50 if i % 9 else ''},{'FM'[i % 3 > 0]},{i * 37 % 90},{'yn'[i % 4 > 1]}, n {i % 5} "
    for i in range(90)
]
POOL = (
    ("trim-space", {}),
    ("drop-missing", {"columns": ["age"]}),
    ("filter-rows", {"where": "pay >= 10 AND sex IN ('F', 'M')"}),
    ("drop-duplicates", {"columns": ["age", "sex"]}),
    ("fill-missing", {"columns": ["age"], "method": "median"}),
    ("scale", {"columns": ["pay"]}),
    ("resample", {"by": ["sex", "hired"], "target": "equal", "seed": 3}),
    ("reweigh", {"by": ["sex"]}),
    ("k-anonymize", {"columns": ["age", "sex"], "k": 4}),
    ("hash-keyed", {"columns": ["id"]}),
    ("sample-rows", {"share": 0.8, "by": ["sex"], "seed": 1}),
)
KEY = "a key that nobody guesses"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("\n".join(LINES) + "\n")
    return path


@pytest.fixture
def version(file, workspace):
    loaded = runner.load(file, workspace=workspace)
    runner.state_roles(loaded, {"label": "hired", "positive": "y", "sensitive": ("sex",)})
    return loaded


def drafted(version, steps):
    made = tuple(runner.make_step(id_, params) for id_, params in steps)
    recipe_draft.keep_draft(version, runner.Recipe(name="same", steps=made))
    return recipe_draft.for_version(recipe_draft.draft(version), version)


def test_what_the_page_applies_and_saves_is_what_the_command_line_makes(
    open_app, settled, version, workspace, file, tmp_path, monkeypatch
):
    monkeypatch.setenv("EVENHAND_KEY", KEY)
    saved = drafted(version, POOL).text()
    app = open_app(version, RECIPE)
    app.button(key="apply").click().run()
    settled(settled(app).run())
    (new,) = [v for v in workspace.versions() if v.manifest.origin.parent == version.id]
    recipe, out = tmp_path / "recipe.yaml", tmp_path / "out.parquet"
    recipe.write_text(saved, encoding="utf-8")
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(tmp_path / "elsewhere"))
    arguments = ["apply", file, "--recipe", recipe, "--output", out]
    monkeypatch.setattr(sys, "argv", ["evenhand", *map(str, arguments)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 0
    assert out.read_bytes() == new.data.read_bytes()
    data = audit.load(file, workspace=tmp_path / "third")
    fixed = audit.apply(data, audit.Recipe.read(recipe))
    assert fixed.version.id == new.id


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(POOL), min_size=1, max_size=4, unique_by=lambda s: s[0]))
def test_any_recipe_that_is_saved_does_elsewhere_what_it_does_here(
    version, file, workspace, tmp_path, steps
):
    whole = drafted(version, steps)
    space = Workspace.open(tmp_path / "elsewhere")
    other = runner.load(file, workspace=space)
    again = runner.Recipe.parse(whole.text().encode())
    here, there = outcome(version, whole, workspace), outcome(other, again, space)
    assert here == there
    space.close()


def outcome(version, recipe, workspace):
    """What came of it: id and bytes of a version, or why there is none."""
    try:
        made = runner.apply(version, recipe, workspace=workspace, key=KEY.encode)
    except ParameterError as error:
        if "is left" not in error.problem:
            raise
        return error.problem
    return made.id, made.data.read_bytes()
