"""ROC AUC of each group from counts by score, with DeLong's interval."""

from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from audit.reports.representation.cells import Array
from audit.reports.representation.group_values import Estimate
from audit.reports.representation.model.scored import Codes, Scored, added
from audit.stats import effective_size
from audit.stats.intervals import Z95

_AREA = partial(Estimate, name="roc_auc", unit="coefficient")
_NO_PAIR = "The group has no row with a positive label, or none with a negative one."
_NO_WIDTH = "Too few rows, or all positive ones score alike: no interval is given."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """Rows with one label, by group and score: arrays over the different pairs of these."""

    weight: Array
    squared: Array
    total: Array
    """Sum of weights by group."""
    total_squared: Array


def roc_auc(scored: Scored, groups: Codes, size: int) -> list[Estimate]:
    """Compute the area under the ROC curve of each group.

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
    list of Estimate
        One per group: the share of pairs of a positive and a negative row in which the
        positive one has the higher score, ties as one half; pairs count by the product of
        their weights.

    Notes
    -----
    Exact. Interval: DeLong, DeLong and Clarke-Pearson (1988), *Biometrics* 44, 837-845, from
    placements that are computed once per different score (Sun and Xu 2014, *IEEE Signal
    Processing Letters* 21, 1389-1393); with weights, Kish's effective sizes stand for numbers
    of rows. Normal, cut at 0 and 1; not given where the area is 0 or 1, and has no width.
    """
    of, positive, negative = _sides(scored, groups, size)
    below = _before(negative, of) + negative.weight / 2
    above = positive.total[of] - _before(positive, of) - positive.weight / 2
    wins = added(of, positive.weight * below, size)
    rows = added(groups, scored.n, size)
    found = []
    with np.errstate(invalid="ignore", divide="ignore"):
        area = wins / (positive.total * negative.total)
        variance = _variance(positive, below / negative.total[of], area, of)
        variance += _variance(negative, above / positive.total[of], area, of)
    for group in range(size):
        n = int(rows[group])
        if not (positive.total[group] > 0 and negative.total[group] > 0):
            found.append(_AREA(value=None, n=n, reason=_NO_PAIR))
            continue
        sizes = [
            effective_size(side.total[group], side.total_squared[group])
            for side in (positive, negative)
        ]
        value = float(area[group])
        sure = min(sizes) > 1 and 0 < value < 1
        if not sure:
            method = scored.method("exact")
            found.append(_AREA(value=value, n=n, method=method, reason=_NO_WIDTH))
            continue
        half = Z95 * sqrt(variance[group])
        low, high = max(0.0, value - half), min(1.0, value + half)
        found.append(_AREA(value=value, n=n, low=low, high=high, method=scored.method("delong")))
    return found


def _sides(scored: Scored, groups: Codes, size: int) -> tuple[Codes, _Side, _Side]:
    """Add up rows of the same group, score and label; sorted by group, then by score."""
    # Numbers of 16 bits are sorted by radix, in one pass over the rows.
    keys = groups.astype(np.uint16) if size <= 2**16 else groups
    order = np.argsort(keys, kind="stable")
    group, score = groups[order], scored.score[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (group[1:] != group[:-1]) | (score[1:] != score[:-1])
    run = np.cumsum(new) - 1
    of = group[new]
    sides = []
    for label in (True, False):
        mine = scored.positive[order] == label
        weight = added(run[mine], scored.weight[order][mine], len(of))
        squared = added(run[mine], scored.weight_squared[order][mine], len(of))
        sides.append(
            _Side(
                weight=weight,
                squared=squared,
                total=added(of, weight, size),
                total_squared=added(of, squared, size),
            )
        )
    return of, sides[0], sides[1]


def _before(side: _Side, of: Codes) -> Array:
    """Sum of weights of the same group with lower scores."""
    all_before = np.cumsum(side.weight) - side.weight
    earlier = np.cumsum(side.total) - side.total
    before: Array = np.maximum(all_before - earlier[of], 0.0)
    return before


def _variance(side: _Side, placed: Array, area: Array, of: Codes) -> Array:
    """Variance of the mean placement of one side, by group."""
    spread = np.where(side.squared > 0, side.squared * (placed - area[of]) ** 2, 0.0)
    total = added(of, spread, len(area))
    size = side.total**2 / side.total_squared
    variance: Array = total / side.total**2 * size / (size - 1)
    return variance
