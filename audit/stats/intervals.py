"""Intervals of shares, of their differences and of their ratios."""

from math import exp, log, sqrt

Z95 = 1.959964
"""Normal quantile of a two-sided 95 % interval."""


def wilson_interval(hits: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Wilson score interval for a share.

    Parameters
    ----------
    hits : float
        Rows with the property, ``0 <= hits <= n``; not whole where ``n`` is an effective size.
    n : float
        Rows in all, ``n > 0``, or the effective size of a weighted sample.
    z : float
        Normal quantile; the default gives a two-sided 95 % interval.

    Returns
    -------
    low, high : float
        Shares in [0, 1], ``low <= hits / n <= high``.

    Raises
    ------
    ValueError
        If ``n <= 0`` or ``hits`` is not in ``[0, n]``.

    Notes
    -----
    Wilson (1927), JASA 22(158), eq. on p. 212. Chosen over the normal
    approximation because audits meet shares near 0 and small groups.

    Examples
    --------
    >>> tuple(round(x, 3) for x in wilson_interval(1, 10))
    (0.018, 0.404)
    """
    if not n > 0 or not 0 <= hits <= n:
        message = f"need 0 <= hits <= n and n > 0, got hits={hits}, n={n}"
        raise ValueError(message)
    p, zz = hits / n, z * z
    centre = (p + zz / (2 * n)) / (1 + zz / n)
    half = z * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n)
    # Rounding must not part the ends from the share itself.
    return max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half))


def newcombe_difference(
    hits_a: float, n_a: float, hits_b: float, n_b: float
) -> tuple[float, float]:
    """Interval of the difference of two independent shares, ``hits_a / n_a - hits_b / n_b``.

    Parameters
    ----------
    hits_a, n_a, hits_b, n_b : float
        As for :func:`wilson_interval`.

    Returns
    -------
    low, high : float
        In [-1, 1], with the difference between them.

    Notes
    -----
    Newcombe (1998), *Statistics in Medicine* 17, 873-890, method 10: the Wilson intervals of
    both shares, joined. It stays within [-1, 1] and is not of zero width at shares of 0 and 1.

    Examples
    --------
    >>> tuple(round(x, 4) for x in newcombe_difference(56, 70, 48, 80))
    (0.0524, 0.3339)
    """
    a, b = hits_a / n_a, hits_b / n_b
    low_a, high_a = wilson_interval(hits_a, n_a)
    low_b, high_b = wilson_interval(hits_b, n_b)
    low = a - b - sqrt((a - low_a) ** 2 + (high_b - b) ** 2)
    high = a - b + sqrt((high_a - a) ** 2 + (b - low_b) ** 2)
    return max(-1.0, low), min(1.0, high)


def ratio_interval(
    hits_a: float, n_a: float, hits_b: float, n_b: float
) -> tuple[float, float] | tuple[None, None]:
    """Interval of the ratio of two independent shares, ``(hits_a / n_a) / (hits_b / n_b)``.

    Parameters
    ----------
    hits_a, n_a, hits_b, n_b : float
        As for :func:`wilson_interval`.

    Returns
    -------
    low, high : float or None
        None where a share is 0, or both are 1: the method has no width to give there.

    Notes
    -----
    Katz, Baptista, Azen and Pike (1978), *Biometrics* 34, 469-474: normal on the logarithm.

    Examples
    --------
    >>> tuple(round(x, 4) for x in ratio_interval(36, 40, 16, 80))
    (2.8686, 7.0593)
    >>> ratio_interval(0, 10, 5, 10)
    (None, None)
    """
    if hits_a <= 0 or hits_b <= 0:
        return None, None
    variance = 1 / hits_a - 1 / n_a + 1 / hits_b - 1 / n_b
    if variance <= 0:
        return None, None
    centre, half = log((hits_a / n_a) / (hits_b / n_b)), Z95 * sqrt(variance)
    return exp(centre - half), exp(centre + half)


def part_ratio_interval(
    hits: float, n: float, hits_all: float, n_all: float
) -> tuple[float, float] | tuple[None, None]:
    """Interval of the ratio of a part's share to that of the whole, which the part belongs to.

    Parameters
    ----------
    hits, n : float
        Of the part, as for :func:`wilson_interval`.
    hits_all, n_all : float
        Of the whole, the part among it.

    Returns
    -------
    low, high : float or None
        None where the part has no hit, or the variance is 0: all hits or all rows in the part.

    Notes
    -----
    Delta method on the logarithm, the part and the rest being independent. As if part and whole
    were independent the interval would hold 1 far too often: it is twice as wide for half of
    the rows.

    Examples
    --------
    >>> tuple(round(x, 4) for x in part_ratio_interval(225, 1500, 375, 3000))
    (1.1105, 1.2967)
    >>> part_ratio_interval(5, 10, 5, 10)
    (None, None)
    """
    others, rest = hits_all - hits, n_all - n
    if hits <= 0 or others <= 0:
        return None, None
    own = (1 / hits - 1 / hits_all) ** 2 * hits * (1 - hits / n)
    variance = own + others * (1 - others / rest) / hits_all**2
    if variance <= 0:
        return None, None
    centre, half = log((hits / n) / (hits_all / n_all)), Z95 * sqrt(variance)
    return exp(centre - half), exp(centre + half)


def effective_size(weight_sum: float, weight_squared_sum: float) -> float:
    """Size of an unweighted sample that says as much as a weighted one; 0.0 without weights.

    Notes
    -----
    Kish (1965), *Survey Sampling*: ``(sum w)^2 / sum w^2``.

    Examples
    --------
    >>> effective_size(10.0, 10.0), effective_size(4.0, 10.0), effective_size(0.0, 0.0)
    (10.0, 1.6, 0.0)
    """
    return weight_sum * weight_sum / weight_squared_sum if weight_squared_sum > 0 else 0.0
