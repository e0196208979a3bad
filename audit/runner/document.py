"""The JSON document of an audit: what a script reads, and what it may not be told."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from audit.model import PERSONAL_ROLES, Finding, Measure, RoleMap, RowTest, Where
from audit.reports.representation.hiding import SMALLEST_COUNT
from audit.runner.audits import Result
from audit.runner.masking import BY_VALUE, masked, rare_values
from audit.store import codec

SCHEMA_VERSION = 1
_WITHHELD = (
    "Which rows they are is not said here: it would point at people or at values of few rows."
)


def document(result: Result, *, include_samples: bool = False) -> dict[str, Any]:
    """Build the document that ``--json`` writes.

    Parameters
    ----------
    result : Result
        What the audit found.
    include_samples : bool
        Whether values of cells may stand in it. Without, a report gives only values that
        repeat often enough to be categories (see the report's ``shareable``).

    Returns
    -------
    dict
        ``schema_version``, ``dataset``, ``reports``, ``measures``, ``findings``; JSON types.
    """
    manifest = result.version.manifest
    reports = {
        id_: value if include_samples else value.shareable(result.roles)
        for id_, value in result.reports.items()
    }
    plain = {id_: finite(codec.plain(value)) for id_, value in reports.items()}
    named = None if include_samples else frozenset(texts_in(plain))
    return {
        "schema_version": SCHEMA_VERSION,
        "dataset": {
            "name": manifest.name,
            "version": manifest.id,
            "sha256": manifest.sha256,
            "rows": manifest.rows,
            "columns": [codec.plain(c) for c in manifest.columns],
            "origin": codec.plain(manifest.origin),
            "load": codec.plain(manifest.load) if manifest.load else None,
            "about": codec.plain(manifest.about),
            "roles": {c.column: list(c.roles) for c in result.roles.columns if c.roles},
            "positive": result.roles.positive,
        },
        "reports": plain,
        "measures": [_measure(id_, m) for id_, value in reports.items() for m in value.measures()],
        "findings": [_finding(result, f, named) for f in result.findings],
    }


def _measure(report: str, measure: Measure) -> dict[str, Any]:
    return {"report": report, **plain_measure(measure)}


def plain_measure(measure: Measure) -> dict[str, Any]:
    """Write a measure as JSON has it."""
    plain: dict[str, Any] = finite(codec.plain(measure))
    if measure.value is not None and plain["value"] is None:
        plain["reason"] = "It is larger than any number can be written."
    return plain | {"group": dict(measure.group)}


def _finding(result: Result, finding: Finding, named: frozenset[str] | None) -> Any:
    """Write a finding; without its rows where they would name other texts than ``named``."""
    plain: dict[str, Any] = codec.plain(finding)
    if finding.rows and named is not None and not _is_shareable(finding.rows, result.roles, named):
        plain["rows"] = None
        plain["caveats"] = [*finding.caveats, _WITHHELD]
    plain["severity"] = finding.severity.word
    plain["group"] = dict(finding.group)
    shown = finding.measures if named is None else map(unless_small, finding.measures)
    plain["measures"] = [plain_measure(m) for m in shown]
    plain["suggestions"] = [{s.remedy: dict(s.params)} for s in finding.suggestions]
    reasons = {d.identity: d.reason for d in result.dismissals}
    plain["dismissed"] = reasons.get(finding.identity)
    return plain if named is None else masked(plain, rare_values(finding, named))


def unless_small(measure: Measure) -> Measure:
    """Give a count or share of a group, unless so few rows that they may point at a person."""
    value = measure.value
    if not measure.group or not value:
        return measure
    counts = measure.unit in ("rows", "count")
    rows = value if counts else value * measure.n if measure.name == "group_share" else None
    if rows is None or not 0 < rows < SMALLEST_COUNT:
        return measure
    reason = f"Fewer than {SMALLEST_COUNT} rows: not shown, for they may point at a person."
    return replace(measure, value=None, low=None, high=None, reason=reason)


def _is_shareable(rows: Where, roles: RoleMap, named: frozenset[str]) -> bool:
    """Whether a test of rows names no value but those that the shared reports name too.

    Rows told one by one hold personal data, or are like no other: they point at people.
    """
    if any(test.op == "numbered" for test in rows.tests):
        return False
    return all(_is_named(test, roles, named) for test in rows.tests if test.op in BY_VALUE)


def _is_named(test: RowTest, roles: RoleMap, named: frozenset[str]) -> bool:
    if all(isinstance(value, str) and value in named for value in test.values):
        return True
    personal = any(PERSONAL_ROLES.intersection(roles.of(column)) for column in test.columns)
    return not personal and not any(isinstance(v, str) and v not in named for v in test.values)


def finite(value: Any) -> Any:
    """Give JSON values with null for what JSON cannot write: infinity, and what is no number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: finite(part) for key, part in value.items()}
    return [finite(part) for part in value] if isinstance(value, list | tuple) else value


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text within JSON values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)
