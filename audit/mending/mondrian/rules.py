"""What a class needs besides k rows: diverse values, and values close to those of all rows.

Both are measured as the re-identification report does. A missing value of the attribute is a
value like any other; it has no place in an order.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from audit.reports.reidentification.closeness import nominal_distances, ordered_distances
from audit.reports.reidentification.coding import Flags, Floats, Ints, dense, totals

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Entries of some segments, each segment in the order of the axis it may be cut on."""

    entries: Ints
    segment: Ints
    """Number of the segment of each, ascending, without gaps."""
    weights: Ints


class Rule(Protocol):
    """What both sides of a cut have to hold."""

    def allows(self, there: Sorted, cuts: Ints) -> Flags:
        """Tell of each cut, behind the entry at that place, whether both sides hold it."""
        ...

    @property
    def costly(self) -> bool:
        """Whether it is asked of the one best cut of a segment only."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversity:
    """At least ``least`` different values of an attribute."""

    codes: npt.NDArray[np.int32]
    """By entry."""
    width: int
    least: int
    costly: bool = False

    def allows(self, there: Sorted, cuts: Ints) -> Flags:
        """Count the different values before each cut and behind it, for all cuts at once."""
        pairs = there.segment * self.width + self.codes[there.entries]
        order = np.argsort(pairs, kind="stable")
        new = np.diff(pairs[order], prepend=-1) != 0
        first = np.zeros(len(pairs), dtype=np.int64)
        last = np.zeros(len(pairs), dtype=np.int64)
        first[order[new]] = 1
        last[order[np.append(new[1:], True)]] = 1
        begun, ended = np.cumsum(first), np.cumsum(last)
        starts = np.flatnonzero(np.diff(there.segment, prepend=-1))
        before = (begun[starts] - first[starts])[there.segment[cuts]]
        final = np.append(starts[1:], len(pairs))[there.segment[cuts]] - 1
        # A value is behind a cut unless its last place is before it.
        left, right = begun[cuts] - before, begun[final] - ended[cuts]
        return np.asarray((left >= self.least) & (right >= self.least))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closeness:
    """Values of an attribute at most ``most`` from those of all rows (t-closeness)."""

    codes: npt.NDArray[np.int32]
    """By entry; 0 is missing."""
    width: int
    weights: Ints
    """Of all entries."""
    most: float
    ordered: bool
    costly: bool = True

    def allows(self, there: Sorted, cuts: Ints) -> Flags:
        """Measure both sides; at most one cut of a segment can be asked of."""
        at = np.full(int(there.segment[-1]) + 1, -1, dtype=np.int64)
        at[there.segment[cuts]] = cuts
        own = np.flatnonzero(at[there.segment] >= 0)
        side = there.segment[own] * 2 + (own > at[there.segment[own]])
        found = self.distances(side, there.entries[own], there.weights[own])
        near = found <= self.most - _ROUNDING
        segment = there.segment[cuts]
        return np.asarray(near[segment * 2] & near[segment * 2 + 1])

    def distances(self, group: Ints, entries: Ints, weights: Ints) -> Floats:
        """Measure the distance of each group, by its number."""
        size = int(group.max(initial=-1)) + 1
        keys = group * self.width + self.codes[entries]
        numbers, distinct = dense(keys, size * self.width)
        both = np.empty(distinct, dtype=np.int64)
        both[numbers] = keys
        n = totals(numbers, weights, distinct)
        entry, value = both // self.width, both % self.width
        whole = totals(self.codes.astype(np.int64), self.weights, self.width)
        if self.ordered:
            known = value > 0
            entry, value, n, whole = entry[known], value[known] - 1, n[known], whole[1:]
        found = np.zeros(size)
        if len(entry):
            measure = ordered_distances if self.ordered else nominal_distances
            found[np.unique(entry)] = measure(entry, value, n, whole)
        return found
