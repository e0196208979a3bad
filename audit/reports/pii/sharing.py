"""What of the report may leave the workspace: nothing that points at a person."""

from dataclasses import replace

from audit.model import RoleMap
from audit.reports.pii.values import Found, PersonalData, RepeatedTexts, Repeats, ScannedColumn
from audit.reports.representation.hiding import SMALLEST_COUNT

FEW = f"Fewer than {SMALLEST_COUNT} rows hold it: they may point at a person."


def shareable(report: PersonalData, roles: RoleMap) -> PersonalData:
    """Leave out row numbers, and the numbers of what few rows hold.

    A kind that fewer than :data:`SMALLEST_COUNT` rows hold is still told, with a share that is
    not given and counts of 0. Examples are shapes, of which nothing can be read; those of few
    rows go as well.
    """
    del roles
    return replace(
        report,
        columns=tuple(_column(c) for c in report.columns),
        repeats=tuple(_repeats(r) for r in report.repeats),
        texts=tuple(t for t in map(_texts, report.texts) if t is not None),
    )


def _is_few(n: int) -> bool:
    return 0 < n < SMALLEST_COUNT


def _shown(n: int) -> int:
    return 0 if _is_few(n) else n


def _column(column: ScannedColumn) -> ScannedColumn:
    return replace(column, found=tuple(map(_found, column.found)))


def _found(found: Found) -> Found:
    if not _is_few(found.rows):
        return replace(found, row_numbers=())
    return replace(
        found,
        share=replace(found.share, value=None, low=None, high=None, reason=FEW),
        rows=0,
        hits=0,
        values=0,
        validated=0,
        examples=(),
        row_numbers=(),
    )


def _repeats(repeats: Repeats) -> Repeats:
    return replace(
        repeats,
        times=tuple((t, values, rows) for t, values, rows in repeats.times if not _is_few(rows)),
        most=_shown(repeats.most),
        examples=tuple((masked, n) for masked, n in repeats.examples if not _is_few(n)),
        row_numbers=(),
    )


def _texts(texts: RepeatedTexts) -> RepeatedTexts | None:
    """Give the sets of texts without small counts; None where all of them together are few."""
    if _is_few(texts.exact_rows + texts.near_rows):
        return None
    exact, near = _is_few(texts.exact_rows), _is_few(texts.near_rows)
    return replace(
        texts,
        exact_groups=0 if exact else texts.exact_groups,
        exact_rows=_shown(texts.exact_rows),
        near_groups=0 if near else texts.near_groups,
        near_rows=_shown(texts.near_rows),
        largest=_shown(texts.largest),
        row_numbers=(),
    )
