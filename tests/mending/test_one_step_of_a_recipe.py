"""The engine: what a change asks for is what comes out, and every row is accounted for."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError, Stopped
from audit.mending.change import Cells, Change, Computed, Removed
from audit.mending.stage import ADDED, Stage, carry_out
from audit.store import Workspace
from audit.store.table import table_of

NAN = float("nan")
ROWS = {
    "n": pa.array([1, 2, 3, None, 5], pa.int64()),
    "x": pa.array([0.5, NAN, None, 2.0, NAN]),
    "t": ["a", "b", None, "d", "e"],
    "l": [["p"], [], None, ["q", None], ["r"]],
}


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    opened = Workspace.open(tmp_path_factory.mktemp("stages"))
    yield opened
    opened.close()


@pytest.fixture
def stage(space):
    table = runner.load(pa.table(ROWS), workspace=space).table
    return Stage(table=table, lineage=np.array([10, 11, 12, 13, 14]))


def carried(space, stage, change, **given):
    with space.scratch() as folder:
        path = folder / "out.parquet"
        outcome = carry_out(
            stage, change, path=path, position=1, remedy="try", title="Try", **given
        )
        return outcome, outcome.stage.table.arrow("SELECT * FROM {t}")


def removed(*rows):
    numbers = np.array(rows, np.int64)
    return Removed(rows=numbers, why=np.zeros(len(rows), np.int32), reasons=("it had to go",))


def test_rows_go_are_copied_and_added_in_their_order(space, stage):
    change = Change(
        removed=removed(1, 3),
        times=np.array([1, 1, 3, 1, 1], np.int32),
        added=[pa.table({"n": [7], "t": ["new"]})],
    )
    outcome, rows = carried(space, stage, change)
    assert rows["n"].to_pylist() == [1, 3, 3, 3, 5, 7]
    assert rows["l"].to_pylist()[-1] is None
    assert outcome.stage.lineage.tolist() == [10, 12, 12, 12, 14, ADDED]
    assert outcome.gone.rows.tolist() == [11, 13]
    e = outcome.effect
    assert (e.rows_in, e.removed, e.copied, e.added, e.rows_out) == (5, 2, 2, 1, 6)
    assert e.reasons == (("it had to go", 2),)


def test_cells_that_differ_are_counted_and_a_missing_one_equals_itself(space, stage):
    sql = "CASE WHEN {a} = 2 THEN 0 WHEN {a} IS NULL THEN NULL ELSE {a} END"
    change = Change(
        cells=(
            Cells(column="n", sql=f"CAST({sql} AS BIGINT)", names={"a": "n"}),
            Cells(column="x", sql="{a}", names={"a": "x"}),
        )
    )
    outcome, rows = carried(space, stage, change)
    assert rows["n"].to_pylist() == [1, 0, 3, None, 5]
    assert outcome.effect.changed == 1
    assert outcome.effect.changed_cells == (("n", 1),)


def test_cells_of_rows_that_go_are_not_counted_as_changed(space, stage):
    change = Change(removed=removed(0), cells=(Cells(column="t", sql="'z'"),))
    outcome, _ = carried(space, stage, change)
    assert outcome.effect.changed == 4


def test_a_new_type_is_compared_as_text(space, stage):
    change = Change(cells=(Cells(column="n", sql="CAST({a} AS VARCHAR)", names={"a": "n"}),))
    outcome, rows = carried(space, stage, change)
    assert rows["n"].to_pylist() == ["1", "2", "3", None, "5"]
    assert outcome.effect.changed == 0


def test_python_gives_cells_batch_by_batch_with_the_number_of_the_first_row(space, stage):
    def double(batch, first):
        values = batch.column(0).to_pylist()
        return {
            "t": pa.array([None if v is None else v * 2 for v in values], pa.string()),
            "at": pa.array(range(first, first + len(values)), pa.int64()),
        }

    types = {"t": pa.string(), "at": pa.int64()}
    change = Change(computed=(Computed(needs=("t",), types=types, function=double),))
    outcome, rows = carried(space, stage, change)
    assert rows["t"].to_pylist() == ["aa", "bb", None, "dd", "ee"]
    assert rows["at"].to_pylist() == [0, 1, 2, 3, 4]
    assert outcome.effect.changed == 4
    assert outcome.effect.columns_added == ("at",)


def test_nested_cells_are_compared_by_what_is_in_them(space, stage):
    def shorten(batch, _first):
        cells = [None if c is None else c[:1] for c in batch.column(0).to_pylist()]
        return {"l": pa.array(cells, pa.list_(pa.string()))}

    types = {"l": pa.list_(pa.string())}
    change = Change(computed=(Computed(needs=("l",), types=types, function=shorten),))
    outcome, _ = carried(space, stage, change)
    assert outcome.effect.changed_cells == (("l", 1),)


def test_columns_go_and_get_other_names(space, stage):
    change = Change(drop_columns=("x",), rename={"t": "T2"})
    outcome, rows = carried(space, stage, change)
    assert rows.column_names == ["n", "T2", "l"]
    assert outcome.effect.columns_removed == ("x",)
    assert outcome.effect.columns_renamed == (("t", "T2"),)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change(rename={"t": "N"}), "two columns called 'N'"),
        (Change(rename={"t": " "}), "needs a name"),
        (Change(cells=(Cells(column="file_row_number", sql="1"),)), "engine uses the name"),
        (Change(drop_columns=("n", "x", "t", "l")), "No column would be left"),
    ],
)
def test_names_that_no_table_can_have_are_refused(space, stage, change, told):
    with pytest.raises(ParameterError, match=told):
        carried(space, stage, change)


def test_examples_show_rows_before_and_after_with_the_reason(space, stage):
    cells = (Cells(column="t", sql="upper({a})", names={"a": "t"}),)
    change = Change(removed=removed(4), cells=cells)
    outcome, _ = carried(space, stage, change, examples=True)
    by_row = {r.row: r for r in outcome.shown.rows}
    assert (by_row[14].what, by_row[14].reason, by_row[14].after) == (
        "removed",
        "it had to go",
        None,
    )
    assert (by_row[10].before[2], by_row[10].after[2], by_row[10].changed) == ("a", "A", ("t",))
    assert 12 not in by_row
    assert "a" not in repr(by_row[10]).replace("changed", "").replace("Touched", "").replace(
        "row", ""
    )


def test_stopping_midway_leaves_no_file(space, stage):
    def stop(share, _note="", /):
        if share > 0.5:
            message = "enough"
            raise Stopped(message)

    with space.scratch() as folder:
        path = folder / "out.parquet"
        given = {"position": 1, "remedy": "t", "title": "T", "progress": stop}
        with pytest.raises(Stopped):
            carry_out(stage, Change(), path=path, **given)
        assert not path.exists()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_kept_and_removed_are_all_rows(space, data):
    count = data.draw(st.integers(0, 30))
    gone = sorted(data.draw(st.sets(st.integers(0, max(0, count - 1)), max_size=count)))
    times = data.draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))
    table = runner.load(pa.table({"n": pa.array(range(count), pa.int64())}), workspace=space).table
    first = Stage(table=table, lineage=np.arange(count))
    change = Change(removed=removed(*gone), times=np.array(times, np.int32))
    outcome, rows = carried(space, first, change)
    expected = [n for n in range(count) if n not in gone for _ in range(times[n])]
    assert rows["n"].to_pylist() == expected == outcome.stage.lineage.tolist()
    e = outcome.effect
    assert e.rows_out == e.rows_in - e.removed + e.copied + e.added == len(expected)


def test_a_table_without_rows_keeps_its_columns(space):
    table = runner.load(pa.table({"n": pa.array([], pa.int64())}), workspace=space).table
    change = Change(cells=(Cells(column="m", sql="CAST({a} AS DOUBLE)", names={"a": "n"}),))
    outcome, rows = carried(space, Stage(table=table, lineage=np.arange(0)), change)
    assert rows.schema.types == [pa.int64(), pa.float64()]
    assert outcome.effect.rows_out == 0


def test_draft_files_hold_the_same_rows(space, stage):
    with space.scratch() as folder:
        path = folder / "draft.parquet"
        given = {"position": 1, "remedy": "t", "title": "T"}
        carry_out(stage, Change(), path=path, draft=True, **given)
        again = table_of(space.engine, path, id_="draft").arrow("SELECT * FROM {t}")
    assert repr(again.to_pydict()) == repr(stage.table.arrow("SELECT * FROM {t}").to_pydict())
