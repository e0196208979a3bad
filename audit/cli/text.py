"""An audit as lines of text: what was read, what was found."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.format import counted
from audit.model import Finding, Manifest, Role, RoleMap, Severity

if TYPE_CHECKING:
    from audit.runner import Result

MARKS = {
    Severity.CRITICAL: ("◆", "31"),
    Severity.WARNING: ("▲", "33"),
    Severity.NOTICE: ("●", "34"),
    Severity.INFO: ("○", "90"),
}
"""Shape first, colour second; the same marks as on the pages."""


_READ = (Role.LABEL, Role.SENSITIVE, Role.PREDICTION, Role.SCORE, Role.WEIGHT)


def plain(text: str) -> str:
    """Make text from data harmless on a terminal: control characters become visible."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def listing(manifests: list[Manifest]) -> Iterator[str]:
    """One line for each version: id, rows, columns, date and name."""
    for m in manifests:
        yield f"{m.id}  {m.rows:>12,}  {len(m.columns):>6,}  {m.created[:10]}  {plain(m.name)}"


def summary(result: "Result") -> Iterator[str]:
    """Say what was audited and list the findings, the worst first."""
    manifest = result.version.manifest
    yield f"{plain(manifest.name)}  version {manifest.id}"
    yield f"{counted(manifest.rows, 'row')}, {counted(len(manifest.columns), 'column')}"
    if manifest.load:
        load = manifest.load
        yield (
            f"{counted(load.found, 'record')} found = {load.loaded:,} loaded + {load.rejected:,} rejected"
            f" + {load.skipped:,} skipped"
        )
        yield from (f"  {plain(note)}" for note in load.notes)
    yield from _roles(result.roles)
    yield ""
    shown = result.open_findings
    if not shown:
        yield f"✓ No check has anything to report ({len(result.checked)} checks ran)."
    for finding in shown:
        yield from _finding(finding)
    dismissed = len(result.findings) - len(shown)
    if dismissed:
        yield f"{dismissed} more called 'not a problem'."


def _roles(roles: RoleMap) -> Iterator[str]:
    """Say what figures rest on: roles are kept, so that some may come from an earlier audit."""
    named = [
        f"{role.replace('-', ' ')} " + ", ".join(f"“{plain(c)}”" for c in columns)
        for role in _READ
        if (columns := roles.having(role))
    ]
    if roles.positive is not None and roles.having(Role.LABEL):
        named[0] += f" (positive “{plain(roles.positive)}”)"
    if named:
        yield "; ".join(named)


def _finding(finding: Finding) -> Iterator[str]:
    mark, colour = MARKS[finding.severity]
    if _coloured():
        mark = f"\x1b[{colour}m{mark}\x1b[0m"
    yield f"{mark} {finding.severity.word:8}  {plain(finding.title)}  [{finding.check}]"


def _coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
