"""Values that are missing more often in one group than in another."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import percent
from audit.judging.choice import capped
from audit.judging.groups import group_name, is_personal, level_of
from audit.judging.spread import Spread, spread
from audit.judging.words import gap, interval, on_columns, p_value, quoted
from audit.model import Finding, RoleMap, RowTest, Severity, Where
from audit.registry import Settings, check
from audit.reports.representation.part_values import Quality
from audit.reports.representation.values import Representation


class Params(Settings):
    """From where on a gap in missing values is told."""

    notice_gap: float = Field(
        0.03, gt=0, lt=1, description="Difference of missing shares that is noticed."
    )
    warning_gap: float = Field(0.1, gt=0, lt=1, description="The same, from a warning on.")
    most_p: float = Field(
        0.05, gt=0, le=1, description="Corrected p-value up to which groups differ at all."
    )
    most_findings: int = Field(10, ge=1, description="More gaps than this are counted.")


@check("unequal-missingness", title="Missing values by group", topic="representation")
def unequal_missingness(
    report: Representation, roles: RoleMap, params: Params
) -> Iterator[Finding]:
    """Report columns that miss values much more often in one group than in another.

    Of each column and each sensitive column the two groups that are furthest apart are
    compared. The whole interval of the gap must lie above a threshold, and the test of all
    groups together must tell it from chance.
    """
    cases = [
        (quality, apart)
        for quality in report.quality
        if quality.kind == "missing_share"
        and not is_personal((quality.by,), roles)
        and (quality.p_value or 0.0) <= params.most_p
        and (apart := spread(quality, report.min_group))
        and (apart.gap.low or 0.0) > params.notice_gap
    ]
    cases.sort(key=lambda case: (-(case[1].gap.low or 0.0), case[0].by, case[0].column or ""))
    yield from capped(
        cases, params.most_findings, lambda case: _finding(report, *case, params), "gap"
    )


def _finding(report: Representation, quality: Quality, apart: Spread, params: Params) -> Finding:
    column, by = str(quality.column), quality.by
    names = (group_name(report, ((by, level),)) for level in (apart.highest, apart.lowest))
    high, low = (
        f"{percent(e.value)} of {name}"
        for e, name in zip((apart.high, apart.low), names, strict=True)
    )
    level = level_of(report, by, apart.highest)
    warned = (apart.gap.low or 0.0) > params.warning_gap
    p = quality.p_value
    return Finding(
        check="unequal-missingness",
        severity=Severity.WARNING if warned else Severity.NOTICE,
        title=(
            f"{quoted(column)} is missing for {high} and for {low} (gap "
            f"{gap(apart.gap.value or 0.0)}{interval(apart.gap.low, apart.gap.high, gap)})"
        ),
        why=(
            "Dropping rows with gaps drops that group, and filling them fits it worse; that a "
            "value is missing gives the group away."
        ),
        columns=(column, by),
        group=((by, apart.highest),),
        measures=(
            apart.gap.measure((column, by)),
            apart.high.measure((column, by), ((by, apart.highest),)),
            apart.low.measure((column, by), ((by, apart.lowest),)),
        ),
        caveats=(
            *(
                (f"All groups: {p_value(p)} (chi-square; benjamini-hochberg).",)
                if p is not None
                else ()
            ),
        ),
        suggestions=(on_columns("drop-columns", column),),
        rows=(
            Where(tests=(level.test, RowTest(op="missing", columns=(column,)))) if level else None
        ),
    )
