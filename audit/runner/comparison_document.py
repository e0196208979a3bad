"""The JSON document of a comparison: what a script reads, and what it may not be told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from audit.comparing.values import (
    Comparison,
    FindingChange,
    GroupRemoval,
    InformationLoss,
    Line,
    Withheld,
)
from audit.comparing.verdicts import CONSERVATIVE
from audit.model import Finding, Measure, Pairs
from audit.reports.representation.hiding import SMALLEST_COUNT, hidden, hidden_groups
from audit.runner.audits import Result
from audit.runner.document import finite, plain_measure, texts_in, unless_small
from audit.runner.masking import masked, rare_values
from audit.store import codec

SCHEMA_VERSION = 1
_COMMON = 100
"""Rows of a group from which on its name points at nobody."""
_FEW = (
    f"Not shown: it would tell of fewer than {SMALLEST_COUNT} rows, its own or those of another "
    "group, and so few may point at a person."
)


def comparison_document(comparison: Comparison, *, include_samples: bool = False) -> dict[str, Any]:
    """Build the document that ``--json`` writes.

    Parameters
    ----------
    comparison : Comparison
        What was found.
    include_samples : bool
        Whether values of cells that hardly any row has, and numbers of groups of fewer than
        ten rows, may stand in it.

    Returns
    -------
    dict
        ``schema_version``, ``before``, ``after``, ``pairing``, ``lines``, ``findings``,
        ``removals``, ``drift``, ``associations``, ``utility``, ``information_loss``,
        ``steps``, ``notes``.
    """
    shown = comparison if include_samples else shareable_comparison(comparison)
    plain: dict[str, Any] = finite(codec.plain(shown))
    found = {
        "schema_version": SCHEMA_VERSION,
        "before": _side(plain["before"]),
        "after": _side(plain["after"]),
        "pairing": {**plain["pairing"], "changed_cells": dict(shown.pairing.changed_cells)},
        "interval": CONSERVATIVE,
        "lines": [_line(line) for line in shown.lines],
        "findings": [_finding_change(f) for f in shown.findings],
        "overall_removal": _measure(shown.overall_removal),
        "removals": [_removal(r) for r in shown.removals],
        "drift": [_drift(p, d) for p, d in zip(plain["drift"], shown.drift, strict=True)],
        "associations": [
            {**p, "change": a.change}
            for p, a in zip(plain["associations"], shown.associations, strict=True)
        ],
        "utility": {**plain["utility"], "lines": [_line(line) for line in shown.utility.lines]},
        "information_loss": _loss(shown.loss),
        "steps": plain["steps"],
        "notes": plain["notes"],
    }
    result: dict[str, Any] = found if include_samples else masked(found, comparison.withheld.values)
    return result


def shareable_comparison(comparison: Comparison) -> Comparison:
    """Give a comparison without the numbers of very small groups, and without rows pointed at.

    Values that hardly any row has still stand in titles: mask them with
    :func:`audit.runner.masking.masked` where they are written.
    """
    gone = frozenset(comparison.withheld.groups) | _small_removals(comparison.removals)
    return replace(
        comparison,
        lines=tuple(_line_without(line, gone) for line in comparison.lines),
        findings=tuple(
            replace(f, before=_without(f.before), after=_without(f.after))
            for f in comparison.findings
        ),
        removals=tuple(_removal_without(r, gone) for r in comparison.removals),
    )


def withheld(comparison: Comparison, results: Sequence[Result]) -> Withheld:
    """Find out what of a comparison may not leave the workspace, from the reports of both sides."""
    named = frozenset(
        text
        for result in results
        for report in result.reports.values()
        for text in texts_in(codec.plain(report.shareable(result.roles)))
    )
    groups = frozenset[Pairs]().union(
        *(hidden_groups(result.reports["representation"].combinations) for result in results)
    )
    told = {line.group for line in comparison.lines} | {r.group for r in comparison.removals}
    return Withheld(
        values=_rare(comparison, named), groups=tuple(sorted(g for g in groups if g in told))
    )


def _rare(comparison: Comparison, named: frozenset[str]) -> tuple[str, ...]:
    findings = (f for c in comparison.findings for f in (c.before, c.after) if f)
    found = {value for f in findings for value in rare_values(f, named)}
    # Ranges of numbers that were made to tell who was filtered out stand in no report.
    common = {v for r in comparison.removals if r.rows >= _COMMON for _, v in r.group} - found
    for group in (*(x.group for x in comparison.lines), *(r.group for r in comparison.removals)):
        found |= {value for _, value in group if value not in named and value not in common}
    return tuple(sorted(found, key=lambda value: (-len(value), value)))


def _small_removals(removals: Sequence[GroupRemoval]) -> frozenset[Pairs]:
    """Tell which groups lost, or kept, so few rows that it is not told how many."""
    gone: frozenset[Pairs] = frozenset()
    for columns in dict.fromkeys(tuple(c for c, _ in r.group) for r in removals):
        own = [r for r in removals if tuple(c for c, _ in r.group) == columns]
        gone |= hidden([(r.group, r.removed) for r in own])
        gone |= hidden([(r.group, r.rows - r.removed) for r in own])
    return gone


def _line_without(line: Line, gone: frozenset[Pairs]) -> Line:
    if not line.group or line.group not in gone:
        return line
    before, after = (_not_told(m) for m in (line.before, line.after))
    return replace(line, before=before, after=after, change=None, low=None, high=None, reason=_FEW)


def _removal_without(removal: GroupRemoval, gone: frozenset[Pairs]) -> GroupRemoval:
    if removal.group not in gone:
        return removal
    return replace(
        removal, rows=0, removed=0, share=_not_told(removal.share), ratio=_not_told(removal.ratio)
    )


def _not_told(measure: Measure) -> Measure:
    return replace(measure, value=None, low=None, high=None, n=0, reason=_FEW)


def _without(finding: Finding | None) -> Finding | None:
    if finding is None:
        return None
    return replace(finding, rows=None, measures=tuple(map(unless_small, finding.measures)))


def _side(plain: dict[str, Any]) -> dict[str, Any]:
    roles = {c["column"]: c["roles"] for c in plain["roles"]["columns"] if c["roles"]}
    return {**plain, "roles": roles, "positive": plain["roles"]["positive"]}


def _measure(measure: Measure | None) -> dict[str, Any] | None:
    return None if measure is None else plain_measure(measure)


def _line(line: Line) -> dict[str, Any]:
    plain: dict[str, Any] = finite(codec.plain(line))
    sides = {"before": plain_measure(line.before), "after": plain_measure(line.after)}
    return {**plain, **sides, "group": dict(line.group)}


def _removal(removal: GroupRemoval) -> dict[str, Any]:
    told = removal.share.reason != _FEW
    return {
        "group": dict(removal.group),
        "rows": removal.rows if told else None,
        "removed": removal.removed if told else None,
        "share": plain_measure(removal.share),
        "ratio": plain_measure(removal.ratio),
        "verdict": removal.verdict if told else None,
    }


def _drift(plain: dict[str, Any], drift: Any) -> dict[str, Any]:
    return {**plain, **{name: _measure(getattr(drift, name)) for name in _DISTANCES}}


def _loss(loss: InformationLoss | None) -> dict[str, Any] | None:
    if loss is None:
        return None
    return {
        "by": list(loss.by),
        "suppressed": loss.suppressed,
        **{name: _measure(getattr(loss, name)) for name in _LOSSES},
        "columns": [
            {
                "column": c.column,
                "later": c.later,
                "cleared": c.cleared,
                "certainty_penalty": _measure(c.certainty_penalty),
                "il1s": _measure(c.il1s),
            }
            for c in loss.columns
        ],
    }


_LOSSES = ("certainty_penalty", "average_class_size", "discernibility")
_DISTANCES = ("psi", "ks", "js", "tvd")


def _finding_change(change: FindingChange) -> dict[str, Any]:
    return {
        "what": change.what,
        "before": _finding(change.before),
        "after": _finding(change.after),
        "dismissed": change.dismissed or None,
        "reason": change.reason or None,
    }


def _finding(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    plain: dict[str, Any] = finite(codec.plain(finding))
    return {
        **plain,
        "severity": finding.severity.word,
        "group": dict(finding.group),
        "measures": [plain_measure(m) for m in finding.measures],
        "suggestions": [{s.remedy: dict(s.params)} for s in finding.suggestions],
    }
