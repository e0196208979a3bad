"""Rows that changed, went, were added or copied: cell by cell, a page at a time."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import runner
from audit.comparing import cells
from audit.comparing.cells import changed
from audit.comparing.differences import differences
from audit.comparing.pairing import Rows, other_data
from audit.errors import ColumnError, ParameterError


@pytest.fixture
def pair(version_of):
    old = version_of({"a": [1, 2, None, 4, 5], "b": ["x", "y ", "z", None, "v"]})
    new = version_of(
        {
            "a": [1, None, None, 5, 5, 9],
            "b": ["x", "y", "z", "v", "v", "new"],
            "c": [0, 0, 0, 0, 0, 1],
        }
    )
    of = np.array([0, 1, 2, 4, 4, -1])
    return old.table, new.table, Rows(relation="made from it", of=of, before=5, after=6)


def test_changed_cells_are_counted_missing_equals_missing(pair):
    found = changed(*pair)
    assert (found.rows, found.cells) == (1, {"a": 1, "b": 1})


def test_changed_rows_have_their_cells_before_and_after(pair):
    page = differences(*pair, what="changed")
    (row,) = page.rows
    assert (row.row, row.before, row.after) == (1, (2, "y "), (None, "y", 0))
    assert (row.changed, page.numbers_after, page.more) == (("a", "b"), (1,), False)
    only = differences(*pair, what="changed", columns=["b"])
    assert (only.rows[0].before, only.rows[0].changed) == (("y ",), ("b",))


@pytest.mark.parametrize(
    ("what", "rows", "after", "total"),
    [
        ("removed", [(3, (4, None), None)], (None,), 1),
        ("copied", [(4, (5, "v"), (5, "v", 0))], (4,), 1),
        ("added", [(None, None, (9, "new", 1))], (5,), 1),
    ],
)
def test_rows_that_went_were_copied_or_added(pair, what, rows, after, total):
    page = differences(*pair, what=what)
    assert [(r.row, r.before, r.after) for r in page.rows] == rows
    assert (page.numbers_after, page.total) == (after, total)


def test_values_are_in_no_repr(pair):
    assert "y " not in repr(differences(*pair, what="changed"))


def test_pages_follow_one_another(version_of):
    old = version_of({"a": list(range(25))}).table
    new = version_of({"a": [v + 1 if v % 2 else v for v in range(25)]}).table
    rows = Rows(relation="same rows", of=np.arange(25), before=25, after=25)
    pages = [differences(old, new, rows, what="changed", limit=5, offset=i) for i in (0, 5, 10)]
    assert [r.row for page in pages for r in page.rows] == list(range(1, 25, 2))
    assert [page.more for page in pages] == [True, True, False]


def test_what_cannot_be_told_is_refused(pair):
    with pytest.raises(ParameterError, match="other data"):
        differences(pair[0], pair[1], other_data(5, 6), what="changed")
    with pytest.raises(ColumnError):
        differences(*pair, what="changed", columns=["nothing"])


@given(st.data())
def test_parts_of_any_size_are_held_against_each_other_row_by_row(data):
    sizes = st.lists(st.integers(1, 5), max_size=6)
    whole = pa.table({"v": list(range(12))})

    def parts():
        at = 0
        for n in [*data.draw(sizes), 12]:
            if at < 12:
                yield from whole.slice(at, n).combine_chunks().to_batches()
            at += n

    pairs = list(cells._side_by_side(parts(), parts()))
    assert all(a.equals(b) for a, b in pairs)
    assert sum(a.num_rows for a, _ in pairs) == 12


def test_renamed_columns_are_one_column(workspace, version_of):
    old = version_of({"a": [1, 2], "b": ["x", "y"]})
    rows = Rows(
        relation="made from it", of=np.arange(2), before=2, after=2, renamed={"a": "amount"}
    )
    new = version_of({"amount": [1, 3], "b": ["x", "y"]})
    assert changed(old.table, new.table, rows).cells == {"a": 1, "b": 0}
    page = differences(old.table, new.table, rows, what="changed", columns=["a"])
    assert (page.columns_before, page.columns_after) == (("a",), ("amount",))
    assert page.rows[0].changed == ("amount",)
    assert runner.row_differences(old, old, workspace=workspace).rows == ()


def test_rows_are_paired_over_many_batches(version_of, monkeypatch):
    monkeypatch.setattr(cells, "_BATCH_CELLS", 1)
    n = 5000
    keep = np.flatnonzero(np.arange(n) % 3 > 0)
    old = version_of({"a": np.arange(n)})
    new = version_of({"a": np.where(keep % 100 == 1, -1, keep)})
    rows = Rows(relation="made from it", of=keep, before=n, after=len(keep))
    assert changed(old.table, new.table, rows).rows == int((keep % 100 == 1).sum())
    page = differences(old.table, new.table, rows, what="changed", limit=3, offset=30)
    expected = keep[keep % 100 == 1][30:33].tolist()
    assert [r.row for r in page.rows] == expected
    assert [r.before for r in page.rows] == [(row,) for row in expected]
