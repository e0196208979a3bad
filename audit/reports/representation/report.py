"""The representation report, put together from its parts."""

from dataclasses import replace
from math import prod

from audit.errors import ColumnError, ParameterError
from audit.model import Progress, Role, RoleMap
from audit.registry import report
from audit.reports.representation.axes import axis_of
from audit.reports.representation.cells import Cells, count_cells
from audit.reports.representation.conditional import conditionals
from audit.reports.representation.consistency import consistency
from audit.reports.representation.coverage import coverage
from audit.reports.representation.group_values import Axis, Combination, Estimates, Label
from audit.reports.representation.label import read_label
from audit.reports.representation.label_numbers import with_numeric_labels
from audit.reports.representation.labels import pairs, with_labels
from audit.reports.representation.model import model
from audit.reports.representation.model_values import Model
from audit.reports.representation.options import Options
from audit.reports.representation.part_values import Coverage
from audit.reports.representation.proxies import proxies
from audit.reports.representation.quality import quality
from audit.reports.representation.reference import Reference, with_reference_levels
from audit.reports.representation.shares import combine, tables
from audit.reports.representation.values import Representation
from audit.store import Table
from audit.store.rows import is_numeric
from audit.stretch import stretch

READS = (
    *(Role.LABEL, Role.PREDICTION, Role.SCORE, Role.SENSITIVE, Role.WEIGHT, Role.SPLIT),
    *(Role.DIRECT_IDENTIFIER, Role.FREE_TEXT),
)
_MOST_VALUES = 60
"""Values of a column that is asked for in coverage alone: each is to be looked at."""

_MOST_PAIRED = 50
"""Groups of a combination up to which each two are compared: 2,450 comparisons."""

_MANY = 3
_MOST_LEVELS = 2000
_MOST_MEETING = 100_000
"""Groups of one column, and of several: all of them are held in memory."""
_OF_SMALL = frozenset(
    {"group_share", "reference_share", "representation_ratio", "label_rate", "label_mean"}
)

NO_SENSITIVE = "No column is sensitive: say which columns tell who people are."
NO_LABEL = "No column is the label, or all rows have the same one: how groups are treated is open."


@report("representation", title="Representation and bias", version=2, roles=READS)
def representation(
    table: Table, roles: RoleMap, options: Options, progress: Progress
) -> Representation:
    """Measure who is in the data, how their labels differ, and how a model treats them.

    Rows are counted once by the levels of the sensitive columns and the label; every share,
    rate, difference, divergence and bootstrap interval is computed from these counts. What
    other columns say of groups (strata, quality, proxies) takes a fixed number of further
    statements, however many columns there are.

    Rates, and what is computed from them, are weighted where a column has the role of a
    weight; numbers of rows never are.
    """
    _validate(table, roles, options)
    progress(0.0, "groups")
    axes = _axes(table, roles, options)
    label = read_label(table, roles)
    weight = roles.stated(Role.WEIGHT)
    reference = _reference(table, axes, options)
    progress(0.1, "labels")
    combinations = _combinations(
        table, axes, label, reference, options, weight, stretch(progress, 0.1, 0.3)
    )
    progress(0.3, "strata")
    within = conditionals(table, axes, label, roles, options, weight) if label else ()
    progress(0.4, "coverage")
    covered = _coverage(table, axes, options, progress)
    progress(0.5, "quality by group")
    qualities = quality(table, axes, roles, options)
    progress(0.6, "proxies")
    told = proxies(table, axes, roles, options)
    progress(0.7, "consistency")
    alike = consistency(table, label, roles, options) if label else None
    progress(0.75, "model")
    modelled = model(table, axes, label, roles, options, weight, stretch(progress, 0.75, 1.0))
    progress(1.0)
    return Representation(
        rows=table.n_rows,
        axes=axes,
        label=label,
        weight=weight,
        min_group=options.min_group,
        reference_name=reference.name,
        combinations=combinations,
        coverage=covered,
        conditionals=within,
        quality=qualities,
        proxies=told,
        consistency=alike,
        model=modelled and _model_in_brief(modelled, options.min_group),
        every_pair=_pairs(combinations, label) if options.pairs else (),
        notes=(*(() if axes else (NO_SENSITIVE,)), *(() if label else (NO_LABEL,))),
    )


def _axes(table: Table, roles: RoleMap, options: Options) -> tuple[Axis, ...]:
    """Find the groups of the sensitive columns; a chosen reference group must be one of them."""
    axes = tuple(
        with_reference_levels(_axis(table, column, options), options.reference)
        for column in roles.having(Role.SENSITIVE)
        # Groups by the label itself differ in nothing else.
        if Role.LABEL not in roles.of(column)
    )
    for axis in axes:
        chosen = options.reference_groups.get(axis.column)
        if chosen is not None and chosen not in axis.names():
            noun = f"group of {axis.column!r}"
            raise ParameterError.unknown(noun, chosen, list(axis.names()))
    _refuse_too_many(axes, options.depth)
    return axes


