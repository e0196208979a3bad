"""What was not looked at in the search for personal data."""

from collections.abc import Iterator

from pydantic import Field

from audit.format import counted, cut
from audit.judging.privacy import scan_caveats
from audit.judging.words import listed
from audit.model import Finding, Severity
from audit.registry import Settings, check
from audit.reports.pii.values import PersonalData, ScannedColumn

_WHOLE = "could not be looked at whole"
_SAMPLED = "{were} looked at in a sample only"


class Params(Settings):
    """How much is listed."""

    most_columns: int = Field(20, ge=1, description="Columns that are listed one by one.")


@check("incomplete-scan", title="Not looked at", topic="privacy")
def incomplete_scan(report: PersonalData, params: Params) -> Iterator[Finding]:
    """Report columns of which values were not looked at: they are not clean, they are unknown.

    Values on which a pattern took too long, texts that are too long, and columns that could
    not be searched at all are a notice. That only a sample was looked at is said too, as an
    information: a full scan is one click away.
    """
    lost = [c for c in report.columns if _lost(c)]
    if lost:
        yield _finding(report, lost, params, Severity.NOTICE, _WHOLE)
    sampled = [c for c in report.columns if c not in lost and c.values_scanned < c.values]
    if sampled:
        yield _finding(report, sampled, params, Severity.INFO, _SAMPLED)


def _lost(column: ScannedColumn) -> bool:
    return bool(column.timed_out or column.cut or column.skipped) or (
        column.verdict.holds == "unknown" and column.rows > 0
    )


def _finding(
    report: PersonalData,
    columns: list[ScannedColumn],
    params: Params,
    severity: Severity,
    what: str,
) -> Finding:
    names = tuple(dict.fromkeys(c.column for c in columns))
    shown = columns[: params.most_columns]
    told = what.format(were="was" if len(names) == 1 else "were")
    return Finding(
        check="incomplete-scan",
        severity=severity,
        title=f"{counted(len(names), 'column')} {told}: {listed(names)}",
        why="Where nobody looked there may be personal data: that is not the same as none.",
        columns=names,
        group=(("kind", "sample" if severity is Severity.INFO else "not looked at"),),
        caveats=(*scan_caveats(shown), *(cut(n, 300) for n in report.notes)),
    )
