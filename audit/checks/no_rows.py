"""A table without rows."""

from collections.abc import Iterator

from audit.model import Finding, Measure, Severity
from audit.registry import NoSettings, check
from audit.reports.distribution.values import Distribution


@check("no-rows", title="No rows", topic="size")
def no_rows(report: Distribution, params: NoSettings) -> Iterator[Finding]:
    """Report a table that holds no rows at all.

    Every other check would be silent on it, and silence must not read as a pass.
    """
    del params
    if report.rows:
        return
    n_columns = len(report.columns)
    yield Finding(
        check="no-rows",
        severity=Severity.CRITICAL,
        title="The table has no rows",
        why="Nothing can be measured, so that nothing has passed either.",
        measures=(
            Measure(name="rows", value=0, unit="rows", n=0),
            Measure(name="columns", value=n_columns, unit="columns", n=0),
        ),
        caveats=("See the load report for records that were rejected or skipped.",),
    )
