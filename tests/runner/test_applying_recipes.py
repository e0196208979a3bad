"""Recipes carried out: the same bytes everywhere, nothing half done, every row accounted for."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit import runner
from audit.errors import ColumnError, ParameterError, Stopped, WorkspaceError
from audit.model import Finding, Role, Severity
from audit.runner.recipe import Recipe, make_step
from audit.store import Workspace

PEOPLE = {
    "age": [30, None, 41, 22, None],
    "sex": ["F", "M", " F", "M ", "F"],
    "hired": ["yes", "no", "no", "yes", None],
}
RECIPE = Recipe.parse(
    b"name: tidy\nsteps: [{trim-space: {}}, {drop-missing: {columns: [age]}}, {drop-missing: {}}]"
)


@pytest.fixture
def space(tmp_path):
    opened = Workspace.open(tmp_path / "workspace")
    yield opened
    opened.close()


@pytest.fixture
def version(space):
    loaded = runner.load(pa.table(PEOPLE), workspace=space, name="people")
    runner.state_roles(loaded, {"label": "hired", "positive": "yes", "sensitive": ("sex",)})
    return loaded


def rows(version, column):
    return version.table.arrow("SELECT * FROM {t}")[column].to_pylist()


def test_a_recipe_makes_a_new_version_and_leaves_the_old_one(space, version):
    before = version.data.read_bytes()
    made = runner.apply(version, RECIPE, workspace=space)
    assert rows(made, "sex") == ["F", "F", "M"]
    assert made.manifest.name == "people · tidy"
    assert made.manifest.origin.parent == version.id
    assert version.data.read_bytes() == before
    assert space.children(version)[0].id == made.id


def test_what_each_step_did_and_the_recipe_are_kept(space, version):
    kept = runner.applied(runner.apply(version, RECIPE, workspace=space))
    assert kept is not None
    assert [(e.position, e.removed, e.changed) for e in kept.effects] == [
        (1, 0, 2),
        (2, 2, 0),
        (3, 0, 0),
    ]
    assert Recipe.parse(kept.recipe.encode()).steps == RECIPE.steps


def test_the_rows_that_went_are_told_with_step_and_reason_and_their_cells(space, version):
    made = runner.apply(version, RECIPE, workspace=space)
    with space.scratch() as folder:
        table = runner.removed_rows(made, workspace=space, folder=folder)
        found = table.arrow("SELECT * FROM {t}").to_pylist()
    assert [(r["removed_row"], r["removed_by"], r["sex"]) for r in found] == [
        (2, "2: drop-missing", "M"),
        (5, "2: drop-missing", "F"),
    ]
    assert {r["removed_because"] for r in found} == {"age is missing"}


def test_after_the_parent_is_deleted_its_removed_rows_are_gone_with_it(space, version, tmp_path):
    made = runner.apply(version, RECIPE, workspace=space)
    space.delete(version)
    with space.scratch() as folder, pytest.raises(WorkspaceError, match="has been deleted"):
        runner.removed_rows(made, workspace=space, folder=folder)


def test_roles_words_and_dismissals_go_with_the_data(space, version):
    finding = Finding(check="low-k", severity=Severity.NOTICE, title="t", why="w")
    runner.dismiss(version, finding, "known")
    made = runner.apply(version, RECIPE, workspace=space)
    roles = runner.roles(made)
    assert (roles.one(Role.LABEL), roles.positive) == ("hired", "yes")
    assert roles.having(Role.SENSITIVE) == ("sex",)
    assert [d.reason for d in runner.dismissals(made)] == ["known"]


def test_roles_that_a_recipe_states_come_before_those_of_the_version(space, version):
    recipe = Recipe.parse(b"roles: {age: sensitive}\nsteps: [{trim-space: {}}]")
    made = runner.apply(version, recipe, workspace=space)
    assert runner.roles(made).having(Role.SENSITIVE) == ("age", "sex")


def test_the_same_recipe_makes_the_same_version(space, version, tmp_path):
    made = runner.apply(version, RECIPE, workspace=space)
    assert runner.apply(version, RECIPE, workspace=space).id == made.id
    other = Workspace.open(tmp_path / "other")
    again = runner.load(pa.table(PEOPLE), workspace=other, name="people")
    runner.state_roles(again, {"label": "hired", "positive": "yes", "sensitive": ("sex",)})
    twin = runner.apply(again, RECIPE, workspace=other)
    assert (twin.id, twin.data.read_bytes()) == (made.id, made.data.read_bytes())
    other.close()


def test_two_recipes_with_one_outcome_keep_an_account_each(space, version):
    one = runner.apply(version, Recipe.parse(b"steps: [{drop-missing: {}}]"), workspace=space)
    text = b"steps: [{drop-missing: {columns: [age]}}, {drop-missing: {}}]"
    other = runner.apply(version, Recipe.parse(text), workspace=space)
    assert one.id != other.id
    assert one.manifest.sha256 == other.manifest.sha256


def test_switching_a_step_off_is_as_if_it_had_never_been_there(space, version):
    steps = (make_step("trim-space"), make_step("drop-missing"))
    without = runner.apply(version, Recipe(steps=steps[:1]), workspace=space)
    off = Recipe(steps=(steps[0], replace(steps[1], skip=True)))
    assert runner.apply(version, off, workspace=space).id == without.id


def test_one_thread_gives_the_bytes_that_two_give(space, version):
    many = pa.table({"n": list(range(300_000)), "t": [f" {i % 997} " for i in range(300_000)]})
    loaded = runner.load(many, workspace=space)
    recipe = Recipe.parse(b"steps: [{trim-space: {}}, {drop-missing: {}}]")
    made = runner.apply(loaded, recipe, workspace=space).data.read_bytes()
    code = (
        "import os; os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})\n"
        "import pyarrow as pa; pa.set_cpu_count(1)\n"
        "from audit import runner; from audit.store import Workspace; from pathlib import Path\n"
        f"space = Workspace.open(Path({str(space.root.parent / 'one')!r}))\n"
        f"version = runner.load(Path({str(loaded.data)!r}), workspace=space)\n"
        "recipe = runner.Recipe.parse(b'steps: [{trim-space: {}}, {drop-missing: {}}]')\n"
        "print(runner.apply(version, recipe, workspace=space).data)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert Path(told.stdout.strip()).read_bytes() == made


def test_a_preview_of_the_whole_says_what_applying_does(space, version):
    seen = runner.preview(version, RECIPE, workspace=space)
    kept = runner.applied(runner.apply(version, RECIPE, workspace=space))
    assert kept is not None
    assert tuple(d.effect for d in seen.done) == kept.effects
    assert not seen.sampled
    assert [t.what for t in seen.done[0].shown.rows] == ["changed", "changed"]


def test_a_preview_of_a_sample_says_so_and_makes_no_version(space, version):
    seen = runner.preview(version, RECIPE, workspace=space, rows=3)
    assert (seen.rows, seen.of, seen.sampled) == (3, 5, True)
    assert all(t.row in range(5) for d in seen.done for t in d.shown.rows)
    assert len(space.versions()) == 1


def test_stopping_makes_nothing(space, version):
    def stop(share, _note="", /):
        if share > 0.6:
            message = "enough"
            raise Stopped(message)

    with pytest.raises(Stopped):
        runner.apply(version, RECIPE, workspace=space, progress=stop)
    assert len(space.versions()) == 1
    assert [p for p in (space.root / "tmp").iterdir() if (p / "version").exists()] == []


def test_a_key_that_is_not_there_is_missed_before_any_work(space, version):
    seen = []

    def progress(share, note="", /):
        seen.append(note)

    recipe = Recipe.parse(b"steps: [{trim-space: {}}, {hash-keyed: {columns: [sex]}}]")
    with pytest.raises(ParameterError, match=r"Step 2 .*needs a secret key"):
        runner.apply(version, recipe, workspace=space, progress=progress)
    assert seen == []


def test_a_recipe_without_a_step_that_is_on_is_refused(space, version):
    with pytest.raises(ParameterError, match="no step that is switched on"):
        runner.apply(version, Recipe(), workspace=space)


NONE_LEFT = Recipe.parse(b"steps: [{trim-space: {}}, {filter-rows: {where: age > 99}}]")


def test_a_step_that_leaves_no_row_is_shown_by_a_preview_and_refused(space, version):
    seen = runner.preview(version, NONE_LEFT, workspace=space)
    assert [d.effect.leaves_no_row for d in seen.done] == [False, True]
    with pytest.raises(ParameterError, match=r"Step 2 \(Filter rows .*none of 5 rows is left") as e:
        runner.apply(version, NONE_LEFT, workspace=space)
    assert "does not pass the condition: 3 rows" in str(e.value)
    assert "switch it off" in e.value.hint
    assert len(space.versions()) == 1


def test_a_version_that_never_had_a_row_takes_steps_like_others(space):
    none = pa.table({"age": pa.array([], pa.int64())})
    made = runner.apply(runner.load(none, workspace=space), NONE_LEFT, workspace=space)
    assert made.manifest.rows == 0


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        (b"roles: {hird: label}", "'hird'(.|\n)*'hired'"),
        (b"roles: {hired: label}\npositive: {hired: yess}", "No row has the value 'yess'"),
        (b"positive: {hired: yess}", "No row has the value 'yess'"),
        (b"roles: {hired: []}\npositive: 'yes'", "no column is the label"),
    ],
)
def test_roles_and_a_positive_value_that_fit_nothing_are_refused(space, version, stated, says):
    with pytest.raises((ParameterError, ColumnError), match=says):
        runner.apply(
            version, Recipe.parse(stated + b"\nsteps: [{trim-space: {}}]"), workspace=space
        )


def test_a_positive_value_of_another_column_than_the_label_is_refused():
    with pytest.raises(ParameterError, match=r"'hird'(.|\n)*'hired'"):
        Recipe.parse(b"roles: {hired: label}\npositive: {hird: 'yes'}\nsteps: [{trim-space: {}}]")


def test_a_recipe_for_other_data_is_refused_unless_that_is_allowed(space, version):
    other = Recipe.parse(b"source: {name: x, sha256: '00'}\nsteps: [{trim-space: {}}]")
    with pytest.raises(ParameterError, match="made for other data"):
        runner.apply(version, other, workspace=space)
    assert runner.apply(version, other, workspace=space, any_source=True).manifest.rows == 5


def test_a_step_that_needs_a_column_that_an_earlier_one_removed_says_which(space, version):
    recipe = Recipe.parse(b"steps: [{trim-space: {}}, {drop-missing: {columns: [gone]}}]")
    with pytest.raises(ParameterError, match=r"Step 2 \(Drop rows that lack a value\)"):
        runner.apply(version, recipe, workspace=space)
    assert len(space.versions()) == 1


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 3), st.none() | st.sampled_from("ab ")), min_size=1
    )
)
def test_dropping_twice_is_dropping_once_and_no_row_is_lost(space, cells):
    cells = [*cells, (0, "a")]  # so that a row is left
    one, other = (list(c) for c in zip(*cells, strict=True))
    table = pa.table({"n": pa.array(one, pa.int64()), "t": pa.array(other, pa.string())})
    loaded = runner.load(table, workspace=space)
    once = runner.apply(loaded, Recipe(steps=(make_step("drop-missing"),)), workspace=space)
    twice = Recipe(steps=(make_step("drop-missing"), make_step("drop-missing")))
    again = runner.apply(loaded, twice, workspace=space)
    assert again.manifest.sha256 == once.manifest.sha256
    gone = runner.removed(again)
    kept = runner.lineage(again)
    assert gone is not None
    assert kept is not None
    assert sorted([*kept.tolist(), *gone.rows.tolist()]) == list(range(len(cells)))


def test_killed_at_any_moment_there_is_a_whole_version_or_none(space, tmp_path):
    many = pa.table({"n": list(range(200_000)), "t": [f" {i} " for i in range(200_000)]})
    loaded = runner.load(many, workspace=space)
    code = (
        "from audit import runner; from audit.store import Workspace; from pathlib import Path\n"
        f"space = Workspace.open(Path({str(space.root)!r}))\n"
        "recipe = runner.Recipe.parse(b'steps: [{trim-space: {}}, {drop-missing: {}}]')\n"
        f"version = space.find({loaded.id!r})\n"
        "print('go', flush=True)\n"
        "runner.apply(version, recipe, workspace=space)"
    )
    for delay in (0.05, 0.3):
        worker = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(delay)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    fresh = Workspace.open(space.root)
    for found in fresh.versions():
        assert found.table.row("SELECT count(*) FROM {t}") == (found.manifest.rows,)
    leftover = {p.name for p in (space.root / "tmp").iterdir()}
    assert len(leftover) <= 2
    fresh.close()


def test_the_account_is_json_that_holds_no_cell(space, version):
    made = runner.apply(version, RECIPE, workspace=space)
    text = (made.folder / "applied.json").read_text()
    assert json.loads(text)["parent"] == version.id
    assert '"F"' not in text


def test_options_of_reports_go_with_the_data_but_for_columns_that_are_gone(space, version):
    options = {
        "bins": {"age": [30]},
        "coverage": ["age", "sex"],
        "reference_groups": {"sex": "F"},
        "reference": [
            {"group": [["sex", "F"]], "amount": 1},
            {"group": [["age", "30"]], "amount": 1},
        ],
    }
    runner.set_report_options(version, "representation", options)
    recipe = Recipe.parse(b"steps: [{drop-columns: {columns: [age]}}]")
    made = runner.apply(version, recipe, workspace=space)
    kept = runner.report_options(made, "representation")
    assert (kept.bins, kept.coverage, kept.reference_groups) == ({}, ("sex",), {"sex": "F"})
    assert [dict(row.group) for row in kept.reference] == [{"sex": "F"}]
    assert runner.run(made, reports=["representation"]).reports["representation"].rows == 5
