"""Rows that are exact copies of another row."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.model import Finding, Measure, RowTest, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.distribution.values import Distribution


class Params(Settings):
    """From which share on copies matter."""

    notice_share: float = Field(
        0.0, ge=0, le=1, description="Share of copies above which the table is noticed."
    )
    warning_share: float = Field(
        0.01, ge=0, le=1, description="Share of copies from which it is a warning."
    )
    critical_share: float = Field(
        0.2, ge=0, le=1, description="Share of copies from which it is critical."
    )


@check("duplicate-rows", title="Exact duplicates")
def duplicate_rows(report: Distribution, params: Params) -> Iterator[Finding]:
    """Report rows that equal an earlier row in every column.

    The first row of each set is not counted. Where the columns have fewer combinations of
    values than the table has rows, copies are bound to occur: then it is an information only.
    """
    copies = report.duplicate_rows
    share = copies / report.rows if report.rows else 0.0
    if not copies or share <= params.notice_share:
        return
    possible = _combinations(report)
    bound = possible < report.rows
    verb = "is an exact copy" if copies == 1 else "are exact copies"
    yield Finding(
        check="duplicate-rows",
        severity=Severity.INFO if bound else _severity(share, params),
        title=f"{copies:,} of {counted(report.rows, 'row')} {verb} of an earlier row ({percent(share)})",
        why=(
            "A row that occurs twice weighs twice, and a copy in both training and test data "
            "makes a model look better than it is."
        ),
        measures=(
            Measure(name="duplicate_rows", value=copies, unit="rows", n=report.rows),
            Measure(name="duplicate_share", value=share, unit="share", n=report.rows),
        ),
        caveats=_caveats(report, bound=bound, possible=possible),
        suggestions=() if bound else (Step(remedy="drop-duplicates", params=(("keep", "first"),)),),
        rows=Where(tests=(RowTest(op="repeat"),)),
    )


def _severity(share: float, params: Params) -> Severity:
    if share >= params.critical_share:
        return Severity.CRITICAL
    return Severity.WARNING if share >= params.warning_share else Severity.NOTICE


def _combinations(report: Distribution) -> int:
    """Count the different rows that these values allow; stops once there are enough."""
    possible = 1
    for column in report.columns:
        possible *= max(1, column.distinct + (1 if column.missing else 0))
        if possible >= report.rows:
            break
    return possible


def _caveats(report: Distribution, *, bound: bool, possible: int) -> tuple[str, ...]:
    if bound:
        return (
            f"The columns allow {counted(possible, 'different row')} only, "
            "so that copies are bound to occur.",
        )
    if not report.keys:
        return ("No column tells rows apart: equal rows may be different people.",)
    return ()
