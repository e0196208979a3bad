"""Labels that are numbers: how far their distribution and mean differ by group."""

from dataclasses import replace
from functools import partial
from math import sqrt

from audit.reports.representation.group_values import Axis, Combination, Estimate, Estimates, Label
from audit.reports.representation.label_rates import NO_REFERENCE, too_few
from audit.reports.representation.label_samples import Rows, Sample, fetch, members, sample
from audit.reports.representation.label_table import why_not
from audit.reports.representation.options import Options
from audit.stats import benjamini_hochberg
from audit.store import Table

NO_OTHERS = "No other row has a label that weighs anything."
TOO_LARGE = "The numbers are too large to add up."
_KOLMOGOROV = "kolmogorov-smirnov; benjamini-hochberg"


def with_numeric_labels(
    table: Table,
    combinations: tuple[Combination, ...],
    axes: tuple[Axis, ...],
    label: Label,
    options: Options,
    weight: str | None = None,
) -> tuple[Combination, ...]:
    """Add what can be said of a label of numbers that is not cut into classes.

    Parameters
    ----------
    table : Table
        The version.
    combinations : tuple of Combination
        Combinations of ``axes``.
    axes : tuple of Axis
        The sensitive columns.
    label : Label
        Of kind ``number``.
    options : Options
        ``min_group``: smaller groups, by rows with a label, are not tested.
    weight : str, optional
        Column of weights.

    Returns
    -------
    tuple of Combination
        With ``ks_cdf`` (the largest distance of the distribution functions of a group and of
        all other rows), ``parity_p_value`` (that of Kolmogorov and Smirnov, corrected over the
        groups of a combination), ``label_mean``, and ``label_mean_difference`` (the mean of a
        group minus that of the reference group; Student's and Welch's intervals).

    Notes
    -----
    Rows are fetched once, as positions of levels and labels, and sorted once.
    """
    if not combinations:
        return ()
    rows = fetch(table, axes, label.column, weight)
    return tuple(_with_numbers(rows, combination, axes, options) for combination in combinations)


def _with_numbers(
    rows: Rows, combination: Combination, axes: tuple[Axis, ...], options: Options
) -> Combination:
    samples = [
        sample(rows, group.name, at)
        for group, at in zip(combination.groups, members(rows, combination, axes), strict=True)
    ]
    reference = next((s for s in samples if s.name == combination.reference_group), None)
    adjusted = benjamini_hochberg([_p(one, options.min_group) for one in samples])
    return replace(
        combination,
        groups=tuple(
            replace(
                group,
                estimates=(
                    *group.estimates,
                    *_distance(rows, one, p, options.min_group),
                    *_means(rows, one, reference),
                ),
            )
            for group, one, p in zip(combination.groups, samples, adjusted, strict=True)
        ),
    )


def _p(sample: Sample, min_group: int) -> float | None:
    if sample.distance is None or sample.n < min_group:
        return None
    from scipy.special import kolmogorov

    sizes = sample.size * sample.rest_size / (sample.size + sample.rest_size)
    return float(kolmogorov(sqrt(sizes) * sample.distance))


def _distance(rows: Rows, sample: Sample, p: float | None, min_group: int) -> Estimates:
    n = len(rows.label)
    why = "" if sample.size else why_not(sample.name, sample.n)
    if not why and sample.distance is None:
        why = NO_OTHERS
    distance = Estimate(
        name="ks_cdf",
        value=sample.distance,
        n=n,
        unit="coefficient",
        method=_method(rows, "exact"),
        reason=why,
    )
    return distance, Estimate(
        name="parity_p_value",
        value=p,
        n=n,
        unit="value",
        method=_method(rows, _KOLMOGOROV),
        reason="" if p is not None else why or too_few(sample.n, min_group),
    )


def _means(rows: Rows, sample: Sample, reference: Sample | None) -> Estimates:
    half = _half_width(sample.variance, sample.size - 1)
    mean = Estimate(
        name="label_mean",
        value=sample.mean,
        n=sample.n,
        unit="value",
        low=None if half is None or sample.mean is None else sample.mean - half,
        high=None if half is None or sample.mean is None else sample.mean + half,
        method=_method(rows, "student"),
        reason=_no_mean(sample),
    )
    of = partial(
        Estimate, name="label_mean_difference", unit="value", method=_method(rows, "welch")
    )
    if reference is None:
        return mean, of(value=None, n=sample.n, reason=NO_REFERENCE)
    of = partial(of, against=reference.name, n=sample.n + reference.n)
    if sample.mean is None or reference.mean is None:
        return mean, of(value=None, reason=_no_mean(sample) or _no_mean(reference))
    difference = sample.mean - reference.mean
    if sample is reference:
        return mean, of(value=0.0, n=sample.n)
    half = _welch(sample, reference)
    if half is None:
        return mean, of(value=difference)
    return mean, of(value=difference, low=difference - half, high=difference + half)


def _welch(a: Sample, b: Sample) -> float | None:
    """Half the width of the interval of a difference, with Welch and Satterthwaite's degrees."""
    if a.variance is None or b.variance is None:
        return None
    variance = a.variance + b.variance
    shares = (
        (a.variance / variance) ** 2 / (a.size - 1),
        (b.variance / variance) ** 2 / (b.size - 1),
    )
    return _half_width(variance, 1 / sum(shares))


def _half_width(variance: float | None, degrees: float) -> float | None:
    if variance is None:
        return None
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.975)) * sqrt(variance)


def _no_mean(sample: Sample) -> str:
    if sample.mean is not None:
        return ""
    return TOO_LARGE if sample.size else why_not(sample.name, sample.n)


def _method(rows: Rows, name: str) -> str:
    return name if rows.weight is None else f"{name}; weighted"