def _refuse_too_many(axes: tuple[Axis, ...], depth: int) -> None:
    for axis in axes:
        if axis.size > _MOST_LEVELS:
            message = f"{axis.column!r} has {axis.size:,} groups, those of the reference included."
            raise ParameterError(message, hint=f"It may have {_MOST_LEVELS:,}: put some together.")
    for chosen in tables(axes, depth):
        groups = prod(axis.size for axis in chosen)
        if groups > _MOST_MEETING:
            names = ", ".join(repr(axis.column) for axis in chosen)
            message = f"{names} have {groups:,} groups where they meet."
            hint = f"They may have {_MOST_MEETING:,}: set a smaller depth, or fewer groups or bins."
            raise ParameterError(message, hint=hint)


def _axis(table: Table, column: str, options: Options) -> Axis:
    edges = options.bins.get(column)
    return axis_of(table, column, edges=edges, most_groups=options.most_groups)


def _combinations(
    table: Table,
    axes: tuple[Axis, ...],
    label: Label | None,
    reference: Reference,
    options: Options,
    weight: str | None,
    progress: Progress,
) -> tuple[Combination, ...]:
    if not axes:
        return ()
    last = (label.axis,) if label and label.axis else ()
    wanted = [(*chosen, *last) for chosen in tables(axes, options.depth)]
    counted = count_cells(table, wanted, weight=weight)
    found = combine(
        axes, counted, label, reference, options, weighted=weight is not None, progress=progress
    )
    if label is None:
        return found
    found = (
        with_labels(found, label, options, weighted=weight is not None)
        if label.axis
        else with_numeric_labels(table, found, axes, label, options, weight)
    )
    return tuple(_brief(combination, options.min_group) for combination in found)


def _brief(combination: Combination, min_group: int) -> Combination:
    """Keep of small groups where three columns meet what they are, and not what to make of it.

    They are most of all groups by far, and no verdict rests on them.
    """
    if len(combination.columns) < _MANY:
        return combination
    groups = tuple(
        g
        if g.n >= min_group
        else replace(g, estimates=tuple(e for e in g.estimates if e.name in _OF_SMALL))
        for g in combination.groups
    )
    return replace(combination, groups=groups)


def _model_in_brief(found: Model, min_group: int) -> Model:
    """Leave comparisons of small groups out where three columns meet, as :func:`_brief` does."""
    combinations = tuple(
        c
        if len(c.columns) < _MANY
        else replace(
            c,
            groups=tuple(
                g
                if g.n >= min_group
                else replace(g, estimates=tuple(e for e in g.estimates if not e.against))
                for g in c.groups
            ),
        )
        for c in found.combinations
    )
    return replace(found, combinations=combinations)


def _reference(table: Table, axes: tuple[Axis, ...], options: Options) -> Reference:
    if options.reference:
        return Reference(name=options.reference_name or "reference", rows=options.reference)
    if options.reference_weights is None:
        return Reference(name="uniform")
    column = options.reference_weights
    weighed: tuple[Cells, ...] = count_cells(table, tables(axes, options.depth), weight=column)
    return Reference(name=f"the weights in {column!r}", weighed=weighed)


def _coverage(
    table: Table, axes: tuple[Axis, ...], options: Options, progress: Progress
) -> Coverage | None:
    known = {axis.column: axis for axis in axes}
    asked = options.coverage or tuple(known)
    if not asked or not table.n_rows:
        return None
    chosen = tuple(
        known.get(c) or axis_of(table, c, edges=options.bins.get(c), most_groups=_MOST_VALUES)
        for c in asked
    )
    return coverage(table, chosen, min_cell=options.min_cell, progress=stretch(progress, 0.4, 0.5))


def _pairs(
    combinations: tuple[Combination, ...], label: Label | None
) -> tuple[tuple[tuple[str, ...], str, str, Estimates], ...]:
    if label is None or label.axis is None:
        return ()
    return tuple(
        (combination.columns, group, other, estimates)
        for combination in combinations
        if len(combination.groups) <= _MOST_PAIRED
        for group, other, estimates in pairs(combination, label)
    )


def _validate(table: Table, roles: RoleMap, options: Options) -> None:
    """Refuse options that name columns the table has not, or that mean nothing there."""
    known = [c.name for c in table.columns]
    named = (*options.bins, *options.coverage, *(options.strata or ()), *_weights(options))
    for column in named:
        if column not in known:
            raise ColumnError.unknown(column, known)
    weight = roles.stated(Role.WEIGHT)
    for column in (*options.bins, *_weights(options), *((weight,) if weight else ())):
        if not is_numeric(table.type_of(column)):
            message = f"The column {column!r} holds no numbers."
            raise ParameterError(message, hint="Bins and weights need a column of numbers.")
    sensitive = roles.having(Role.SENSITIVE)
    for column in options.reference_groups:
        if column not in sensitive:
            noun = "sensitive column"
            raise ParameterError.unknown(noun, column, list(sensitive))


def _weights(options: Options) -> tuple[str, ...]:
    return (options.reference_weights,) if options.reference_weights else ()
