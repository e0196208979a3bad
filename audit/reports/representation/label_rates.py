"""Rates of a positive label: by group, against all other rows, and against one other group."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from audit.format import counted
from audit.reports.representation.group_values import Estimate, Estimates
from audit.reports.representation.label_table import LabelTable, Side, effective_rows
from audit.stats import (
    benjamini_hochberg,
    independence,
    newcombe_difference,
    ratio_interval,
    two_proportions_p,
    wilson_interval,
)

NO_REFERENCE = "There is no group to compare with."
SAME_LABEL = "All rows have the same label."
_PARITY = "two-proportion z; benjamini-hochberg"
_SEVERAL = "chi-square; benjamini-hochberg"


def rates(table: LabelTable, reference_group: str | None, min_group: int) -> list[Estimates]:
    """Give the estimates of each group that are rates, or differences and ratios of rates.

    One class at a time is the positive one: the one that is stated, else each in turn, which
    ``label_class`` then names.
    """
    found: list[list[Estimate]] = [[] for _ in table.names]
    for positive, name in table.turns():
        groups, rests = table.sides(positive)
        reference = next((g for g in groups if g.name == reference_group), None)
        highest = _highest(table, groups, min_group)
        for i, (d, a) in enumerate(zip(groups, rests, strict=True)):
            found[i] += [
                label_rate(table, d, name),
                difference(table, d, a, name),
                *_against_reference(table, d, reference, name),
                _ratio(table, d, highest, "log-normal:highest", name),
            ]
    return [tuple(estimates) for estimates in found]


def label_rate(table: LabelTable, side: Side, label_class: str = "") -> Estimate:
    """Give the share of rows with the positive label."""
    low, high = wilson_interval(side.hits, side.size) if side.rate is not None else (None, None)
    return Estimate(
        name="label_rate",
        value=side.rate,
        n=side.n,
        low=low,
        high=high,
        method=table.method("wilson"),
        reason=side.why_not,
        label_class=label_class,
    )


def difference(table: LabelTable, d: Side, a: Side, label_class: str = "") -> Estimate:
    """Give the rate of ``a`` minus that of ``d``: positive where ``d`` is worse off."""
    of = partial(
        Estimate,
        name="difference_in_proportions_of_labels",
        n=a.n + d.n,
        method=table.method("newcombe"),
        against=a.name,
        label_class=label_class,
    )
    if a.rate is None or d.rate is None:
        return of(value=None, reason=d.why_not or a.why_not)
    low, high = newcombe_difference(a.hits, a.size, d.hits, d.size)
    return of(value=a.rate - d.rate, low=low, high=high)


def ratio(table: LabelTable, d: Side, a: Side) -> Estimate:
    """Give the rate of ``d`` divided by that of ``a``."""
    return _ratio(table, d, a, "log-normal", "")


def class_imbalance(d: Side, a: Side) -> Estimate:
    """Give how far the rows of ``d`` fall short of those of ``a``.

    It is one minus twice a share, and so is its interval. Rows are counted, never weighed.
    """
    n = d.n + a.n
    of = partial(
        Estimate,
        name="class_imbalance",
        n=n,
        unit="coefficient",
        method="wilson",
        against=a.name,
    )
    if not n:
        return of(value=None, reason="No row has a label.")
    low, high = wilson_interval(d.n, n)
    return of(value=(a.n - d.n) / n, low=1 - 2 * high, high=1 - 2 * low)


def parity_p_values(table: LabelTable, min_group: int) -> list[Estimate]:
    """Test each group against all other rows, and correct for the number of groups.

    Two shares are compared where one class is positive, whole distributions where none is.
    Groups with few labels are not tested, and do not count in the correction.
    """
    groups, rests = table.sides(table.positive or 0)
    tested = [
        _parity_p(table, i, d, a, min_group)
        for i, (d, a) in enumerate(zip(groups, rests, strict=True))
    ]
    adjusted = benjamini_hochberg([p for p, _ in tested])
    method = table.method(_SEVERAL if table.positive is None else _PARITY)
    return [
        Estimate(
            name="parity_p_value",
            value=p,
            n=table.total,
            unit="value",
            method=method,
            reason=why,
        )
        for p, (_, why) in zip(adjusted, tested, strict=True)
    ]


def too_few(n: int, min_group: int) -> str:
    """Say that a group is too small to judge."""
    return f"Too few to tell: {counted(n, 'row')} with a label, and {min_group:,} are needed."


def _parity_p(
    table: LabelTable, group: int, d: Side, a: Side, min_group: int
) -> tuple[float | None, str]:
    if d.rate is None or a.rate is None:
        return None, d.why_not or a.why_not
    if d.n < min_group:
        return None, too_few(d.n, min_group)
    if table.positive is not None:
        p = two_proportions_p(d.hits, d.size, a.hits, a.size)
    else:
        weight, squared = table.weight, table.squared
        rest = effective_rows(
            np.maximum(weight.sum(axis=0) - weight[group], 0.0),
            np.maximum(squared.sum(axis=0) - squared[group], 0.0),
        )
        _, _, p = independence(np.stack([effective_rows(weight[group], squared[group]), rest]))
    return p, "" if p is not None else SAME_LABEL


def _against_reference(
    table: LabelTable, d: Side, reference: Side | None, label_class: str
) -> Estimates:
    of = partial(
        Estimate,
        name="statistical_parity_difference",
        method=table.method("newcombe"),
        label_class=label_class,
    )
    disparate = _ratio(table, d, reference, "log-normal", label_class)
    if reference is None:
        return of(value=None, n=d.n, reason=NO_REFERENCE), disparate
    of = partial(of, against=reference.name)
    if d.rate is None or reference.rate is None:
        why = d.why_not or reference.why_not
        return of(value=None, n=d.n + reference.n, reason=why), disparate
    if d.name == reference.name:
        return of(value=0.0, n=d.n), disparate
    low, high = newcombe_difference(d.hits, d.size, reference.hits, reference.size)
    value = d.rate - reference.rate
    return of(value=value, n=d.n + reference.n, low=low, high=high), disparate


def _ratio(
    table: LabelTable, d: Side, against: Side | None, method: str, label_class: str
) -> Estimate:
    of = partial(
        Estimate,
        name="disparate_impact",
        unit="ratio",
        method=table.method(method),
        label_class=label_class,
    )
    if against is None:
        return of(value=None, n=d.n, reason=d.why_not or NO_REFERENCE)
    of = partial(of, against=against.name, n=d.n + against.n)
    if d.rate is None or against.rate is None:
        return of(value=None, reason=d.why_not or against.why_not)
    if against.rate <= 0:
        return of(value=None, reason=f"The rate of “{against.name}” is 0: no ratio to it exists.")
    if d.name == against.name:
        return of(value=1.0, n=d.n)
    low, high = ratio_interval(d.hits, d.size, against.hits, against.size)
    return of(value=d.rate / against.rate, low=low, high=high)


def _highest(table: LabelTable, groups: Sequence[Side], min_group: int) -> Side | None:
    """Find the group with the highest rate: among the large ones if there are any."""
    able = [g for g, real in zip(groups, table.real, strict=True) if real and g.rate is not None]
    large = [g for g in able if g.n >= min_group]
    return max(large or able, key=lambda g: g.rate or 0.0, default=None)
