"""Groups that get the positive label less often than others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from audit.format import percent, points, ratio
from audit.judging.choice import capped, in_turn
from audit.judging.groups import (
    Interval,
    clearly_worse,
    combinations_of,
    group_name,
    is_real,
    label_caveats,
    positive_name,
)
from audit.judging.words import bare, gap, interval, p_value
from audit.model import Finding, Pairs, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.representation.group_values import Combination, Estimate, Group
from audit.reports.representation.measures import group_measure
from audit.reports.representation.values import Representation

_HIGHEST = ":highest"
_RULE = "A screening flag (29 CFR 1607.4(D)), not a finding of law."


class Params(Settings):
    """From where on a difference of label rates is told."""

    four_fifths: float = Field(
        0.8, gt=0, le=1, description="Ratio of label rates below which it is a warning."
    )
    critical_ratio: float = Field(0.5, gt=0, le=1, description="The same, if it is critical.")
    parity_difference: float = Field(
        0.1, gt=0, lt=1, description="Difference of label rates beyond which it is a warning."
    )
    most_p: float = Field(
        0.05, gt=0, le=1, description="Corrected p-value up to which rates differ at all."
    )
    most_findings: int = Field(10, ge=1, description="More groups than this are counted.")


@check("label-disparity", title="Label rates by group", topic="label bias")
def label_disparity(report: Representation, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report groups that get the positive label less often than the group compared with.

    That is the reference group, and the group with the highest rate: so that a reference
    group that is itself worse off is told too. The whole interval must lie below four fifths,
    or beyond the parity difference; where it crosses four fifths that is noticed, as
    what cannot be told. An intersection of columns is told where it is clearly worse off than
    every group it is a part of.
    """
    if not positive_name(report):
        return
    cases: dict[Pairs, _Case] = {}
    shortfalls: dict[Pairs, Interval] = {}
    for combination in combinations_of(report, roles):
        judged = [g for g in combination.groups if _is_judged(report, g)]
        large = {g.name: g for g in judged}
        for group in judged:
            found = list(_compared(combination, group, large, params))
            shortfalls |= {group.levels: max((c.shortfall for c in found), default=(0.0, 0.0))}
            told = [c for c in found if c.severity]
            if told:
                # The reference comes first, and stays where the highest says no worse.
                cases[group.levels] = max(told, key=lambda c: c.severity)
    chosen = [c for c in cases.values() if clearly_worse(c.group.levels, shortfalls)]
    chosen.sort(key=lambda c: (-c.severity, c.value, c.group.levels))
    chosen = in_turn(chosen, lambda c: c.combination.columns)
    yield from capped(chosen, params.most_findings, lambda c: _finding(report, c, params), "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A group, and another one that it is compared with."""

    combination: Combination
    group: Group
    other: Group
    ratio: Estimate
    low: float | None
    high: float | None
    difference: Interval | None
    """Interval of the rate of the group minus that of the other."""
    severity: Severity = Severity.INFO
    by_difference: bool = False

    @property
    def value(self) -> float:
        return float(self.ratio.value or 0.0)

    @property
    def shortfall(self) -> Interval:
        low = self.value if self.low is None else self.low
        return 1 - (self.value if self.high is None else self.high), 1 - low


def _is_judged(report: Representation, group: Group) -> bool:
    rate = group.estimate("label_rate")
    return (
        is_real(group.levels)
        and rate is not None
        and rate.value is not None
        and min(group.n, rate.n) >= report.min_group
    )


def _compared(
    combination: Combination, group: Group, large: Mapping[str, Group], params: Params
) -> Iterator[_Case]:
    """Compare with the reference group, then with the group of the highest rate."""
    found = [e for e in group.estimates if e.name == "disparate_impact" and e.value is not None]
    found.sort(key=lambda e: _HIGHEST in e.method)
    for estimate in found:
        other = large.get(estimate.against)
        if other is None or other is group:
            continue
        yield _judged(combination, group, other, estimate, params)


def _judged(
    combination: Combination, group: Group, other: Group, estimate: Estimate, params: Params
) -> _Case:
    low, high = _ends(group, other, estimate)
    difference = _difference(combination, group, other)
    value = float(estimate.value or 0.0)
    mine, either = _p(group), min(_p(group), _p(other))
    severity, by_difference = Severity.INFO, False
    if high is not None and high < params.four_fifths and either <= params.most_p:
        critical = high < params.critical_ratio
        severity = Severity.CRITICAL if critical else Severity.WARNING
    elif difference and difference[1] < -params.parity_difference and either <= params.most_p:
        severity, by_difference = Severity.WARNING, True
    elif value < params.four_fifths and mine <= params.most_p:
        severity = Severity.NOTICE
    return _Case(
        combination=combination,
        group=group,
        other=other,
        ratio=estimate,
        low=low,
        high=high,
        difference=difference,
        severity=severity,
        by_difference=by_difference,
    )


def _p(group: Group) -> float:
    """Give the corrected p-value of a group against all other rows; 0 where it was not tested."""
    p = group.estimate("parity_p_value")
    return 0.0 if p is None or p.value is None else float(p.value)


def _ends(group: Group, other: Group, estimate: Estimate) -> tuple[float | None, float | None]:
    """Give the interval of a ratio; of a rate of 0, which has none, from those of the rates."""
    if estimate.high is not None:
        return estimate.low, estimate.high
    own, rate = group.estimate("label_rate"), other.estimate("label_rate")
    if estimate.value == 0 and own and own.high is not None and rate and rate.low:
        return 0.0, own.high / rate.low
    return None, None


def _difference(combination: Combination, group: Group, other: Group) -> Interval | None:
    """Give the interval of the difference of rates, where one of both is the reference."""
    if other.name == combination.reference_group:
        found = group.estimate("statistical_parity_difference")
        sign = 1
    elif group.name == combination.reference_group:
        found = other.estimate("statistical_parity_difference")
        sign = -1
    else:
        return None
    if found is None or found.low is None or found.high is None:
        return None
    low, high = sorted((sign * found.low, sign * found.high))
    return low, high


def _finding(report: Representation, case: _Case, params: Params) -> Finding:
    assert report.label is not None
    columns = (*case.combination.columns, report.label.column)
    favoured = positive_name(report)
    by = ("by", columns)
    names = ("label_rate", "statistical_parity_difference", "parity_p_value")
    measured = [case.ratio, *(e for name in names if (e := case.group.estimate(name)))]
    return Finding(
        check="label-disparity",
        severity=case.severity,
        title=_title(report, case, params),
        why="What is learned from such labels will repeat the difference, whatever its cause.",
        columns=columns,
        group=case.group.levels,
        measures=tuple(group_measure(report, case.group, e) for e in measured),
        caveats=(
            _RULE,
            f"{favoured} is taken for the better outcome.",
            *_tested(case.group),
            *label_caveats(report),
        ),
        suggestions=(
            Step(remedy="reweigh", params=(by,)),
            Step(remedy="resample", params=(by, ("target", "equal"))),
        ),
        rows=case.group.where,
    )


def _title(report: Representation, case: _Case, params: Params) -> str:
    label = positive_name(report)
    group, other = (group_name(report, g.levels) for g in (case.group, case.other))
    rates = [g.estimate("label_rate") for g in (case.group, case.other)]
    both = " against ".join(percent(r.value) if r else "–" for r in rates)
    if case.by_difference and case.difference:
        value = [float(r.value or 0.0) for r in rates if r]
        ends = interval(*case.difference, points)
        fewer = gap(value[0] - value[-1])
        return f"{label} is {fewer} less frequent for {group} than for {other} ({both}{ends})"
    ends = interval(case.low, case.high, bare)
    if case.severity is Severity.NOTICE:
        least = ratio(params.four_fifths)
        return (
            f"Whether {label} is less than {least} times as frequent for {group} as for {other} "
            f"cannot be told (it is {ratio(case.value)} times in these rows: {both}{ends})"
        )
    times = ratio(case.value)
    return f"{label} is {times} times as frequent for {group} as for {other} ({both}{ends})"


def _tested(group: Group) -> tuple[str, ...]:
    p = group.estimate("parity_p_value")
    if p is None or p.value is None:
        return ()
    return (f"Against all other rows: {p_value(p.value)} ({p.method}).",)
