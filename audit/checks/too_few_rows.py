"""A table with so few rows that little can be said."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted
from audit.model import Finding, Measure, Severity
from audit.registry import Settings, check
from audit.reports.distribution.values import Distribution


class Params(Settings):
    """How many rows are few."""

    notice_rows: int = Field(1000, ge=1, description="Fewer rows than this are noticed.")
    warning_rows: int = Field(
        100, ge=1, description="Fewer rows than this are a warning: no group can be judged."
    )


@check("too-few-rows", title="Too few rows", topic="size")
def too_few_rows(report: Distribution, params: Params) -> Iterator[Finding]:
    """Report a table with fewer rows than figures about its groups would need.

    At 1,000 rows the 95% interval of a share of one half is 6 points wide, at 100 rows 20
    points; groups, which have fewer rows than the table, fare worse.
    """
    if not 0 < report.rows < max(params.notice_rows, params.warning_rows):
        return
    few = report.rows < params.warning_rows
    width = 2 * 1.959964 * (0.25 / report.rows) ** 0.5
    yield Finding(
        check="too-few-rows",
        severity=Severity.WARNING if few else Severity.NOTICE,
        title=f"The table has {counted(report.rows, 'row')}",
        why=(
            f"A share of one half is known to within {min(width, 1) * 100:.0f} points only, "
            "and differences between groups less well."
        ),
        measures=(Measure(name="rows", value=report.rows, unit="rows", n=report.rows),),
    )
