"""Recipes that somebody else wrote, to do harm or by mistake: an error, never a crash."""

import os
import time

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
        ("steps:\n- sample-rows: {rows: 0x" + "f" * 10_000 + "}\n", "not YAML"),
        ("steps: " + "[" * 10_000 + "]" * 10_000, "not YAML"),
        ("steps: " + "{a: " * 3_000 + "1" + "}" * 3_000, "not YAML"),
        ("name: \x01\n", "not YAML"),
        ("steps:\n- drop-missing: {}\nsteps: []\n", "stands twice"),
        ("steps:\n- drop-missing: {columns: [a], columns: [b]}\n", "begins in line 2"),
        ("#" * (16 * 2**20 + 1), "larger than 16 MB"),
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


@pytest.mark.parametrize("named", ["pipe", "endless", "folder", "."])
def test_what_is_no_file_is_not_opened(tmp_path, named):
    """A pipe would wait for ever, a device would give for ever."""
    folder = tmp_path / "recipes"
    (folder / "folder").mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    (folder / "endless").symlink_to("/dev/zero")
    space = Workspace.open(tmp_path / "workspace")
    version = runner.load(pa.table({"t": ["x", "y"]}), workspace=space)
    for remedy, given in (
        ("generalize", {"column": "t", "hierarchy": named}),
        ("rake", {"reference": named}),
    ):
        recipe = Recipe(steps=(runner.make_step(remedy, given),), folder=folder)
        with pytest.raises(ParameterError, match="that the recipe names is not there"):
            runner.apply(version, recipe, workspace=space)
    space.close()


def test_a_recipe_that_never_ends_is_refused():
    with pytest.raises(ParameterError, match="larger than 16 MB"):
        Recipe.read("/dev/zero")


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("(" * 10_000 + "n = 1" + ")" * 10_000, "10,000 characters"),
        ("NOT " * 2_400 + "n = 1", "too deep"),
        ("n > " + "- " * 4_000 + "1", "too deep"),
        ("n = " + "9" * 9_000, "too large"),
        ("n" + "::text" * 1_500 + " = '1'", "too deep"),
        ("regexp_matches(t, '((a{1,30}){1,30}){1,30}b')", "cannot be read"),
        ("n = 1\x00 OR 1 = 1", "not allowed"),
    ],
)
def test_conditions_that_would_break_a_parser_or_an_engine_are_refused(tmp_path, where, told):
    space = Workspace.open(tmp_path / "workspace")
    version = runner.load(pa.table({"n": [1, 2], "t": ["x", "y"]}), workspace=space)
    recipe = Recipe(steps=(runner.make_step("filter-rows", {"where": where}),))
    with pytest.raises(ParameterError, match=told):
        runner.apply(version, recipe, workspace=space)
    space.close()


@pytest.mark.parametrize(
    "where",
    [
        "NOT regexp_matches(t, '^(a+)+$')",
        "NOT regexp_matches(t, '(?:" + "(.*)" * 90 + ")x')",
        "NOT t ILIKE '" + "%_a" * 300 + "b'",
    ],
)
def test_patterns_that_explode_elsewhere_take_no_time(tmp_path, where):
    space = Workspace.open(tmp_path / "workspace")
    version = runner.load(pa.table({"t": ["a" * 60 + "!"] * 200}), workspace=space)
    recipe = Recipe(steps=(runner.make_step("filter-rows", {"where": where}),))
    begun = time.process_time()
    assert runner.apply(version, recipe, workspace=space).manifest.rows == 200
    assert time.process_time() - begun < 5
    space.close()
