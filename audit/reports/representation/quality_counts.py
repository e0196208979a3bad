"""Whole numbers by the levels of sensitive columns, several columns in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from audit.model import Column, Role, RoleMap, Scalar
from audit.reports.distribution.counted import Counted
from audit.reports.distribution.looks import BATCH, batches
from audit.reports.representation.axes import FEW_NUMBERS, level_codes, level_names
from audit.reports.representation.group_values import Axis
from audit.reports.representation.tallies import distinct_in_sample, tally
from audit.store import Table
from audit.store.rows import is_numeric, is_text

CELLS_AT_ONCE = 100_000_000
"""Numbers whose quantiles are found in one statement, which holds them all: 800 MB."""

_TALLIED = 3000
"""Different values in a sample up to which numbers are counted value by value."""

_NO_MEASUREMENT = frozenset(
    {Role.DIRECT_IDENTIFIER, Role.WEIGHT, Role.SCORE, Role.PREDICTION, Role.SPLIT}
)

Key = tuple[str, str]
"""What is added up, and of which column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """Something to add up over the rows of a group; a whole number."""

    key: Key
    sql: str
    """With ``{x}`` for the column."""
    values: tuple[float, ...] = ()


def missing_somewhere(table: Table) -> tuple[str, ...]:
    """Name the columns that miss a value in any row."""
    names: list[str] = []
    for part in batches(table.columns):
        asked = ", ".join(f"count({{c{i}}})" for i in range(len(part)))
        row = table.row(f"SELECT {asked} FROM {{t}}", **table.keys([c.name for c in part]))  # noqa: S608
        names += [c.name for c, n in zip(part, row, strict=True) if n < table.n_rows]
    return tuple(names)


def presence(column: str) -> tuple[Aggregate, ...]:
    """Ask for the rows with a value in ``column``."""
    return (Aggregate(key=("present", column), sql="count({x})"),)


