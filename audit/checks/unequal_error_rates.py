"""Groups for which a model errs, or selects, more often than for others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from audit.format import percent
from audit.judging.choice import capped, in_turn
from audit.judging.groups import (
    Interval,
    away_from_zero,
    clearly_worse,
    group_name,
    is_personal,
    is_real,
    label_caveats,
)
from audit.judging.words import gap, interval, p_value
from audit.model import Finding, Measure, Pairs, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.representation.group_values import Estimate, named
from audit.reports.representation.model_values import Model, ModelCombination, ModelGroup
from audit.reports.representation.values import Representation

_RATES = ("false_positive_rate", "false_negative_rate", "selection_rate")
"""The true positive rate is one minus the false negative one, and is not told twice."""
_CHANCE = 0.05
_OVERALL = ("equalized_odds_difference", "equal_opportunity_difference")


class Params(Settings):
    """From where on a difference of rates is told."""

    notice_difference: float = Field(
        0.05, gt=0, lt=1, description="Difference of error or selection rates that is noticed."
    )
    warning_difference: float = Field(0.1, gt=0, lt=1, description="The same, from a warning on.")
    critical_difference: float = Field(0.2, gt=0, lt=1, description="The same, if it is critical.")
    fewest_rows: int = Field(
        30, ge=1, description="Rates that rest on fewer rows than this are not judged."
    )
    most_findings: int = Field(10, ge=1, description="More groups than this are counted.")


@check("unequal-error-rates", title="Error rates by group", topic="model fairness")
def unequal_error_rates(
    report: Representation, roles: RoleMap, params: Params
) -> Iterator[Finding]:
    """Report groups whose false positive, false negative or selection rate is another one.

    Rates are compared with those of the reference group; equalized odds asks for error rates
    that are the same. The whole interval of the difference must lie beyond a threshold. An
    intersection of columns is told where it is clearly further off than every group it is a
    part of.
    """
    model = report.model
    if model is None:
        return
    cases: list[_Case] = []
    far: dict[str, dict[Pairs, Interval]] = {name: {} for name in _RATES}
    for combination in model.combinations:
        if not is_personal(combination.columns, roles):
            cases += _cases(report, combination, far, params)
    chosen = [c for c in cases if c.severity and clearly_worse(c.group.levels, far[c.rates[0]])]
    chosen.sort(key=lambda c: (-c.severity, -c.beyond, c.group.levels))
    chosen = in_turn(chosen, lambda c: c.combination.columns)
    yield from capped(chosen, params.most_findings, lambda c: _finding(report, model, c), "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    combination: ModelCombination
    group: ModelGroup
    reference: ModelGroup
    rates: tuple[str, ...]
    """Names of those that differ, the furthest off first."""
    beyond: float
    """Smallest difference of the first that its interval allows."""
    severity: Severity


def _cases(
    report: Representation,
    combination: ModelCombination,
    far: Mapping[str, dict[Pairs, Interval]],
    params: Params,
) -> Iterator[_Case]:
    reference = next((g for g in combination.groups if g.name == combination.reference_group), None)
    if reference is None or reference.n < report.min_group:
        return
    for group in combination.groups:
        if group is reference or group.n < report.min_group or not is_real(group.levels):
            continue
        beyond = {}
        for name in _RATES:
            sure = _is_sure(group, name, params) and _is_sure(reference, name, params)
            if sure and _is_no_chance(group, name):
                far[name][group.levels] = away_from_zero(group.estimate(f"{name}_difference"))
                beyond[name] = far[name][group.levels][0]
        rates = [n for n in beyond if beyond[n] > params.notice_difference]
        if rates:
            # Errors come before selection: rates of selection may differ because labels do.
            rates.sort(key=lambda name: (name == _RATES[-1], -beyond[name]))
            yield _Case(
                combination=combination,
                group=group,
                reference=reference,
                rates=tuple(rates),
                beyond=beyond[rates[0]],
                severity=_severity(max(beyond.values()), params),
            )


def _is_sure(group: ModelGroup, name: str, params: Params) -> bool:
    rate = group.estimate(name)
    return rate is not None and rate.value is not None and rate.n >= params.fewest_rows


def _is_no_chance(group: ModelGroup, name: str) -> bool:
    """Whether the difference stands once it is allowed for that many were tested."""
    p = group.estimate(f"{name}_p_value")
    return p is None or p.value is None or p.value <= _CHANCE


def _severity(beyond: float, params: Params) -> Severity:
    if beyond > params.critical_difference:
        return Severity.CRITICAL
    return Severity.WARNING if beyond > params.warning_difference else Severity.NOTICE


def _finding(report: Representation, model: Model, case: _Case) -> Finding:
    columns = (*case.combination.columns, *model.columns)
    by = ("by", (*case.combination.columns, *model.columns[:1]))
    return Finding(
        check="unequal-error-rates",
        severity=case.severity,
        title=_title(report, case),
        why="Who is treated wrongly, and who is chosen, depends on the group that people are of.",
        columns=columns,
        group=case.group.levels,
        measures=tuple(_measures(case, columns)),
        caveats=(
            f"Measured on {model.title}.",
            *_tested(case),
            *_odds(case.combination),
            *((model.note,) if model.note else ()),
            *label_caveats(report),
        ),
        suggestions=(
            Step(remedy="reweigh", params=(by,)),
            Step(remedy="resample", params=(by, ("target", "equal"))),
        ),
        rows=case.group.where,
    )


def _title(report: Representation, case: _Case) -> str:
    group, reference = (group_name(report, g.levels) for g in (case.group, case.reference))
    first, *others = (_clause(case, name) for name in case.rates)
    both, ends = first[1], first[2]
    also = "".join(f", its {what} ({rates})" for what, rates, _ in others)
    return f"For {group} the {first[0]} than for {reference} ({both}{ends}){also}"


def _clause(case: _Case, name: str) -> tuple[str, str, str]:
    """Say how a rate differs, the two rates, and the interval of the difference."""
    difference = case.group.estimate(f"{name}_difference")
    rates = (g.estimate(name) for g in (case.group, case.reference))
    both = " against ".join(percent(r.value) if r else "–" for r in rates)
    value = float(difference.value or 0.0) if difference else 0.0
    what = f"{name.replace('_', ' ')} is {gap(value)} {'higher' if value > 0 else 'lower'}"
    low, high = away_from_zero(difference)
    return what, both, interval(low, high, gap)


def _measures(case: _Case, columns: tuple[str, ...]) -> Iterator[Measure]:
    for name in ("false_positive_rate", "false_negative_rate", "true_positive_rate", _RATES[-1]):
        for one in (name, f"{name}_difference"):
            estimate: Estimate | None = case.group.estimate(one)
            if estimate is not None:
                yield estimate.measure(columns, case.group.levels)
    for name in _OVERALL:
        overall = named(case.combination.estimates, name)
        if overall is not None:
            yield overall.measure(columns)


def _tested(case: _Case) -> Iterator[str]:
    p = case.group.estimate(f"{case.rates[0]}_p_value")
    if p is not None and p.value is not None:
        yield f"Of the {case.rates[0].replace('_', ' ')}: {p_value(float(p.value))} ({p.method})."


def _odds(combination: ModelCombination) -> Iterator[str]:
    """Name the difference of equalized odds over all groups that are large enough."""
    odds = named(combination.estimates, _OVERALL[0])
    if odds is not None and odds.value is not None:
        ends = interval(odds.low, odds.high, gap)
        yield f"Equalized odds difference over all groups: {gap(odds.value)}{ends}."
