"""Scores of groups in bins: enough to redraw every rate at any threshold, at once."""

from dataclasses import dataclass

import numpy as np

from audit.reports.representation.cells import Array
from audit.reports.representation.group_values import Axis, Estimate, Estimates, named
from audit.reports.representation.model.confusion import FN, FP, RATES, TN, TP, Rate
from audit.reports.representation.model.scored import Scored, Thresholded, added
from audit.reports.representation.model_values import ScoreCounts, ScoreCurve
from audit.stats import wilson_interval

MOST_BINS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AtThreshold:
    """One group at one threshold."""

    level: str
    n: int
    """Rows with a label and a score."""
    enough: bool
    """Whether these are enough to tell."""
    estimates: Estimates
    """The rates of :data:`~audit.reports.representation.model.confusion.RATES`."""

    def estimate(self, name: str) -> Estimate | None:
        """Find a rate by its name."""
        return named(self.estimates, name)


def curve(scores: Thresholded, axis: Axis) -> ScoreCurve:
    """Count the labels of each group of a column by bins of the score.

    Each different score has a bin of its own where that makes few bins; else the edges are
    quantiles of the different scores. One edge is always the threshold, and the last one lies
    above all scores.
    """
    scored = scores.scored
    edges = _edges(scored, scores.threshold)
    bins = len(edges) - 1
    groups, size = scored.groups([axis])
    at = groups * bins + np.searchsorted(edges, scored.score, side="right") - 1
    positive, negative = (
        added(at, scored.weight * (scored.positive == label), bins * size).reshape(size, bins)
        for label in (True, False)
    )
    n, weight, squared = (
        added(groups, values, size) for values in (scored.n, scored.weight, scored.weight_squared)
    )
    return ScoreCurve(
        column=axis.column,
        edges=tuple(edges.tolist()),
        groups=tuple(
            ScoreCounts(
                level=name,
                positives=tuple(positive[i].tolist()),
                negatives=tuple(negative[i].tolist()),
                n=int(n[i]),
                scale=float(weight[i] / squared[i]) if squared[i] > 0 else 1.0,
            )
            for i, name in enumerate(axis.names())
            if n[i]
        ),
    )


def _edges(scored: Scored, threshold: float) -> Array:
    different = np.unique(scored.score)
    if len(different) > MOST_BINS - 1:
        places = np.linspace(0, len(different) - 1, MOST_BINS - 1).round().astype(np.int64)
        different = different[places]
    highest = max(threshold, scored.score[-1]) if len(different) else threshold
    return np.unique(np.concatenate([different, [threshold, np.nextafter(highest, np.inf)]]))


def curve_metrics(curve: ScoreCurve, threshold: float, min_group: int) -> tuple[AtThreshold, ...]:
    """Compute the rates of each group, were predictions positive from ``threshold`` on.

    Parameters
    ----------
    curve : ScoreCurve
        Of one column.
    threshold : float
        Taken to the first edge of the curve that is not below it: where all scores are edges,
        no row lies between the two.
    min_group : int
        Rows that are enough to tell.

    Returns
    -------
    tuple of AtThreshold
        In the order of the curve; intervals are Wilson's, so that nothing is resampled while
        somebody drags a slider. Where there are weights, ``n`` is an effective size.
    """
    edge = _edge(curve, threshold)
    return tuple(
        AtThreshold(
            level=group.level,
            n=group.n,
            enough=group.n >= min_group,
            estimates=tuple(_rate(r, _cells(group, edge), group.scale) for r in RATES.values()),
        )
        for group in curve.groups
    )


def _edge(curve: ScoreCurve, threshold: float) -> int:
    """Find the edge from which on scores are positive."""
    found = int(np.searchsorted(np.array(curve.edges), threshold))
    return min(found, len(curve.edges) - 1)


def _cells(group: ScoreCounts, edge: int) -> dict[int, float]:
    return {
        TP: sum(group.positives[edge:]),
        FN: sum(group.positives[:edge]),
        FP: sum(group.negatives[edge:]),
        TN: sum(group.negatives[:edge]),
    }


def _rate(rate: Rate, cells: dict[int, float], scale: float) -> Estimate:
    weight = sum(cells[place] for place in rate.of)
    effective = weight * scale
    n = round(effective)
    if not weight > 0:
        return Estimate(name=rate.name, value=None, n=n, reason=rate.nobody)
    value = min(1.0, sum(cells[place] for place in rate.hits) / weight)
    low, high = wilson_interval(value * effective, effective)
    return Estimate(name=rate.name, value=value, n=n, low=low, high=high, method="wilson")
