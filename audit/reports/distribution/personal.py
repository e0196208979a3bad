"""What of a distribution is kept: nothing that names a person, not even within the workspace."""

from collections.abc import Iterator
from dataclasses import replace

from audit.model import Role, RoleMap
from audit.pii.looks import personal_among
from audit.reports.distribution.values import Column, Distribution, ValueCount

PERSONAL = (Role.DIRECT_IDENTIFIER, Role.FREE_TEXT)
SMALLEST_COUNT = 10
"""A value that fewer rows have is not a category but may be somebody's."""
_MANY = 50
"""Of a text of more different values those that one row has tell nothing of the column."""


def without_personal(report: Distribution, roles: RoleMap) -> Distribution:
    """Leave out the values that name or describe somebody; counts stay.

    Of columns that are direct identifiers or free text all values go, and of direct identifiers
    the numbers and dates too. Of other columns the rare texts go that read as personal data,
    and where there are many different ones, those that one row has.
    """
    columns = [without_values(column, roles.of(column.name)) for column in report.columns]
    rare = {str(v.value) for column in columns for v in _named(column) if _is_rare(v)}
    gone = personal_among(sorted(rare))
    return replace(report, columns=tuple(_without(column, gone) for column in columns))


def without_values(column: Column, roles: tuple[Role, ...]) -> Column:
    """Leave out the values of a column that is personal by one of ``roles``."""
    if not set(roles).intersection(PERSONAL):
        return column
    reasons = column.reasons
    if column.top:
        reasons = (*reasons, "Its most frequent values are not listed: they may be personal.")
    text = replace(column.text, variants=()) if column.text else None
    column = replace(column, top=(), text=text, reasons=reasons)
    if Role.DIRECT_IDENTIFIER in roles and (column.numbers or column.dates):
        reasons = (*reasons, "Numbers and dates are not shown: the column identifies people.")
        column = replace(column, numbers=None, dates=None, reasons=reasons)
    return column


def _named(column: Column) -> Iterator[ValueCount]:
    """Yield the texts that are named of a column."""
    variants = column.text.variants if column.text else ()
    named = (*column.top, *(spelling for v in variants for spelling in v.spellings))
    yield from (v for v in named if isinstance(v.value, str))


def _is_rare(value: ValueCount) -> bool:
    return value.count < SMALLEST_COUNT


def _without(column: Column, gone: frozenset[str]) -> Column:
    """Leave out the texts ``gone``, and of many different ones those that one row has."""
    lonely = column.distinct > _MANY
    top = tuple(
        v
        for v in column.top
        if not (isinstance(v.value, str) and (v.value in gone or (lonely and v.count == 1)))
    )
    if column.text is None:
        return replace(column, top=top)
    variants = tuple(
        v for v in column.text.variants if not any(s.value in gone for s in v.spellings)
    )
    return replace(column, top=top, text=replace(column.text, variants=variants))
