"""Tests of rows as somebody may type them into the address: refused with advice, or harmless."""

import datetime as dt
import decimal
from contextlib import suppress
from typing import get_args

import duckdb
import pyarrow as pa
import pytest
from pydantic import TypeAdapter, ValidationError

from audit.errors import ParameterError
from audit.model import Op, RowTest, Where
from audit.store.rows import count, page

VALUES = [
    *("abc", "", "\0", "1'; DROP TABLE t;--", "²", "9" * 400, "a\ud800"),
    *(1, True, None, float("inf"), float("nan"), -(2**100)),
]
TAKES = {
    **dict.fromkeys(("equal", "at-least", "below", "contains", "in", "not-in"), 1),
    **dict.fromkeys(("between", "from-to", "outside"), 2),
}


@pytest.fixture
def table(version_of):
    made = version_of(
        pa.table(
            {
                "whole": [1, -(2**63), None],
                "real": [1.0, float("nan"), None],
                "text": ["a", "", None],
                "flag": [True, False, None],
                "day": [dt.date(2020, 1, 1), dt.date(9999, 12, 31), None],
                "moment": pa.array([0, None, -(2**60)], pa.timestamp("us", "UTC")),
                "fine": pa.array([0, None, 1], pa.timestamp("ns")),
                "exact": [decimal.Decimal("1.5"), None, decimal.Decimal("2.5")],
                "bytes": [b"\xff\0", None, b""],
                "list": [[1], [], None],
                "struct": [{"a": 1}, None, {"a": 2}],
            }
        )
    )
    return made.table


@pytest.mark.parametrize("op", get_args(Op))
def test_any_test_of_any_column_is_answered_or_refused(table, op):
    takes = TAKES.get(op, 0)
    answered = 0
    for column in table.columns:
        for value in VALUES if takes else [None]:
            test = RowTest(op=op, columns=(column.name,), values=(value,) * takes)
            with suppress(ParameterError):
                assert 0 <= count(table, Where(tests=(test,))) <= 3
                answered += 1
    assert answered > 0


def test_the_advice_does_not_repeat_the_value(table):
    where = Where(tests=(RowTest(op="equal", columns=("day",), values=("canary",)),))
    for ask in (page, count):
        with pytest.raises(ParameterError, match="in 'day'") as refused:
            ask(table, where)
        assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("op", "values"),
    [
        ("equal", ()),
        ("equal", (1, 2)),
        ("contains", ()),
        ("between", (1,)),
        ("from-to", ()),
        ("outside", (1, 2, 3)),
        ("in", (10**400,)),
        ("equal", (-(2**127),)),
    ],
)
def test_a_test_that_means_nothing_cannot_be_made(op, values):
    with pytest.raises(ValueError, match="takes"):
        RowTest(op=op, columns=("a",), values=values)
    with pytest.raises(ValidationError):
        TypeAdapter(RowTest).validate_python({"op": op, "columns": ["a"], "values": values})


def test_a_fault_without_any_filter_is_not_blamed_on_one(table, monkeypatch):
    def broken(*_, **__):
        raise duckdb.BinderException

    monkeypatch.setattr(table, "row", broken)
    with pytest.raises(duckdb.BinderException):
        count(table, Where())
