"""Rows told apart by whole numbers: codes of several columns put together, and equal ones grouped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_LARGEST_KEY = 2**62
_MOST_COUNTED = 2**22
_COUNTED_EACH = 8
"""Possible keys, in all and per key there is, up to which counting is faster than sorting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """One column as whole numbers: 0 is missing, 1 to ``distinct`` are its values."""

    codes: Ints
    distinct: int
    """Different values, the missing one left out."""

    def of(self, which: npt.NDArray[np.generic]) -> "Codes":
        """Take some of them, in the order of ``which``."""
        return Codes(codes=self.codes[which], distinct=self.distinct)

    @property
    def missing(self) -> Flags:
        """Where the value is missing."""
        return np.asarray(self.codes == 0)


def keys(columns: Sequence[Codes], n: int) -> tuple[Ints, int]:
    """Give each of ``n`` rows a number, equal exactly where all ``columns`` are.

    Returns
    -------
    keys, size
        Numbers in [0, size). Where the product of the numbers of values is beyond 64 bits the
        numbers so far are made dense in between; nothing is hashed, so that no two differing
        rows ever share one.
    """
    found, size = np.zeros(n, dtype=np.int64), 1
    # Those with the most values first: where they tell all rows apart, the rest adds nothing.
    for column in sorted(columns, key=lambda c: -c.distinct):
        width = column.distinct + 1
        if size * width > _LARGEST_KEY:
            found, size = dense(found, size)
            if size == n:
                break
        found = found * width + column.codes
        size *= width
    return found, size


def keys_fit(columns: Sequence[Codes]) -> bool:
    """Tell whether :func:`keys` depend on nothing but the codes, so that two sides can be told."""
    return prod(column.distinct + 1 for column in columns) <= _LARGEST_KEY


def dense(found: Ints, size: int) -> tuple[Ints, int]:
    """Renumber keys without gaps, in their order."""
    if few(size, len(found)):
        there = np.zeros(size, dtype=np.bool_)
        there[found] = True
        numbers = np.cumsum(there, dtype=np.int64) - 1
        return numbers[found], int(numbers[-1]) + 1 if len(numbers) else 0
    order = np.argsort(found)
    new = _steps(found[order])
    numbers = np.empty(len(found), dtype=np.int64)
    numbers[order] = np.cumsum(new, dtype=np.int64) - 1
    return numbers, int(new.sum())


def sizes(columns: Sequence[Codes], rows: Ints) -> Ints:
    """Count for each entry the rows of all entries that equal it in ``columns``.

    Parameters
    ----------
    columns : sequence of Codes
        Codes of each entry.
    rows : array
        Rows that each entry stands for.
    """
    found, size = keys(columns, len(rows))
    if not few(size, len(found)):
        found, size = dense(found, size)
    return totals(found, rows, size)[found]


def single(columns: Sequence[Codes], n: int) -> Flags:
    """Tell for each of ``n`` entries whether no other equals it in ``columns``."""
    found, size = keys(columns, n)
    if few(size, n):
        return np.asarray(np.bincount(found, minlength=size)[found] == 1)
    order = np.argsort(found)
    new = _steps(found[order])
    alone: Flags = np.empty(n, dtype=np.bool_)
    alone[order] = new & np.append(new[1:], True)
    return alone


def totals(groups: Ints, rows: Ints, size: int) -> Ints:
    """Add ``rows`` up by group; exact: sums of less than 2**53."""
    return np.bincount(groups, weights=rows, minlength=size).astype(np.int64)


def least(groups: Ints, numbers: Ints, size: int) -> Ints:
    """Find the smallest of ``numbers`` of each group; each has at least one."""
    found = np.full(size, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(found, groups, numbers)
    return found


def spans(starts: Ints, ends: Ints) -> Iterator[Ints]:
    """Give, for stretches of an array, whose each place is and which place it is.

    Examples
    --------
    >>> [found.tolist() for found in spans(np.array([2, 7]), np.array([4, 8]))]
    [[0, 0, 1], [2, 3, 7]]
    """
    lengths = ends - starts
    owner = np.repeat(np.arange(len(starts), dtype=np.int64), lengths)
    before = np.cumsum(lengths) - lengths
    yield owner
    yield np.arange(len(owner), dtype=np.int64) - before[owner] + starts[owner]


def few(size: int, n: int) -> bool:
    """Tell whether ``n`` keys of so many possible ones are counted faster than sorted."""
    return size <= min(_MOST_COUNTED, _COUNTED_EACH * n)


def _steps(in_order: Ints) -> Flags:
    """Mark the first of each run of equal numbers."""
    new = np.ones(len(in_order), dtype=np.bool_)
    new[1:] = in_order[1:] != in_order[:-1]
    return new
