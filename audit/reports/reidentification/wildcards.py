"""Missing values that fit any: rows that may be the same as far as both are known.

Two rows are compatible if they agree in every quasi-identifier that is missing in neither; the
class of a row is all rows compatible with it. That is how sdcMicro counts frequencies
(Templ, Kowarik, Meindl 2015, Journal of Statistical Software 67(4), freqCalc with weight
alpha = 1), and ARX with its setting of wildcards for suppressed values. Such classes overlap.

Rows are taken together by which of their values are missing: for each two such patterns only
the columns that are present in both are compared, by grouping, never row with row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from audit.errors import ParameterError
from audit.reports.reidentification import coding
from audit.reports.reidentification.coding import (
    Codes,
    Floats,
    Ints,
    dense,
    few,
    keys,
    keys_fit,
    spans,
)

_MOST_STEPS = 200_000_000
"""Entries compared, over all pairs of patterns: some tens of seconds."""
_MOST_HELD = 30_000_000
"""Combinations with a value that are held at once: some gigabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """Entries of one pattern, the others they are compared with, and by which columns."""

    asking: Ints
    asked: Ints
    common: tuple[int, ...]


def sizes(columns: Sequence[Codes], rows: Ints) -> Ints:
    """Count for each combination the rows that are compatible with it, its own included.

    Parameters
    ----------
    columns : sequence of Codes
        The quasi-identifiers of different combinations.
    rows : array
        Rows of each combination.
    """
    return matching(columns, columns, rows.astype(np.float64)).astype(np.int64)


def matching(columns: Sequence[Codes], others: Sequence[Codes], rows: Floats) -> Floats:
    """Count for each combination the ``rows`` of compatible ``others``."""
    n = len(columns[0].codes) if columns else 0
    found = np.zeros(n)
    for meeting in _meetings(columns, others):
        asking, asked, size = _shared_keys(meeting, columns, others)
        counted = np.bincount(asked, weights=rows[meeting.asked], minlength=size)
        found[meeting.asking] += counted[asking]
    return found


def pairs(
    columns: Sequence[Codes], others: Sequence[Codes], values: Codes, rows: Ints
) -> tuple[Ints, Ints, Ints]:
    """Count for each combination the rows of compatible ``others``, by a value of theirs.

    Returns
    -------
    entry, value, rows
        One for each combination and value that occur together, in their order.
    """
    parts: list[tuple[Ints, Ints, Ints]] = []
    width, made, held = values.distinct + 1, 0, 0
    for meeting in _meetings(columns, others):
        asking, asked, size = _shared_keys(meeting, columns, others)
        wanted = np.zeros(size, dtype=np.bool_)
        wanted[asking] = True
        met = np.flatnonzero(wanted[asked])
        both = asked[met] * width + values.codes[meeting.asked[met]]
        numbers, n = dense(both, size * width)
        counted = coding.totals(numbers, rows[meeting.asked[met]], n)
        cells = np.empty(n, dtype=np.int64)
        cells[numbers] = both
        bounds = np.searchsorted(cells, np.arange(size + 1, dtype=np.int64) * width)
        starts, ends = bounds[asking], bounds[asking + 1]
        more = int((ends - starts).sum())
        made += more
        _refuse_beyond(made)
        if held + more > _MOST_HELD and parts:
            parts = [_summed(parts, width)]
            held = len(parts[0][0])
        held += more
        _refuse_beyond(held, _MOST_HELD)
        owner, place = spans(starts, ends)
        parts.append((meeting.asking[owner], cells[place] % width, counted[place]))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    return _summed(parts, width)


def _summed(parts: list[tuple[Ints, Ints, Ints]], width: int) -> tuple[Ints, Ints, Ints]:
    """Add up the rows of the same combination and value."""
    entry, value, rows = (np.concatenate(part) for part in zip(*parts, strict=True))
    both = entry * width + value
    numbers, size = dense(both, int(both.max(initial=0)) + 1)
    once = np.empty(size, dtype=np.int64)
    once[numbers] = both
    return once // width, once % width, coding.totals(numbers, rows, size)


def _meetings(columns: Sequence[Codes], others: Sequence[Codes]) -> Iterator[_Meeting]:
    asking, asked = _patterns(columns), _patterns(others)
    _refuse_beyond(
        sum(len(one) for one in asking.values()) * len(asked)
        + sum(len(one) for one in asked.values()) * len(asking)
    )
    for pattern, entries in asking.items():
        by_common: dict[tuple[int, ...], list[Ints]] = {}
        for other, numbers in asked.items():
            common = tuple(sorted(set(pattern).intersection(other)))
            by_common.setdefault(common, []).append(numbers)
        for common, groups in by_common.items():
            yield _Meeting(asking=entries, asked=np.concatenate(groups), common=common)


def _refuse_beyond(steps: int, most: int | None = None) -> None:
    if steps > (_MOST_STEPS if most is None else most):
        message = "Too many values are missing together for each of them to fit any other."
        hint = "Set 'missing' to 'value', or take fewer quasi-identifiers."
        raise ParameterError(message, hint=hint)


def _patterns(columns: Sequence[Codes]) -> dict[tuple[int, ...], Ints]:
    """Find the entries by the columns that are present in them."""
    n = len(columns[0].codes) if columns else 0
    present = [Codes(codes=(~column.missing).astype(np.int64), distinct=1) for column in columns]
    numbers, size = dense(*keys(present, n))
    order = np.argsort(numbers, kind="stable")
    ends = np.searchsorted(numbers[order], np.arange(size + 1))
    found: dict[tuple[int, ...], Ints] = {}
    for i in range(size):
        entries = order[ends[i] : ends[i + 1]]
        one = tuple(j for j, column in enumerate(present) if column.codes[entries[0]])
        found[one] = entries
    return found


def _shared_keys(
    meeting: _Meeting, columns: Sequence[Codes], others: Sequence[Codes]
) -> tuple[Ints, Ints, int]:
    """Give both sides numbers below a size, equal where they agree in the columns in common."""
    own = [columns[i].of(meeting.asking) for i in meeting.common]
    theirs = [
        Codes(codes=others[i].codes[meeting.asked], distinct=columns[i].distinct)
        for i in meeting.common
    ]
    asking, asked = len(meeting.asking), len(meeting.asked)
    if not keys_fit(own):
        chosen = [
            Codes(codes=np.concatenate((a.codes, b.codes)), distinct=a.distinct)
            for a, b in zip(own, theirs, strict=True)
        ]
        found, size = dense(*keys(chosen, asking + asked))
        return found[:asking], found[asking:], size
    (mine, size), (other, _) = keys(own, asking), keys(theirs, asked)
    if few(size, asking + asked):
        return mine, other, size
    # Only the smaller side is sorted; what it does not have gets a number that matches nothing.
    if asking <= asked:
        known, mine = np.unique(mine, return_inverse=True)
        return mine, _places(known, other, len(known)), len(known) + 2
    known, other = np.unique(other, return_inverse=True)
    return _places(known, mine, len(known) + 1), other, len(known) + 2


def _places(known: Ints, wanted: Ints, nowhere: int) -> Ints:
    """Find the place of each number among those known, in order; ``nowhere`` where it is not."""
    place = np.searchsorted(known, wanted)
    there = known[np.minimum(place, len(known) - 1)] == wanted
    return np.asarray(np.where(there, place, nowhere), dtype=np.int64)
