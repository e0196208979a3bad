"""What of the report may leave the workspace: nothing that points at a person."""

from dataclasses import replace

from audit.model import RoleMap
from audit.reports.pii.values import Found, PersonalData, RepeatedTexts, Repeats, ScannedColumn
from audit.reports.representation.hiding import SMALLEST_COUNT

FEW = f"Fewer than {SMALLEST_COUNT} rows hold it: they may point at a person."


def shareable(report: PersonalData, roles: RoleMap) -> PersonalData:
    """Leave out row numbers, and the numbers of what few rows hold.

    A kind that fewer than :data:`SMALLEST_COUNT` rows hold is still told, with a share that is
    not given and no counts. Examples are shapes, of which nothing can be read; those of few
    rows go as well.
    """
    del roles
    repeats = tuple(r for r in map(_repeats, report.repeats) if r is not None)
    texts = tuple(t for t in map(_texts, report.texts) if t is not None)
    gone = len(report.repeats) + len(report.texts) - len(repeats) - len(texts)
    notes = (f"What repeats in fewer than {SMALLEST_COUNT} rows is left out ({gone}).",)
    return replace(
        report,
        columns=tuple(_column(c) for c in report.columns),
        repeats=repeats,
        texts=texts,
        notes=(*report.notes, *(notes if gone else ())),
    )


def _is_few(n: int | None) -> bool:
    return n is not None and 0 < n < SMALLEST_COUNT


def _column(column: ScannedColumn) -> ScannedColumn:
    return replace(column, found=tuple(map(_found, column.found)))


def _found(found: Found) -> Found:
    if not _is_few(found.rows):
        return replace(found, row_numbers=())
    return replace(
        found,
        share=replace(found.share, value=None, low=None, high=None, reason=FEW),
        rows=None,
        hits=None,
        values=None,
        validated=None,
        examples=(),
        row_numbers=(),
    )


def _repeats(repeats: Repeats) -> Repeats | None:
    """Give what repeats without small counts; None where nothing repeats often enough."""
    if _is_few(repeats.most):
        return None
    return replace(
        repeats,
        times=tuple((t, values, rows) for t, values, rows in repeats.times if not _is_few(rows)),
        examples=tuple((masked, n) for masked, n in repeats.examples if not _is_few(n)),
        row_numbers=(),
    )


def _texts(texts: RepeatedTexts) -> RepeatedTexts | None:
    """Give the sets of texts; None where one of their counts is small."""
    if any(map(_is_few, (texts.exact_rows, texts.near_rows, texts.largest))):
        return None
    return replace(texts, row_numbers=())
