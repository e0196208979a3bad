"""Cutting classes in two, all classes of a level at once, until none can be cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from audit.mending.mondrian.axes import Axis
from audit.mending.mondrian.rules import Rule, Sorted
from audit.mending.mondrian.splitting import evenest
from audit.model import Progress, silent
from audit.reports.reidentification.coding import Flags, Ints, spans, totals

EVEN = 1 / 9
"""Share of the rows that each side of a cut has at least, as long as some axis has such a cut:
what is split off a few rows at a time ends in small classes that are wide on all other axes."""
Way = Literal["everywhere", "here", "sets"]
"""How categories are put in an order: by the rows that have them in all, by those in the segment,
or those of one side of the most even split first."""
_TURNS: tuple[tuple[float, Way], ...] = (
    (EVEN, "everywhere"),
    (0.0, "everywhere"),
    (0.0, "here"),
    (0.0, "sets"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What is put into classes: rows, or sets of equal rows that stay together."""

    axes: tuple[Axis, ...]
    weights: Ints
    """Rows that each entry stands for."""
    divides: bool = False
    """Whether equal values may be put on both sides of a cut; entries are single rows then."""


@dataclass(frozen=True, slots=True)
class _Level:
    """Segments that may be cut: stretches of ``order``, which holds numbers of entries."""

    order: Ints
    starts: Ints

    @property
    def ends(self) -> Ints:
        return np.append(self.starts[1:], len(self.order))

    def of(self, which: Ints) -> "_Level":
        """Take some segments, in the order of ``which``."""
        starts, ends = self.starts[which], self.ends[which]
        _, places = spans(starts, ends)
        lengths = ends - starts
        return _Level(self.order[places], np.cumsum(lengths) - lengths)


def partition(
    entries: Entries, k: int, *, rules: Sequence[Rule] = (), progress: Progress = silent
) -> Ints:
    """Put entries into classes of at least ``k`` rows.

    Each class is cut on its widest axis, between two values, as near to the median as leaves
    ``k`` rows and what the rules ask for on both sides; where that axis has no such cut, or but
    one with less than a ninth of the rows on one side, on the next widest. Only if no axis has a
    more even one is it cut unevenly, again on the widest that can be, and only then are its
    categories put in an order of their own, or else in any two sets. A class stays whole only if
    no axis has any cut: numbers between two values, categories into two sets. With rules, not
    all sets are tried, but the most even ones (of costly rules: if the cut nearest to the median
    does not hold them, on any axis).

    Parameters
    ----------
    entries : Entries
        At least one; together they stand for at least ``k`` rows and hold the rules.
    k : int
        Fewest rows of a class.
    rules : sequence of Rule
        What each class has to hold besides.
    progress : Progress
        Told the share of rows whose class is final.

    Returns
    -------
    array
        The number of the class of each entry, from 0, without gaps.
    """
    n = len(entries.weights)
    found = np.full(n, -1, dtype=np.int64)
    level = _Level(np.arange(n, dtype=np.int64), np.zeros(1, dtype=np.int64))
    classes = done = 0
    while len(level.starts):
        whole, level = _next(entries, level, k, rules)
        number, _ = spans(whole.starts, whole.ends)
        found[whole.order] = number + classes
        classes += len(whole.starts)
        done += len(whole.order)
        progress(done / n)
    return found


