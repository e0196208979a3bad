"""The JSON document of an audit: what a script reads, and what it may not be told."""

from typing import Any

from audit.runner.audits import Result
from audit.store import codec

SCHEMA_VERSION = 1


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
        "reports": {id_: codec.plain(value) for id_, value in reports.items()},
        "measures": [_measure(id_, m) for id_, value in reports.items() for m in value.measures()],
        "findings": [_finding(result, f) for f in result.findings],
    }


def _measure(report: str, measure: Any) -> dict[str, Any]:
    plain = codec.plain(measure)
    ordered = {"report": report, **plain}
    ordered["group"] = dict(measure.group)
    return ordered


def _finding(result: Result, finding: Any) -> dict[str, Any]:
    plain: dict[str, Any] = codec.plain(finding)
    plain["severity"] = finding.severity.word
    plain["group"] = dict(finding.group)
    plain["measures"] = [{**codec.plain(m), "group": dict(m.group)} for m in finding.measures]
    plain["suggestions"] = [{s.remedy: dict(s.params)} for s in finding.suggestions]
    reasons = {d.identity: d.reason for d in result.dismissals}
    plain["dismissed"] = reasons.get(finding.identity)
    return plain
