"""Values of a category in two sets, as even as any: where no order of theirs gives a cut."""

import numpy as np

from audit.reports.reidentification.coding import Flags, Ints


def evenest(segment: Ints, rows: Ints, least: int) -> Flags:
    """Mark the values on one side of the most even split of each segment.

    Nothing is marked where it is plain that no split leaves ``least`` rows on each side, and
    where the values are but two: they are parted in any order.

    Parameters
    ----------
    segment : array
        Of each value, ascending.
    rows : array
        Rows that have it.
    least : int
        Rows of each side.
    """
    found = np.zeros(len(rows), dtype=np.bool_)
    order = np.lexsort((-rows, segment))
    rows = rows[order]
    starts = np.flatnonzero(np.diff(segment, prepend=-1))
    ends = np.append(starts[1:], len(rows))
    whole = np.add.reduceat(rows, starts)
    hopeful = (ends - starts > 2) & (rows[starts] <= whole - least) & (whole >= 2 * least)
    # Small segments are many, and few of them differ in their numbers.
    known: dict[bytes, Flags] = {}
    for i in np.flatnonzero(hopeful).tolist():
        own = rows[starts[i] : ends[i]]
        key = own.tobytes()
        if key not in known:
            known[key] = _half(own)
        found[order[starts[i] : ends[i]]] = known[key]
    return found


def _half(rows: Ints) -> Flags:
    """Choose numbers whose sum is the largest up to half of all; exact, for all sums are tried.

    ``rows`` descend. Of each sum it is kept which numbers reached it first: without them, what
    is left was reached by numbers before them.
    """
    most = int(rows.sum()) // 2
    reached_by = np.full(most + 1, -1, dtype=np.int32)
    reached_by[0] = 0
    parts = _parts(rows)
    for number, (first, last) in enumerate(parts):
        size = int(rows[first]) * (last - first)
        if size <= most:
            new = (reached_by[: most + 1 - size] >= 0) & (reached_by[size:] < 0)
            reached_by[size:][new] = number
        if reached_by[most] >= 0:
            break
    chosen = np.zeros(len(rows), dtype=np.bool_)
    at = int(np.flatnonzero(reached_by >= 0)[-1])
    while at:
        first, last = parts[reached_by[at]]
        chosen[first:last] = True
        at -= int(rows[first]) * (last - first)
    return chosen


def _parts(rows: Ints) -> list[tuple[int, int]]:
    """Put equal numbers in stretches of 1, 2, 4, …: some of them make any number of them."""
    found = []
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(rows)], strict=True):
        first, length = start, 1
        while first < end:
            last = min(first + length, end)
            found.append((first, last))
            first, length = last, length * 2
    return found
