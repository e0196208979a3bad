"""Classes that give away something sensitive of all their members."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted
from audit.judging.risk import missing_caveats, part_of
from audit.judging.words import bare, listed, quoted
from audit.model import Finding, Measure, Severity, Step
from audit.registry import Settings, check
from audit.reports.reidentification.values import Disclosure, Reidentification

_NAMES = ("l_diversity", "entropy_l_diversity", "t_closeness", "alpha")


class Params(Settings):
    """How much a class may tell."""

    least_l: int = Field(
        2, ge=2, description="Fewer different values in a class than this are a warning."
    )
    most_t: float = Field(
        0.5, gt=0, le=1, description="Distance between a class and all rows that is a notice."
    )


@check("low-diversity", title="Sensitive values given away", topic="privacy")
def low_diversity(report: Reidentification, params: Params) -> Iterator[Finding]:
    """Report attributes whose value follows from the quasi-identifiers.

    Where all rows of a class have one value (l = 1), nobody needs to be picked out to learn
    it (l-diversity, Machanavajjhala et al. 2007). Classes that merely differ much from all
    rows (t-closeness, Li et al. 2007) are a notice. A class of one row holds one value and is
    unlike all rows of necessity: it is a small class, and told there.
    """
    for disclosure in report.disclosures:
        if disclosure.distinct < 2 or disclosure.l_diversity is None:
            continue
        if disclosure.homogeneous_rows:
            yield _given_away(report, disclosure, params)
        elif disclosure.l_diversity == 1:
            continue
        elif disclosure.l_diversity < params.least_l:
            yield _few_values(report, disclosure, disclosure.l_diversity, params)
        elif (disclosure.t or 0.0) > params.most_t:
            yield _far(report, disclosure, params)


def _given_away(report: Reidentification, disclosure: Disclosure, params: Params) -> Finding:
    name = quoted(disclosure.attribute)
    rows = part_of(disclosure.homogeneous_rows or 0, report.rows)
    return Finding(
        check="low-diversity",
        severity=Severity.WARNING,
        title=f"The quasi-identifiers give {name} away for {rows}: their classes hold one value",
        why="Who knows that a person is in such a class knows the value without finding the row.",
        columns=(disclosure.attribute, *report.columns),
        measures=_numbers(report, disclosure),
        caveats=missing_caveats(report),
        suggestions=_steps(report, "l", params.least_l),
    )


def _few_values(
    report: Reidentification, disclosure: Disclosure, values: int, params: Params
) -> Finding:
    return Finding(
        check="low-diversity",
        severity=Severity.WARNING,
        title=f"In some class {quoted(disclosure.attribute)} takes only {values} values (l = {values})",
        why="Who knows that a person is in such a class has few values left to choose from.",
        columns=(disclosure.attribute, *report.columns),
        measures=_numbers(report, disclosure),
        caveats=missing_caveats(report),
        suggestions=_steps(report, "l", params.least_l),
    )


def _far(report: Reidentification, disclosure: Disclosure, params: Params) -> Finding:
    name, t = quoted(disclosure.attribute), bare(disclosure.t or 0.0)
    return Finding(
        check="low-diversity",
        severity=Severity.NOTICE,
        title=f"In some class {name} is distributed unlike in all rows (t = {t})",
        why="Who knows that a person is in such a class learns more of the value than all rows say.",
        columns=(disclosure.attribute, *report.columns),
        measures=_numbers(report, disclosure),
        caveats=(
            f"Classes by {listed(report.columns)}; {counted(disclosure.distinct, 'different value')}.",
            *missing_caveats(report),
        ),
        suggestions=_steps(report, "t", params.most_t),
    )


def _numbers(report: Reidentification, disclosure: Disclosure) -> tuple[Measure, ...]:
    wanted = (*report.columns, disclosure.attribute)
    found = [m for m in report.measures() if m.columns == wanted]
    return tuple(m for name in _NAMES for m in found if m.name == name)


def _steps(report: Reidentification, name: str, value: float) -> tuple[Step, ...]:
    params = (("columns", report.columns), ("k", 5), (name, value))
    return (Step(remedy="k-anonymize", params=params),)
