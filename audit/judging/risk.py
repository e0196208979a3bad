"""What several checks say of re-identification."""

from audit.format import counted, percent
from audit.judging.privacy import few
from audit.judging.words import SMALL, listed
from audit.model import Measure, Step, Where
from audit.reports.reidentification.values import Reidentification

_MOST_NAMED = 6
_MOST_LOST = 0.25
"""Share of the rows that a suggestion may take away: in one click, a table could be gone."""


def by_columns(report: Reidentification) -> str:
    """Say by which columns, to begin a sentence: 'By “age”, “sex” and “zip”'."""
    return f"By {listed(report.columns, most=_MOST_NAMED)}"


def part_of(n: int, rows: int) -> str:
    """Write how many of the rows: '1,204 rows of 48,842'; few of them without their number.

    Examples
    --------
    >>> part_of(7, 7), part_of(3, 7), part_of(3, 400), part_of(40, 400)
    ('all 7 rows', 'some of 7 rows', 'fewer than 10 rows of 400', '40 rows of 400')
    """
    if n == rows:
        return f"all {counted(rows, 'row')}"
    return f"some of {rows:,} rows" if rows < SMALL else f"{few(n)} of {rows:,}"


def numbers(report: Reidentification, *names: str) -> tuple[Measure, ...]:
    """Give the measures of the report with these names, in their order, of no attribute."""
    known = [m for m in report.measures() if m.columns == report.columns]
    return tuple(m for name in names for m in known if m.name == name)


def rows_below(report: Reidentification, k: int) -> Where | None:
    """Give the rows of classes of fewer than ``k``, where all of them are known.

    Known are rows of the smallest classes: no others may be below.
    """
    if report.smallest is None or report.risk is None:
        return None
    (test,) = report.smallest.tests
    return report.smallest if len(test.values) == report.risk.rows_below(k) else None


def caveats(report: Reidentification) -> tuple[str, ...]:
    """Say how missing quasi-identifiers were read, and what a population makes of the risk."""
    found = report.population
    if found is None or found.journalist_max is None:
        return missing_caveats(report)
    highest, average = percent(found.journalist_max), percent(found.journalist_average)
    return (
        *missing_caveats(report),
        f"For somebody who does not know who is in the data, the population of {found.name} makes "
        f"the chance {highest} at the most and {average} on average.",
    )


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
    own = (("columns", report.columns), ("k", k))
    few = report.risk is not None and report.risk.rows_below(k) <= _MOST_LOST * report.rows
    return (
        *coarser,
        Step(remedy="k-anonymize", params=own),
        *((Step(remedy="suppress", params=own),) if few else ()),
    )


def worst_driver(report: Reidentification) -> str | None:
    """Name the quasi-identifier without which the fewest rows are unique; None of one alone."""
    known = [(d.without.uniques, d.without.classes, d.column) for d in report.drivers if d.without]
    return min(known)[2] if known else None
