"""Groups whose rows repeat, are outliers or have longer texts more than those of others."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import number, percent
from audit.judging.choice import capped
from audit.judging.groups import group_name, is_personal, rows_of_level
from audit.judging.spread import Spread, spread
from audit.judging.words import gap, interval, p_value, quoted
from audit.model import Finding, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.representation.part_values import Quality
from audit.reports.representation.values import Representation

_WHY = {
    "duplicate_share": (
        "Repeated rows weigh more, and may stand on both sides of a split: the group is learned, "
        "and tested, on copies."
    ),
    "outlier_share": "Rules that cut or clip outliers change that group more than others.",
    "length_mean": (
        "Texts that differ in length give the group away, and are cut off, or matched, unequally."
    ),
}

_OF_ALL_ROWS = (
    "What lies far out is told over all rows: a group that differs as a whole has many such "
    "values, and none of them need be wrong."
)


class Params(Settings):
    """From where on a gap in quality is told."""

    notice_gap: float = Field(
        0.1, gt=0, lt=1, description="Difference of shares of duplicates or outliers: noticed."
    )
    warning_gap: float = Field(
        0.25, gt=0, lt=1, description="The same of duplicates, from a warning on."
    )
    length_gap: float = Field(
        0.25, gt=0, description="How much longer texts are, as a share of the shortest: noticed."
    )
    most_p: float = Field(
        0.05, gt=0, le=1, description="Corrected p-value up to which groups differ at all."
    )
    most_findings: int = Field(10, ge=1, description="More gaps than this are counted.")


@check("unequal-quality", title="Quality by group", topic="representation")
def unequal_quality(report: Representation, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report groups with many more duplicates, outliers or longer texts than another group.

    The two groups that are furthest apart are compared. The whole interval of the gap must
    lie above a threshold, and the test of all groups together must tell it from chance. Only
    duplicates can be a warning: groups may differ in numbers and lengths without any fault.
    Missing values are left to *unequal-missingness*.
    """
    cases = [
        (quality, apart)
        for quality in report.quality
        if quality.kind in _WHY
        and not is_personal((quality.by,), roles)
        and (quality.p_value or 0.0) <= params.most_p
        and (apart := spread(quality, report.min_group))
        and _far(apart, quality) > _threshold(quality, params)
    ]
    cases.sort(key=lambda case: (-_far(case[1], case[0]), case[0].by, case[0].column or ""))
    yield from capped(
        cases, params.most_findings, lambda case: _finding(report, *case, params), "gap"
    )


def _far(apart: Spread, quality: Quality) -> float:
    """Give the lower end of the gap; of lengths as a share of the shortest."""
    low = apart.gap.low or 0.0
    if quality.kind != "length_mean":
        return low
    return low / apart.low.value if apart.low.value else 0.0


def _threshold(quality: Quality, params: Params) -> float:
    return params.length_gap if quality.kind == "length_mean" else params.notice_gap


def _finding(report: Representation, quality: Quality, apart: Spread, params: Params) -> Finding:
    by, level = quality.by, ((quality.by, apart.highest),)
    columns = (quality.column, by) if quality.column else (by,)
    shares = quality.kind != "length_mean"
    copied = quality.kind == "duplicate_share"
    warned = copied and (apart.gap.low or 0.0) > params.warning_gap
    p = quality.p_value
    test = "chi-square" if shares else "welch"
    return Finding(
        check="unequal-quality",
        severity=Severity.WARNING if warned else Severity.NOTICE,
        title=_title(report, quality, apart),
        why=_WHY[quality.kind],
        columns=columns,
        group=level,
        measures=(
            apart.gap.measure(columns),
            apart.high.measure(columns, level),
            apart.low.measure(columns, ((by, apart.lowest),)),
        ),
        caveats=(
            *(
                (f"All groups: {p_value(p)} ({test}; benjamini-hochberg).",)
                if p is not None
                else ()
            ),
            *((_OF_ALL_ROWS,) if quality.kind == "outlier_share" else ()),
        ),
        suggestions=(Step(remedy="drop-duplicates"),) if copied else (),
        rows=rows_of_level(report, by, apart.highest),
    )


def _title(report: Representation, quality: Quality, apart: Spread) -> str:
    high, low = (group_name(report, ((quality.by, n),)) for n in (apart.highest, apart.lowest))
    ends = (apart.gap.low, apart.gap.high)
    if quality.kind == "length_mean":
        return (
            f"{quoted(str(quality.column))} has {number(apart.high.value)} characters on average "
            f"for {high} and {number(apart.low.value)} for {low} (gap {number(apart.gap.value)}"
            f"{interval(*ends, number)})"
        )
    both = f"{percent(apart.high.value)} of {high} and {percent(apart.low.value)} of {low}"
    apart_by = f"(gap {gap(apart.gap.value or 0.0)}{interval(*ends, gap)})"
    if quality.kind == "duplicate_share":
        return f"Copies of an earlier row are {both} {apart_by}"
    return f"{quoted(str(quality.column))} is an outlier for {both} {apart_by}"
