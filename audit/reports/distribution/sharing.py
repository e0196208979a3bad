"""What of a distribution may leave the workspace: nothing that points at one person."""

from dataclasses import replace

from audit.model import Role, RoleMap
from audit.reports.distribution.personal import SMALLEST_COUNT, without_values
from audit.reports.distribution.values import Column, Distribution, Variants


def shareable(report: Distribution, roles: RoleMap) -> Distribution:
    """Leave out the values of cells that are not categories.

    Values that fewer than :data:`SMALLEST_COUNT` rows have go; of columns that are direct
    identifiers or free text all values go, and of direct identifiers the extremes, quantiles
    and histograms too. Counts stay.
    """
    columns = tuple(_column(c, roles.of(c.name)) for c in report.columns)
    return replace(report, columns=columns)


def _column(column: Column, roles: tuple[Role, ...]) -> Column:
    column = without_values(column, roles)
    top = tuple(v for v in column.top if v.count >= SMALLEST_COUNT)
    left_out = len(column.top) - len(top)
    reasons = column.reasons
    if left_out:
        reasons = (*reasons, f"{left_out} frequent values are not shown: they may be personal.")
    text = column.text
    if text is not None:
        text = replace(text, variants=tuple(v for v in text.variants if _is_category(v)))
    return replace(column, top=top, text=text, reasons=reasons)


def _is_category(variants: Variants) -> bool:
    return sum(v.count for v in variants.spellings) >= SMALLEST_COUNT
