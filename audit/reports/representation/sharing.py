"""What of the report may leave the workspace: no cell so small that it may point at a person."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from audit.model import PERSONAL_ROLES, Pairs, RoleMap
from audit.reports.representation.values import (
    Combination,
    Conditional,
    Coverage,
    Group,
    Model,
    ModelCombination,
    ModelGroup,
    Quality,
    Representation,
)

SMALLEST_COUNT = 10
"""Fewer rows than this are not shown."""


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
    combinations = tuple(_combination(c) for c in report.combinations)
    kept = {(c.columns, g.name) for c in combinations for g in c.groups}
    gone = sum(len(c.groups) for c in report.combinations) - len(kept)
    return replace(
        report,
        combinations=combinations,
        coverage=_coverage(report.coverage) if report.coverage else None,
        conditionals=tuple(_conditional(c) for c in report.conditionals),
        quality=tuple(_quality(q) for q in report.quality),
        model=_model(report.model) if report.model else None,
        every_pair=tuple(p for p in report.every_pair if {(p[0], p[1]), (p[0], p[2])} <= kept),
        notes=(*report.notes, *((_said(gone, "group"),) if gone else ())),
    )


def hidden(sizes: Sequence[tuple[Pairs, int]]) -> frozenset[Pairs]:
    """Tell which cells of a table must not be shown, those among them that would give others away.

    Parameters
    ----------
    sizes : sequence of (levels, rows)
        All cells, each named by its (column, level) pairs.

    Returns
    -------
    frozenset
        The levels of cells of 1 to 9 rows. Where a line of the table (all levels but one
        fixed) would have a single hidden cell, which its sum gives away, the smallest other
        cell of the line is hidden too, until no line has one.
    """
    gone = {levels for levels, n in sizes if 0 < n < SMALLEST_COUNT}
    lines: dict[Pairs, list[tuple[int, Pairs]]] = {}
    for levels, n in sizes:
        for column, _ in levels:
            fixed = tuple(pair for pair in levels if pair[0] != column)
            lines.setdefault((*fixed, (column, "")), []).append((n, levels))
    changed = bool(gone)
    while changed:
        changed = False
        for line in lines.values():
            shown = sorted(cell for cell in line if cell[1] not in gone and cell[0])
            if len(line) - len(shown) - sum(not n for n, _ in line) == 1 and shown:
                gone.add(shown[0][1])
                changed = True
    return frozenset(gone)


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


def _combination(combination: Combination) -> Combination:
    gone = hidden([(g.levels, g.n) for g in combination.groups])
    return replace(
        combination, groups=tuple(_group(g) for g in combination.groups if g.levels not in gone)
    )


def _group(group: Group) -> Group:
    if any(0 < k < SMALLEST_COUNT for k in group.counts):
        return replace(group, counts=(), weights=(), weights_squared=())
    return group


def _coverage(coverage: Coverage) -> Coverage:
    shown = tuple(p for p in coverage.patterns if not 0 < p.n < SMALLEST_COUNT)
    gone = len(coverage.patterns) - len(shown)
    note = f"{coverage.note} {_said(gone, 'pattern')}".strip() if gone else coverage.note
    return replace(coverage, patterns=shown, note=note)


def _conditional(conditional: Conditional) -> Conditional:
    return replace(
        conditional,
        strata=tuple(
            s for s in conditional.strata if s.n >= SMALLEST_COUNT and s.rest_n >= SMALLEST_COUNT
        ),
    )


def _quality(quality: Quality) -> Quality:
    sizes = [(((quality.by, level),), e.n) for level, e in quality.groups]
    gone = hidden(sizes)
    kept = tuple(pair for pair in quality.groups if ((quality.by, pair[0]),) not in gone)
    return replace(quality, groups=kept)


def _model(model: Model) -> Model:
    note = "Counts by score are not shown: some may point at a person." if model.curves else ""
    return replace(
        model,
        combinations=tuple(_model_combination(c) for c in model.combinations),
        curves=(),
        note=" ".join(filter(None, (model.note, note))),
    )


def _model_combination(combination: ModelCombination) -> ModelCombination:
    gone = hidden([(g.levels, g.n) for g in combination.groups])
    kept = tuple(_model_group(g) for g in combination.groups if g.levels not in gone)
    return replace(combination, groups=kept)


def _model_group(group: ModelGroup) -> ModelGroup:
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
