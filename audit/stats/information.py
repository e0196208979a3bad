"""How much a distribution leaves open."""

from collections.abc import Iterable, Sequence
from math import fsum, log2

import numpy as np


def entropy(counts: Iterable[int]) -> float:
    """Shannon entropy of a distribution given as counts, in bits.

    Parameters
    ----------
    counts : iterable of int
        Rows by value, each at least 1.

    Returns
    -------
    float
        In [0, log2 of the number of values]; 0.0 for no counts at all.

    Notes
    -----
    Shannon (1948). Computed as ``log2 n - sum(k log2 k) / n``, equal counts taken together
    and summed exactly, so that neither order nor number of values costs precision.

    Examples
    --------
    >>> entropy([5, 5])
    1.0
    >>> round(entropy([9, 1]), 4)
    0.469
    """
    given = counts if isinstance(counts, np.ndarray) else np.fromiter(counts, dtype=np.int64)
    sizes, times = np.unique(given, return_counts=True)
    return entropy_of_sizes(sizes.tolist(), times.tolist())


def entropy_of_sizes(sizes: Sequence[int], times: Sequence[int]) -> float:
    """Entropy in bits where ``times[i]`` values occur ``sizes[i]`` times each.

    Examples
    --------
    >>> entropy_of_sizes([1], [8])
    3.0
    """
    n = sum(k * m for k, m in zip(sizes, times, strict=True))
    if n == 0:
        return 0.0
    part = fsum(m * k * log2(k) for k, m in zip(sizes, times, strict=True)) / n
    return max(0.0, log2(n) - part)
