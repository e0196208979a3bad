"""Recipes that somebody else wrote, to do harm or by mistake: an error, never a crash."""

import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError
from audit.runner.recipe import Recipe
from audit.store import Workspace


def expanding(levels: int) -> str:
    """Write a few lines that stand for 10 ** levels values."""
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, levels)]
    within = "".join(f"      {line}\n" for line in lines)
    return f"steps:\n- scale:\n    fitted:\n{within}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (expanding(9), "too often"),
        ("steps:\n- scale: {fitted: &f {columns: *f}}\n", "part of itself"),
        ("steps: &s\n- *s\n", "part of itself"),
        (f"steps:\n- sample-rows: {{rows: {'9' * 5000}}}\n", "not YAML"),
        (f"version: {':'.join(['59'] * 3000)}\n", "not YAML"),
        ("steps:\n- filter-dates: {column: t, start: 2024-13-45}\n", "not YAML"),
        ("steps: !!python/object/apply:os.getcwd []\n", "not YAML"),
        ("steps:\n" + "- 1\n" * 1001, "1,000 steps"),
        ("steps:\n- sample-rows: {rows: 99999999999999999999}\n", "rows"),
    ],
)
def test_yaml_that_would_hang_or_break_is_refused_by_name(text, told):
    with pytest.raises(ParameterError, match=told):
        Recipe.parse(text.encode(), "r.yaml")


def test_a_list_written_once_may_be_referred_to():
    text = "steps:\n- drop-missing: {columns: &c [a, b]}\n- trim-space: {columns: *c}\n"
    first, second = Recipe.parse(text.encode()).steps
    assert first.given == second.given == {"columns": ["a", "b"]}


@pytest.mark.parametrize(
    "step",
    [
        "bin-values: {column: n, fitted: {columns: {n: 7}}}",
        "bin-values: {column: n, fitted: {columns: {n: [low]}}}",
        "clip-outliers: {columns: [n], fitted: {columns: {n: {low: .nan, high: .inf}}}}",
        "fill-missing: {columns: [n], fitted: {columns: {n: {value: CANARY}}}}",
        "group-rare-values: {column: t, fitted: {columns: {t: 1}}}",
        "replace-null-tokens: {fitted: {columns: {t: [[1]], n: [CANARY]}}}",
        "unify-variants: {columns: [t], fitted: {columns: {t: {x: 5}}}}",
    ],
)
def test_what_a_step_learnt_may_be_anything_and_is_not_repeated(tmp_path, step):
    space = Workspace.open(tmp_path / "workspace")
    version = runner.load(pa.table({"n": [1, 2, None], "t": ["x", None, "z"]}), workspace=space)
    recipe = Recipe.parse(f"steps:\n- {step}\n".encode())
    with pytest.raises(ParameterError, match="'fitted' is not what this step wrote") as caught:
        runner.apply(version, recipe, workspace=space)
    assert "CANARY" not in str(caught.value)
    assert len(space.versions()) == 1
    space.close()


@pytest.mark.parametrize("named", ["up", "absolute", "link", "nul", "long"])
def test_a_recipe_reads_no_file_outside_its_folder(tmp_path, named):
    secret = tmp_path / "secret.csv"
    secret.write_text("x,CANARY\n")
    folder = tmp_path / "recipes"
    folder.mkdir()
    (folder / "link.csv").symlink_to(secret)
    names = {
        "up": "../secret.csv",
        "absolute": str(secret),
        "link": "link.csv",
        "nul": "a\0b",
        "long": "a" * 5000,
    }
    space = Workspace.open(tmp_path / "workspace")
    version = runner.load(pa.table({"t": ["x", "y"]}), workspace=space)
    step = runner.make_step("generalize", {"column": "t", "hierarchy": names[named]})
    recipe = Recipe(steps=(step,), folder=folder)
    with pytest.raises(ParameterError, match="that the recipe names is not"):
        runner.apply(version, recipe, workspace=space)
    assert len(space.versions()) == 1
    space.close()


@pytest.mark.parametrize("value", ["99999999999999999999999999", ".nan", ".inf", "-.inf"])
def test_a_value_that_no_cell_of_the_column_holds_is_refused(tmp_path, value):
    space = Workspace.open(tmp_path / "workspace")
    version = runner.load(pa.table({"n": [1, 2, None]}), workspace=space)
    step = f"fill-missing: {{columns: [n], method: constant, value: {value}}}"
    with pytest.raises(ParameterError, match="does not fit 'n'"):
        runner.apply(version, Recipe.parse(f"steps:\n- {step}\n".encode()), workspace=space)
    space.close()
