"""Personal data within texts, and in values that are otherwise something else."""

from collections.abc import Iterator

from pydantic import Field

from audit.judging.choice import capped
from audit.judging.privacy import (
    in_rows,
    is_direct,
    is_secret,
    kinds,
    measures_of,
    rows_of,
    scan_caveats,
)
from audit.judging.words import quoted
from audit.model import Finding, Severity, Step
from audit.registry import Settings, check
from audit.reports.pii.values import Found, PersonalData, ScannedColumn


class Params(Settings):
    """From which share on it is a warning."""

    warning_share: float = Field(
        0.01, ge=0, le=1, description="Share of rows with direct identifiers that is a warning."
    )
    notice_share: float = Field(
        0.0, ge=0, lt=1, description="Share of rows above which it is told at all."
    )
    most_findings: int = Field(20, ge=1, description="More columns than this are counted.")


@check("pii-in-text", title="Personal data in texts", topic="privacy")
def pii_in_text(report: PersonalData, params: Params) -> Iterator[Finding]:
    """Report columns of text, or of other values, in which some values hold personal data.

    One finding a column, with the kinds in it, the most frequent first. Places and
    organisations alone identify nobody: they are told as a notice. Secrets have a
    check of their own.
    """
    cases = [c for c in report.columns if c.verdict.holds in ("text", "some") and _told(c, params)]
    cases.sort(key=lambda c: (-_severity(_told(c, params), params), -_most(_told(c, params))))
    yield from capped(cases, params.most_findings, lambda c: _finding(c, params), "column")


def _told(column: ScannedColumn, params: Params) -> list[Found]:
    found = [f for f in column.found if not is_secret(f.entity)]
    return [f for f in found if f.rows and (f.share.value or 0.0) > params.notice_share]


def _most(found: list[Found]) -> float:
    return max((f.share.value or 0.0 for f in found), default=0.0)


def _severity(found: list[Found], params: Params) -> Severity:
    direct = [f for f in found if is_direct(f)]
    enough = direct and _most(direct) >= params.warning_share
    return Severity.WARNING if enough else Severity.NOTICE


def _finding(column: ScannedColumn, params: Params) -> Finding:
    found = _told(column, params)
    # A kind that identifies goes before a place that half of the texts name.
    found.sort(key=lambda f: (not is_direct(f), -(f.share.value or 0.0), f.entity))
    ids = tuple(f.entity for f in found)
    redact = (("columns", (column.column,)), ("entities", ids), ("mode", "tag"))
    return Finding(
        check="pii-in-text",
        severity=_severity(found, params),
        title=f"{quoted(column.title)} holds {kinds(ids)} (the first {in_rows(found[0])})",
        why="Texts are where personal data hides, and language models learn them word by word.",
        columns=(column.column,),
        group=(("place", column.place),) if column.place else (),
        measures=measures_of(column, found),
        caveats=scan_caveats((column,)),
        suggestions=(Step(remedy="redact-pii", params=redact),),
        rows=rows_of(column, found),
    )
