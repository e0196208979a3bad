"""Association of a sensitive column with another one, with an interval in closed form."""

from math import sqrt

import numpy as np
import numpy.typing as npt

from audit.reports.representation.group_values import Estimate
from audit.stats import Array, Counts, cramers_v
from audit.stats.intervals import Z95

_FLAT = 1e-12
"""A sum of squares below this share of what it was computed from is rounding."""

_DIGITS = 12
"""Decimals kept: what lies beyond depends on the order of a sum."""

_ALONE = "On the rows with both values one of them does not vary."


def of_categories(table: Counts) -> Estimate:
    """Measure Cramér's V of a contingency table, bias-corrected.

    Notes
    -----
    The interval is normal on the scale of phi squared and no wider than [0, 1]. Its variance is
    that of the delta method (Bishop, Fienberg and Holland 1975, section 14.6) and that of a
    chi-square: the one counts where there is an association, the other where there is none.
    """
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n = int(table.sum())
    value = cramers_v(table)
    if value is None:
        return _undefined("cramers_v", n)
    r, c = table.shape
    degrees = (r - 1) * (c - 1)
    p = table / n
    ratio = p / (p.sum(axis=1, keepdims=True) * p.sum(axis=0))
    phi2 = float((p * ratio).sum()) - 1
    of_rows = (p * ratio).sum(axis=1, keepdims=True) / p.sum(axis=1, keepdims=True)
    of_columns = (p * ratio).sum(axis=0) / p.sum(axis=0)
    slope = 2 * ratio - of_rows - of_columns
    variance = float((p * slope**2).sum() - (p * slope).sum() ** 2) / n
    smaller = min(k - (k - 1) ** 2 / (n - 1) for k in (r, c)) - 1
    low, high = _ends(phi2 - degrees / (n - 1), variance, degrees, n)
    return Estimate(
        name="cramers_v",
        value=round(value, _DIGITS),
        n=n,
        unit="coefficient",
        low=min(1.0, sqrt(low / smaller)),
        high=min(1.0, sqrt(high / smaller)),
        method="bias-corrected; delta",
    )


def of_number(values: Array, levels: npt.NDArray[np.int64], size: int) -> Estimate:
    """Measure the correlation ratio of numbers with levels: what share of spread is among them.

    ``values`` is NaN and ``levels`` -1 on rows without; both are left out. The interval is made
    as that of :func:`of_categories`, on the square.
    """
    there = ~np.isnan(values) & (levels >= 0)
    x, level = values[there], levels[there]
    n = len(x)
    counts = np.bincount(level, minlength=size)
    groups = int((counts > 0).sum())
    if n < 3 or groups < 2:
        return _undefined("correlation_ratio", n)
    top = float(np.abs(x).max())
    x = x / (top or 1.0)
    raw = float((x**2).sum())
    x -= x.mean()
    total = float((x**2).sum()) / n
    if total * n <= _FLAT * raw:
        return _undefined("correlation_ratio", n)
    means = np.bincount(level, x, size) / np.maximum(counts, 1)
    centre = means[level]
    among = float((counts * means**2).sum()) / n
    square = min(1.0, among / total)
    # What each row adds to the spread among levels, and to all of it.
    slope = (2 * (x - centre) * centre + centre**2 - square * x**2) / total
    variance = float((slope**2).sum()) / n**2
    low, high = _ends(square, variance, groups - 1, n)
    return Estimate(
        name="correlation_ratio",
        value=round(sqrt(square), _DIGITS),
        n=n,
        unit="coefficient",
        low=sqrt(low),
        high=min(1.0, sqrt(high)),
        method="delta",
    )


def _ends(square: float, variance: float, degrees: int, n: int) -> tuple[float, float]:
    half = Z95 * sqrt(max(0.0, variance) + 2 * degrees / n**2)
    return max(0.0, square - half), max(0.0, square + half)


def _undefined(name: str, n: int) -> Estimate:
    return Estimate(name=name, value=None, n=n, unit="coefficient", method="delta", reason=_ALONE)
