"""From counts by level to a quality of the rows: estimates, the gap between groups, a test."""

from collections.abc import Callable, Sequence
from math import sqrt
from typing import Literal

import numpy as np

from audit.model import Unit
from audit.reports.representation.group_values import Axis, Estimate
from audit.reports.representation.part_values import Quality
from audit.reports.representation.reference import is_real
from audit.stats import independence, newcombe_difference, wilson_interval
from audit.stats.intervals import Z95

ShareKind = Literal["missing_share", "duplicate_share", "outlier_share"]

_EMPTY = "The group has no row to measure."


def of_shares(
    kind: ShareKind,
    axis: Axis,
    column: str | None,
    *,
    hits: Sequence[int],
    n: Sequence[int],
    min_group: int,
) -> Quality:
    """Make the quality ``hits`` of ``n`` rows, by level of ``axis``.

    Groups of fewer than ``min_group`` rows, the missing ones and the rest have estimates, and
    no part in the gap and the test. The p-value is not corrected.
    """
    groups = tuple(
        (name, _share(kind, k, m)) for name, k, m in zip(axis.names(), hits, n, strict=True)
    )
    large = _large(axis, n, min_group)
    counts = np.array([(hits[i], n[i] - hits[i]) for i in large], dtype=np.int64).reshape(-1, 2)

    def interval(first: int, second: int) -> tuple[float, float]:
        return newcombe_difference(hits[first], n[first], hits[second], n[second])

    gap, highest, lowest = _gap(kind, groups, large, interval, unit="share", method="newcombe")
    return Quality(
        kind=kind,
        column=column,
        by=axis.column,
        groups=groups,
        gap=gap,
        p_value=independence(counts)[2],
        highest=highest,
        lowest=lowest,
    )


def _large(axis: Axis, n: Sequence[int], min_group: int) -> list[int]:
    """Give the positions of the groups of people that are large enough to be compared."""
    return [
        i
        for i, (level, rows) in enumerate(zip(axis.levels, n, strict=True))
        if rows >= max(1, min_group) and is_real(level)
    ]


def _share(kind: ShareKind, hits: int, n: int) -> Estimate:
    if not n:
        return Estimate(name=kind, value=None, n=0, method="wilson", reason=_EMPTY)
    low, high = wilson_interval(hits, n)
    return Estimate(name=kind, value=hits / n, n=n, low=low, high=high, method="wilson")


def of_lengths(
    axis: Axis,
    column: str,
    *,
    n: Sequence[int],
    sums: Sequence[int],
    squares: Sequence[int],
    min_group: int,
) -> Quality:
    """Make the mean length of texts by level of ``axis``, from their number and sums.

    As :func:`of_shares`; the test is Welch's analysis of variance.
    """
    variances = [_variance(*given) for given in zip(n, sums, squares, strict=True)]
    groups = tuple(
        (name, _mean(m, total, variance))
        for name, m, total, variance in zip(axis.names(), n, sums, variances, strict=True)
    )
    large = _large(axis, n, min_group)

    def interval(first: int, second: int) -> tuple[float, float] | None:
        difference = sums[first] / n[first] - sums[second] / n[second]
        spread = [(variances[i], n[i]) for i in (first, second)]
        squared = [v / m for v, m in spread if v is not None]
        if len(squared) < len(spread):
            return None
        half = Z95 * sqrt(sum(squared))
        return difference - half, difference + half

    gap, highest, lowest = _gap(
        "length_mean", groups, large, interval, unit="characters", method="normal"
    )
    return Quality(
        kind="length_mean",
        column=column,
        by=axis.column,
        groups=groups,
        gap=gap,
        p_value=welch_anova(
            [n[i] for i in large],
            [sums[i] / n[i] for i in large],
            [variances[i] for i in large],
        ),
        highest=highest,
        lowest=lowest,
    )


def _variance(n: int, total: int, squares: int) -> float | None:
    """Give the variance with n - 1, from whole numbers and so without cancellation."""
    return (n * squares - total * total) / (n * (n - 1)) if n > 1 else None


def _mean(n: int, total: int, variance: float | None) -> Estimate:
    if not n:
        return _characters(None, 0, reason=_EMPTY)
    if variance is None:
        return _characters(total / n, n)
    half = Z95 * sqrt(variance / n)
    return _characters(total / n, n, low=total / n - half, high=total / n + half)


def _characters(
    value: float | None,
    n: int,
    *,
    low: float | None = None,
    high: float | None = None,
    reason: str = "",
) -> Estimate:
    return Estimate(
        name="length_mean",
        value=value,
        n=n,
        unit="characters",
        low=low,
        high=high,
        method="normal",
        reason=reason,
    )


def _gap(
    kind: str,
    groups: Sequence[tuple[str, Estimate]],
    large: Sequence[int],
    interval: Callable[[int, int], tuple[float, float] | None],
    *,
    unit: Unit,
    method: str,
) -> tuple[Estimate, str | None, str | None]:
    """Subtract the smallest of the large groups from the largest, and name both."""
    name = f"{kind}_gap"
    known = [(value, i) for i in large if (value := groups[i][1].value) is not None]
    if len(known) < 2:
        reason = "Fewer than two groups are large enough."
        return (
            Estimate(name=name, value=None, n=0, unit=unit, method=method, reason=reason),
            None,
            None,
        )
    first = max(known, key=lambda k: (k[0], -k[1]))[1]
    second = min(known, key=lambda k: (k[0], -k[1]))[1]
    (high_name, highest), (low_name, lowest) = groups[first], groups[second]
    ends = interval(first, second)
    low, high = ends or (None, None)
    values = [float(e.value) for e in (highest, lowest) if e.value is not None]
    gap = Estimate(
        name=name,
        value=values[0] - values[-1],
        n=highest.n + lowest.n,
        unit=unit,
        low=low,
        high=high,
        method=method,
    )
    return gap, high_name, low_name


def welch_anova(
    n: Sequence[int], means: Sequence[float], variances: Sequence[float | None]
) -> float | None:
    """Probability of means this far apart where all groups have the same, by Welch's test.

    None for fewer than two groups, or where the values of a group do not vary.

    Notes
    -----
    Welch (1951), *Biometrika* 38, 330-336: groups may differ in spread.
    """
    spread = [v for v in variances if v]
    k = len(n)
    if k < 2 or len(spread) < k:
        return None
    from scipy.special import fdtrc

    weights = np.array(n) / np.array(spread)
    whole = weights.sum()
    centre = (weights * np.array(means)).sum() / whole
    among = (weights * (np.array(means) - centre) ** 2).sum() / (k - 1)
    lost = ((1 - weights / whole) ** 2 / (np.array(n) - 1)).sum()
    statistic = among / (1 + 2 * (k - 2) / (k * k - 1) * lost)
    return float(fdtrc(k - 1, (k * k - 1) / (3 * lost), statistic))