def _next(entries: Entries, level: _Level, k: int, rules: Sequence[Rule]) -> tuple[_Level, _Level]:
    """Cut the segments of a level; give those that stay whole, and the halves of the others."""
    rows = np.add.reduceat(entries.weights[level.order], level.starts)
    large = rows >= 2 * k
    whole, open_ = [level.of(np.flatnonzero(~large))], level.of(np.flatnonzero(large))
    halves: list[_Level] = []
    if not len(open_.starts):
        return whole[0], open_
    wide = np.stack([axis.spans(open_.order, open_.starts) for axis in entries.axes])
    ranked = np.argsort(-wide, axis=0, kind="stable")
    pending = np.arange(len(open_.starts))
    unordered = np.array([axis.positions is None for axis in entries.axes])
    for even, way in _TURNS:
        for turn in range(len(entries.axes)):
            can = wide[ranked[turn, pending], pending] > 0
            if not can.any():
                break
            if way in ("here", "sets"):
                can &= unordered[ranked[turn, pending]]
                if not can.any():
                    continue
            asked = open_.of(pending[can])
            axis = ranked[turn, pending[can]]
            ordered, cuts = _cut(_asked(entries, asked, axis, way, k), (k, even), rules)
            cut = np.zeros(len(asked.starts), dtype=np.bool_)
            cut[ordered.segment[cuts]] = True
            found = _Level(ordered.entries, asked.starts)
            halves.append(_halves(found.of(np.flatnonzero(cut)), found, cuts))
            can[can] = cut
            pending = pending[~can]
    whole.append(open_.of(pending))
    return _joined(whole), _joined(halves)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Segments, each in the order of the axis it is to be cut on."""

    there: Sorted
    level: _Level
    parted: Flags
    """Whether the entry behind each has another value."""


def _asked(entries: Entries, level: _Level, axis: Ints, way: Way, k: int) -> _Asked:
    """Order segments by their values; categories in the way that is asked for."""
    segment, _ = spans(level.starts, level.ends)
    codes = _codes(entries, level.order, axis[segment])
    width = max(a.width for a in entries.axes)
    keys = segment * width + codes
    if way == "everywhere":
        by = np.argsort(keys, kind="stable")
    else:
        values, number = np.unique(keys, return_inverse=True)
        rows = totals(number, entries.weights[level.order], len(values))
        first = -rows if way == "here" else ~evenest(values // width, rows, k)
        by = np.lexsort((codes, first[number], segment))
    codes, order = codes[by], level.order[by]
    parted = np.ones(len(codes), dtype=np.bool_)
    parted[:-1] = codes[1:] != codes[:-1]
    if entries.divides:
        parted[:] = True
    there = Sorted(entries=order, segment=segment, weights=entries.weights[order])
    return _Asked(there, level, parted)


def _cut(asked: _Asked, least: tuple[int, float], rules: Sequence[Rule]) -> tuple[Sorted, Ints]:
    """Find the best cut of each segment, as the place of the last entry before it.

    ``least``: rows, and share of the rows, of each side.
    """
    there, level, segment = asked.there, asked.level, asked.there.segment
    so_far = np.cumsum(there.weights)
    before = so_far[level.starts] - there.weights[level.starts]
    rows = so_far[level.ends - 1] - before
    left = so_far - before[segment]
    right = rows[segment] - left
    needed = np.maximum(least[0], rows * least[1])[segment]
    cuts = np.flatnonzero(asked.parted & (left >= needed) & (right >= needed))
    for rule in rules:
        if not rule.costly and len(cuts):
            cuts = cuts[rule.allows(there, cuts)]
    cuts = cuts[_nearest(segment[cuts], np.abs(left[cuts] - right[cuts]))]
    for rule in rules:
        if rule.costly and len(cuts):
            cuts = cuts[rule.allows(there, cuts)]
    return there, cuts


def _codes(entries: Entries, order: Ints, axis: Ints) -> Ints:
    """Take for each entry its code on the axis that it is asked for."""
    found = np.empty(len(order), dtype=np.int64)
    for i, one in enumerate(entries.axes):
        own = np.flatnonzero(axis == i)
        found[own] = one.codes[order[own]]
    return found


def _nearest(segment: Ints, far: Ints) -> Flags:
    """Mark the first cut of each segment among those nearest to its median."""
    chosen = np.zeros(len(segment), dtype=np.bool_)
    if len(segment):
        starts = np.flatnonzero(np.diff(segment, prepend=-1))
        least = np.minimum.reduceat(far, starts)
        best = np.flatnonzero(far == np.repeat(least, np.diff(starts, append=len(far))))
        chosen[best[np.diff(segment[best], prepend=-1) != 0]] = True
    return chosen


def _halves(level: _Level, ordered: _Level, cuts: Ints) -> _Level:
    """Make two segments of each one that is cut; ``cuts`` are places within ``ordered``."""
    owner = np.searchsorted(ordered.starts, cuts, side="right") - 1
    middles = level.starts + (cuts + 1 - ordered.starts[owner])
    return _Level(level.order, np.sort(np.concatenate((level.starts, middles))))


def _joined(levels: Sequence[_Level]) -> _Level:
    if not levels:
        nothing = np.zeros(0, dtype=np.int64)
        return _Level(nothing, nothing)
    lengths = np.array([len(one.order) for one in levels])
    before = np.cumsum(lengths) - lengths
    return _Level(
        np.concatenate([one.order for one in levels]),
        np.concatenate([one.starts + at for one, at in zip(levels, before, strict=True)]),
    )
