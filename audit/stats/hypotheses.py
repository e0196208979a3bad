"""Tests of hypotheses, and what becomes of them when there are many."""

from collections.abc import Sequence
from math import erfc, inf, sqrt

import numpy as np

from audit.stats.arrays import Counts, Floats


def two_proportions_p(hits_a: float, n_a: float, hits_b: float, n_b: float) -> float | None:
    """Probability of shares at least this far apart where both groups have the same one.

    Parameters
    ----------
    hits_a, n_a, hits_b, n_b : float
        Rows with the property and rows in all; not whole where sizes are effective ones.

    Returns
    -------
    float or None
        Two-sided, in [0, 1]; None where a group is empty, or all rows or none have the property.

    Notes
    -----
    The z test with the pooled share, without continuity correction; its square is Pearson's
    chi-square of the table of two by two.

    Examples
    --------
    >>> round(two_proportions_p(15, 100, 30, 100), 4)
    0.0111
    """
    if n_a <= 0 or n_b <= 0:
        return None
    pooled = (hits_a + hits_b) / (n_a + n_b)
    variance = pooled * (1 - pooled) * (1 / n_a + 1 / n_b)
    if variance <= 0:
        return None
    return erfc(abs(hits_a / n_a - hits_b / n_b) / sqrt(2 * variance))


def chi_square_p(statistic: float, degrees: int) -> float:
    """Probability of a chi-square of ``degrees`` degrees of freedom at least this large.

    Examples
    --------
    >>> round(chi_square_p(3.841459, 1), 4)
    0.05
    """
    from scipy.special import chdtrc

    return float(chdtrc(degrees, statistic))


def independence(table: Floats) -> tuple[float, int, float | None]:
    """Test whether the two variables of a contingency table are independent.

    Parameters
    ----------
    table : array of shape (r, c)
        Rows by category of one variable (down) and of the other (across), or weights scaled
        to an effective size.

    Returns
    -------
    statistic : float
        Pearson's chi-square, without continuity correction.
    degrees : int
        Its degrees of freedom, by the categories that occur.
    p : float or None
        None where a variable has fewer than two categories that occur.

    Examples
    --------
    >>> statistic, degrees, p = independence(np.array([[15, 85], [30, 70]]))
    >>> round(statistic, 4), degrees, round(p, 4)
    (6.4516, 1, 0.0111)
    """
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) < 2:
        return 0.0, 0, None
    degrees = (table.shape[0] - 1) * (table.shape[1] - 1)
    down, across = table.sum(axis=1, dtype=np.float64), table.sum(axis=0, dtype=np.float64)
    expected = down[:, None] * (across[None, :] / across.sum())
    statistic = float(((table - expected) ** 2 / expected).sum())
    return statistic, degrees, chi_square_p(statistic, degrees)


def goodness_of_fit(counts: Counts, shares: Floats) -> tuple[float, int, float | None]:
    """Test whether ``counts`` are drawn from a population of ``shares``.

    Parameters
    ----------
    counts : array of shape (m,)
        Rows by category, or weights scaled to an effective size.
    shares : array of shape (m,)
        Share of each category in the population; divided by their sum.

    Returns
    -------
    statistic : float
        Pearson's chi-square; infinite where there are rows that the population does not have.
    degrees : int
        Its degrees of freedom, by the categories that either has.
    p : float or None
        None where there are fewer than two categories, or no rows.

    Examples
    --------
    >>> statistic, degrees, p = goodness_of_fit(np.array([30, 70]), np.array([0.5, 0.5]))
    >>> statistic, degrees, round(p, 6)
    (16.0, 1, 6.3e-05)
    """
    n, whole = float(counts.sum()), float(shares.sum())
    there = (counts > 0) | (shares > 0)
    degrees = max(0, int(there.sum()) - 1)
    if not degrees or n <= 0 or whole <= 0:
        return 0.0, degrees, None
    found, expected = counts[there], shares[there] * (n / whole)
    if (expected <= 0).any():
        return inf, degrees, 0.0
    statistic = float(((found - expected) ** 2 / expected).sum())
    return statistic, degrees, chi_square_p(statistic, degrees)


def benjamini_hochberg(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjust p-values for the number of tests, so that their false discovery rate is kept.

    Parameters
    ----------
    p_values : sequence of float or None
        In [0, 1]; None for what was not tested, which counts for nothing.

    Returns
    -------
    list of float or None
        In the same order, each at least as large as it was.

    Notes
    -----
    Benjamini and Hochberg (1995), *JRSS B* 57(1): ``p m / rank``, never falling with the rank.

    Examples
    --------
    >>> benjamini_hochberg([0.01, None, 0.04, 0.03])
    [0.03, None, 0.04, 0.04]
    """
    tested = sorted(((p, i) for i, p in enumerate(p_values) if p is not None), reverse=True)
    adjusted: list[float | None] = [None] * len(p_values)
    smallest = 1.0
    for rank, (p, i) in zip(range(len(tested), 0, -1), tested, strict=True):
        smallest = min(smallest, p * len(tested) / rank)
        adjusted[i] = smallest
    return adjusted
