"""Keys, tokens and passwords in the data."""

from collections.abc import Iterator

from pydantic import Field

from audit.judging.choice import capped
from audit.judging.privacy import few, is_secret, kinds, measures_of, rows_of, scan_caveats
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Severity, Step
from audit.registry import Settings, check
from audit.reports.pii.values import Found, PersonalData, ScannedColumn


class Params(Settings):
    """How sure a secret must be."""

    least_score: float = Field(
        0.5, ge=0, le=1, description="Mean score of the hits from which a secret is told."
    )
    most_findings: int = Field(20, ge=1, description="More columns than this are counted.")


@check("secrets", title="Secrets", topic="privacy")
def secrets(report: PersonalData, params: Params) -> Iterator[Finding]:
    """Report columns in which keys, tokens, passwords or private keys stand.

    A secret that is in a dataset has leaked already: whoever had the data may have used it.
    One is enough for a critical finding.
    """
    cases = [c for c in report.columns if _told(c, params)]
    yield from capped(cases, params.most_findings, lambda c: _finding(c, params), "column")


def _told(column: ScannedColumn, params: Params) -> list[Found]:
    return [f for f in column.found if is_secret(f.entity) and f.score >= params.least_score]


def _finding(column: ScannedColumn, params: Params) -> Finding:
    found = _told(column, params)
    ids = tuple(f.entity for f in found)
    looked = few(max(f.rows or 0 for f in found))
    redact = (("columns", (column.column,)), ("entities", ids), ("mode", "tag"))
    return Finding(
        check="secrets",
        severity=Severity.CRITICAL,
        title=f"{quoted(column.title)} holds secrets: {kinds(ids)} in {looked} looked at",
        why="Whoever has the data can use them: revoke them first, then take them out.",
        columns=(column.column,),
        group=(("place", column.place),) if column.place else (),
        measures=measures_of(column, found),
        caveats=scan_caveats((column,)),
        suggestions=(
            Step(remedy="redact-pii", params=redact),
            on_columns("drop-columns", column.column),
        ),
        rows=rows_of(column, found),
    )
