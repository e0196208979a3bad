"""What of the report may leave the workspace: no cell so small that it may point at a person."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from audit.model import PERSONAL_ROLES, Pairs, RoleMap, RowTest, Where
from audit.reports.representation.group_values import Axis, Combination, Group, Label, Level
from audit.reports.representation.hiding import SMALLEST_COUNT, hidden, hidden_groups
from audit.reports.representation.model_values import Model, ModelCombination, ModelGroup
from audit.reports.representation.part_values import Conditional, Coverage, Quality
from audit.reports.representation.values import Representation

_OF_ALL = frozenset(
    {
        *("imbalance_ratio", "effective_groups", "total_variation", "jensen_shannon"),
        *("population_stability_index", "goodness_of_fit"),
    }
)
"""Numbers of all groups together, from which the rows of one that is hidden can be computed."""
_FEW = "(value of few rows)"
_GIVES_AWAY = "It would tell how many rows a group has that is not shown."


def shareable(report: Representation, roles: RoleMap) -> Representation:
    """Leave out groups, strata and patterns of 1 to 9 rows, and what would give them away.

    A group that could be worked out from a sum and all others is left out too, the smallest
    of those beside it. Counts by label and by prediction go where one of them is that small,
    and so do the counts behind the threshold slider. Rates of the groups that stay, stay. Of
    columns that are direct identifiers or free text no value is named.
    """
    report = _without(
        report, {c.column for c in roles.columns if PERSONAL_ROLES.intersection(c.roles)}
    )
    gone_levels = hidden_groups(report.combinations)
    rare = {levels[0] for levels, n in _sizes(report) if 0 < n < SMALLEST_COUNT}
    label, classes = _label(report)
    combinations = tuple(_combination(c, gone_levels, rare, classes) for c in report.combinations)
    kept = {(c.columns, g.name) for c in combinations for g in c.groups}
    gone = sum(len(c.groups) for c in report.combinations) - len(kept)
    return replace(
        report,
        label=label,
        axes=tuple(_axis(a, rare) for a in report.axes),
        combinations=combinations,
        coverage=_coverage(report.coverage, rare) if report.coverage else None,
        conditionals=_conditionals(report.conditionals, gone_levels),
        quality=tuple(_quality(q, gone_levels) for q in report.quality),
        model=_model(report.model, gone_levels) if report.model else None,
        every_pair=tuple(
            (columns, one, other, tuple(e for e in found if e.label_class not in classes))
            for columns, one, other, found in report.every_pair
            if {(columns, one), (columns, other)} <= kept
        ),
        notes=(*report.notes, *((_said(gone, "group"),) if gone else ())),
    )


def _without(report: Representation, personal: set[str]) -> Representation:
    """Leave out everything that names a value of a column that is personal."""
    if not personal:
        return report

    def names(columns: Iterable[str | None]) -> bool:
        return bool(personal.intersection(c for c in columns if c))

    model, coverage = report.model, report.coverage
    if model is not None:
        kept = tuple(c for c in model.combinations if not names(c.columns))
        model = replace(model, combinations=kept)
    if coverage is not None and names(coverage.columns):
        coverage = None
    return replace(
        report,
        axes=tuple(a for a in report.axes if not names([a.column])),
        combinations=tuple(c for c in report.combinations if not names(c.columns)),
        coverage=coverage,
        conditionals=tuple(c for c in report.conditionals if not names(c.columns)),
        quality=tuple(q for q in report.quality if not names([q.by])),
        proxies=tuple(p for p in report.proxies if not names([p.sensitive])),
        every_pair=tuple(p for p in report.every_pair if not names(p[0])),
        model=model,
    )


def _sizes(report: Representation) -> Iterator[tuple[Pairs, int]]:
    """Give the rows of each value of the sensitive columns."""
    singles = (c for c in report.combinations if len(c.columns) == 1)
    return ((g.levels, g.n) for c in singles for g in c.groups)


def _axis(axis: Axis, rare: Collection[tuple[str, str]]) -> Axis:
    """Name no value that few rows have; not among those that the rest is without, either."""
    levels = [a for a in axis.levels if a.kind != "value" or (axis.column, a.name) not in rare]
    if len(levels) == len(axis.levels):
        return axis
    note = _said(len(axis.levels) - len(levels), "value")
    return replace(
        axis,
        levels=tuple(replace(a, test=_unnamed(a.test, rare)) for a in levels),
        note=f"{axis.note} {note}".strip(),
    )


def _unnamed(test: RowTest, rare: Collection[tuple[str, str]]) -> RowTest:
    """Leave values out of a test for all but these, which would name them."""
    if test.op != "not-in":
        return test
    kept = (v for v in test.values if (test.columns[0], str(v)) not in rare)
    return replace(test, values=tuple(kept))


def _label(report: Representation) -> tuple[Label | None, frozenset[str]]:
    """Name no class that few rows have, where there are more than two; give their names."""
    label, counted = report.label, next(iter(report.combinations), None)
    if label is None or label.axis is None or label.kind != "classes":
        return label, frozenset()
    if counted is None:
        return replace(label, axis=None, positive=None), frozenset()
    rows = [sum(n) for n in zip(*(g.counts for g in counted.groups), strict=True)]
    few = {i for i, n in enumerate(rows) if 0 < n < SMALLEST_COUNT}
    names = frozenset(label.axis.levels[i].name for i in few)
    rare = {(label.column, name) for name in names}
    levels = tuple(
        Level(name=_FEW, kind=a.kind, test=RowTest(op="present", columns=(label.column,)))
        if i in few
        else replace(a, test=_unnamed(a.test, rare))
        for i, a in enumerate(label.axis.levels)
    )
    return replace(label, axis=replace(label.axis, levels=levels)), names


def _combination(
    combination: Combination,
    gone: Collection[Pairs],
    rare: Collection[tuple[str, str]],
    classes: Collection[str],
) -> Combination:
    names = {g.name for g in combination.groups if g.levels in gone}
    groups = tuple(
        replace(_group(g, names, classes), where=_where(g.where, rare))
        for g in combination.groups
        if g.levels not in gone
    )
    if not names:
        return replace(combination, groups=groups)
    reference = combination.reference_group
    return replace(
        combination,
        groups=groups,
        reference_group=None if reference in names else reference,
        estimates=tuple(
            replace(e, value=None, low=None, high=None, reason=_GIVES_AWAY)
            if e.name in _OF_ALL
            else e
            for e in combination.estimates
        ),
    )


def _where(where: Where, rare: Collection[tuple[str, str]]) -> Where:
    return replace(where, tests=tuple(_unnamed(test, rare) for test in where.tests))


def _group(group: Group, names: Collection[str], classes: Collection[str]) -> Group:
    kept = (e for e in group.estimates if e.against not in names and e.label_class not in classes)
    group = replace(group, estimates=tuple(kept))
    if any(0 < k < SMALLEST_COUNT for k in group.counts):
        return replace(group, counts=(), weights=(), weights_squared=())
    return group


def _coverage(coverage: Coverage, rare: Collection[tuple[str, str]]) -> Coverage:
    shown = tuple(
        p
        for p in coverage.patterns
        if not 0 < p.n < SMALLEST_COUNT and not any(pair in rare for pair in p.levels)
    )
    gone = len(coverage.patterns) - len(shown)
    note = f"{coverage.note} {_said(gone, 'pattern')}".strip() if gone else coverage.note
    return replace(coverage, patterns=shown, note=note)


def _conditionals(found: Sequence[Conditional], gone: Collection[Pairs]) -> tuple[Conditional, ...]:
    """Leave out the strata of a table with a small cell: sums and its other cells tell it."""
    columns = {column for levels in gone if len(levels) == 1 for column, _ in levels}
    tables: dict[tuple[str, ...], list[Conditional]] = {}
    for one in found:
        tables.setdefault(one.columns, []).append(one)
    bare = {pair for pair, ones in tables.items() if columns.intersection(pair) or _small(ones)}
    kept = (c for c in found if ((c.column, c.level),) not in gone)
    return tuple(replace(c, strata=()) if c.columns in bare else c for c in kept)


def _small(ones: Sequence[Conditional]) -> bool:
    """Whether the table of groups by strata has a cell of few rows, that of all others included."""
    left: dict[str, int] = {}
    for one in ones:
        for s in one.strata:
            left[s.stratum] = left.get(s.stratum, s.n + s.rest_n) - s.n
            if 0 < s.n < SMALLEST_COUNT or 0 < s.rest_n < SMALLEST_COUNT:
                return True
    return any(0 < n < SMALLEST_COUNT for n in left.values())


def _quality(quality: Quality, before: Collection[Pairs]) -> Quality:
    sizes = [(((quality.by, level),), e.n) for level, e in quality.groups]
    gone = hidden(sizes, before)
    kept = tuple(pair for pair in quality.groups if ((quality.by, pair[0]),) not in gone)
    shown = {level for level, _ in kept}
    return replace(
        quality,
        groups=kept,
        highest=quality.highest if quality.highest in shown else None,
        lowest=quality.lowest if quality.lowest in shown else None,
    )


def _model(model: Model, before: Collection[Pairs]) -> Model:
    note = "Counts by score are not shown: some may point at a person." if model.curves else ""
    return replace(
        model,
        combinations=tuple(_model_combination(c, before) for c in model.combinations),
        curves=(),
        note=" ".join(filter(None, (model.note, note))),
    )


def _model_combination(
    combination: ModelCombination, before: Collection[Pairs]
) -> ModelCombination:
    gone = hidden([(g.levels, g.n) for g in combination.groups], before)
    names = {g.name for g in combination.groups if g.levels in gone}
    kept = tuple(_model_group(g, names) for g in combination.groups if g.levels not in gone)
    reference = combination.reference_group
    reference = None if reference in names else reference
    return replace(combination, groups=kept, reference_group=reference)


def _model_group(group: ModelGroup, names: Collection[str]) -> ModelGroup:
    if names:
        told = tuple(e for e in group.estimates if e.against not in names)
        group = replace(group, estimates=told)
    shown = tuple(b for b in group.calibration if b.n >= SMALLEST_COUNT)
    cells = (
        *(group.true_positives, group.false_positives),
        *(group.false_negatives, group.true_negatives),
    )
    if not any(k is not None and 0 < k < SMALLEST_COUNT for k in cells):
        return replace(group, calibration=shown)
    return replace(
        group,
        calibration=shown,
        true_positives=None,
        false_positives=None,
        false_negatives=None,
        true_negatives=None,
    )


def _said(gone: int, noun: str) -> str:
    plural = "" if gone == 1 else "s"
    return f"{gone} {noun}{plural} of few rows not shown: they may point at a person."
