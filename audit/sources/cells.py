"""Columns from Python values of mixed kinds, as spreadsheets and SQLite hold them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import IntFlag
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_EXACT = 2**53
_INT64 = 2**63


class Kind(IntFlag):
    """What is among the values of a column."""

    WHOLE = 1
    BIG = 2
    """A whole number that no double holds."""
    REAL = 4
    BOOLEAN = 8
    DATE = 16
    STAMP = 32
    TIME = 64
    BYTES = 128
    TEXT = 256


def kinds(values: Iterable[Any]) -> Kind:
    """Collect the kinds of values; None has none."""
    known = Kind(0)
    for value in values:
        if value is not None:
            known |= kind(value)
    return known


def kind(value: Any) -> Kind:  # noqa: PLR0911 - one line a kind
    """Tell the kind of one value."""
    if isinstance(value, str):
        return Kind.TEXT
    if isinstance(value, bool):
        return Kind.BOOLEAN
    if isinstance(value, int):
        if abs(value) <= _EXACT:
            return Kind.WHOLE
        return Kind.BIG if -_INT64 <= value < _INT64 else Kind.TEXT
    if isinstance(value, float):
        return Kind.REAL
    if isinstance(value, dt.datetime):
        return Kind.STAMP
    if isinstance(value, dt.date):
        return Kind.DATE
    if isinstance(value, dt.time):
        return Kind.TIME
    return Kind.BYTES if isinstance(value, bytes) else Kind.TEXT


def type_for(found: Kind) -> "pa.DataType":
    """Choose the type that holds all these kinds without loss; text for mixtures."""
    import pyarrow as pa

    types = {
        Kind.WHOLE: pa.int64(),
        Kind.BIG: pa.int64(),
        Kind.WHOLE | Kind.BIG: pa.int64(),
        Kind.REAL: pa.float64(),
        Kind.REAL | Kind.WHOLE: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.DATE: pa.date32(),
        Kind.STAMP: pa.timestamp("us"),
        Kind.DATE | Kind.STAMP: pa.timestamp("us"),
        Kind.TIME: pa.time64("us"),
        Kind.BYTES: pa.binary(),
    }
    return types.get(found, pa.string())


def column(values: Sequence[Any], type_: "pa.DataType") -> "pa.Array":
    """Values as an array of a type that :func:`type_for` chose."""
    import pyarrow as pa
    import pyarrow.types as t

    if t.is_string(type_):
        return pa.array([text(v) for v in values], type_)
    if t.is_floating(type_):
        return pa.array([None if v is None else float(v) for v in values], type_)
    if t.is_timestamp(type_):
        return pa.array([_moment(v) for v in values], type_)
    return pa.array(values, type_)


def text(value: Any) -> str | None:
    """Write a value as text: numbers without '.0', dates ISO 8601, bytes as hexadecimal digits."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


def _moment(value: Any) -> Any:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
    return value
