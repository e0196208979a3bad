"""Rows as a frame: every kind of cell can be shown exactly, personal ones as shapes."""

import datetime as dt
import decimal
import uuid

import pyarrow as pa
import pytest

from audit.store.rows import Page
from audit.ui.masking import masked
from audit.ui.rows_view import frame


def one(*cells, names=None) -> Page:
    names = names or tuple(f"c{i}" for i in range(len(cells)))
    return Page(columns=tuple(names), numbers=(6,), rows=(cells,), offset=0, total=1)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, None),
        (True, True),
        (48_842, 48_842),
        (2**53 + 1, "9007199254740993"),
        (1.5, 1.5),
        (decimal.Decimal("0.10"), "0.10"),
        (dt.date(2024, 2, 29), "2024-02-29"),
        (dt.datetime(2024, 2, 29, 10, 30), "2024-02-29 10:30:00"),  # noqa: DTZ001
        ([1, None], "[1, None]"),
        ({"a": 1}, "{'a': 1}"),
        (b"\x00", "b'\\x00'"),
        ("<b>x</b>", "<b>x</b>"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_a_cell_is_shown_exactly_and_travels_to_the_browser(cell, shown):
    made = frame(one(cell))
    value = made["c0"].iloc[0]
    assert value == shown or (value is None and shown is None)
    pa.Table.from_pandas(made)


def test_rows_are_numbered_from_one_in_the_order_of_the_file():
    assert list(frame(one(1)).index) == [7]


def test_columns_called_alike_or_like_the_row_number_stay_apart():
    made = frame(one("a", "b", "c", names=("row", "", "index")))
    assert list(made.columns) == ["row", "", "index"]
    pa.Table.from_pandas(made)


def test_masked_columns_hold_shapes_and_nothing_else():
    made = frame(one("Jane Doe, 41", "kept", names=("name", "job")), masks=("name",))
    assert made["name"].iloc[0] == "xxxx xxx, 99"
    assert made["job"].iloc[0] == "kept"


@pytest.mark.parametrize(
    ("value", "shape"),
    [("Żółć-12", "xxxx-99"), (None, None), (4711, "9999"), ("", ""), ("a" * 41, "x" * 40 + "…")],
)
def test_a_mask_keeps_the_build_and_hides_every_letter_and_digit(value, shape):
    assert masked(value) == shape
