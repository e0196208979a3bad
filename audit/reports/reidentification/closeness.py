"""How far the values of an attribute within groups of rows are from those of all rows.

Rows come counted by group and value, in the order of both: ``entry`` numbers the groups (only
its changes matter), ``n`` are rows, ``whole`` the rows of each value in the whole table.
"""

import numpy as np

from audit.reports.reidentification.coding import Floats, Ints


def nominal_distances(entry: Ints, value: Ints, n: Ints, whole: Ints) -> Floats:
    """Give 1/2 sum|q - p| of each group; values that a group lacks add their p."""
    starts = np.flatnonzero(np.diff(entry, prepend=-1))
    sizes = np.add.reduceat(n, starts)
    lengths = np.diff(starts, append=len(entry))
    q, p = n / np.repeat(sizes, lengths), whole[value] / whole.sum()
    lacking = 1 - np.add.reduceat(whole[value], starts) / whole.sum()
    return np.asarray(0.5 * (np.add.reduceat(np.abs(q - p), starts) + lacking))


def ordered_distances(entry: Ints, place: Ints, n: Ints, whole: Ints) -> Floats:
    """Give sum|cumsum(q - p)| / (m - 1) of each group, for m values in an order.

    Between two values of a group its cumulated share is level, and that of all rows rises:
    the sum over such a stretch is taken from running sums, so that values that a group lacks
    cost nothing.
    """
    m = len(whole)
    starts = np.flatnonzero(np.diff(entry, prepend=-1))
    if m == 1:
        return np.zeros(len(starts))
    share = np.cumsum(whole) / whole.sum()
    running = np.concatenate((np.zeros(1), np.cumsum(share[:-1])))
    lengths = np.diff(starts, append=len(entry))
    sizes = np.add.reduceat(n, starts)
    before = np.cumsum(n) - n
    level = (before + n - np.repeat(before[starts], lengths)) / np.repeat(sizes, lengths)
    ends = np.append(place[1:], m - 1)
    ends[starts[1:] - 1] = m - 1
    sums = np.add.reduceat(_stretch(share, running, level, place, ends), starts)
    # Before the first value of a group its share is 0.
    return np.asarray((sums + running[place[starts]]) / (m - 1))


def _stretch(share: Floats, running: Floats, level: Floats, begin: Ints, end: Ints) -> Floats:
    """Sum |level - share| over the places from ``begin`` up to, not with, ``end``."""
    crossing = np.clip(np.searchsorted(share, level), begin, end)
    below = level * (crossing - begin) - (running[crossing] - running[begin])
    above = (running[end] - running[crossing]) - level * (end - crossing)
    return np.asarray(below + above)
