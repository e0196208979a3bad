"""Disparities that turn round where likes are compared with likes."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.judging.choice import capped
from audit.judging.groups import (
    away_from_zero,
    group_name,
    is_personal,
    is_real,
    label_caveats,
    positive_name,
)
from audit.judging.words import bare, interval, quoted
from audit.model import Finding, Measure, RoleMap, Severity
from audit.registry import Settings, check
from audit.reports.representation.group_values import Estimate, Group
from audit.reports.representation.measures import group_measure
from audit.reports.representation.part_values import Conditional
from audit.reports.representation.values import Representation


class Params(Settings):
    """How many reversals are listed, and how large they must be."""

    smallest_disparity: float = Field(
        0.02,
        ge=0,
        lt=1,
        description="Demographic disparity over all rows that can turn; its whole interval.",
    )
    most_findings: int = Field(10, ge=1, description="More reversals than this are counted.")


@check("simpson-reversal", title="Simpson's reversal", topic="label bias")
def simpson_reversal(report: Representation, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report groups that are worse off overall and better off within strata, or the reverse.

    The disparity over all rows must be one, with its whole interval. What is there within
    strata may be chance: that it no longer points the same way is what is told. Where a column
    has two groups the reversal of one is that of the other, and is told of the one that is
    worse off overall.
    """
    label = report.label
    if label is None or not positive_name(report):
        return
    cases = [
        (-abs(one.overall.value or 0.0), one.column, one.level, one.stratum, one, group)
        for one in report.conditionals
        if _is_told(report, one, roles, params) and (group := _group(report, one))
    ]
    cases.sort(key=lambda case: case[:4])
    yield from capped(
        cases,
        params.most_findings,
        lambda case: _finding(report, label.column, *case[4:]),
        "reversal",
    )


def _is_told(report: Representation, one: Conditional, roles: RoleMap, params: Params) -> bool:
    overall, within = one.overall.value, one.conditional.value
    if not one.reversed or overall is None or within is None:
        return False
    if is_personal(one.columns, roles) or not is_real(((one.column, one.level),)):
        return False
    if away_from_zero(one.overall)[0] <= params.smallest_disparity:
        return False
    same = [c for c in report.conditionals if (c.column, c.stratum) == (one.column, one.stratum)]
    return overall > 0 or len(same) > 2


def _group(report: Representation, one: Conditional) -> Group | None:
    combination = report.combination(one.column)
    return combination.group(one.level) if combination else None


def _finding(report: Representation, label: str, one: Conditional, group: Group) -> Finding:
    columns = (one.column, label, one.stratum)
    return Finding(
        check="simpson-reversal",
        severity=Severity.WARNING,
        title=_title(report, one, group),
        why=(
            "What is true of the whole is not true of its parts: which of both is the fair "
            "comparison depends on how people come into these parts."
        ),
        columns=columns,
        group=group.levels,
        measures=(*_measures(report, one, group, columns),),
        caveats=(*_chance(one), *label_caveats(report)),
        rows=group.where,
    )


def _chance(one: Conditional) -> tuple[str, ...]:
    """Say so where the disparity within strata may be none."""
    if away_from_zero(one.conditional)[0] > 0:
        return ()
    return (f"Within {quoted(one.stratum)} the difference may be chance: its interval holds 0.",)


def _measures(
    report: Representation, one: Conditional, group: Group, columns: tuple[str, ...]
) -> Iterator[Measure]:
    yield one.overall.measure(columns, group.levels)
    yield one.conditional.measure(columns, group.levels)
    for estimate in _rates(group):
        yield group_measure(report, group, estimate)


def _rates(group: Group) -> list[Estimate]:
    names = ("label_rate", "difference_in_proportions_of_labels")
    return [e for name in names if (e := group.estimate(name)) is not None and e.value is not None]


def _title(report: Representation, one: Conditional, group: Group) -> str:
    worse = (one.overall.value or 0.0) > 0
    first, then = ("less", "more") if worse else ("more", "less")
    rates = [float(e.value or 0.0) for e in _rates(group)]
    against = f"{percent(rates[0])} against {percent(sum(rates))}" if len(rates) == 2 else ""
    both = [
        (s.rate, s.rest_rate) for s in one.strata if s.rate is not None and s.rest_rate is not None
    ]
    turned = sum(own > rest if worse else own < rest for own, rest in both)
    cdd = one.conditional
    return (
        f"Overall {positive_name(report)} is {first} frequent for "
        f"{group_name(report, group.levels)} than for others{f' ({against})' if against else ''}, "
        f"but within {quoted(one.stratum)} {then} frequent (in {turned} of "
        f"{counted(len(both), 'value')}; conditional demographic disparity "
        f"{bare(float(cdd.value or 0))}{interval(cdd.low, cdd.high, bare)})"
    )
