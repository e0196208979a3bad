"""Which columns a step that makes classes looks at: those named, or those with the roles."""

from audit.errors import ParameterError
from audit.model import Role, RoleMap
from audit.reports.reidentification.classes import refuse_nested
from audit.reports.reidentification.disclosures import attributes_of
from audit.reports.reidentification.options import Options
from audit.store.table import Table


def quasi_identifiers(table: Table, given: tuple[str, ...], roles: RoleMap) -> tuple[str, ...]:
    """Give the columns named, each once; where none is, those that are quasi-identifiers."""
    columns = tuple(dict.fromkeys(given or roles.having(Role.QUASI_IDENTIFIER)))
    if not columns:
        message = "No column is a quasi-identifier."
        raise ParameterError(
            message, hint="Name the columns that others may know, or give them that role."
        )
    refuse_nested(table, columns)
    return columns


def sensitive_columns(
    table: Table, given: tuple[str, ...], roles: RoleMap, columns: tuple[str, ...]
) -> tuple[str, ...]:
    """Give the columns that must not be learned, quasi-identifiers left out."""
    if known := [c for c in given if c in columns]:
        message = f"{known[0]!r} is a quasi-identifier: it is known already."
        raise ParameterError(message, hint="Name another sensitive column.")
    found = attributes_of(roles, Options(attributes=given or None), columns)
    if not found:
        message = "l and t need a sensitive column, and there is none."
        raise ParameterError(message, hint="Name it, or give a column the role sensitive or label.")
    refuse_nested(table, found)
    return found
