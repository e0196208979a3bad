"""Combinations of values that hardly any row has."""

from collections.abc import Iterator

from pydantic import Field

from audit.judging.choice import capped
from audit.judging.groups import group_name, is_personal, is_real
from audit.judging.words import some, wanting
from audit.model import Finding, Measure, RoleMap, Severity, Step
from audit.registry import Settings, check
from audit.reports.representation.values import Coverage, Representation, Uncovered


class Params(Settings):
    """How many gaps are listed."""

    warning_columns: int = Field(
        1, ge=0, description="A gap that names at most so many columns is a warning."
    )
    most_findings: int = Field(10, ge=1, description="More combinations than this are counted.")


@check("uncovered-pattern", title="Uncovered combinations", topic="representation")
def uncovered_pattern(report: Representation, roles: RoleMap, params: Params) -> Iterator[Finding]:
    """Report the most general combinations of values that too few rows have.

    How many rows are enough is an option of the report (``min_cell``). A combination that is
    part of a more general one with too few rows is not told again; the most general come
    first, and what is not listed is counted in the last finding.
    """
    coverage = report.coverage
    if coverage is None:
        return
    patterns = [
        pattern
        for pattern in coverage.patterns
        if is_real(pattern.levels) and not is_personal(tuple(c for c, _ in pattern.levels), roles)
    ]
    unlisted = max(0, coverage.total - len(coverage.patterns))
    yield from capped(
        patterns,
        params.most_findings,
        lambda pattern: _finding(report, coverage, pattern, params),
        "combination",
        unlisted=unlisted,
    )


def _finding(
    report: Representation, coverage: Coverage, pattern: Uncovered, params: Params
) -> Finding:
    columns = tuple(c for c, _ in pattern.levels)
    name = group_name(report, pattern.levels)
    several = len(columns) > 1
    rows = f"{some(pattern.n).capitalize()} rows are" if pattern.n else "No row is"
    return Finding(
        check="uncovered-pattern",
        severity=Severity.NOTICE if len(columns) > params.warning_columns else Severity.WARNING,
        title=f"{rows} {name}; {coverage.min_cell:,} are needed to learn and to test",
        why="There is too little to learn such rows from, and no test would tell how they fare.",
        columns=columns,
        group=pattern.levels,
        measures=(
            Measure(
                name="uncovered_rows",
                value=pattern.n,
                unit="rows",
                n=report.rows,
                columns=columns,
                group=pattern.levels,
            ),
        ),
        caveats=(
            wanting(pattern.n, coverage.min_cell),
            *(("A combination that cannot occur needs no rows.",) if several else ()),
            *((coverage.note,) if coverage.note else ()),
        ),
        # Rows can be drawn again where there are some; from none nothing can be made.
        suggestions=(
            (Step(remedy="resample", params=(("by", columns), ("target", "equal"))),)
            if pattern.n
            else ()
        ),
        rows=pattern.where if pattern.n else None,
    )
