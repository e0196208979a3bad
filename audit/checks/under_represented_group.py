"""Groups that are rarer in the data than in the population they stand for."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from pydantic import Field

from audit.format import counted, percent, ratio
from audit.judging.choice import capped, in_turn
from audit.judging.groups import Interval, clearly_worse, combinations_of, group_name, is_real
from audit.judging.words import SMALL, bare, in_line, interval, listed, p_value, some
from audit.model import Finding, Measure, RoleMap, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.representation.group_values import UNIFORM, Combination, Estimate, Group, named
from audit.reports.representation.measures import group_measure
from audit.reports.representation.values import Representation

_P = "goodness_of_fit_p_value"
_WHY = "What is learned from the data will fit such people worst, and show it least."


class Params(Settings):
    """How far a group may fall short of its share."""

    notice_ratio: float = Field(
        0.9, gt=0, le=1, description="Share, divided by that of the reference, that is noticed."
    )
    warning_ratio: float = Field(0.8, gt=0, le=1, description="The same, from a warning on.")
    critical_ratio: float = Field(0.5, gt=0, le=1, description="The same, if it is critical.")
    most_p: float = Field(
        0.05, gt=0, le=1, description="Corrected p-value up to which shares differ at all."
    )
    tiny_share: float = Field(
        0.01,
        gt=0,
        lt=1,
        description="Without a reference population: groups below this share are noticed.",
    )
    most_findings: int = Field(10, ge=1, description="More groups than this are counted.")


@check("under-represented-group", title="Under-represented groups", topic="representation")
def under_represented_group(
    report: Representation, roles: RoleMap, params: Params
) -> Iterator[Finding]:
    """Report groups whose share falls short of that in the reference population.

    The whole interval of the ratio must lie below a threshold. The ratio rests on all rows,
    so that small groups are judged too. Where no reference population is known, only
    groups that are a tiny part of the rows are noticed: nobody said how many there should be.
    """
    cases: list[_Case] = []
    for combination in combinations_of(report, roles):
        if _is_stated(report, combination):
            cases += _cases(combination, params)
        elif len(combination.columns) == 1:
            yield from _tiny(report, combination, params)
    ends = {case.group.levels: case.shortfall for case in cases}
    chosen = [c for c in cases if c.severity and clearly_worse(c.group.levels, ends)]
    chosen.sort(key=lambda c: (-c.severity, c.ratio.high or 0.0, c.group.levels))
    chosen = in_turn(chosen, lambda c: c.combination.columns)
    yield from capped(chosen, params.most_findings, lambda c: _finding(report, c), "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    combination: Combination
    group: Group
    ratio: Estimate
    share: float
    """Of the reference population."""
    severity: Severity

    @property
    def shortfall(self) -> Interval:
        return 1 - (self.ratio.high or 0.0), 1 - (self.ratio.low or 0.0)


def _is_stated(report: Representation, combination: Combination) -> bool:
    if report.reference_name == UNIFORM:
        return False
    return any(g.estimate("reference_share") for g in combination.groups)


def _cases(combination: Combination, params: Params) -> Iterator[_Case]:
    p = named(combination.estimates, _P)
    differs = p is None or p.value is None or p.value <= params.most_p
    for group in combination.groups:
        found, share = group.estimate("representation_ratio"), group.estimate("reference_share")
        if not is_real(group.levels) or found is None or share is None or not share.value:
            continue
        if found.value is None or found.high is None:
            continue
        yield _Case(
            combination=combination,
            group=group,
            ratio=found,
            share=float(share.value),
            severity=_severity(group.n, found.high, params) if differs else Severity.INFO,
        )


def _severity(n: int, high: float, params: Params) -> Severity:
    """Judge the upper end of a ratio; INFO is no finding."""
    if high < params.critical_ratio or (not n and high < 1):
        return Severity.CRITICAL
    if high < params.warning_ratio:
        return Severity.WARNING
    return Severity.NOTICE if high < params.notice_ratio else Severity.INFO


def _finding(report: Representation, case: _Case) -> Finding:
    group, columns = case.group, case.combination.columns
    needed = _needed(case)
    more = (
        "More rows of this group would bring it to its share."
        if 0 < group.n < SMALL
        else f"About {counted(needed, 'more row')} of this group would bring it to its share."
        if needed
        else ""
    )
    empty = "No weight makes up for a group that has no rows." if not group.n else ""
    return Finding(
        check="under-represented-group",
        severity=case.severity,
        title=_title(report, case),
        why=_WHY,
        columns=columns,
        group=group.levels,
        measures=_measures(report, case),
        caveats=(
            *filter(None, (more, empty)),
            *_differs(case.combination, in_line(report.reference_name)),
        ),
        suggestions=_steps(report, columns) if group.n else (),
        rows=group.where if group.n else None,
    )


def _title(report: Representation, case: _Case) -> str:
    name, reference = group_name(report, case.group.levels), in_line(report.reference_name)
    if not case.group.n:
        return f"No row is {name}, which is {percent(case.share)} of {reference}"
    rows = "rows" if case.ratio.n == report.rows else "rows with a value"
    if case.group.n < SMALL:
        return (
            f"{name} is {some(case.group.n)} of {case.ratio.n:,} {rows} and {percent(case.share)} "
            f"of {reference}"
        )
    ends = interval(case.ratio.low, case.ratio.high, bare)
    return (
        f"{name} is {percent(case.group.n / case.ratio.n)} of {rows} and {percent(case.share)} "
        f"of {reference} (×{ratio(case.ratio.value)}{ends})"
    )


def _measures(report: Representation, case: _Case) -> tuple[Measure, ...]:
    names = ("group_share", "reference_share")
    others = [e for name in names if (e := case.group.estimate(name))]
    p = named(case.combination.estimates, _P)
    # With the share in the reference population the ratio tells how few rows there are.
    ratios = () if 0 < case.group.n < SMALL else (case.ratio,)
    return (
        *(group_measure(report, case.group, e) for e in (*ratios, *others)),
        *((p.measure(case.combination.columns),) if p else ()),
    )


def _differs(combination: Combination, reference: str) -> tuple[str, ...]:
    """Name the test of all groups of the combination together."""
    p = named(combination.estimates, _P)
    if p is None or p.value is None:
        return ()
    columns = listed(combination.columns)
    return (f"Shares by {columns} differ from {reference}: {p_value(p.value)} ({p.method}).",)


def _needed(case: _Case) -> int:
    """Count the rows of this group that, added alone, would bring it to its share."""
    if case.share >= 1:
        return 0
    return ceil((case.share * case.ratio.n - case.group.n) / (1 - case.share))


def _steps(report: Representation, columns: tuple[str, ...]) -> tuple[Step, ...]:
    reference = ("reference", report.reference_name)
    return (
        Step(remedy="rake", params=(reference,)),
        Step(remedy="resample", params=(("by", columns), ("target", "reference"), reference)),
    )


def _tiny(report: Representation, combination: Combination, params: Params) -> Iterator[Finding]:
    """Notice the groups of a column that next to no row belongs to, all in one finding."""
    axis = next((a for a in report.axes if a.column == combination.columns[0]), None)
    if axis is None or axis.edges:  # how wide bins are was chosen, and so was their share
        return
    tiny = [
        (group, share)
        for group in combination.groups
        if is_real(group.levels)
        and (share := group.estimate("group_share"))
        and share.high is not None
        and share.high < params.tiny_share
    ]
    if not tiny:
        return
    n = sum(group.n for group, _ in tiny)
    column = combination.columns
    measured = [group_measure(report, g, s) for g, s in tiny]
    yield Finding(
        check="under-represented-group",
        severity=Severity.NOTICE,
        title=_tiny_title(report, [g for g, _ in tiny], params),
        why=_WHY,
        columns=column,
        measures=(
            Measure(name="rows", value=n, unit="rows", n=report.rows, columns=column),
            *measured[: params.most_findings],
        ),
        caveats=("No reference population is known: whether this is too few is not judged.",),
        rows=Where(tests=tuple(t for g, _ in tiny for t in g.where.tests), any=True) if n else None,
    )


def _tiny_title(report: Representation, groups: list[Group], params: Params) -> str:
    n = sum(group.n for group in groups)
    rows = f"{some(n)} of {report.rows:,} rows"
    if len(groups) == 1:
        name = group_name(report, groups[0].levels)
        share = f"{percent(n / report.rows)} of the rows ({rows})" if n >= SMALL else rows
        return f"{name} is {share}"
    column = listed(tuple(c for c, _ in groups[0].levels))
    names = listed([name for group in groups for _, name in group.levels])
    below = percent(params.tiny_share)
    return f"{names} of {column} are each less than {below} of the rows ({rows} together)"
