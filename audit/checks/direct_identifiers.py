"""Columns whose values say who somebody is."""

from collections.abc import Iterator

from pydantic import Field

from audit.judging.privacy import in_rows, kinds, measures_of, scan_caveats
from audit.judging.words import on_columns, quoted
from audit.model import Finding, Severity, Step
from audit.pii.catalogue import entity
from audit.registry import Settings, check
from audit.reports.pii.values import Found, PersonalData, ScannedColumn

_NEARLY_ALL = 0.9
"""Share of the rows with a value from which what was found is told as how much there is."""


class Params(Settings):
    """How sure a column must be of one kind."""

    least_score: float = Field(
        0.5, ge=0, le=1, description="Score of the verdict from which a column is told."
    )


@check("direct-identifiers", title="Direct identifiers", topic="privacy")
def direct_identifiers(report: PersonalData, params: Params) -> Iterator[Finding]:
    """Report columns that are made of one kind of personal data that identifies by itself.

    Names, addresses and contact data are a warning; official and financial numbers (a
    social security number, a card) are critical. Secrets have a check of their own. The
    verdict rests on the values, the name and the type of the column together.
    """
    for column in report.columns:
        verdict = column.verdict
        if verdict.holds != "identifiers" or verdict.entity is None:
            continue
        kind = entity(verdict.entity)
        if not kind.direct or kind.family == "secret" or verdict.score < params.least_score:
            continue
        yield _finding(column, kind.id)


def _finding(column: ScannedColumn, kind: str) -> Finding:
    own = column.of(kind)
    name = column.column
    official = entity(kind).family == "number"
    held = f" {in_rows(own)}" if own and _in_nearly_all(column, own) else ""
    return Finding(
        check="direct-identifiers",
        severity=Severity.CRITICAL if official else Severity.WARNING,
        title=f"{quoted(column.title)} holds personal data that identifies: {kinds((kind,))}{held}",
        why=(
            "Whoever gets the data knows whose row it is, and a model trained on it can repeat it."
        ),
        columns=(name,),
        group=(("place", column.place),) if column.place else (),
        measures=measures_of(column, (own,) if own else ()),
        caveats=(*column.verdict.reasons, *scan_caveats((column,))),
        suggestions=_steps(column, kind),
    )


def _in_nearly_all(column: ScannedColumn, own: Found) -> bool:
    """Whether the hits are the whole of the column.

    A search finds a third of the rare surnames in a column of surnames: to tell that share would
    say that the others are none.
    """
    held = (own.share.value or 0.0) * (own.share.n or 0)
    return held >= _NEARLY_ALL * column.rows


def _steps(column: ScannedColumn, kind: str) -> tuple[Step, ...]:
    name = column.column
    if column.place:
        return (_redacted(column, kind), on_columns("drop-columns", name))
    return (
        on_columns("drop-columns", name),
        on_columns("pseudonymize", name),
        on_columns("hash-keyed", name),
        on_columns("mask", name),
    )


def _redacted(column: ScannedColumn, kind: str) -> Step:
    params = (("columns", (column.column,)), ("entities", (kind,)), ("mode", "tag"))
    return Step(remedy="redact-pii", params=params)
