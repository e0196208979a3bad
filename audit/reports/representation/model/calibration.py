"""Whether a score means the same in each group: label rates by score, and how far they are off."""

from dataclasses import dataclass

import numpy as np

from audit.reports.representation.cells import Array
from audit.reports.representation.group_values import Estimate, Estimates
from audit.reports.representation.model.confusion import divided
from audit.reports.representation.model.scored import Codes, Scored, added
from audit.reports.representation.model_values import CalibrationBin
from audit.stats import wilson_interval
from audit.stats.intervals import Z95

BINS = 10
_FEWEST = 5
"""With fewer bins of equally many rows, most rows having the same score, bins are equally wide."""

NO_PROBABILITY = "Scores do not all lie between 0 and 1: they are no probabilities."
_NO_WEIGHT = "There are no rows that weigh anything."
_ONE = "One row alone has no interval."


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Calibration of each group."""

    estimates: list[Estimates]
    bins: list[tuple[CalibrationBin, ...]]


def calibration(scored: Scored, groups: Codes, size: int) -> Calibration:
    """Compare scores with labels in each group.

    Parameters
    ----------
    scored : Scored
        Rows, sorted by score.
    groups : array of int
        Which group each is in, below ``size``.
    size : int
        Number of groups.

    Returns
    -------
    Calibration
        Of each group: the label rate in bins of the score (Wilson), which are the same for
        all groups; ``calibration_gap``, the mean score minus the label rate (normal interval
        of a mean); and ``expected_calibration_error``, the mean distance of the two over the
        bins. That one is never negative and grows as groups get smaller, where all is chance:
        it has no interval. The last two only where scores lie in [0, 1].
    """
    # Only scores that are no probabilities can be too large: nothing is made of their mean.
    with np.errstate(over="ignore", invalid="ignore"):
        return _calibration(scored, groups, size)


def _calibration(scored: Scored, groups: Codes, size: int) -> Calibration:
    edges = bin_edges(scored)
    at = groups * (len(edges) - 1) + _bin(scored.score, edges)
    many = size * (len(edges) - 1)

    def by_bin(values: Array) -> Array:
        return added(at, values, many).reshape(size, -1)

    table = _Table(
        n=by_bin(scored.n.astype(np.float64)),
        weight=by_bin(scored.weight),
        squared=by_bin(scored.weight_squared),
        scores=by_bin(scored.weight * scored.score),
        positives=by_bin(scored.weight * scored.positive),
    )
    return Calibration(
        estimates=_estimates(scored, groups, table),
        bins=[table.bins(group, edges) for group in range(size)],
    )


def bin_edges(scored: Scored) -> Array:
    """Choose bins for all groups: one per score where there are few, else equally many rows.

    Where most rows have the same few scores, bins are equally wide.
    """
    score = scored.score
    if not len(score):
        return np.array([0.0, 1.0])
    first = np.flatnonzero(np.append(True, score[1:] != score[:-1]))
    if len(first) <= BINS:
        return np.append(score[first], score[-1])
    seen = np.cumsum(scored.n)
    wanted = seen[-1] * np.arange(1, BINS) / BINS
    cuts = np.unique(score[np.searchsorted(seen, wanted, side="right")])
    cuts = cuts[cuts > score[0]]
    if len(cuts) + 1 < _FEWEST:
        cuts = np.linspace(score[0], score[-1], BINS + 1)[1:-1]
    return np.concatenate([score[:1], cuts, score[-1:]])


def _bin(score: Array, edges: Array) -> Codes:
    """Tell which bin a score is in; the last one holds its upper end."""
    found: Codes = np.searchsorted(edges[1:-1], score, side="right").astype(np.int64)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Sums by group and bin."""

    n: Array
    weight: Array
    squared: Array
    scores: Array
    positives: Array

    def bins(self, group: int, edges: Array) -> tuple[CalibrationBin, ...]:
        found = []
        for i in np.flatnonzero(self.weight[group] > 0):
            weight = self.weight[group, i]
            rate = min(1.0, float(self.positives[group, i] / weight))
            effective = float(weight**2 / self.squared[group, i])
            low, high = wilson_interval(rate * effective, effective)
            found.append(
                CalibrationBin(
                    low=float(edges[i]),
                    high=float(edges[i + 1]),
                    n=int(self.n[group, i]),
                    mean_score=float(self.scores[group, i] / weight),
                    label_rate=rate,
                    rate_low=low,
                    rate_high=high,
                )
            )
        return tuple(found)


def _estimates(scored: Scored, groups: Codes, table: _Table) -> list[Estimates]:
    n = table.n.sum(axis=1)
    weight, squared = table.weight.sum(axis=1), table.squared.sum(axis=1)
    gap = divided(table.scores.sum(axis=1) - table.positives.sum(axis=1), weight)
    error = divided(np.abs(table.scores - table.positives).sum(axis=1), weight)
    half = _half(scored, groups, gap, weight, squared)
    return [
        _of_group(scored, int(n[i]), float(gap[i]), float(half[i]), float(error[i]))
        for i in range(len(n))
    ]


def _half(scored: Scored, groups: Codes, gap: Array, weight: Array, squared: Array) -> Array:
    """Half the width of the interval of the mean of score minus label; NaN of a single row."""
    off = scored.score - scored.positive - gap[groups]
    spread = added(groups, np.nan_to_num(scored.weight_squared * off**2), len(gap))
    effective = divided(weight**2, squared)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = spread / weight**2 * effective / (effective - 1)
        half: Array = np.where(effective > 1, Z95 * np.sqrt(np.maximum(variance, 0.0)), np.nan)
    return half


def _of_group(scored: Scored, n: int, gap: float, half: float, error: float) -> Estimates:
    names = ("calibration_gap", "expected_calibration_error")
    if not scored.probabilities or np.isnan(gap):
        why = _NO_WEIGHT if np.isnan(gap) else NO_PROBABILITY
        return tuple(Estimate(name=name, value=None, n=n, reason=why) for name in names)
    sure = not np.isnan(half)
    return (
        Estimate(
            name=names[0],
            value=gap,
            n=n,
            low=max(-1.0, gap - half) if sure else None,
            high=min(1.0, gap + half) if sure else None,
            method=scored.method("normal"),
            reason="" if sure else _ONE,
        ),
        Estimate(name=names[1], value=error, n=n, method=scored.method("exact")),
    )
