"""Rows before and after as two tables: which columns come first, what is marked and what masked."""

import pyarrow as pa
import pytest

from audit.mending.effects import Touched
from audit.ui.touched_rows import Rows, sides


def changed(before, after, *names, row=0) -> Touched:
    return Touched(row=row, what="changed", before=before, after=after, changed=names)


def laid_out(*rows, before=("a", "b"), after=("a", "b"), masks=(), earlier=None):
    return sides(Rows(rows=rows, before=before, after=after, masks=masks, earlier=earlier or {}))


def test_what_changes_comes_first_on_both_sides_and_is_marked():
    before, after = laid_out(changed((1, "x "), (1, "x"), "b", row=4))
    assert list(before.frame.columns) == list(after.frame.columns) == ["row", "b", "a"]
    assert before.frame.iloc[0].tolist() == [5, "x␣", 1]
    assert after.frame.iloc[0].tolist() == [5, "→ x", 1]
    assert before.marked == after.marked == ((0, 1),)


def test_a_cell_that_becomes_missing_says_so_and_masks_hold_on_both_sides():
    before, after = laid_out(changed(("Ann", "x"), (None, "y"), "a", "b"), masks=("a",))
    assert before.frame.iloc[0].tolist()[1:] == ["xxx", "x"]
    assert after.frame.iloc[0].tolist()[1:] == ["→ (missing)", "→ y"]


@pytest.mark.parametrize("masked", ["mail", "contact"])
def test_a_renamed_column_stands_at_the_same_place_and_is_masked_by_either_name(masked):
    before, after = laid_out(
        changed((1, "ann@x"), (1, "bea@y"), "contact"),
        before=("a", "mail"),
        after=("a", "contact"),
        masks=(masked,),
        earlier={"contact": "mail"},
    )
    assert list(before.frame.columns) == ["row", "mail", "a"]
    assert list(after.frame.columns) == ["row", "contact", "a"]
    assert before.frame["mail"][0] == "xxx@x"
    assert after.frame["contact"][0] == "→ xxx@x"
    assert before.marked == after.marked == ((0, 1),)


def test_copies_of_a_row_that_change_are_marked_each():
    rows = [changed((1, 2), (1, n), "b", row=7) for n in (3, 4)]
    _, after = laid_out(*rows)
    assert after.frame["b"].tolist() == ["→ 3", "→ 4"]
    assert after.marked == ((0, 1), (1, 1))


def test_columns_of_the_data_may_be_called_like_those_of_the_table():
    gone = Touched(row=0, what="removed", before=(1, 2), after=None, reason="a is missing")
    before, _ = laid_out(gone, before=("row", "why"))
    assert list(before.frame.columns) == ["row ", "why ", "row", "why"]
    assert before.frame.iloc[0].tolist() == [1, "a is missing", 1, 2]


def test_new_rows_and_those_that_went_have_one_side():
    new = Touched(row=None, what="added", before=None, after=(1, "x"))
    _, after = laid_out(new)
    assert after.frame.iloc[0].tolist() == ["new", 1, "x"]
    assert after.marked == ()


@pytest.mark.filterwarnings("error")
def test_a_column_in_which_numbers_are_missing_is_one_of_texts():
    # A table of mixed types cannot be sent: the attempt would write a cell into the log.
    before, after = laid_out(changed((4, 7), (4, 8), "b"), changed((None, 7), (None, 8), "b"))
    for side in (before, after):
        assert side.frame["a"].tolist() == ["4", "(missing)"]
        assert pa.Table.from_pandas(side.frame).num_rows == 2
