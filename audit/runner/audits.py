"""Measure and judge: reports once per version, findings at once from kept reports."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from audit import registry
from audit.errors import ParameterError
from audit.model import ColumnRole, Finding, Measure, Progress, Role, RoleMap, silent
from audit.registry import ReportSpec, Settings
from audit.reports.pii.values import PersonalData
from audit.runner.guarding import guarded
from audit.runner.loading import roles as roles_of
from audit.runner.options import Changes, report_options
from audit.runner.parts import KeptParts
from audit.runner.policy import Policy
from audit.store import Version, codec
from audit.stretch import stretch

DISMISSED = "dismissed.json"
PERSONAL_DATA = "pii"
"""Id of the report whose finds are masked in all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A finding that somebody called 'not a problem', and why."""

    check: str
    columns: tuple[str, ...]
    group: tuple[tuple[str, str], ...]
    reason: str

    @property
    def identity(self) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]:
        """The identity of the finding it is about."""
        return self.check, self.columns, self.group


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissals:
    """All of a version, as they are kept beside it."""

    entries: tuple[Dismissal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What an audit found: reports by id, findings the worst first."""

    version: Version
    roles: RoleMap
    """Those kept beside the version, and columns that were found to hold personal data."""
    reports: dict[str, Any]
    findings: tuple[Finding, ...]
    dismissals: tuple[Dismissal, ...]
    checked: tuple[str, ...]
    """Ids of the checks that ran."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every number of every report, as one flat list."""
        return tuple(m for value in self.reports.values() for m in value.measures())

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings that nobody has called 'not a problem'."""
        gone = {d.identity for d in self.dismissals}
        return tuple(f for f in self.findings if f.identity not in gone)


def run(
    version: Version,
    *,
    reports: Sequence[str] | None = None,
    policy: Policy | None = None,
    changes: Changes | None = None,
    progress: Progress = silent,
) -> Result:
    """Measure what has not been measured yet, then judge.

    Parameters
    ----------
    version : Version
        What to audit.
    reports : sequence of str, optional
        Ids of reports; by default all of them.
    policy : Policy, optional
        Thresholds; by default those of the checks.
    changes : mapping, optional
        Options of reports that differ from the kept ones in this run, by report and name.
    progress : Progress
        Told how far the work is; may raise Stopped.
    """
    known = registry.reports()
    specs = [registry.find("report", id_, known) for id_ in (known if reports is None else reports)]
    rules = policy or Policy()
    given = {id_: dict(options) for id_, options in rules.reports.items()}
    for id_, options in (changes or {}).items():
        given[id_] = {**given.get(id_, {}), **options}
    chosen = {
        id_: report_options(version, id_, given.get(id_))
        for id_ in (*given, *(s.id for s in specs))
    }
    values: dict[str, Any] = {}
    for i, spec in enumerate(_personal_first(specs)):
        part = stretch(progress, i / len(specs), (i + 1) / len(specs))
        roles = _seen(version, spec, values.get(PERSONAL_DATA))
        values[spec.id] = _measured(version, spec, chosen[spec.id], roles, part)
    return _judged(version, values, rules)


def kept_result(version: Version, *, policy: Policy | None = None) -> Result | None:
    """Judge kept reports alone; None where a report has not been measured yet.

    Scans nothing: cheap enough for every page.
    """
    if version.roles() is None:
        return None
    rules = policy or Policy()
    values: dict[str, Any] = {}
    for spec in _personal_first(registry.reports().values()):
        options = report_options(version, spec.id, rules.reports.get(spec.id))
        roles = _seen(version, spec, values.get(PERSONAL_DATA))
        value = _kept(version, spec, options, roles)
        if value is None:
            return None
        values[spec.id] = value
    return _judged(version, values, rules)


def report(
    version: Version,
    id_: str,
    *,
    options: Settings | None = None,
    progress: Progress = silent,
) -> Any:
    """Give a report of a version: the kept one, else measured now and kept."""
    spec = registry.find("report", id_, registry.reports())
    chosen = options or report_options(version, id_)
    return _measured(version, spec, chosen, _seen(version, spec, None), progress)


def kept_report(version: Version, id_: str, *, options: Settings | None = None) -> Any | None:
    """Give a report of a version if it has been measured, else None. Never measures."""
    spec = registry.find("report", id_, registry.reports())
    chosen = options or report_options(version, id_)
    return _kept(version, spec, chosen, _seen(version, spec, None))


def guarded_roles(version: Version) -> RoleMap:
    """Give the role map with the columns that were found to hold personal data, so far as known."""
    return guarded(roles_of(version), kept_report(version, PERSONAL_DATA))


def dismiss(version: Version, finding: Finding, reason: str) -> None:
    """Keep that somebody called ``finding`` 'not a problem', with the reason, which is required."""
    if not reason.strip():
        message = "Say why this is not a problem."
        raise ParameterError(message, hint="The reason is shown in reports and comparisons.")
    entry = Dismissal(
        check=finding.check, columns=finding.columns, group=finding.group, reason=reason.strip()
    )
    others = tuple(d for d in dismissals(version) if d.identity != finding.identity)
    version.keep(DISMISSED, Dismissals(entries=(*others, entry)))


def restore(version: Version, finding: Finding) -> None:
    """Take a dismissal back."""
    others = tuple(d for d in dismissals(version) if d.identity != finding.identity)
    version.keep(DISMISSED, Dismissals(entries=others))


def dismissals(version: Version) -> tuple[Dismissal, ...]:
    """List the findings of this version that were called 'not a problem'."""
    kept = version.kept(DISMISSED, Dismissals)
    return kept.entries if kept else ()


def _judged(version: Version, values: dict[str, Any], policy: Policy) -> Result:
    by_type = {type(value): value for value in values.values()}
    roles = guarded(roles_of(version), by_type.get(PersonalData))
    about = version.manifest.about
    specs = [s for s in policy.selected() if all(r in by_type for r in s.reports)]
    findings = [
        f for s in specs for f in registry.judge(s, by_type, roles, policy.params(s), about)
    ]
    findings.sort(key=lambda f: (-f.severity, f.check, f.columns, f.group))
    return Result(
        version=version,
        roles=roles,
        reports=values,
        findings=tuple(findings),
        dismissals=dismissals(version),
        checked=tuple(s.id for s in specs),
    )


def _personal_first(specs: Iterable[ReportSpec]) -> list[ReportSpec]:
    """Put the search for personal data first: what it finds no other report names."""
    return sorted(specs, key=lambda spec: spec.id != PERSONAL_DATA)


def _measured(
    version: Version, spec: ReportSpec, options: Settings, roles: RoleMap, progress: Progress
) -> Any:
    kept = _kept(version, spec, options, roles)
    if kept is not None:
        return kept
    name = _kept_name(spec, options, roles, lacking=options.lacking())
    parts = KeptParts(version, name.removesuffix(".json"))
    seen = (roles,) if spec.takes_roles else ()
    last = (parts,) if spec.takes_parts else ()
    value = spec.function(version.table, *seen, options, progress, *last)
    version.keep(name, value)
    parts.clear()
    return value


def _kept(version: Version, spec: ReportSpec, options: Settings, roles: RoleMap) -> Any | None:
    """Read a report: the one with all that its options ask for, else one that had to do without.

    The second only while that is missing still.
    """
    for lacking in dict.fromkeys(("", options.lacking())):
        kept = version.kept(_kept_name(spec, options, roles, lacking=lacking), spec.result)
        if kept is not None:
            return kept
    return None


def _kept_name(spec: ReportSpec, options: Settings, roles: RoleMap, *, lacking: str = "") -> str:
    read = codec.dump(roles).decode() if spec.roles else ""
    given = codec.dump(options).decode() if spec.options.model_fields else ""
    key = hashlib.sha256(f"{given}\n{read}".encode()).hexdigest()[:12]
    without = f"-without-{lacking}" if lacking else ""
    return f"reports/{spec.id}-{spec.version}-{key}{without}.json"


def _seen(version: Version, spec: ReportSpec, found: PersonalData | None) -> RoleMap:
    """Give the role map as the report may see it: what it does not declare is not in it.

    So a report cannot read what the name it is kept under does not hold. Columns that were
    ``found`` to hold personal data (by default: in the report kept) are in it, but for the
    search itself. Whether somebody confirmed a role matters for weights, predictions and
    scores alone: to confirm another makes no report stale.
    """
    if spec.id == PERSONAL_DATA:
        roles = roles_of(version)
    else:
        roles = guarded(roles_of(version), found) if found else guarded_roles(version)
    columns = (
        ColumnRole(
            column=c.column,
            roles=(own := tuple(r for r in c.roles if r in spec.roles)),
            confirmed=c.confirmed and not _UNSURE.isdisjoint(own),
        )
        for c in roles.columns
    )
    positive = roles.positive if Role.LABEL in spec.roles else None
    return RoleMap(columns=tuple(c for c in columns if c.roles), positive=positive)


_UNSURE = frozenset({Role.WEIGHT, Role.PREDICTION, Role.SCORE})
"""Roles that change what is measured more than a guess may."""