def lengths(table: Table, column: str) -> tuple[Aggregate, ...]:
    """Ask for the characters of a column of text: rows, sum and sum of squares."""
    if not is_text(table.type_of(column)):
        return ()
    length = "length(CAST({x} AS VARCHAR))"
    return (
        Aggregate(key=("texts", column), sql=f"count({length})"),
        Aggregate(key=("characters", column), sql=f"sum({length})"),
        Aggregate(key=("characters_squared", column), sql=f"sum({length} * {length})"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """Tukey's inner fence of a column: 1.5 interquartile ranges beyond the quartiles."""

    column: str
    low: float
    high: float

    def aggregates(self, table: Table) -> tuple[Aggregate, ...]:
        """Ask for the rows with a finite number, and for those beyond the fence."""
        cell = _finite(table.type_of(self.column), "{x}")
        beyond = f"count_if({cell} < ? OR {cell} > ?)"
        ends = (self.low, self.high)
        return (
            Aggregate(key=("finite", self.column), sql=f"count({cell})"),
            Aggregate(key=("outside", self.column), sql=beyond, values=ends),
        )


def fences(table: Table, roles: RoleMap) -> tuple[Fence, ...]:
    """Find the fences of all columns of numbers that measure something, over all rows.

    Codes (12 or fewer different numbers), identifiers, weights, scores, predictions and splits
    are left out, and columns of which half of the numbers are the same. Quartiles are exact,
    of the finite numbers.
    """
    columns = [
        c
        for c in table.columns
        if is_numeric(c.type) and not _NO_MEASUREMENT.intersection(roles.of(c.name))
    ]
    seen = distinct_in_sample(table, columns)
    quartiles = _of_few(table, [c for c in columns if seen[c.name] <= _TALLIED])
    quartiles |= _of_many(table, [c for c in columns if seen[c.name] > _TALLIED])
    found = ((c.name, *quartiles[c.name]) for c in columns if c.name in quartiles)
    return tuple(
        Fence(column=name, low=q25 - 1.5 * (q75 - q25), high=q75 + 1.5 * (q75 - q25))
        for name, q25, q75 in found
        if q25 < q75 and np.isfinite(4 * (q75 - q25))
    )


Quartiles = dict[str, tuple[float, float]]


def _of_few(table: Table, columns: Sequence[Column]) -> Quartiles:
    found: Quartiles = {}
    for name, counts in tally(table, columns).items():
        finite = np.isfinite(counts.values)
        if len(counts.values) > FEW_NUMBERS and finite.any():
            counted = Counted.of_groups(counts.values[finite], counts.n[finite])
            found[name] = counted.quantile(0.25), counted.quantile(0.75)
    return found


def _of_many(table: Table, columns: Sequence[Column]) -> Quartiles:
    found: Quartiles = {}
    size = max(1, min(BATCH, CELLS_AT_ONCE // max(1, table.n_rows)))
    for part in batches(tuple(columns), size):
        cells = (_finite(c.type, f"{{c{i}}}") for i, c in enumerate(part))
        asked = ", ".join(f"quantile_cont({cell}, [0.25, 0.75])" for cell in cells)
        row = table.row(f"SELECT {asked} FROM {{t}}", **table.keys([c.name for c in part]))  # noqa: S608
        found |= {c.name: (q[0], q[1]) for c, q in zip(part, row, strict=True) if q is not None}
    return found


def _finite(type_: str, cell: str) -> str:
    """Write SQL for the cell as a number; NULL where it is none that is finite."""
    number = f"CAST({cell} AS DOUBLE)"
    if type_ not in ("FLOAT", "DOUBLE"):
        return number
    return f"CASE WHEN isfinite({cell}) THEN {number} END"


ByLevel = dict[Key, list[int]]
"""One whole number per level."""

_AGGREGATES = 200
"""In one statement; planning takes longer for each beyond."""


def by_level(
    table: Table, axes: Sequence[Axis], aggregates: Sequence[Aggregate]
) -> dict[str, ByLevel]:
    """Add up the rows of each level of each sensitive column.

    Returns
    -------
    dict
        By sensitive column; ``("rows", "")`` is always there.

    Notes
    -----
    Python's whole numbers from DuckDB's: exact, whatever the order of rows or threads.
    """
    everything = [Aggregate(key=("rows", ""), sql="count(*)"), *aggregates]
    found: dict[str, ByLevel] = {axis.column: {} for axis in axes}
    for start in range(0, len(everything), _AGGREGATES):
        part = everything[start : start + _AGGREGATES]
        columns = list(dict.fromkeys(a.key[1] for a in part if a.key[1]))
        place = {name: f"x{i}" for i, name in enumerate(columns)}
        source = [f"{{{key}}} AS {key}" for key in place.values()]
        asked = [a.sql.replace("{x}", place.get(a.key[1], "")) for a in part]
        values: list[Scalar] = [v for a in part for v in a.values]
        names = {key: name for name, key in place.items()}
        rows = _grouped(table, axes, source, asked, values, names)
        for axis, levels in zip(axes, rows, strict=True):
            found[axis.column] |= {
                a.key: [int(level[i] or 0) for level in levels] for i, a in enumerate(part)
            }
    return found


def _grouped(
    table: Table,
    axes: Sequence[Axis],
    source: list[str],
    asked: list[str],
    values: list[Scalar],
    names: dict[str, str],
) -> list[list[tuple[Any, ...]]]:
    """Give what is asked for by level, of each axis."""
    coded, given = level_codes(table, axes)
    places = range(len(axes))
    found = table.rows(
        f"""WITH coded AS (SELECT {", ".join([*coded, *source])} FROM {{t}})
        SELECT {", ".join(f"a{j}" for j in places)}, {", ".join(asked)}
        FROM coded GROUP BY GROUPING SETS ({", ".join(f"(a{j})" for j in places)})""",  # noqa: S608
        [*given, *values],
        **names,
        **level_names(axes),
    )
    return by_axis(found, axes, len(asked))


def by_axis(
    found: Sequence[tuple[Any, ...]], axes: Sequence[Axis], width: int
) -> list[list[tuple[Any, ...]]]:
    """Sort the rows of grouping sets by axis and level; levels without rows are all zeros."""
    levels = [[(0,) * width for _ in axis.levels] for axis in axes]
    for row in found:
        for j in range(len(axes)):
            if row[j] is not None:
                levels[j][row[j]] = row[len(axes) :]
    return levels
