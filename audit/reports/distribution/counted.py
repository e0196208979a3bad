"""Different values and how many rows have each: what almost every number is computed from."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

import numpy as np

from audit.stats import Counts, Floats, between, entropy, quantile_positions

Side = Literal["left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The finite values of a column in increasing order, each once, with their rows.

    Ten million different values take 16 bytes each; where no value repeats, 12.
    """

    values: Floats
    counts: Counts
    rows: int
    upto: Counts | None
    """Rows with one of the first i values, for i = 0, 1, …; None where each value is alone."""

    @classmethod
    def of_rows(cls, values: Floats) -> "Counted":
        """Count the cells of a column; the array is sorted in place."""
        values.sort()
        first = np.empty(len(values), dtype=bool)
        first[:1] = True
        np.not_equal(values[1:], values[:-1], out=first[1:])
        if first.all():
            return cls._of(values, np.ones(len(values), dtype=np.int32))
        starts = np.flatnonzero(first)
        counts = np.diff(starts, append=len(values)).astype(np.int32)
        return cls._of(values[starts], counts)

    @classmethod
    def of_groups(cls, values: Floats, counts: Counts) -> "Counted":
        """Take counts by value as a query gives them, in any order."""
        order = np.argsort(values, kind="stable")
        values, counts = values[order], counts[order]
        if len(values) > 1 and (values[1:] == values[:-1]).any():
            starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
            values, counts = values[starts], np.add.reduceat(counts, starts)
        return cls._of(values, counts)

    @classmethod
    def _of(cls, values: Floats, counts: Counts) -> "Counted":
        rows = int(counts.sum(dtype=np.int64))
        upto = None
        if rows != len(values):
            upto = np.zeros(len(values) + 1, dtype=np.int64)
            np.cumsum(counts, out=upto[1:])
        return cls(values=values, counts=counts, rows=rows, upto=upto)

    def first_rows(self, i: int) -> int:
        """Rows with one of the first ``i`` values."""
        return i if self.upto is None else int(self.upto[i])

    def rows_below(self, edges: Floats, side: Side = "left") -> list[int]:
        """Rows below each edge (``left``), or below or at it (``right``)."""
        return [self.first_rows(i) for i in self._places(edges, side)]

    def _places(self, edges: Floats, side: Side) -> list[int]:
        if np.issubdtype(self.values.dtype, np.integer):
            edges = _whole(edges, self.values.dtype, side)
        return [int(i) for i in np.searchsorted(self.values, edges, side=side)]

    def at(self, rank: int) -> float:
        """Give the value of the row with this rank, from 0."""
        i = rank if self.upto is None else int(np.searchsorted(self.upto, rank, "right")) - 1
        return float(self.values[i])

    def quantile(self, p: float) -> float:
        """Give the ``p`` quantile, linearly interpolated."""
        low, high, share = quantile_positions(self.rows, p)
        return between(self.at(low), self.at(high), share)

    def deviation(self, centre: float) -> float | None:
        """Find the median of the absolute deviations from ``centre``; None where it overflows.

        The deviations below and above the centre are two sorted lists already: their common
        median is found by bisection, without making either.
        """
        middle = self._places(np.array([centre]), "left")[0]
        n_above = len(self.values) - middle

        def below(i: int) -> float:
            return centre - float(self.values[middle - 1 - i])

        def above(i: int) -> float:
            return float(self.values[middle + i]) - centre

        def within(limit: float) -> int:
            i = bisect_right(range(middle), limit, key=below)
            j = bisect_right(range(n_above), limit, key=above)
            return self.first_rows(middle + j) - self.first_rows(middle - i)

        def ranked(rank: int) -> float:
            return min(
                _first(n, lambda d: within(d) > rank, of)
                for n, of in ((middle, below), (n_above, above))
            )

        low, high, share = quantile_positions(self.rows, 0.5)
        found = between(ranked(low), ranked(high), share)
        return found if isfinite(found) else None

    def top(self, most: int) -> list[int]:
        """Positions of the most frequent values; of equally frequent ones the smaller first."""
        if len(self.values) <= most:
            chosen = np.arange(len(self.values))
        else:
            least = int(np.partition(self.counts, -most)[-most])
            more = np.flatnonzero(self.counts > least)
            same = np.flatnonzero(self.counts == least)[: most - len(more)]
            chosen = np.sort(np.concatenate((more, same)))
        order = np.argsort(-self.counts[chosen].astype(np.int64), kind="stable")
        return [int(i) for i in chosen[order]]

    def entropy(self) -> float:
        """Entropy in bits."""
        return entropy(self.counts)


def _whole(edges: Floats, dtype: np.dtype[Any], side: Side) -> Floats:
    """Edges as whole numbers, so that 64-bit integers are compared without becoming floats."""
    limits = np.iinfo(dtype)
    rounded = np.ceil(edges) if side == "left" else np.floor(edges)
    clipped = [min(max(int(e), limits.min), limits.max) if isfinite(e) else e for e in rounded]
    bounds = [limits.max if e == np.inf else limits.min if e == -np.inf else e for e in clipped]
    return np.array(bounds, dtype=dtype)


def _first(n: int, enough: Callable[[float], bool], of: Callable[[int], float]) -> float:
    """Find the first of ``n`` increasing deviations that is enough; infinity where none is."""
    i = bisect_left(range(n), True, key=lambda i: enough(of(i)))
    return of(i) if i < n else float("inf")
