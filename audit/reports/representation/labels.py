"""How labels differ by group: every measure of a group against all others, and of each two."""

from dataclasses import replace

import numpy as np

from audit.reports.representation.group_values import Combination, Estimate, Estimates, Label
from audit.reports.representation.label_distances import compare, distances, estimates
from audit.reports.representation.label_rates import (
    SAME_LABEL,
    class_imbalance,
    difference,
    parity_p_values,
    rates,
    ratio,
)
from audit.reports.representation.label_table import LabelTable, effective_rows, label_table
from audit.reports.representation.options import Options
from audit.stats import (
    Array,
    benjamini_hochberg,
    distance_interval,
    independence,
    resample_weights,
)

NOT_TWO = "There are not two groups with labels."
_SMOOTHED = "smoothed_empirical_differential_fairness"


def with_labels(
    combinations: tuple[Combination, ...], label: Label, options: Options, weighted: bool
) -> tuple[Combination, ...]:
    """Add the label-bias measures to every group and combination.

    Parameters
    ----------
    combinations : tuple of Combination
        Their groups remember rows (and weights) by class of the label.
    label : Label
        With classes; a label of numbers is left to ``label_numbers``.
    options : Options
        ``min_group`` counts rows with a label here: smaller groups get numbers, but neither
        a bootstrap interval nor a p-value.
    weighted : bool
        Whether rates and what is computed from them rest on weights.

    Returns
    -------
    tuple of Combination
        In the same order. Measures of a group compare it (d) with all other rows of the
        combination that have a label (a); ``statistical_parity_difference`` and the first
        ``disparate_impact`` with the reference group, the second one with the group of the
        highest rate.

    Notes
    -----
    After the pre-training measures of Amazon SageMaker Clarify. Everything is computed from
    counts, the bootstrap as well: rows of one cell are alike.
    """
    if label.axis is None:
        return combinations
    found = [_with_labels(combination, label, options, weighted) for combination in combinations]
    adjusted = benjamini_hochberg([p.value for _, p in found])
    return tuple(
        replace(combination, estimates=(*combination.estimates, replace(p, value=value)))
        for (combination, p), value in zip(found, adjusted, strict=True)
    )


def pairs(combination: Combination, label: Label) -> tuple[tuple[str, str, Estimates], ...]:
    """Compare each group with each other one.

    Parameters
    ----------
    combination : Combination
        Its groups remember rows by class of the label, and weights where there are any.
    label : Label
        With classes.

    Returns
    -------
    tuple of (d, a, estimates)
        Names of the two groups and the label-bias measures of d against a, both ways round.
        Intervals where one needs no resampling.
    """
    if label.axis is None:
        return ()
    table = label_table(combination, label, weighted=any(g.weights for g in combination.groups))
    sides = [(positive, name, table.sides(positive)[0]) for positive, name in table.turns()]
    found = []
    for i, d in enumerate(table.names):
        values = compare(table.weight[i], table.weight)
        for j, a in enumerate(table.names):
            if i == j:
                continue
            of_rates = [
                replace(measure(table, groups[i], groups[j]), label_class=name)
                for measure in (difference, ratio)
                for _, name, groups in sides
            ]
            first = sides[0][2]
            own = {name: array[j] for name, array in values.items()}
            of_distances = estimates(table, first[i], first[j], own, {})
            whole = (class_imbalance(first[i], first[j]), *of_rates, *of_distances)
            found.append((d, a, whole))
    return tuple(found)


def _with_labels(
    combination: Combination, label: Label, options: Options, weighted: bool
) -> tuple[Combination, Estimate]:
    """Add all but the p-value of independence, which is corrected over the combinations."""
    table = label_table(combination, label, weighted=weighted)
    groups, rests = table.sides(0)
    of_groups = zip(
        combination.groups,
        rates(table, combination.reference_group, options.min_group),
        [class_imbalance(d, a) for d, a in zip(groups, rests, strict=True)],
        distances(table, options),
        parity_p_values(table, options.min_group),
        strict=True,
    )
    return replace(
        combination,
        groups=tuple(
            replace(group, estimates=(*group.estimates, *of_rates, imbalance, *far, p))
            for group, of_rates, imbalance, far, p in of_groups
        ),
        estimates=(*combination.estimates, _smoothed(table, options)),
    ), _independence(table, options.min_group)


def _independence(table: LabelTable, min_group: int) -> Estimate:
    """Test whether labels depend on the group, over the groups that are large enough."""
    large = (table.n >= min_group) & np.array(table.real, dtype=bool)
    _, _, p = independence(effective_rows(table.weight, table.squared)[large])
    enough = int(large.sum()) > 1
    why = SAME_LABEL if enough else f"There are not two groups of {min_group:,} rows with a label."
    return Estimate(
        name="label_distribution_p_value",
        value=p,
        n=int(table.rows[large].sum()),
        unit="value",
        method=table.method("chi-square; benjamini-hochberg"),
        reason="" if p is not None else why,
    )


def _smoothed(table: LabelTable, options: Options) -> Estimate:
    """Give the smoothed empirical differential fairness over all groups with labels.

    Foulds et al. (2020): the largest difference of log-probabilities of a class between two
    groups, with the smoothing of one row spread over the classes.
    """
    kept = np.array(table.real, dtype=bool) & (table.weight.sum(axis=1) > 0)
    rows, weight, squared = table.rows[kept], table.weight[kept], table.squared[kept]
    if kept.sum() < 2:
        return Estimate(name=_SMOOTHED, value=None, n=int(rows.sum()), unit="value", reason=NOT_TWO)
    times = options.resamples_of(rows.size)
    rng = np.random.default_rng(options.seed)
    # Smoothing is by half a row: weights are brought to the number of rows they belong to.
    per_row = weight.sum() / rows.sum()
    drawn = resample_weights(rows, weight, squared, times, rng)
    value = _log_gap(weight / per_row, table.positive)
    low, high = distance_interval(_log_gap(drawn / per_row, table.positive), value)
    return Estimate(
        name=_SMOOTHED,
        value=float(value),
        n=int(rows.sum()),
        unit="value",
        low=float(low) if times else None,
        high=float(high) if times else None,
        method=table.method(f"bootstrap:{times}" if times else "exact"),
    )


def _log_gap(weights: Array, positive: int | None) -> Array:
    """Largest difference of log-probabilities between groups (next to last axis)."""
    if positive is not None:
        own = weights[..., positive]
        weights = np.stack([own, weights.sum(axis=-1) - own], axis=-1)
    smoothed = weights + 1 / weights.shape[-1]
    logs = np.log(smoothed / (weights.sum(axis=-1, keepdims=True) + 1))
    gap: Array = (logs.max(axis=-2) - logs.min(axis=-2)).max(axis=-1)
    return gap
