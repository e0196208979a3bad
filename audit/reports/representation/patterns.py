"""Patterns as numbers: joining covered combinations of values into larger candidates.

A pattern names a value of some columns. Those over the same columns are kept together as one
sorted array of keys: mixed-radix numbers, one digit per column, the first column slowest.
"""

from collections.abc import Sequence
from itertools import combinations
from math import prod

import numpy as np
import numpy.typing as npt

Columns = tuple[int, ...]
"""Positions of columns, increasing."""

Keys = npt.NDArray[np.int64]
"""Patterns over the same columns, increasing."""

Layer = dict[Columns, Keys]
"""Patterns that name equally many columns, by the columns named; none without patterns."""

NOTHING: Layer = {(): np.zeros(1, dtype=np.int64)}
"""The pattern that names no column."""


def larger_sets(layer: Layer, n_columns: int) -> list[Columns]:
    """List the sets of one more column of which every subset has patterns, in order."""
    return [
        (*columns, column)
        for columns in sorted(layer)
        for column in range(max(columns, default=-1) + 1, n_columns)
        if all(subset in layer for subset in combinations((*columns, column), len(columns)))
    ]


def candidates(layer: Layer, columns: Columns, sizes: Sequence[int]) -> Keys:
    """Find the patterns over ``columns`` whose parents are all in ``layer``.

    Parameters
    ----------
    layer : Layer
        The covered patterns that name one column less.
    columns : Columns
        The columns to be named; every subset of one less is in ``layer``.
    sizes : sequence of int
        Number of values of each column.

    Returns
    -------
    Keys
        One for each such pattern, whether rows have it or not.

    Notes
    -----
    A parent is the pattern with one value taken away. One family of parents is joined with
    every value of the column that it lacks, the family by which the join is smallest; the
    other families sift what comes out.
    """
    radices = [sizes[column] for column in columns]
    parents = _parents(layer, columns)
    base = min(range(len(columns)), key=lambda i: parents[i].size * radices[i])
    keys = _joined(parents[base], base, radices)
    for i, family in enumerate(parents):
        if i != base:
            keys = keys[among(_without(keys, i, radices), family)]
    keys.sort()
    return keys


def join_size(layer: Layer, columns: Columns, sizes: Sequence[int]) -> int:
    """Tell how many patterns have to be looked at to find the candidates over ``columns``."""
    parents = _parents(layer, columns)
    return min(f.size * sizes[column] for f, column in zip(parents, columns, strict=True))


def among(keys: Keys, family: Keys) -> npt.NDArray[np.bool_]:
    """Tell which ``keys`` are in ``family``, which is sorted."""
    if not family.size:
        return np.zeros(keys.size, dtype=np.bool_)
    at = np.searchsorted(family, keys)
    at[at == family.size] = 0
    return np.asarray(family[at] == keys)


def added_up(keys: Keys, rows: npt.NDArray[np.int64]) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Add up the rows of equal keys; the keys come in order, each once."""
    if not keys.size:
        return keys, rows
    order = np.argsort(keys)
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(rows[order], starts)


def steps(columns: Columns, sizes: Sequence[int]) -> list[int]:
    """Give what each column's digit is worth in a key."""
    radices = [sizes[column] for column in columns]
    return [_step(i, radices) for i in range(len(radices))]


def digits(key: int, columns: Columns, sizes: Sequence[int]) -> tuple[int, ...]:
    """Give the values that a pattern names, one for each of its columns."""
    worth = steps(columns, sizes)
    return tuple(key // step % sizes[c] for step, c in zip(worth, columns, strict=True))


def _parents(layer: Layer, columns: Columns) -> list[Keys]:
    return [layer[columns[:i] + columns[i + 1 :]] for i in range(len(columns))]


def _step(position: int, radices: Sequence[int]) -> int:
    return prod(radices[position + 1 :])


def _joined(parents: Keys, position: int, radices: Sequence[int]) -> Keys:
    """Put every value in at ``position``."""
    step = _step(position, radices)
    high, low = np.divmod(parents, step)
    values = np.arange(radices[position], dtype=np.int64) * step
    start = high * (step * radices[position]) + low
    return np.asarray((start[:, None] + values).ravel())


def _without(keys: Keys, position: int, radices: Sequence[int]) -> Keys:
    """Take the value at ``position`` away."""
    step = _step(position, radices)
    return np.asarray(keys // (step * radices[position]) * step + keys % step)
