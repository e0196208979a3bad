"""Disparities that stay where likes are compared with likes."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from audit.format import counted
from audit.judging.choice import capped
from audit.judging.groups import (
    group_name,
    is_personal,
    is_real,
    label_caveats,
    positive_name,
    rows_of_level,
)
from audit.judging.words import bare, interval, quoted
from audit.model import Finding, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.representation.part_values import Conditional
from audit.reports.representation.values import Representation


class Params(Settings):
    """From where on a conditional disparity is told."""

    notice_disparity: float = Field(
        0.05, gt=0, lt=1, description="Conditional demographic disparity that is noticed."
    )
    warning_disparity: float = Field(0.1, gt=0, lt=1, description="The same, from a warning on.")
    most_findings: int = Field(10, ge=1, description="More groups than this are counted.")


@check("conditional-disparity", title="Disparity within strata", topic="label bias")
def conditional_disparity(
    report: Representation, roles: RoleMap, params: Params
) -> Iterator[Finding]:
    """Report groups that are worse off among rows with the same value of another column too.

    The measure is conditional demographic disparity: the group's share of the rejected minus
    its share of the accepted, averaged over the values of the other column. A group is told
    once, with the column within which it is worst off; the whole interval must lie above a
    threshold. Disparities that turn are left to *simpson-reversal*.
    """
    label = report.label
    if label is None:
        return
    found: dict[tuple[str, str], list[Conditional]] = {}
    for one in report.conditionals:
        if one.conditional.value is None or is_personal(one.columns, roles):
            continue
        if is_real(((one.column, one.level),)):
            found.setdefault((one.column, one.level), []).append(one)
    cases = [
        (worst, ones)
        for ones in found.values()
        if _low(worst := max(ones, key=_worst)) > params.notice_disparity and not worst.reversed
    ]
    cases.sort(key=lambda case: (-_low(case[0]), case[0].column, case[0].level))
    yield from capped(
        cases, params.most_findings, lambda c: _finding(report, label.column, *c, params), "group"
    )


def _worst(one: Conditional) -> tuple[bool, float]:
    """Order by how badly off a group is; reversals, of which another check speaks, come last."""
    return not one.reversed, _low(one)


def _low(one: Conditional) -> float:
    return -1.0 if one.conditional.low is None else one.conditional.low


def _finding(
    report: Representation,
    label: str,
    worst: Conditional,
    ones: Sequence[Conditional],
    params: Params,
) -> Finding:
    level = ((worst.column, worst.level),)
    measured = (worst.conditional, worst.overall)
    warned = _low(worst) > params.warning_disparity
    return Finding(
        check="conditional-disparity",
        severity=Severity.WARNING if warned else Severity.NOTICE,
        title=_title(report, worst),
        why="That other rows differ in this column does not explain why the group fares worse.",
        # Not the stratum: which of them is the worst may change where nothing else does.
        columns=(worst.column, label),
        group=level,
        measures=tuple(e.measure((worst.column, label, worst.stratum), level) for e in measured),
        caveats=(
            *_others(worst, ones, params),
            *label_caveats(report),
        ),
        suggestions=(Step(remedy="reweigh", params=(("by", (worst.column, label)),)),),
        rows=rows_of_level(report, worst.column, worst.level),
    )


def _title(report: Representation, worst: Conditional) -> str:
    name = group_name(report, ((worst.column, worst.level),))
    both = [s for s in worst.strata if s.rate is not None and s.rest_rate is not None]
    rarer = sum((s.rate or 0.0) < (s.rest_rate or 0.0) for s in both)
    cdd = worst.conditional
    # Where there is none over all rows, or the reverse, the disparity is not one that stays.
    too = " too" if (worst.overall.low or 0.0) > 0 else ""
    return (
        f"Among rows with the same {quoted(worst.stratum)}{too}, {positive_name(report)} is less "
        f"frequent for {name} than for others: in {rarer} of {counted(len(both), 'value')} "
        f"(conditional demographic disparity {bare(float(cdd.value or 0))}"
        f"{interval(cdd.low, cdd.high, bare)})"
    )


def _others(worst: Conditional, ones: Sequence[Conditional], params: Params) -> Iterator[str]:
    """Say how the group fares within the other columns, and which of them explains most."""
    if len(ones) < 2:
        return
    stays = sum(_low(one) > params.notice_disparity for one in ones)
    least = min(ones, key=lambda one: abs(one.conditional.value or 0.0))
    yield (
        f"It stays above {bare(params.notice_disparity)} within {stays} of the "
        f"{counted(len(ones), 'column')} looked at, and is least within {quoted(least.stratum)} "
        f"({bare(float(least.conditional.value or 0))}); over all rows it is "
        f"{bare(float(worst.overall.value or 0))}."
    )
