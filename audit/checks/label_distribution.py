"""Labels of several classes, or of numbers, that are spread differently in a group."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log, sqrt

from pydantic import Field

from audit.format import number, percent
from audit.judging.choice import capped, in_turn
from audit.judging.groups import (
    Interval,
    clearly_worse,
    combinations_of,
    group_name,
    is_real,
    weight_caveats,
)
from audit.judging.words import bare, interval, p_value, quoted
from audit.model import Finding, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.representation.group_values import Combination, Estimate, Group, Label, named
from audit.reports.representation.label import classes
from audit.reports.representation.measures import group_measure
from audit.reports.representation.values import Representation


class Params(Settings):
    """How far apart two distributions may be."""

    notice_distance: float = Field(
        0.1, gt=0, lt=1, description="Total variation, or distance of CDFs, that is noticed."
    )
    warning_distance: float = Field(0.25, gt=0, lt=1, description="The same, from a warning on.")
    notice_divergence: float = Field(
        0.05, gt=0, lt=1, description="Jensen-Shannon divergence (in nats) that is noticed."
    )
    warning_divergence: float = Field(0.1, gt=0, lt=1, description="The same, from a warning on.")
    most_p: float = Field(
        0.05, gt=0, le=1, description="Corrected p-value up to which labels differ at all."
    )
    most_findings: int = Field(10, ge=1, description="More groups than this are counted.")


@check("label-distribution", title="Label distributions by group", topic="label bias")
def label_distribution(report: Representation, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report groups whose labels are distributed differently from those of all other rows.

    This is for labels of several classes (total variation and Jensen-Shannon divergence)
    and of numbers (the largest distance of the distribution functions). The whole interval
    must lie above a threshold, and a test must tell the difference from chance: distances are
    never negative, and large by chance where groups are small. A label of two classes is for
    *label-disparity*.
    """
    label = report.label
    if label is None or label.kind == "binary":
        return
    cases = [c for k in combinations_of(report, roles) for c in _cases(report, k, params)]
    ends = {c.group.levels: c.ends for c in cases}
    chosen = [c for c in cases if c.severity and clearly_worse(c.group.levels, ends)]
    chosen.sort(key=lambda c: (-c.severity, -c.ends[0], c.group.levels))
    chosen = in_turn(chosen, lambda c: c.combination.columns)
    yield from capped(chosen, params.most_findings, lambda c: _finding(report, label, c), "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    combination: Combination
    group: Group
    distance: Estimate
    severity: Severity

    @property
    def ends(self) -> Interval:
        return self.distance.low or 0.0, self.distance.high or 1.0


def _cases(report: Representation, combination: Combination, params: Params) -> Iterator[_Case]:
    for group in combination.groups:
        if not is_real(group.levels) or _labelled(group) < report.min_group:
            continue
        distance = _distance(group)
        if distance is None or distance.low is None:
            continue
        p = _p(combination, group)
        differs = p is None or p.value is None or p.value <= params.most_p
        yield _Case(
            combination=combination,
            group=group,
            distance=distance,
            severity=_severity(group, distance.low, params) if differs else Severity.INFO,
        )


def _labelled(group: Group) -> int:
    """Count the rows of a group that have a label."""
    mean = group.estimate("label_mean")
    return sum(group.counts) if group.counts else mean.n if mean else 0


def _distance(group: Group) -> Estimate | None:
    """Find the distance of a group from all other rows.

    That of distribution functions comes without an interval. It gets the one of Dvoretzky,
    Kiefer, Wolfowitz and Massart (1990), which needs no more than the numbers of rows.
    """
    classed = group.estimate("total_variation_distance")
    far = group.estimate("ks_cdf")
    if classed is not None or far is None or far.value is None or far.low is not None:
        return classed or far
    own = _labelled(group)
    if not 0 < own < far.n:
        return None
    half = sum(sqrt(log(2 / (0.05 / 2)) / (2 * n)) for n in (own, far.n - own))
    low, high = max(0.0, far.value - half), min(1.0, far.value + half)
    return replace(far, low=low, high=high, method=f"dkw; {far.method}")


def _p(combination: Combination, group: Group) -> Estimate | None:
    """Find the test that tells whole distributions apart."""
    own = group.estimate("parity_p_value")
    if own is None or "two-proportion" in own.method:
        # With a positive class it compares rates; the classes are tested over all groups.
        return named(combination.estimates, "label_distribution_p_value")
    return own


def _severity(group: Group, low: float, params: Params) -> Severity:
    """Judge the lower ends of the distance and of the divergence; INFO is no finding."""
    divergence = group.estimate("js_divergence")
    far = (divergence.low or 0.0) if divergence else 0.0
    if low > params.warning_distance or far > params.warning_divergence:
        return Severity.WARNING
    if low > params.notice_distance or far > params.notice_divergence:
        return Severity.NOTICE
    return Severity.INFO


def _finding(report: Representation, label: Label, case: _Case) -> Finding:
    columns = (*case.combination.columns, label.column)
    p = _p(case.combination, case.group)
    tested = p is not None and p.value is not None
    names = ("js_divergence", "label_mean", "label_mean_difference", "parity_p_value")
    measured = [case.distance, *(e for name in names if (e := case.group.estimate(name)))]
    classed = label.axis is not None
    return Finding(
        check="label-distribution",
        severity=case.severity,
        title=_title(report, label, case),
        why="What is learned from such labels will repeat the difference, whatever its cause.",
        columns=columns,
        group=case.group.levels,
        measures=tuple(group_measure(report, case.group, e) for e in measured),
        caveats=(
            *((f"{p_value(float(p.value or 0))} ({p.method}).",) if p and tested else ()),
            *weight_caveats(report),
        ),
        # Labels of numbers have no cells to weigh.
        suggestions=(Step(remedy="reweigh", params=(("by", columns),)),) if classed else (),
        rows=case.group.where,
    )


def _title(report: Representation, label: Label, case: _Case) -> str:
    name, column = group_name(report, case.group.levels), quoted(label.column)
    value, ends = case.distance.value, (case.distance.low, case.distance.high)
    if label.axis is None:
        mean = case.group.estimate("label_mean")
        told = f"; mean {number(mean.value)}" if mean and mean.value is not None else ""
        return (
            f"{column} is distributed differently for {name} than for all other rows: the "
            f"distribution functions are up to {bare(float(value or 0))} apart"
            f"{interval(*ends, bare)}{told}"
        )
    return (
        f"{percent(value)} of {name} would need another {column} to be distributed like all "
        f"other rows{interval(*ends, percent)}{_most_apart(label, case)}"
    )


def _most_apart(label: Label, case: _Case) -> str:
    """Name the class whose share differs most, with both shares."""
    own = _amounts(case.group)
    whole = [sum(k) for k in zip(*map(_amounts, case.combination.groups), strict=True)]
    rest = [a - b for a, b in zip(whole, own, strict=True)]
    if sum(own) <= 0 or sum(rest) <= 0:
        return ""
    shares = [(k / sum(own), m / sum(rest)) for k, m in zip(own, rest, strict=True)]
    at = max(range(len(own)), key=lambda i: abs(shares[i][0] - shares[i][1]))
    both = " against ".join(map(percent, shares[at]))
    return f"; most apart is {quoted(classes(label)[at].name)}, {both}"


def _amounts(group: Group) -> tuple[float, ...]:
    return group.weights or group.counts
