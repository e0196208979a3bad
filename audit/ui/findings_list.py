"""Findings to choose from: worst first, by severity, topic and words."""

from collections.abc import Sequence

import streamlit as st

from audit.model import Finding
from audit.ui import parts, words
from audit.ui.text import md

PER_PAGE = 50
_ALL = "All"
_LEVELS = [s.word for s in parts.WORST_FIRST]
_SCROLLS_FROM, _LIST_PX = 12, 640


def narrow(findings: Sequence[Finding]) -> list[Finding]:
    """Show the controls, and give the findings that they leave."""
    topics = list(dict.fromkeys(words.check_topic(f) for f in findings))
    with st.container(horizontal=True, vertical_alignment="top", gap="medium"):
        levels = st.pills(
            "Severity",
            _LEVELS,
            selection_mode="multi",
            default=_LEVELS[:3],
            format_func=lambda level: f"{parts.mark(level)} {level}",
            key="severity",
            bind="query-params",
        )
        topic = st.segmented_control(
            "Audit",
            [_ALL, *topics],
            default=_ALL,
            required=True,
            format_func=str.capitalize,
            key="topic",
        )
        sought = st.text_input("Search", key="search", placeholder="a column or a word", width=220)
    return [
        f
        for f in findings
        if f.severity.word in (levels or _LEVELS)
        and topic in (None, _ALL, words.check_topic(f))
        and sought.strip().lower() in _text(f)
    ]


def choose(findings: Sequence[Finding], *, key: str) -> Finding | None:
    """Show a page of the list; give the finding that is selected in it."""
    pages = -(-len(findings) // PER_PAGE)
    number = 1
    frame = st.container(
        border=True, height=_LIST_PX if len(findings) > _SCROLLS_FROM else "content"
    )
    if pages > 1:
        number = st.pagination(pages, key=f"{key}-page-{pages}", max_visible_pages=5)
    shown = findings[(number - 1) * PER_PAGE : number * PER_PAGE]
    if not shown:
        return None
    with frame:
        chosen = st.radio(
            "Findings",
            range(len(shown)),
            key=f"{key}-{number}-{len(findings)}",
            label_visibility="collapsed",
            format_func=lambda i: f"{parts.mark(shown[i].severity.word)} {md(shown[i].title)}",
            captions=[md(words.place(f)) for f in shown],
        )
    if pages > 1:
        first = (number - 1) * PER_PAGE
        st.markdown(parts.small(f"{first + 1} to {first + len(shown)} of {len(findings)}"))
    return shown[chosen] if chosen is not None and chosen < len(shown) else None


def _text(finding: Finding) -> str:
    return " ".join((finding.title, finding.check, *finding.columns)).lower()
