"""Quantiles, ranks and bins of ordered numbers."""

from math import ceil, isfinite, log2

import numpy as np

from audit.stats.arrays import Floats


def quantile_positions(n: int, p: float) -> tuple[int, int, float]:
    """Ranks (from 0) between which the ``p`` quantile of ``n`` sorted values lies, and how far.

    Notes
    -----
    Hyndman and Fan (1996), definition 7: the default of numpy, pandas and R.

    Examples
    --------
    >>> quantile_positions(4, 0.5)
    (1, 2, 0.5)
    """
    at = (n - 1) * p
    low = min(int(at), n - 1)
    return low, min(low + 1, n - 1), at - low


def between(low: float, high: float, share: float) -> float:
    """Go ``share`` of the way from ``low`` to ``high``, without overflow, exact at both ends.

    Examples
    --------
    >>> between(2.0, 4.0, 0.25)
    2.5
    >>> between(-1.7e308, 1.7e308, 0.5)
    0.0
    """
    if low == high:
        return low
    step = high - low
    if not isfinite(step):
        return low * (1 - share) + high * share
    return low + step * share if share < 0.5 else high - step * (1 - share)


def ranks(values: Floats) -> Floats:
    """Ranks from 1, ties sharing the mean of theirs.

    Examples
    --------
    >>> ranks(np.array([10.0, 30.0, 20.0, 20.0])).tolist()
    [1.0, 4.0, 2.5, 2.5]
    """
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    shared: Floats = (last - (counts - 1) / 2)[inverse]
    return shared


def freedman_diaconis_bins(n: int, iqr: float, span: float, *, most: int = 60) -> int:
    """How many bins a histogram should have.

    Parameters
    ----------
    n : int
        Values, at least 1.
    iqr : float
        Their interquartile range, 0 or more.
    span : float
        Largest minus smallest value, 0 or more.
    most : int
        Never more bins than this.

    Returns
    -------
    int
        In [1, most].

    Notes
    -----
    Freedman and Diaconis (1981): bins as wide as ``2 IQR / n^(1/3)``. Where half of the
    values are the same (IQR of 0), Sturges (1926): ``log2 n + 1`` bins.

    Examples
    --------
    >>> freedman_diaconis_bins(1000, iqr=2.0, span=10.0)
    25
    >>> freedman_diaconis_bins(1000, iqr=0.0, span=10.0)
    11
    """
    if span <= 0 or n < 2:
        return 1
    share = iqr / span
    bins = ceil(n ** (1 / 3) / (2 * share)) if share > 1e-9 else ceil(log2(n)) + 1
    return max(1, min(most, bins))
