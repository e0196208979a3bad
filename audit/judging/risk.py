"""What several checks say of re-identification."""

from audit.format import counted
from audit.judging.words import listed
from audit.model import Measure, Step, Where
from audit.reports.reidentification.values import Reidentification

_MOST_NAMED = 6


def by_columns(report: Reidentification) -> str:
    """Say by which columns, to begin a sentence: 'By “age”, “sex” and “zip”'."""
    return f"By {listed(report.columns, most=_MOST_NAMED)}"


def numbers(report: Reidentification, *names: str) -> tuple[Measure, ...]:
    """Give the measures of the report with these names, in their order, of no attribute."""
    known = [m for m in report.measures() if m.columns == report.columns]
    return tuple(m for name in names for m in known if m.name == name)


def smallest_rows(report: Reidentification) -> Where | None:
    """Give the rows of the smallest classes where all of them are known."""
    if report.smallest is None or report.risk is None:
        return None
    (test,) = report.smallest.tests
    return report.smallest if len(test.values) == report.risk.uniques else None


def missing_caveats(report: Reidentification) -> tuple[str, ...]:
    """Say how missing quasi-identifiers were read, where there are any."""
    if not report.rows_with_missing:
        return ()
    rule = {
        "value": "count as a value of their own",
        "wildcard": "are taken to fit any value",
    }[report.missing]
    rows = counted(report.rows_with_missing, "row")
    return (f"Missing quasi-identifiers {rule}; this touches {rows}.",)


def steps(report: Reidentification, k: int) -> tuple[Step, ...]:
    """Suggest what makes classes larger: coarser values of what drives the risk, then the rest."""
    driver = worst_driver(report)
    coarser = (Step(remedy="generalize", params=(("column", driver),)),) if driver else ()
    return (
        *coarser,
        Step(remedy="k-anonymize", params=(("columns", report.columns), ("k", k))),
        Step(remedy="suppress", params=(("columns", report.columns), ("k", k))),
    )


def worst_driver(report: Reidentification) -> str | None:
    """Name the quasi-identifier without which the fewest rows are unique; None of one alone."""
    known = [(d.without.uniques, d.without.classes, d.column) for d in report.drivers if d.without]
    return min(known)[2] if known else None
