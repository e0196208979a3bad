"""The report as a flat stream of named numbers, for scripts and files."""

from collections.abc import Iterator

from audit.model import Measure, Pairs
from audit.reports.representation.group_values import Combination, Estimate, Estimates, Group
from audit.reports.representation.model_values import Model, ModelCombination
from audit.reports.representation.part_values import Coverage, Proxies, Quality
from audit.reports.representation.values import Representation

ABOUT_SHARES = frozenset(
    {
        *("group_share", "reference_share", "representation_ratio", "imbalance_ratio"),
        *("effective_groups", "total_variation", "jensen_shannon", "population_stability_index"),
        *("goodness_of_fit", "goodness_of_fit_p_value"),
    }
)
"""Numbers that do not rest on the label."""


def measures(report: Representation) -> Iterator[Measure]:
    """Yield every number of the report: groups, labels, strata, quality, proxies, the model."""
    label = (report.label.column,) if report.label else ()
    for combination in report.combinations:
        yield from _combination(combination, label)
    for columns, group, _, estimates in report.every_pair:
        found = report.combination(*columns)
        pairs = next((g.levels for g in found.groups if g.name == group), ()) if found else ()
        for estimate in estimates:
            yield _of_label(estimate, columns, pairs, label)
    for conditional in report.conditionals:
        yield conditional.conditional.measure(
            (conditional.column, *label, conditional.stratum),
            ((conditional.column, conditional.level),),
        )
    if report.coverage is not None:
        yield from _coverage(report.coverage)
    for quality in report.quality:
        yield from _quality(quality)
    for proxies in report.proxies:
        yield from _proxies(proxies)
    if report.consistency is not None:
        yield report.consistency.measure(label)
    if report.model is not None:
        yield from _model(report.model)


def group_measure(report: Representation, group: Group, estimate: Estimate) -> Measure:
    """Make the measure of one number of one group."""
    label = (report.label.column,) if report.label else ()
    return _of_label(estimate, tuple(c for c, _ in group.levels), group.levels, label)


def _combination(combination: Combination, label: tuple[str, ...]) -> Iterator[Measure]:
    for estimate in combination.estimates:
        yield _of_label(estimate, combination.columns, (), label)
    for group in combination.groups:
        for estimate in group.estimates:
            yield _of_label(estimate, combination.columns, group.levels, label)


def _of_label(
    estimate: Estimate, columns: tuple[str, ...], group: Pairs, label: tuple[str, ...]
) -> Measure:
    if estimate.name in ABOUT_SHARES:
        return estimate.measure(columns, group)
    if estimate.label_class:
        group = (*group, *((column, estimate.label_class) for column in label))
    return estimate.measure((*columns, *label), group)


def _coverage(coverage: Coverage) -> Iterator[Measure]:
    for names, n in enumerate(coverage.by_level, start=1):
        yield Measure(
            name="uncovered_patterns",
            value=n,
            unit="count",
            n=n,
            columns=coverage.columns,
            group=(("columns", str(names)),),
            method=f"fewer than {coverage.min_cell} rows",
            reason=coverage.note,
        )
    for pattern in coverage.patterns:
        yield Measure(
            name="uncovered_rows",
            value=pattern.n,
            unit="rows",
            n=pattern.n,
            columns=tuple(c for c, _ in pattern.levels),
            group=pattern.levels,
        )


def _quality(quality: Quality) -> Iterator[Measure]:
    columns = (quality.column, quality.by) if quality.column else (quality.by,)
    yield quality.gap.measure(columns)
    for level, estimate in quality.groups:
        yield estimate.measure(columns, ((quality.by, level),))


def _proxies(proxies: Proxies) -> Iterator[Measure]:
    yield proxies.together.measure((proxies.sensitive,))
    for proxy in proxies.columns:
        yield proxy.association.measure((proxy.column, proxy.sensitive))
        yield proxy.auc.measure((proxy.column, proxy.sensitive))


def _model(model: Model) -> Iterator[Measure]:
    yield from _all(model.estimates, model.columns, ())
    for combination in model.combinations:
        yield from _model_combination(combination, model.columns)


def _model_combination(
    combination: ModelCombination, columns: tuple[str, ...]
) -> Iterator[Measure]:
    rests_on = (*combination.columns, *columns)
    yield from _all(combination.estimates, rests_on, ())
    for group in combination.groups:
        yield from _all(group.estimates, rests_on, group.levels)


def _all(estimates: Estimates, columns: tuple[str, ...], group: Pairs) -> Iterator[Measure]:
    for estimate in estimates:
        yield estimate.measure(columns, group)
