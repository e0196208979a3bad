"""The columns that may give a sensitive one away, and the rows they are looked at on, as codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.model import NO_FEATURE_ROLES, Column, RoleMap, Scalar
from audit.reports.distribution.drawn import Codes, Matrix, draw_cells, floats
from audit.reports.distribution.kinds import UNPLACED, kind_of, number_expression
from audit.reports.representation.axes import FEW_NUMBERS, code
from audit.reports.representation.group_values import Axis
from audit.reports.representation.reference import is_real
from audit.reports.representation.tallies import Tally, distinct_in_sample, tally
from audit.store import Table

MOST_VALUES = 50
"""Different values up to which texts are categories, and bins that numbers are cut into."""

SAMPLE_ROWS = 100_000
SAMPLE_CELLS = 20_000_000
FEWEST_ROWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The columns that are looked at, by how they are read."""

    categories: Mapping[str, Tally]
    """Columns of at most 50 different texts or 12 different numbers, counted over all rows."""
    numbers: tuple[Column, ...]
    """Numbers and dates."""
    many: tuple[str, ...]
    """Left out: texts of too many different values."""
    other: tuple[str, ...]
    """Left out: lists, times of day and other kinds."""

    def names(self, table: Table) -> tuple[str, ...]:
        """Name those that are looked at, in table order."""
        numbers = {c.name for c in self.numbers}
        return tuple(
            c.name for c in table.columns if c.name in numbers or c.name in self.categories
        )


def candidates(table: Table, axes: Sequence[Axis], roles: RoleMap) -> Candidates:
    """Find the columns that may be proxies, and count the categories by the levels of ``axes``.

    Columns of a single value and no missing one are left out without a word.
    """
    asked = [c for c in table.columns if not NO_FEATURE_ROLES.intersection(roles.of(c.name))]
    numbers = [c for c in asked if kind_of(c) in ("number", "date")]
    texts = [c for c in asked if kind_of(c) in ("text", "boolean")]
    seen = distinct_in_sample(table, [*numbers, *texts])
    # Estimates of few different values are off by a tenth; the count that follows is exact.
    few = [c for c in numbers if seen[c.name] <= 2 * FEW_NUMBERS]
    few += [c for c in texts if seen[c.name] <= 2 * MOST_VALUES]
    tallies = tally(table, few, axes, hashed=True)
    distinct = {name: len(np.unique(t.values)) for name, t in tallies.items()}
    codes = {c.name for c in few if distinct[c.name] <= _most(c)}
    return Candidates(
        categories={n: tallies[n] for n in codes if _varies(table, tallies[n], distinct[n], axes)},
        numbers=tuple(c for c in numbers if c.name not in codes),
        many=tuple(c.name for c in texts if c.name not in codes),
        other=tuple(c.name for c in asked if c not in numbers and c not in texts),
    )


def _most(column: Column) -> int:
    return MOST_VALUES if kind_of(column) in ("text", "boolean") else FEW_NUMBERS


def _varies(table: Table, counts: Tally, distinct: int, axes: Sequence[Axis]) -> bool:
    """Tell whether a column has two values, or one that some rows miss."""
    once = counts.levels[axes[0].column] >= 0
    return distinct > 1 or (distinct == 1 and int(counts.n[once].sum()) < table.n_rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of the sample."""

    n: int
    method: str
    """Empty where these are all rows; else ``sample:`` and their number."""
    levels: Mapping[str, Codes]
    """By sensitive column, the level; -1 for missing and rest."""
    codes: Mapping[str, Codes]
    """By column, its values or bins as 0, 1, …, the last code for missing."""
    sizes: Mapping[str, int]
    """Codes of each column, that for missing included whether or not rows have it."""
    numbers: Mapping[str, Matrix]
    """Columns of numbers as they are; NaN where there is no finite one."""


def draw_rows(table: Table, axes: Sequence[Axis], found: Candidates) -> Rows:
    """Fetch the sample in one statement and turn every column into codes."""
    categories = tuple(found.categories)
    names = [*categories, *(c.name for c in found.numbers)]
    levels = [code(axis, f"k{j}", table.type_of(axis.column)) for j, axis in enumerate(axes)]
    places = [f"{{c{i}}}" for i in range(len(names))]
    asked = [
        *(expression for expression, _ in levels),
        *(f"CASE WHEN {c} IS NOT NULL THEN hash({c}) END" for c in places[: len(categories)]),
        *(
            number_expression(*pair)
            for pair in zip(found.numbers, places[len(categories) :], strict=True)
        ),
    ]
    given: list[Scalar] = [value for _, own in levels for value in own]
    limit = max(FEWEST_ROWS, min(SAMPLE_ROWS, SAMPLE_CELLS // max(1, len(asked))))
    keys = {f"k{j}": axis.column for j, axis in enumerate(axes)}
    cells, n = draw_cells(table, asked, limit, given, **keys, **table.keys(names))
    own = dict(zip(names, cells[len(axes) :], strict=True))
    numbers = {c.name: _numbers(c, own[c.name]) for c in found.numbers}
    coded = {name: _of_category(own[name], found.categories[name]) for name in categories}
    coded |= {name: _of_number(values) for name, values in numbers.items()}
    return Rows(
        n=n,
        method=f"sample:{n}" if n < table.n_rows else "",
        levels={axis.column: _told(axis, cells[j]) for j, axis in enumerate(axes)},
        codes={name: codes for name, (codes, _) in coded.items()},
        sizes={name: size for name, (_, size) in coded.items()},
        numbers=numbers,
    )


def told(axis: Axis) -> npt.NDArray[np.bool_]:
    """Tell which levels are predicted: all but the missing ones and the rest."""
    return np.array([is_real(level) for level in axis.levels], dtype=bool)


def _told(axis: Axis, cells: npt.NDArray[Any]) -> Codes:
    kept = told(axis)
    levels: Codes = np.where(kept, np.arange(len(kept)), -1)[np.asarray(cells)]
    return levels


def _numbers(column: Column, cells: npt.NDArray[Any]) -> Matrix:
    """Give finite numbers, and dates that are neither infinite nor out of range."""
    values = floats(cells)
    if kind_of(column) == "date":
        values[values == float(UNPLACED)] = np.nan
    return values


def _of_category(cells: npt.NDArray[Any], counts: Tally) -> tuple[Codes, int]:
    known = np.unique(counts.values)
    codes = np.full(len(cells), len(known), dtype=np.int64)
    there = ~np.ma.getmaskarray(cells)
    codes[there] = np.searchsorted(known, np.asarray(cells)[there])
    return codes, len(known) + 1


def _of_number(values: Matrix) -> tuple[Codes, int]:
    """Cut numbers into bins of about as many rows each; few different ones are left as they are."""
    ordered = np.sort(values[~np.isnan(values)])
    distinct = ordered[np.diff(ordered, prepend=np.nan) != 0]
    ends = np.ceil(np.arange(1, MOST_VALUES) / MOST_VALUES * len(ordered)).astype(np.int64)
    edges = distinct[1:] if len(distinct) <= MOST_VALUES else np.unique(ordered[ends])
    codes = np.searchsorted(edges, values, side="right")
    codes[np.isnan(values)] = len(edges) + 1
    return codes, len(edges) + 2
