"""The quasi-identifier that makes most rows findable."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import percent
from audit.judging.risk import numbers, worst_driver
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Severity, Step
from audit.registry import Settings, check
from audit.reports.reidentification.values import Driver, Reidentification, Risk


class Params(Settings):
    """When a column drives the risk."""

    least_part: float = Field(
        0.5, gt=0, le=1, description="Part of the unique rows that are so by this column alone."
    )
    least_share: float = Field(
        0.01, gt=0, le=1, description="Share of unique rows below which nothing is told."
    )


@check("risk-driver", title="What drives the risk", topic="privacy")
def risk_driver(report: Reidentification, params: Params) -> Iterator[Finding]:
    """Report the quasi-identifier without which most unique rows would not be unique.

    Measured by leaving each column out. To make that column coarser, or to drop it, buys
    more than to touch any other; the page lets one try.
    """
    risk, name = report.risk, worst_driver(report)
    driver = next((d for d in report.drivers if d.column == name), None)
    if risk is None or driver is None or driver.without is None:
        return
    if not _drives(risk, driver.without, params):
        return
    yield _finding(report, risk, driver, driver.without)


def _drives(risk: Risk, without: Risk, params: Params) -> bool:
    enough = risk.rows and risk.uniques / risk.rows >= params.least_share
    return bool(enough) and (risk.uniques - without.uniques) / risk.uniques >= params.least_part


def _finding(report: Reidentification, risk: Risk, driver: Driver, without: Risk) -> Finding:
    before, after = risk.uniques / risk.rows, without.uniques / without.rows
    return Finding(
        check="risk-driver",
        severity=Severity.NOTICE,
        title=(
            f"{quoted(driver.column)} makes most rows findable: without it {percent(after)} of the "
            f"rows are unique instead of {percent(before)}"
        ),
        why="To make this column coarser protects more people than to change any other.",
        columns=(driver.column,),
        measures=numbers(report, "sample_uniques"),
        suggestions=(
            Step(remedy="generalize", params=(("column", driver.column),)),
            on_columns("drop-columns", driver.column),
        ),
    )
