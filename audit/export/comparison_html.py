"""A comparison as one HTML file that holds all it needs: no script, and nothing is fetched."""

from dataclasses import replace
from importlib.resources import files
from typing import Any

from audit.comparing import words
from audit.comparing.values import ColumnDrift, Comparison, FindingChange, GroupRemoval, Line, Side
from audit.comparing.verdicts import CONSERVATIVE
from audit.format import (
    NOT_DEFINED,
    coefficient,
    counted,
    cut,
    moved,
    number,
    percent,
    ratio,
)
from audit.judging.words import in_line, quoted
from audit.mending.effects import Effect
from audit.model import Measure
from audit.runner.comparison_document import shareable_comparison
from audit.runner.masking import masked

_TEMPLATE = "comparison.html"
_LEFT, _WIDTH = 6, 112
"""Where the track of a measure begins, and its length, in pixels."""
_MOST_GROUPS, _MOST_PAIRS, _NAME = 40, 12, 80
_PARTS = {
    "new": "New",
    "worse": "More severe than before",
    "remaining": "On both sides",
    "not comparable": "Cannot be compared",
    "not measured": "Not measured any more",
    "better": "Less severe than before",
    "resolved": "Resolved",
}


def render(comparison: Comparison, *, include_samples: bool = False) -> str:
    """Write a comparison as an HTML document.

    Parameters
    ----------
    comparison : Comparison
        What was found.
    include_samples : bool
        Whether values that hardly any row has, and numbers of groups of fewer than ten rows,
        may stand in it.
    """
    from jinja2 import Environment, StrictUndefined

    shown = comparison if include_samples else shareable_comparison(comparison)
    view = _view(shown)
    if not include_samples:
        view = masked(view, comparison.withheld.values)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    text = files("audit.export").joinpath(_TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(text).render(view)


def _view(comparison: Comparison) -> dict[str, Any]:
    """Give what the template shows: texts and numbers, and nothing to be computed."""
    told = [r for r in comparison.removals if r.verdict != "too few" and r.rows]
    return {
        "title": f"{_name(comparison.before)} → {_name(comparison.after)}",
        "answer": words.answer(comparison),
        "paired": words.paired(comparison.pairing),
        "sides": [_side("Before", comparison.before), _side("After", comparison.after)],
        "notes": list(comparison.notes),
        "topics": [
            {"name": topic, "lines": [_line(line) for line in lines]}
            for topic, lines in words.by_topic(comparison.lines)
        ],
        "interval": f"95% {CONSERVATIVE}.",
        "filtered": words.filtered_out(comparison) or "Nobody: every row is still there.",
        "removals": [_removal(r) for r in told[:_MOST_GROUPS]],
        "removals_note": _shown(len(told), len(comparison.removals) - len(told)),
        "findings": _findings(comparison.findings),
        "drift": [_drift(d) for d in comparison.drift],
        "associations": [
            {
                "columns": " · ".join(in_line(c, _NAME) for c in a.columns),
                "measure": a.measure,
                "before": coefficient(a.before),
                "after": coefficient(a.after),
            }
            for a in comparison.associations[:_MOST_PAIRS]
            if a.change
        ],
        "utility": _utility(comparison),
        "steps": [_step(effect) for effect in comparison.steps],
    }


def _name(side: Side) -> str:
    return in_line(side.name, _NAME)


def _side(word: str, side: Side) -> str:
    weight = f", weighted by {quoted(side.weight)}" if side.weight else ""
    size = f"{counted(side.rows, 'row')}, {counted(side.columns, 'column')}"
    return f"{word}: {_name(side)}, version {side.version}, {size}{weight}"


def _line(line: Line) -> dict[str, Any]:
    before, after = words.values(line)
    return {
        "title": line.title,
        "before": before,
        "after": after,
        "start": _at(line, line.before.value),
        "end": _at(line, line.after.value),
        "threshold": _at(line, line.threshold),
        "alt": f"from {before} to {after}: {words.WORDS[line.verdict]}",
        "change": _change(line),
        "ends": _ends(line),
        "verdict": line.verdict,
        "word": words.verdict(line),
        "reason": "" if line.change == 0 or words.verdict(line) == words.AIMLESS else line.reason,
    }


def _at(line: Line, value: float | None) -> float | None:
    place = words.place(line, value)
    return None if place is None else round(_LEFT + _WIDTH * place, 1)


def _change(line: Line) -> str:
    return NOT_DEFINED if line.change is None else moved(line.change, line.before.unit)


def _ends(line: Line) -> str:
    if line.low is None or line.high is None:
        return ""
    return " to ".join(moved(end, line.before.unit) for end in (line.low, line.high))


def _removal(removal: GroupRemoval) -> dict[str, Any]:
    share, times = removal.share, ratio(removal.ratio.value)
    ends = f" ({percent(share.low)}–{percent(share.high)})" if share.low is not None else ""
    return {
        "group": words.group(removal),
        "rows": f"{removal.rows:,}",
        "removed": f"{removal.removed:,}",
        "share": f"{percent(share.value)}{ends}",
        "ratio": times if times == NOT_DEFINED else f"×{times}",
        "word": words.REMOVED[removal.verdict],
        "tone": "worse" if removal.verdict == "more" else "unknown",
    }


def _shown(groups: int, few: int) -> str:
    more = f"{_MOST_GROUPS} of {counted(groups, 'group')}, the most affected. "
    too_few = f"{counted(few, 'group')} of too few rows to tell."
    return f"{more if groups > _MOST_GROUPS else ''}{too_few if few else ''}"


def _findings(changes: tuple[FindingChange, ...]) -> list[dict[str, Any]]:
    found = []
    for what, title in _PARTS.items():
        own = [c for c in changes if c.what == what]
        if what == "not comparable":
            found += [
                {
                    "title": f"{title}: {len(those):,} ({words.sides_of(those)})",
                    "why": reason,
                    "listed": [_on_its_side(c) for c in those],
                }
                for reason, those in words.incomparable(own).items()
            ]
        elif own:
            listed = [_finding(c) for c in own]
            found.append({"title": f"{title}: {len(own):,}", "why": "", "listed": listed})
    return found


def _on_its_side(change: FindingChange) -> str:
    return f"{words.side(change).capitalize()}, {_finding(replace(change, reason=''))}"


def _finding(change: FindingChange) -> str:
    finding = change.after or change.before
    assert finding is not None
    reason = f" Called 'not a problem': {change.dismissed}" if change.dismissed else ""
    why = f" {change.reason}" if change.reason else ""
    return f"{finding.severity.word}: {finding.title}.{reason}{why}"


def _drift(drift: ColumnDrift) -> dict[str, Any]:
    return {
        "column": in_line(drift.column, _NAME),
        "psi": _distance(drift.psi),
        "ks": _distance(drift.ks),
        "js": _distance(drift.js),
        "cells": NOT_DEFINED if drift.changed_cells is None else f"{drift.changed_cells:,}",
        "reason": drift.reason,
    }


def _distance(measure: Measure) -> str:
    return number(measure.value) if measure.value is None else f"{measure.value:.3f}"


def _utility(comparison: Comparison) -> str:
    found = comparison.utility
    if not found.lines:
        return found.reason or NOT_DEFINED
    trained = (
        f"Trained on {counted(found.trained_before, 'row')} before and "
        f"{counted(found.trained_after, 'row')} after, tested on the same "
        f"{counted(found.tested, 'row')}. {found.method}."
    )
    return f"{trained} {found.reason}".rstrip()


def _step(effect: Effect) -> dict[str, Any]:
    reasons = [f"{counted(n, 'row')}: {why}" for why, n in effect.reasons]
    return {
        "title": f"{effect.position}. {cut(effect.title, _NAME)}",
        "rows": f"{effect.rows_out:,}",
        "removed": f"{effect.removed:,}",
        "copied": f"{effect.copied:,}",
        "added": f"{effect.added:,}",
        "changed": f"{effect.changed:,}",
        "notes": [*reasons, *effect.notes],
    }
