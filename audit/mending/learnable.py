"""Columns that synthetic rows can be made of: as numbers and as codes, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from audit.model import APART_ROLES, RoleMap
from audit.reports.representation.axes import FEW_NUMBERS
from audit.reports.row_numbers import name_rows
from audit.store import Table
from audit.store.rows import is_numeric, is_temporal, is_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

MOST_VALUES = 1000
"""A text of more different values is no category."""
_MOST_DIFFERENT = 0.5
_ALWAYS_CATEGORY = 50
_FLOATS = ("FLOAT", "DOUBLE")
_LARGEST = 2.0**53
"""Larger whole numbers are no longer exact between others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """A column that synthetic rows get a value of."""

    column: str
    kind: Literal["number", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A column that synthetic rows get no value of."""

    column: str
    why: str
    """What it holds, in words: 'text that is hardly ever the same'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnable:
    """What synthetic rows are made of, and what they will lack."""

    columns: tuple[Learnt, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns of numbers, dates and times."""
        return tuple(c.column for c in self.columns if c.kind == "number")


def learnable(table: Table, roles: RoleMap, always: Sequence[str]) -> Learnable:
    """Part the columns into those that can be learnt, and the others.

    Never learnt: what has the role of an identifier, a free text, a prediction, a score, a
    weight or a split; text of which most values differ; whole numbers that number the rows
    (:func:`audit.reports.row_numbers.name_rows`), or are too large. Few different numbers are
    codes. Columns in ``always`` are learnt whatever their values.
    """
    facts = _facts(table)
    learnt: list[Learnt] = []
    left_out: list[LeftOut] = []
    for column in table.columns:
        why = _why_not(table, column.name, roles, always, facts[column.name])
        if why:
            left_out.append(LeftOut(column=column.name, why=why))
        else:
            kind = _kind(column.type, facts[column.name])
            learnt.append(Learnt(column=column.name, kind=kind))
    return Learnable(columns=tuple(learnt), left_out=tuple(left_out))


def as_numbers(column: "pa.ChunkedArray") -> "npt.NDArray[np.float64]":
    """Give numbers, dates and times as floats."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as t

    if t.is_temporal(column.type):
        wide = t.is_date32(column.type) or t.is_time32(column.type)
        column = column.cast(pa.int32() if wide else pa.int64())
    return np.asarray(pc.cast(column, pa.float64(), safe=False).to_numpy(), dtype=np.float64)


def from_numbers(values: "npt.NDArray[np.float64]", type_: "pa.DataType") -> "pa.Array":
    """Give floats the type that they had: whole numbers stay whole, dates stay dates."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.types as t

    if t.is_floating(type_):
        return pa.array(values).cast(type_)
    if t.is_decimal(type_):
        return pa.array(np.round(values, type_.scale)).cast(type_, safe=False)
    whole = pa.array(np.rint(values).astype(np.int64))
    if t.is_date32(type_) or t.is_time32(type_):
        whole = whole.cast(pa.int32())
    return whole.cast(type_)


@dataclass(frozen=True, slots=True)
class _Facts:
    present: int
    distinct: int
    """About; 0 of what is neither number nor text."""
    low: float
    high: float


def _facts(table: Table) -> dict[str, _Facts]:
    """Count for each column the values, and about how many differ; find where numbers end."""
    keys = table.keys([c.name for c in table.columns])
    parts = []
    for key, column in zip(keys, table.columns, strict=True):
        cell, numeric = f"{{{key}}}", is_numeric(column.type)
        plain = numeric or is_text(column.type)
        distinct = f"approx_count_distinct({cell})" if plain else "0"
        ends = [f"CAST({f}({cell}) AS DOUBLE)" if numeric else "NULL" for f in ("min", "max")]
        parts.append(f"count({cell}), {distinct}, {', '.join(ends)}")
    found = table.row(f"SELECT {', '.join(parts)} FROM {{t}}", **keys)  # noqa: S608
    return {
        c.name: _Facts(
            int(found[4 * i]),
            int(found[4 * i + 1]),
            float(found[4 * i + 2] or 0.0),
            float(found[4 * i + 3] or 0.0),
        )
        for i, c in enumerate(table.columns)
    }


def _why_not(
    table: Table, column: str, roles: RoleMap, always: Sequence[str], facts: _Facts
) -> str:
    """Say why a column cannot be learnt; empty: it can."""
    type_ = table.type_of(column)
    known = is_text(type_) or is_numeric(type_) or is_temporal(type_) or type_ == "BOOLEAN"
    if not known or type_ == "INTERVAL":
        return "values of a kind that is not learnt"
    if column in always:
        return ""
    apart = [role for role in roles.of(column) if role in APART_ROLES]
    if apart:
        return f"by its role: {apart[0].value}"
    if is_text(type_):
        most = min(MOST_VALUES, max(_ALWAYS_CATEGORY, _MOST_DIFFERENT * facts.present))
        return "text of too many different values" if facts.distinct > most else ""
    return _no_amount(table, column, facts) if is_numeric(type_) else ""


def _no_amount(table: Table, column: str, facts: _Facts) -> str:
    """Say why a column of numbers cannot be learnt; empty: it can."""
    type_ = table.type_of(column)
    if facts.distinct > FEW_NUMBERS and type_ not in _FLOATS:
        if "INT" in type_ and _number_rows(table, column, facts):
            return "whole numbers that are all different and number the rows"
        if max(-facts.low, facts.high) >= _LARGEST:
            return "whole numbers that are too large to be exact"
    return ""


def _number_rows(table: Table, column: str, facts: _Facts) -> bool:
    n = facts.present
    # The estimate of how many differ is a few percent off; a count is a scan, and seldom needed.
    if n <= _ALWAYS_CATEGORY or facts.distinct < 0.8 * n:
        return False
    if not name_rows(n, facts.low, facts.high):
        return False
    (distinct,) = table.row("SELECT count(DISTINCT {c}) FROM {t}", c=column)
    return int(distinct) == n


def _kind(type_: str, facts: _Facts) -> Literal["number", "code"]:
    if is_text(type_) or type_ == "BOOLEAN":
        return "code"
    return "code" if is_numeric(type_) and facts.distinct <= FEW_NUMBERS else "number"
