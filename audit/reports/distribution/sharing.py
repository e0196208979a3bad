"""What of a distribution may leave the workspace: nothing that points at one person."""

from dataclasses import replace

from audit.model import Role, RoleMap
from audit.reports.distribution.values import Column, Distribution, Variants

SMALLEST_COUNT = 10
"""A value that fewer rows have is not a category but somebody's; it is left out."""

_PERSONAL = (Role.DIRECT_IDENTIFIER, Role.FREE_TEXT)


def shareable(report: Distribution, roles: RoleMap) -> Distribution:
    """Leave out the values of cells that are not categories.

    Values that fewer than :data:`SMALLEST_COUNT` rows have go; of columns that are direct
    identifiers or free text all values go, and of direct identifiers the extremes, quantiles
    and histograms too. Counts stay.
    """
    columns = tuple(_column(c, roles.of(c.name)) for c in report.columns)
    return replace(report, columns=columns)


def _column(column: Column, roles: tuple[Role, ...]) -> Column:
    personal = any(role in _PERSONAL for role in roles)
    top = tuple(v for v in column.top if v.count >= SMALLEST_COUNT and not personal)
    left_out = len(column.top) - len(top)
    reasons = column.reasons
    if left_out:
        reasons = (*reasons, f"{left_out} frequent values are not shown: they may be personal.")
    text = column.text
    if text is not None:
        variants = tuple(v for v in text.variants if _is_category(v) and not personal)
        text = replace(text, variants=variants)
    column = replace(column, top=top, text=text, reasons=reasons)
    if Role.DIRECT_IDENTIFIER in roles and (column.numbers or column.dates):
        reasons = (*reasons, "Numbers and dates are not shown: the column identifies people.")
        column = replace(column, numbers=None, dates=None, reasons=reasons)
    return column


def _is_category(variants: Variants) -> bool:
    return sum(v.count for v in variants.spellings) >= SMALLEST_COUNT
