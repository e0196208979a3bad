"""Combinations of values that hardly any row has."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import Field

from audit.judging.choice import capped
from audit.judging.groups import group_name, is_personal, is_real
from audit.judging.words import listed, quoted, some, wanting
from audit.model import Finding, Measure, RoleMap, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.representation.part_values import Coverage, Uncovered
from audit.reports.representation.values import Representation

_WHY = "There is too little to learn such rows from, and no test would tell how they fare."


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
    first, and what is not listed is counted in the last finding. Several values of one column
    are one finding.
    """
    coverage = report.coverage
    if coverage is None:
        return
    patterns = [
        pattern
        for pattern in coverage.patterns
        if is_real(pattern.levels) and not is_personal(tuple(c for c, _ in pattern.levels), roles)
    ]
    alone = Counter(p.levels[0][0] for p in patterns if len(p.levels) == 1)
    many = {column for column, n in alone.items() if n > 1}
    for column in sorted(many):
        mine = [p for p in patterns if len(p.levels) == 1 and p.levels[0][0] == column]
        yield _of_column(report, coverage, mine, params)
    unlisted = max(0, coverage.total - len(coverage.patterns))
    yield from capped(
        [p for p in patterns if len(p.levels) > 1 or p.levels[0][0] not in many],
        max(1, params.most_findings - len(many)),
        lambda pattern: _finding(report, coverage, pattern, params),
        "combination",
        unlisted=unlisted,
    )


def _of_column(
    report: Representation, coverage: Coverage, patterns: Sequence[Uncovered], params: Params
) -> Finding:
    """Tell the values of one column that too few rows have, all in one finding."""
    column = patterns[0].levels[0][0]
    n = sum(pattern.n for pattern in patterns)
    names = listed([name for pattern in patterns for _, name in pattern.levels])
    return Finding(
        check="uncovered-pattern",
        severity=Severity.NOTICE if params.warning_columns < 1 else Severity.WARNING,
        title=(
            f"{names} of {quoted(column)} have fewer than {coverage.min_cell:,} rows each "
            f"({some(n)} of {report.rows:,} rows together): too few to learn and to test"
        ),
        why=_WHY,
        columns=(column,),
        measures=tuple(_measure(report, pattern) for pattern in patterns[: params.most_findings]),
        caveats=(coverage.note,) if coverage.note else (),
        suggestions=(Step(remedy="generalize", params=(("column", column),)),),
        rows=Where(tests=tuple(t for p in patterns for t in p.where.tests), any=True)
        if n
        else None,
    )


def _measure(report: Representation, pattern: Uncovered) -> Measure:
    return Measure(
        name="uncovered_rows",
        value=pattern.n,
        unit="rows",
        n=report.rows,
        columns=tuple(c for c, _ in pattern.levels),
        group=pattern.levels,
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
        why=_WHY,
        columns=columns,
        group=pattern.levels,
        measures=(_measure(report, pattern),),
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
