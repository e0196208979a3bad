"""Columns that synthetic rows can be made of: as numbers and as codes, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from audit.model import APART_ROLES, RoleMap
from audit.reports.representation.axes import FEW_NUMBERS
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
_MOST_MISSING = 0.2
"""Where more rows lack a number, the column is left out, and not the rows."""
_LARGEST = 2.0**53
"""Larger whole numbers are no longer exact between others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """A column that synthetic rows get a value of."""

    column: str
    kind: Literal["number", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnable:
    """What synthetic rows are made of, and what they will lack."""

    columns: tuple[Learnt, ...]
    left_out: tuple[str, ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns of numbers, dates and times."""
        return tuple(c.column for c in self.columns if c.kind == "number")


def learnable(table: Table, roles: RoleMap, always: Sequence[str]) -> Learnable:
    """Part the columns into those that can be learnt, and the others.

    Never learnt: what has the role of an identifier, a free text, a prediction, a score, a
    weight or a split; text of which most values differ; whole numbers that all differ, or are
    too large; numbers that many rows lack. Few different numbers are codes. Columns in
    ``always`` are learnt whatever their values.
    """
    facts = _facts(table)
    kinds = [_kind(table, c.name, roles, always, facts) for c in table.columns]
    return Learnable(
        columns=tuple(
            Learnt(column=c.name, kind=kind)
            for c, kind in zip(table.columns, kinds, strict=True)
            if kind
        ),
        left_out=tuple(c.name for c, kind in zip(table.columns, kinds, strict=True) if not kind),
    )


def complete_sql(table: Table, columns: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Write the condition that a row has a finite number in each of these columns."""
    keys = {f"n{i}": name for i, name in enumerate(columns)}
    parts = [
        f"{{{key}}} IS NOT NULL" + (f" AND isfinite({{{key}}})" if _is_float(table, name) else "")
        for key, name in keys.items()
    ]
    return " AND ".join(parts) or "TRUE", keys


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


def _facts(table: Table) -> dict[str, tuple[int, int, float]]:
    """Count for each column the values, about how many differ, and find the largest number."""
    keys = table.keys([c.name for c in table.columns])
    parts = []
    for key, column in zip(keys, table.columns, strict=True):
        cell = f"{{{key}}}"
        largest = f"max(abs(CAST({cell} AS DOUBLE)))" if is_numeric(column.type) else "NULL"
        plain = is_numeric(column.type) or is_text(column.type)
        distinct = f"approx_count_distinct({cell})" if plain else "0"
        parts.append(f"count({cell}), {distinct}, {largest}")
    found = table.row(f"SELECT {', '.join(parts)} FROM {{t}}", **keys)  # noqa: S608
    return {
        c.name: (int(found[3 * i]), int(found[3 * i + 1]), float(found[3 * i + 2] or 0.0))
        for i, c in enumerate(table.columns)
    }


def _kind(
    table: Table,
    column: str,
    roles: RoleMap,
    always: Sequence[str],
    facts: dict[str, tuple[int, int, float]],
) -> Literal["number", "code"] | None:
    type_ = table.type_of(column)
    present, distinct, largest = facts[column]
    if column not in always and APART_ROLES.intersection(roles.of(column)):
        return None
    if is_text(type_):
        few = distinct <= max(_ALWAYS_CATEGORY, _MOST_DIFFERENT * present)
        return "code" if column in always or (few and distinct <= MOST_VALUES) else None
    if type_ == "BOOLEAN" or (is_numeric(type_) and distinct <= FEW_NUMBERS):
        return "code"
    if not is_numeric(type_) and (not is_temporal(type_) or type_ == "INTERVAL"):
        return None
    many = present and present >= (1 - _MOST_MISSING) * table.n_rows
    # The estimate of how many differ is a few percent off.
    unique = "INT" in type_ and present > _ALWAYS_CATEGORY and distinct > 0.9 * present
    exact = _is_float(table, column) or largest < _LARGEST
    return "number" if column in always or (many and exact and not unique) else None


def _is_float(table: Table, column: str) -> bool:
    return table.type_of(column) in ("FLOAT", "DOUBLE")
