"""Auditing 'after' as 'before' was: the same roles, options, bins and reference groups."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from audit.comparing.renaming import named_as_before
from audit.errors import AuditError, ParameterError
from audit.model import Progress, RoleMap
from audit.reports.representation.values import Representation
from audit.runner.audits import Result, run
from audit.runner.loading import as_written, complete
from audit.runner.loading import roles as roles_of
from audit.runner.options import Changes, report_options
from audit.runner.policy import Policy
from audit.store import Version


def same_roles(before: Version, after: Version) -> None:
    """Carry the roles over to the version of which nobody has confirmed one, and keep them."""
    if before.id == after.id:
        return
    old, new = roles_of(before), roles_of(after)
    if not _is_confirmed(new):
        _carry(old, after)
    elif not _is_confirmed(old):
        _carry(new, before)


def alike(
    old: Result,
    after: Version,
    policy: Policy,
    changes: Changes | None,
    progress: Progress,
    *,
    renamed: Mapping[str, str] | None = None,
) -> tuple[Result, tuple[str, ...]]:
    """Audit ``after`` as the other side was audited.

    Returns
    -------
    result, notes
        The notes say what could not be done alike, and why.
    """
    given = _options(old, after, policy, changes)
    notes: list[str] = []
    try:
        new = run(after, policy=policy, changes=given, progress=progress)
    except ParameterError as error:
        notes.append(f"'After' was measured with options of its own: {error.problem}")
        given = {report: dict(own) for report, own in (changes or {}).items()}
        new = run(after, policy=policy, changes=given, progress=progress)
    first = named_as_before(
        old.reports["representation"], {new: old for old, new in (renamed or {}).items()}
    )
    groups = _groups(first, new.reports["representation"])
    if groups:
        own = {**given.get("representation", {}), **groups}
        with suppress(AuditError):
            new = run(after, policy=policy, changes={**given, "representation": own})
    return new, tuple(notes)


def _is_confirmed(roles: RoleMap) -> bool:
    return any(c.confirmed and c.roles for c in roles.columns)


def _carry(roles: RoleMap, to: Version) -> None:
    known = {c.column: c for c in roles.columns}
    # A column that only this side has keeps what is said of it: a step may have made it a weight.
    columns = tuple(known.get(c.column, c) for c in complete(roles_of(to), to).columns)
    carried = replace(roles, columns=columns)
    if carried.positive is not None:
        positive = None
        with suppress(AuditError, ValueError):
            positive = as_written(to, carried, carried.positive)
        carried = replace(carried, positive=positive)
    to.set_roles(carried)


def _options(
    old: Result, after: Version, policy: Policy, changes: Changes | None
) -> dict[str, dict[str, Any]]:
    """Give what differs between the options of both versions, as the first has it."""
    found = {report: dict(own) for report, own in (changes or {}).items()}
    for report in old.reports:
        given = {**policy.reports.get(report, {}), **found.get(report, {})}
        mine = report_options(old.version, report, given).model_dump()
        other = report_options(after, report, given).model_dump()
        differ = {name: value for name, value in mine.items() if other.get(name) != value}
        if differ:
            found[report] = {**found.get(report, {}), **differ}
    return found


def _groups(old: Representation, new: Representation) -> Mapping[str, Any]:
    """Give bins and reference groups that the second report must be told to have the same."""
    later = {axis.column: axis for axis in new.axes}
    shared = [axis for axis in old.axes if axis.column in later]
    found: dict[str, Any] = {}
    if any(axis.edges != later[axis.column].edges for axis in shared):
        found["bins"] = {axis.column: axis.edges for axis in shared if axis.edges}
    references = {}
    for axis in shared:
        mine, its = (report.combination(axis.column) for report in (old, new))
        if mine is None or its is None or mine.reference_group == its.reference_group:
            continue
        if mine.reference_group in [group.name for group in its.groups]:
            references[axis.column] = mine.reference_group
    if references:
        found["reference_groups"] = references
    return found
