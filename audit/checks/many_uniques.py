"""Rows that are like no other."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, percent
from audit.judging.risk import by_columns, caveats, numbers, steps
from audit.model import Finding, Severity
from audit.registry import Settings, check
from audit.reports.reidentification.values import Reidentification, Risk

_ENOUGH = 5


class Params(Settings):
    """How many unique rows are too many."""

    warning_share: float = Field(
        0.05, gt=0, le=1, description="Share of unique rows from which it is a warning."
    )
    critical_share: float = Field(
        0.2, gt=0, le=1, description="Share of unique rows from which it is critical."
    )


@check("many-uniques", title="Unique rows", topic="privacy")
def many_uniques(report: Reidentification, params: Params) -> Iterator[Finding]:
    """Report quasi-identifiers by which a large share of the rows is unique.

    A row that is unique in the data belongs to one person: whoever knows the
    quasi-identifiers of somebody who is in it finds the row for certain. If the data is a
    sample, others outside may share the values: the risk is then lower.
    """
    risk = report.risk
    if risk is None or not risk.rows:
        return
    share = risk.uniques / risk.rows
    if share < params.warning_share:
        return
    yield Finding(
        check="many-uniques",
        severity=Severity.CRITICAL if share >= params.critical_share else Severity.WARNING,
        title=f"{by_columns(report)}, {_unique(risk)}",
        why="Who knows these things of a person in the data finds a unique row for certain.",
        columns=report.columns,
        measures=numbers(report, "sample_uniques", "prosecutor_average"),
        caveats=caveats(report),
        suggestions=steps(report, _ENOUGH),
    )


def _unique(risk: Risk) -> str:
    if risk.uniques == risk.rows:
        return f"every row is unique ({counted(risk.rows, 'row')})"
    return f"{percent(risk.uniques / risk.rows)} of {risk.rows:,} rows are unique"
