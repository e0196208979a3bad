"""How far the labels of a group are from those of all other rows, with bootstrap intervals."""

from functools import partial

import numpy as np

from audit.reports.representation.group_values import Estimate, Estimates
from audit.reports.representation.label_rates import SAME_LABEL
from audit.reports.representation.label_table import LabelTable, Side, distribution
from audit.reports.representation.options import Options
from audit.stats import (
    Array,
    Counts,
    distance_interval,
    js_divergence,
    kl_divergence,
    kolmogorov_smirnov,
    lp_norm,
    percentile_interval,
    resample_weights,
    total_variation,
)

DISTANCES = (
    ("kl_divergence", kl_divergence),
    ("js_divergence", js_divergence),
    ("lp_norm", lp_norm),
    ("total_variation_distance", total_variation),
    ("kolmogorov_smirnov", kolmogorov_smirnov),
)
DISPARITY = "demographic_disparity"
INFINITE = "Infinite: a class that other rows have does not occur here."
_BLOCK = 1 << 18
"""Cells of resamples held at a time."""

Found = dict[str, Array]
"""By name of the measure, one number for each group (and class, for the disparity)."""


def compare(own: Array, rest: Array) -> Found:
    """Compute all distances of weights by class (last axis) from those of other rows.

    The last axis of ``demographic_disparity`` is the class taken as positive:
    ``n_d(0) / n(0) - n_d(1) / n(1)``, NaN where all rows have that class, or none.
    """
    p_d, p_a = distribution(own), distribution(rest)
    found = {name: function(p_a, p_d) for name, function in DISTANCES}
    whole = own + rest
    others, all_others = (x.sum(axis=-1, keepdims=True) - x for x in (own, whole))
    with np.errstate(invalid="ignore", divide="ignore"):
        found[DISPARITY] = others / all_others - own / whole
    return found


def distances(table: LabelTable, options: Options) -> list[Estimates]:
    """Give the divergences of each group's labels, and its demographic disparity.

    Intervals are those of resampled cells, for groups that are large enough.
    """
    rest = np.maximum(table.weight.sum(axis=0) - table.weight, 0.0)
    values = compare(table.weight, rest)
    large = np.flatnonzero(table.n >= options.min_group)
    ends, times = intervals(table, large, values, options)
    place = {int(group): k for k, group in enumerate(large)} if ends else {}
    groups, rests = table.sides(0)
    found = []
    for i, (d, a) in enumerate(zip(groups, rests, strict=True)):
        own = {name: array[i] for name, array in values.items()}
        drawn = {name: e[:, place[i]] for name, e in ends.items()} if ends and i in place else {}
        found.append(estimates(table, d, a, own, drawn, times))
    return found


def estimates(
    table: LabelTable, d: Side, a: Side, values: Found, ends: Found, times: int = 0
) -> Estimates:
    """Make the estimates of one comparison; ``ends`` are lower and upper ends, where drawn."""
    of = partial(Estimate, n=d.n + a.n, unit="coefficient", against=a.name)
    drawn, plain = table.method(f"bootstrap:{times}"), table.method("exact")
    why = d.why_not or a.why_not

    def number(one: partial[Estimate], value: float, ends_of: Array | None) -> Estimate:
        if why or np.isnan(value):
            return one(value=None, method=plain, reason=why or SAME_LABEL)
        if np.isinf(value):
            return one(value=value, method=plain, reason=INFINITE)
        if ends_of is None:
            return one(value=value, method=plain)
        low, high = _ends(ends_of)
        return one(value=value, low=low, high=high, method=drawn)

    divergences = [
        number(partial(of, name=name), float(values[name]), ends.get(name)) for name, _ in DISTANCES
    ]
    of = partial(of, name=DISPARITY, unit="share")
    disparities = [
        number(
            partial(of, label_class=label_class),
            float(values[DISPARITY][positive]),
            ends[DISPARITY][:, positive] if ends else None,
        )
        for positive, label_class in table.turns()
    ]
    return (*divergences, *disparities)


def intervals(
    table: LabelTable, groups: Counts, values: Found, options: Options
) -> tuple[Found | None, int]:
    """Resample the cells of ``groups`` and of all other rows.

    ``values`` are the measures of all groups, which the ends of the distances hold.

    Returns
    -------
    ends : dict of array of shape (2, groups) or (2, groups, classes), or None
        Lower and upper ends of each measure; None where nothing was drawn.
    times : int
        Resamples.
    """
    width = table.rows.shape[1]
    times = options.resamples_of(len(groups) * width)
    if not len(groups) or not times:
        return None, 0
    rng = np.random.default_rng(options.seed)
    step = max(1, _BLOCK // (times * width))
    parts = []
    for start in range(0, len(groups), step):
        chosen = groups[start : start + step]
        drawn = compare(*_drawn(table, chosen, times, rng))
        parts.append({k: _interval(k, v, values[k][chosen]) for k, v in drawn.items()})
    return {
        name: np.concatenate([np.stack(part[name]) for part in parts], axis=1) for name in parts[0]
    }, times


def _interval(name: str, drawn: Array, values: Array) -> tuple[Array, Array]:
    return percentile_interval(drawn) if name == DISPARITY else distance_interval(drawn, values)


def _drawn(
    table: LabelTable, chosen: Counts, times: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Resample all rows, with those outside of the chosen groups put together."""
    rows, weight, squared = (
        np.concatenate([x[chosen], np.delete(x, chosen, axis=0).sum(axis=0, keepdims=True)])
        for x in (table.rows, table.weight, table.squared)
    )
    drawn = resample_weights(rows, weight, squared, times, rng)
    own = drawn[:, :-1]
    return own, np.maximum(drawn.sum(axis=1, keepdims=True) - own, 0.0)


def _ends(ends: Array) -> tuple[float, float] | tuple[None, None]:
    low, high = (float(end) for end in ends)
    return (low, high) if np.isfinite(low) and np.isfinite(high) else (None, None)
