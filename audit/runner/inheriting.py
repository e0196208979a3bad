"""What a version that a recipe made takes over from its parent: roles, words about it, dismissals."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from audit.errors import ParameterError
from audit.mending.change import Change
from audit.model import ColumnRole, Role, RoleMap
from audit.runner.audits import DISMISSED, PERSONAL_DATA, Dismissals
from audit.runner.options import OPTIONS, KeptOptions
from audit.store import Table, Version
from audit.store.rows import is_numeric

_OF_NUMBERS = ("bins", "reference_weights")
"""Options that speak of columns of numbers."""


def roles_after(roles: RoleMap, change: Change, table: Table) -> RoleMap:
    """Give the roles of the columns of ``table``, which ``change`` made of a table with ``roles``."""
    known = {change.rename.get(c.column, c.column): c for c in roles.columns}
    stated = {c.column: c for c in change.roles}
    columns = tuple(
        stated.get(c.name)
        or replace(known.get(c.name, ColumnRole(column=c.name, confirmed=True)), column=c.name)
        for c in table.columns
    )
    positive = roles.positive if change.positive is None else change.positive
    after = replace(roles, columns=columns, positive=positive)
    single = after.one(Role.LABEL)
    return after if single is not None else replace(after, positive=None)


def inherit(parent: Version, made: Version, roles: RoleMap) -> None:
    """Keep beside ``made`` what was said about its parent, as far as it still fits."""
    if made.roles() is None:
        made.set_roles(_with_positive(made, roles))
    if parent.manifest.about != made.manifest.about:
        made.set_about(parent.manifest.about)
    dismissed = parent.kept(DISMISSED, Dismissals)
    if dismissed is not None and made.kept(DISMISSED, Dismissals) is None:
        made.keep(DISMISSED, dismissed)
    options = parent.kept(OPTIONS, KeptOptions)
    if options is not None and made.kept(OPTIONS, KeptOptions) is None:
        made.keep(OPTIONS, _fitting(options, parent, made))


def _fitting(options: KeptOptions, parent: Version, made: Version) -> KeptOptions:
    """Leave out what options say of columns that are not there, or hold no numbers, any more."""
    left = {c.name: c.type for c in made.manifest.columns}
    gone = frozenset(c.name for c in parent.manifest.columns if c.name not in left)
    recoded = frozenset(name for name, type_ in left.items() if not is_numeric(type_))
    reports = tuple(
        (id_, given if id_ == PERSONAL_DATA else _fitting_report(given, gone, recoded))
        for id_, given in options.reports
    )
    return KeptOptions(reports=reports)


def _fitting_report(
    given: dict[str, Any], gone: frozenset[str], recoded: frozenset[str]
) -> dict[str, Any]:
    return {
        name: _without(value, gone | recoded if name in _OF_NUMBERS else gone)
        for name, value in given.items()
    }


def _without(value: Any, gone: frozenset[str]) -> Any:
    """Take columns that are ``gone`` out of an option: of lists, of mappings, of groups."""
    if isinstance(value, dict):
        return {k: v for k, v in value.items() if k not in gone}
    if isinstance(value, list):
        return [v for v in value if not _names(v, gone)]
    return None if isinstance(value, str) and value in gone else value


def _names(entry: Any, gone: frozenset[str]) -> bool:
    """Whether an entry is a column that is gone, or a group of a population that names one."""
    if isinstance(entry, dict):
        return any(pair[0] in gone for pair in entry.get("group", ()))
    return isinstance(entry, str) and entry in gone


def _with_positive(made: Version, roles: RoleMap) -> RoleMap:
    """Keep the positive value while a row has it."""
    from audit.runner.loading import as_written

    if roles.positive is None or not made.manifest.rows:
        return roles
    with suppress(ParameterError):
        return replace(roles, positive=as_written(made, roles, roles.positive))
    return replace(roles, positive=None)
