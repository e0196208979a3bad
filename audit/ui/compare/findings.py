"""Part 'Findings': resolved, new, remaining, and those whose severity changed."""

from collections.abc import Sequence

import streamlit as st

from audit.comparing.values import FindingChange
from audit.comparing.words import side
from audit.model import Finding
from audit.ui import parts, words
from audit.ui.compare.view import View
from audit.ui.text import count, counted, md, plural

_KINDS = {
    "new": ("New", "not there before"),
    "worse": ("More severe", "there on both sides"),
    "not comparable": ("Cannot be compared", "a step turned their values into others"),
    "not measured": ("Not measured", "nobody knows whether they are resolved"),
    "resolved": ("Resolved", "not there any more"),
    "better": ("Less severe", "there on both sides"),
    "remaining": ("Remaining", "as severe as before"),
}
"""What got worse is read first."""
_MOST = 8


def there(_: View) -> bool:
    """Whether there is something to say; that there is no finding is something."""
    return True


def show(view: View) -> None:
    """Count the findings by what became of them, then list them."""
    found = view.comparison.findings
    parts.answer(answer(found))
    by = {kind: [f for f in found if f.what == kind] for kind in _KINDS}
    parts.numbers([(title, count(len(by[kind]))) for kind, (title, _) in _KINDS.items()])
    grid = st.grid(2, min_column_width=380)
    for kind, (title, note) in _KINDS.items():
        if by[kind]:
            with grid.cell(), st.container(border=True, gap="xsmall"):
                parts.heading(title, f"{counted(len(by[kind]), 'finding')} · {note}")
                _listed(by[kind], key=f"{kind}-{view.key}")


def answer(found: Sequence[FindingChange]) -> str:
    """Say what became of the findings, new ones first. Escaped."""
    if not found:
        return "✓ Neither version has a finding."
    by = {kind: sum(f.what == kind for f in found) for kind in _KINDS}
    if by["remaining"] == len(found):
        n = len(found)
        return f"All findings remain as they were: {counted(n, 'finding')}."
    told = [
        f"{counted(by['new'], 'finding')} {plural(by['new'], 'is')} new" if by["new"] else "",
        f"{count(by['worse'])} {plural(by['worse'], 'is')} more severe" if by["worse"] else "",
        f"{count(by['resolved'])} {plural(by['resolved'], 'is')} resolved"
        if by["resolved"]
        else "",
        f"{count(by['better'])} {plural(by['better'], 'is')} less severe" if by["better"] else "",
        f"{count(by['not comparable'])} cannot be compared" if by["not comparable"] else "",
        f"{count(by['not measured'])} {plural(by['not measured'], 'is')} not measured any more"
        if by["not measured"]
        else "",
        f"{count(by['remaining'])} {_remain(by['remaining'])}" if by["remaining"] else "",
    ]
    told = [t for t in told if t]
    if not by["new"]:
        told.insert(0, "No finding is new")
    return "; ".join(told) + "."


def line(change: FindingChange) -> str:
    """Write a finding in a line: mark, title, place, change of severity, reason. Escaped."""
    shown = change.after or change.before
    if shown is None:
        return ""
    text = f"{parts.mark(shown.severity.word)} {md(shown.title)}"
    note = md(words.place(shown))
    if change.before and change.after and change.before.severity != change.after.severity:
        note += f" · {_word(change.before)} → {_word(change.after)}"
    if change.what == "not comparable":
        note += f" · {side(change)}"
    if change.reason:
        note += f" · {md(change.reason)}"
    if change.dismissed:
        note += f" · not a problem: {md(change.dismissed)}"
    return f"{text}  \n{parts.small(note)}"


def _remain(n: int) -> str:
    return "remains" if n == 1 else "remain"


def _word(finding: Finding) -> str:
    return finding.severity.word


def _listed(found: Sequence[FindingChange], *, key: str) -> None:
    st.markdown("\n\n".join(line(change) for change in found[:_MOST]))
    rest = found[_MOST:]
    if rest and st.toggle(f"Show {counted(len(rest), 'more finding')}", key=f"more-{key}"):
        st.markdown("\n\n".join(line(change) for change in rest))
