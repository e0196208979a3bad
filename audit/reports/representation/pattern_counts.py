"""Rows of patterns: equal rows are put together once, then counted by many sets of columns."""

from collections.abc import Iterable, Iterator
from math import prod

import numpy as np
import numpy.typing as npt

from audit.model import Scalar
from audit.reports.representation.axes import code
from audit.reports.representation.group_values import Axis, Level
from audit.reports.representation.patterns import Columns, Keys, Layer, added_up, among, steps
from audit.store import Table

MOST_FETCHED = 100_000
"""Different combinations that are fetched once; more are counted in the engine each time."""

MOST_SETS, MOST_GROUPS = 32, 8_000_000
"""Sets of columns in one statement, and groups that it may hold; more are several statements.

Each set has tables of its own in memory, even where its groups are few.
"""

MORE_THAN_ALL = 2**62

Counts = npt.NDArray[np.int64]

Counted = tuple[Columns, Keys, Counts]
"""Patterns over the same columns and the rows of each."""


class PatternCounts:
    """The rows of patterns over some columns of a version.

    Equal rows are put together first: what is counted by many sets of columns are the
    different combinations, and they are often far fewer than the rows.
    """

    def __init__(self, table: Table, axes: tuple[Axis, ...]) -> None:
        self._table = table
        self.axes = axes
        self.levels = tuple(_named(axis) for axis in axes)
        """By column the levels that patterns name; a digit of a key is a position in it."""
        self.sizes = tuple(map(len, self.levels))
        start, values, names = self._cells(range(len(axes)))
        most = MOST_FETCHED + 1
        cells = table.arrays(f"{start} SELECT * FROM cells LIMIT {most}", values, **names)  # noqa: S608
        self.different = len(cells["m"])
        """Different combinations of levels among the rows."""
        self._fetched: tuple[list[Keys], Counts] | None = None
        if self.different < most:
            digits = [np.ma.filled(cells[f"a{c}"], -1) for c in range(len(axes))]
            self._fetched = digits, np.asarray(cells["m"], np.int64)
        else:
            (n,) = table.row(f"{start} SELECT count(*) FROM cells", values, **names)  # noqa: S608
            self.different = int(n)

    def covered(self, sets: Iterable[Columns], least: int) -> Layer:
        """Find all patterns over ``sets`` that at least ``least`` rows have."""
        return {columns: keys for columns, keys, _ in self._counted(sets, least, MORE_THAN_ALL)}

    def rows_of(self, patterns: Layer, below: int) -> dict[Columns, Counts]:
        """Count the rows of each of ``patterns``; ``below`` is more than any of them has."""
        counts = {columns: np.zeros(keys.size, np.int64) for columns, keys in patterns.items()}
        for columns, keys, n in self._counted(patterns, 1, below):
            wanted = among(keys, patterns[columns])
            counts[columns][np.searchsorted(patterns[columns], keys[wanted])] = n[wanted]
        return counts

    def _counted(self, sets: Iterable[Columns], least: int, below: int) -> Iterator[Counted]:
        """Count the patterns over each of ``sets`` that ``least`` rows have, but not ``below``."""
        if self._fetched is None:
            for batch in self._batches(sets):
                yield from self._counted_by_engine(batch, least, below)
            return
        digits, rows = self._fetched
        for columns in sets:
            named = np.logical_and.reduce([digits[c] >= 0 for c in columns])
            worth = zip(columns, steps(columns, self.sizes), strict=True)
            key = np.sum([digits[c][named].astype(np.int64) * w for c, w in worth], axis=0)
            keys, n = added_up(key, rows[named])
            kept = (n >= least) & (n < below)
            if kept.any():
                yield columns, keys[kept], n[kept]

    def _counted_by_engine(self, sets: list[Columns], least: int, below: int) -> Iterator[Counted]:
        """Count in one statement; only the patterns that are asked for come back."""
        start, values, names = self._sums(sets, least, below)
        found = self._table.arrays(
            f"{start} SELECT s, k, n FROM keyed WHERE k IS NOT NULL ORDER BY s, k",  # noqa: S608
            values,
            **names,
        )
        s, k, n = (np.asarray(found[c], np.int64) for c in "skn")
        ends = np.searchsorted(s, np.arange(len(sets) + 1))
        for columns, low, high in zip(sets, ends, ends[1:], strict=False):
            if low < high:
                yield columns, k[low:high], n[low:high]

    def _batches(self, sets: Iterable[Columns]) -> Iterator[list[Columns]]:
        """Cut ``sets`` so that the groups of one statement are bounded."""
        batch: list[Columns] = []
        groups = 0
        for columns in sets:
            most = min(self.different, prod(self.sizes[c] + 1 for c in columns))
            if batch and (len(batch) == MOST_SETS or groups + most > MOST_GROUPS):
                yield batch
                batch, groups = [], 0
            batch.append(columns)
            groups += most
        if batch:
            yield batch

    def _cells(self, columns: Iterable[int]) -> tuple[str, list[Scalar], dict[str, str]]:
        """Write the different combinations: digits ``a0``, ``a1``, … and how many rows."""
        codes: list[str] = []
        digits: list[str] = []
        values: list[Scalar] = []
        names: dict[str, str] = {}
        for c in columns:
            axis = self.axes[c]
            expression, own = code(axis, f"k{c}", self._table.type_of(axis.column))
            codes.append(f"{expression} AS a{c}")
            digits.append(f"{_digits(axis)}[a{c} + 1] AS a{c}")
            values += own
            names[f"k{c}"] = axis.column
        return (
            f"""WITH coded AS (SELECT {", ".join(codes)} FROM {{t}}),
            cells AS MATERIALIZED (
                SELECT {", ".join(digits)}, count(*) AS m FROM coded GROUP BY ALL)""",  # noqa: S608
            values,
            names,
        )

    def _sums(
        self, sets: list[Columns], least: int, below: int
    ) -> tuple[str, list[Scalar], dict[str, str]]:
        """Write the rows ``n`` by set (``s``, its position) and key ``k``, as ``keyed``.

        The key is NULL where a level is met that no pattern names. What a digit is worth
        depends on the set, and is joined to it: a CASE of as many branches takes far longer.
        """
        used = sorted(set().union(*sets))
        start, values, names = self._cells(used)
        row = ", ".join(f"a{c}" for c in used)
        grouping = ", ".join(f"({', '.join(f'a{c}' for c in one)})" for one in sets)
        worth = ", ".join(self._worth(position, one, used) for position, one in enumerate(sets))
        key = " + ".join(f"CASE WHEN w{c} = 0 THEN 0 ELSE a{c} * w{c} END" for c in used)
        return (
            f"""{start}, sums AS (
                SELECT grouping({row}) AS g, {row}, sum(m)::BIGINT AS n
                FROM cells GROUP BY GROUPING SETS ({grouping})
                HAVING sum(m) >= {int(least)} AND sum(m) < {int(below)}),
            worth(g, s, {", ".join(f"w{c}" for c in used)}) AS (VALUES {worth}),
            keyed AS (SELECT s, {key} AS k, n FROM sums JOIN worth USING (g))""",  # noqa: S608
            values,
            names,
        )

    def _worth(self, position: int, columns: Columns, used: list[int]) -> str:
        """Write what digits are worth in a set; 0: it leaves that column out."""
        left_out = int("".join("0" if c in columns else "1" for c in used), 2)
        worth = dict(zip(columns, steps(columns, self.sizes), strict=True))
        weights = ", ".join(f"{worth.get(c, 0)}::BIGINT" for c in used)
        return f"({left_out}, {position}, {weights})"


def _named(axis: Axis) -> tuple[Level, ...]:
    return tuple(level for level in axis.levels if level.kind in ("value", "bin"))


def _digits(axis: Axis) -> str:
    """Write the list of the digit of each level; NULL for those that no pattern names."""
    named = _named(axis)
    digits = [str(named.index(level)) if level in named else "NULL" for level in axis.levels]
    return f"CAST([{', '.join(digits)}] AS INTEGER[])"
