"""Mean and shape of numbers."""

from dataclasses import dataclass
from math import frexp, fsum, ldexp, sqrt

import numpy as np

from audit.stats.arrays import Counts, Floats

_BLOCK = 1 << 18
"""Values summed at a time: small enough for the cache of a core."""

_TAME = 200
"""Fourth powers of numbers below 2^200 are far from overflow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Mean and shape of a set of numbers; None where too few, equal or too large numbers."""

    n: int
    mean: float
    variance: float | None
    """With n - 1."""
    skewness: float | None
    """G1: bias-corrected."""
    kurtosis: float | None
    """G2: excess, bias-corrected."""


def moments(values: Floats, counts: Counts | None = None) -> Moments:
    """Mean, variance, skewness and kurtosis of finite numbers.

    Parameters
    ----------
    values : array of shape (m,), m >= 1
        Finite numbers of any integer or floating type, in a fixed order.
    counts : array of int of shape (m,), optional
        How often each value occurs; once each if left out.

    Returns
    -------
    Moments
        As ``pandas`` and ``scipy.stats`` with ``bias=False`` give them.

    Notes
    -----
    Joanes and Gill (1998), *The Statistician* 47(1), G1 and G2. Two passes: centred on the
    mean, with what rounding left of the mean taken out again. Integers are centred before
    they become floats, so that 64-bit identifiers lose nothing; numbers near the ends of
    the floating range are scaled by a power of two. One thread, fixed blocks: the same
    values in the same order give the same bits.

    Examples
    --------
    >>> m = moments(np.array([1, 2, 3, 10]))
    >>> m.mean, m.variance, round(m.skewness, 6), round(m.kurtosis, 6)
    (4.0, 16.666666666666668, 1.763633, 3.228)
    """
    n = len(values) if counts is None else int(counts.sum())
    origin, exponent = _frame(values)
    mean = _power_sums(values, counts, origin, exponent, 0.0, 1)[0] / n
    sums = _power_sums(values, counts, origin, exponent, mean, 4)
    rest, m2, m3, m4 = (s / n for s in sums)
    m4 += -4 * rest * m3 + 6 * rest**2 * m2 - 3 * rest**4
    m3 += -3 * rest * m2 + 2 * rest**3
    m2 -= rest**2
    whole = _scaled(mean + rest, exponent)
    variance = _scaled(m2 * n / (n - 1), 2 * exponent) if n > 1 else None
    flat = m2 <= 0
    return Moments(
        n=n,
        mean=float(origin) + (whole if whole is not None else 0.0),
        variance=variance,
        skewness=None if flat or n < 3 else sqrt(n * (n - 1)) / (n - 2) * m3 / m2**1.5,
        kurtosis=None
        if flat or n < 4
        else (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * (m4 / m2**2 - 3) + 6),
    )


def _frame(values: Floats) -> tuple[int, int]:
    """Choose an origin to take from integers, and a power of two that tames extreme floats."""
    low, high = values.min().item(), values.max().item()
    if np.issubdtype(values.dtype, np.integer):
        fits = max(-low, high) < 2**53 or high - low >= 2**63
        return (0 if fits else int(low)), 0
    exponent = frexp(max(abs(low), abs(high)))[1]
    return 0, exponent if abs(exponent) > _TAME else 0


def _power_sums(
    values: Floats, counts: Counts | None, origin: int, exponent: int, mean: float, powers: int
) -> list[float]:
    parts: list[list[float]] = []
    for start in range(0, len(values), _BLOCK):
        block = values[start : start + _BLOCK]
        weights = None if counts is None else counts[start : start + _BLOCK]
        if origin:
            block = block - block.dtype.type(origin)
        centred = block.astype(np.float64)
        if exponent:
            centred = np.ldexp(centred, -exponent)
        centred -= mean
        power = centred.copy() if weights is None else centred * weights
        sums = [float(power.sum())]
        for _ in range(powers - 1):
            power *= centred
            sums.append(float(power.sum()))
        parts.append(sums)
    return [fsum(column) for column in zip(*parts, strict=True)]


def _scaled(value: float, exponent: int) -> float | None:
    try:
        return ldexp(value, exponent)
    except OverflowError:
        return None
