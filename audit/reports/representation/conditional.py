"""Labels by group within strata: whether a disparity stays, goes or turns once likes are compared."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from audit.model import NO_FEATURE_ROLES, RoleMap
from audit.reports.distribution.kinds import kind_of
from audit.reports.representation.axes import FEW_NUMBERS, axis_of
from audit.reports.representation.cells import Cells, count_cells
from audit.reports.representation.group_values import Axis, Estimate, Label
from audit.reports.representation.label import classes
from audit.reports.representation.label_table import distribution
from audit.reports.representation.options import Options
from audit.reports.representation.part_values import Conditional, StratumGroup
from audit.reports.representation.reference import is_real
from audit.reports.representation.tallies import distinct_in_sample
from audit.stats import Array, Counts, Floats, percentile_interval, resample_weights
from audit.store import Table

MOST_STRATA = 50
"""Different values up to which a column is a category, and its values are strata."""
SAME_LABELS = "Within every stratum all rows have the same label."
_TURNED = 0.01
"""A disparity within strata that is smaller than this points nowhere."""


def conditionals(
    table: Table,
    axes: tuple[Axis, ...],
    label: Label,
    roles: RoleMap,
    options: Options,
    weight: str | None,
) -> tuple[Conditional, ...]:
    """Compare the labels of each group with those of all others, stratum by stratum.

    Parameters
    ----------
    table : Table
        The version.
    axes : tuple of Axis
        The sensitive columns.
    label : Label
        With a positive class; nothing can be said without one.
    roles : RoleMap
        What columns mean: by default every category is a stratum that is neither the label,
        a prediction, a weight, a split, an identifier nor free text.
    options : Options
        ``strata``: the columns to use instead. ``min_group``: smaller groups, by rows with a
        label, are left out.
    weight : str, optional
        Column of weights.

    Returns
    -------
    tuple of Conditional
        By sensitive column, group and stratum column.

    Notes
    -----
    The conditional demographic disparity of Wachter, Mittelstadt and Russell (2021), as in
    Amazon SageMaker Clarify: the disparity ``n_d(0) / n(0) - n_d(1) / n(1)`` of each stratum,
    averaged by rows. Where all rows of a stratum have the same label, nobody is treated unlike
    anybody else: it adds nothing, and its rows count in the average. (Clarify takes the share
    that is not defined there as 0, so that such a stratum is a disparity as large as the
    group's share of it.)
    """
    if label.axis is None or label.positive is None or not axes:
        return ()
    strata = _strata(table, axes, roles, options)
    chosen = [(s, a, label.axis) for a in axes for s in strata if s.column != a.column]
    found: list[Conditional] = []
    for cells in count_cells(table, chosen, weight=weight):
        found += _of_cells(cells, label, options, weighted=weight is not None)
    return tuple(found)


def _strata(
    table: Table, axes: tuple[Axis, ...], roles: RoleMap, options: Options
) -> tuple[Axis, ...]:
    known = {axis.column: axis for axis in axes}
    if options.strata is not None:
        names: Sequence[str] = options.strata
    else:
        names = [n for n in _categories(table, roles) if n not in known]
        names = [c.name for c in table.columns if c.name in known or c.name in names]
    strata = [known.get(n) or axis_of(table, n, most_groups=MOST_STRATA) for n in names]
    if options.strata is not None:
        return tuple(strata)
    return tuple(a for a in strata if a.size > 1 and (a.column in known or not _is_cut(a)))


def _categories(table: Table, roles: RoleMap) -> list[str]:
    """Name the columns that look like categories, at a glance."""
    asked = [
        c
        for c in table.columns
        if not NO_FEATURE_ROLES.intersection(roles.of(c.name))
        and kind_of(c) in ("text", "boolean", "number")
    ]
    seen = distinct_in_sample(table, asked)
    # Estimates are off by a tenth or so; the axis is exact.
    most = {"number": 2 * FEW_NUMBERS}
    return [c.name for c in asked if seen[c.name] <= most.get(kind_of(c), 2 * MOST_STRATA)]


def _is_cut(axis: Axis) -> bool:
    """Whether the column has too many values to be a category."""
    return bool(axis.edges) or any(level.kind == "rest" for level in axis.levels)


def _of_cells(
    cells: Cells, label: Label, options: Options, *, weighted: bool
) -> Iterator[Conditional]:
    """Give the groups of one sensitive column within the strata of one other column."""
    stratum, sensitive = cells.axes[:2]
    rows, weight, squared = (
        _by_outcome(array, label) for array in (cells.n, cells.weight, cells.weight_squared)
    )
    n = rows.sum(axis=(0, 2))
    real = np.array([is_real(level) for level in sensitive.levels])
    # A group without others, and labels that are all the same, leave nothing to compare.
    large = np.flatnonzero(real & (n >= options.min_group) & (n < n.sum()))
    outcomes = weight.sum(axis=(0, 1))
    if not len(large) or not (outcomes > 0).all():
        return
    overall, conditional = _disparities(weight, weight.sum(axis=1))
    drawn, times = _intervals(rows, weight, squared, large, options)
    method = f"bootstrap:{times}" if times else "exact"
    of = partial(Estimate, n=int(n.sum()), method=f"{method}; weighted" if weighted else method)
    for k, group in enumerate(large):
        ends = [_ends(low, high, k) for low, high in drawn]
        both = [
            _estimate(of, name, float(values[group]), *end)
            for name, values, end in (
                ("demographic_disparity", overall, ends[0]),
                ("conditional_demographic_disparity", conditional, ends[1]),
            )
        ]
        yield Conditional(
            column=sensitive.column,
            level=sensitive.levels[group].name,
            stratum=stratum.column,
            strata=tuple(_stratum_groups(stratum, rows, weight, int(group))),
            conditional=both[1],
            overall=both[0],
            reversed=_turns(*both),
        )


def _by_outcome(array: Floats, label: Label) -> Array:
    """Sum the last axis, the classes of the label, to negative and positive ones."""
    assert label.positive is not None
    kept = array[..., : len(classes(label))]
    positive = kept[..., label.positive]
    found: Array = np.stack([kept.sum(axis=-1) - positive, positive], axis=-1)
    return found


def _disparities(own: Array, whole: Array) -> tuple[Array, Array]:
    """Compute the disparity over all rows, and the average of those within strata.

    Parameters
    ----------
    own : array of shape (..., strata, groups, 2)
        Weights of groups by outcome.
    whole : array of shape (..., strata, 2)
        Of all rows.

    Returns
    -------
    overall, conditional : array of shape (..., groups)
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = own / whole[..., None, :]
        overall = own.sum(axis=-3) / whole.sum(axis=-2)[..., None, :]
        disparity = shares[..., 0] - shares[..., 1]
        size = whole.sum(axis=-1)[..., None]
        part = np.where(np.isnan(disparity), 0.0, disparity) * size
        conditional = part.sum(axis=-2) / size.sum(axis=-2)
    told = ~np.isnan(disparity).all(axis=-2)
    return overall[..., 0] - overall[..., 1], np.where(told, conditional, np.nan)


def _intervals(
    rows: Array, weight: Array, squared: Array, large: Counts, options: Options
) -> tuple[list[tuple[Array, Array]], int]:
    """Resample strata, groups and outcomes together, with all small groups as one."""
    rows, weight, squared = (
        np.concatenate(
            [x[:, large], np.delete(x, large, axis=1).sum(axis=1, keepdims=True)], axis=1
        )
        for x in (rows, weight, squared)
    )
    times = options.resamples_of(rows.size)
    rng = np.random.default_rng(options.seed)
    drawn = resample_weights(rows, weight, squared, times, rng)
    found = _disparities(drawn[..., :-1, :], drawn.sum(axis=-2))
    return [percentile_interval(samples) for samples in found], times


def _ends(low: Array, high: Array, k: int) -> tuple[float | None, float | None]:
    return (float(low[k]), float(high[k])) if np.isfinite(low[k]) else (None, None)


def _estimate(
    of: partial[Estimate], name: str, value: float, low: float | None, high: float | None
) -> Estimate:
    if np.isnan(value):
        return of(name=name, value=None, reason=SAME_LABELS)
    return of(name=name, value=value, low=low, high=high)


def _turns(overall: Estimate, conditional: Estimate) -> bool:
    """Whether a disparity that is there overall points the other way within strata.

    What is there within may be chance, as its interval says: that the overall one is not what
    happens within any more is what must not be overlooked.
    """
    within = conditional.value
    return within is not None and abs(within) >= _TURNED and _sign(overall) * within < 0


def _sign(estimate: Estimate) -> int:
    """Give 1 or -1 where it differs from 0 beyond its interval, else 0."""
    if estimate.low is None or estimate.high is None:
        return 0
    return int(estimate.low > 0) - int(estimate.high < 0)


def _stratum_groups(
    stratum: Axis, rows: Array, weight: Array, group: int
) -> Iterator[StratumGroup]:
    """Give the labels of a group, and of all others, in each stratum that has rows."""
    own, rest = rows[:, group], rows.sum(axis=1) - rows[:, group]
    rates = distribution(weight[:, group])[:, 1]
    rest_rates = distribution(np.maximum(weight.sum(axis=1) - weight[:, group], 0.0))[:, 1]
    for i, level in enumerate(stratum.levels):
        if own[i].sum() + rest[i].sum():
            yield StratumGroup(
                stratum=level.name,
                n=int(own[i].sum()),
                positives=int(own[i, 1]),
                rate=None if np.isnan(rates[i]) else float(rates[i]),
                rest_n=int(rest[i].sum()),
                rest_rate=None if np.isnan(rest_rates[i]) else float(rest_rates[i]),
            )
