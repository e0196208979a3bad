"""Which columns are personal: by their roles, and by what the search for personal data found."""

from dataclasses import replace

from audit.format import percent
from audit.model import PERSONAL_ROLES, ColumnRole, Role, RoleMap
from audit.pii.catalogue import entity
from audit.reports.pii.values import PersonalData, ScannedColumn

_SURE = 0.5
_ENOUGH = 0.01
"""Share of rows with somebody's data from which all values of a column are masked."""


def guarded(roles: RoleMap, report: PersonalData | None) -> RoleMap:
    """Add to a role map the columns that were found to hold personal data.

    A column made of it counts as a direct identifier, one that holds some as free text, so that
    its values are masked and stay out of documents. What somebody confirmed stays as it is.

    Parameters
    ----------
    roles : RoleMap
        The map kept beside the version.
    report : PersonalData, optional
        What the search found; None where it has not been made.
    """
    if report is None:
        return roles
    found: dict[str, ColumnRole] = {}
    for column in report.columns:
        told = _told(column)
        if told is not None and column.column not in found:
            found[column.column] = told
    return replace(roles, columns=tuple(_with(c, found.get(c.column)) for c in roles.columns))


def _told(column: ScannedColumn) -> ColumnRole | None:
    verdict = column.verdict
    if verdict.holds == "identifiers" and verdict.entity and verdict.score >= _SURE:
        kind = entity(verdict.entity)
        if kind.direct or kind.family == "secret":
            return ColumnRole(
                column=column.column,
                roles=(Role.DIRECT_IDENTIFIER,),
                reason=f"its values are of the kind {kind.title}",
            )
    shares = [f.share.value or 0.0 for f in column.found if entity(f.entity).direct]
    if verdict.holds in ("text", "some") and max(shares, default=0.0) >= _ENOUGH:
        reason = f"{percent(max(shares))} of its values hold personal data"
        return ColumnRole(column=column.column, roles=(Role.FREE_TEXT,), reason=reason)
    return None


def _with(column: ColumnRole, told: ColumnRole | None) -> ColumnRole:
    if told is None or column.confirmed or PERSONAL_ROLES.intersection(column.roles):
        return column
    reason = f"{column.reason}; {told.reason}" if column.reason else told.reason
    return replace(column, roles=(*column.roles, *told.roles), reason=reason)
