"""The opening: the answer, the scorecard, beside it who was filtered out, and the rows by step."""

from typing import Literal

import streamlit as st

from audit.charts.comparison.scorecard import scorecard
from audit.comparing.values import Line, Verdict
from audit.comparing.words import of_verdict
from audit.ui import parts
from audit.ui.compare import beside, choose, words
from audit.ui.compare.view import View
from audit.ui.text import md

_TRACKS, _TRACK_PX = 5, 176
_LEFT, _RIGHT = 3, 2
"""Fifths of the width; in a narrow window both take all of it."""
_ALL: Literal["all"] = "all"
_FILTERS: dict[Verdict | Literal["all"], str] = {
    _ALL: "All",
    "worse": "Got worse",
    "better": "Got better",
    "same": "Stayed",
    "unknown": "Unclear",
}


def show(view: View) -> None:
    """Show what a person should know who looks at nothing else."""
    comparison = view.comparison
    st.markdown(words.answer(comparison))
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(parts.small(words.sides(comparison)), width="stretch")
        st.button(
            "Swap before and after",
            icon=":material/swap_horiz:",
            key="compare-swap",
            type="tertiary",
            on_click=choose.swap,
            args=(view.in_use,),
        )
    if comparison.notes:
        st.markdown(parts.small("  \n".join(md(note) for note in comparison.notes)))
    grid = st.grid(_TRACKS, min_column_width=_TRACK_PX)
    with grid.cell(column_span=_LEFT), st.container(border=True, gap="xsmall"):
        _scorecard(view)
    with grid.cell(column_span=_RIGHT):
        beside.show(view)


def narrowed(lines: tuple[Line, ...], wanted: Verdict | Literal["all"]) -> tuple[Line, ...]:
    """Keep the measures of one verdict."""
    return lines if wanted == _ALL else of_verdict(lines, wanted)


def _scorecard(view: View) -> None:
    comparison = view.comparison
    parts.heading(
        "Before and after, measure by measure",
        "each measure on a scale of its own; right is better",
    )
    if not comparison.lines:
        st.markdown("There is no measure that both versions have.")
        return
    counts = {v: len(narrowed(comparison.lines, v)) for v in _FILTERS}
    shown = [v for v in _FILTERS if counts[v] or v == "worse"]
    wanted = st.segmented_control(
        "Show",
        shown,
        default=_ALL,
        required=True,
        format_func=lambda v: f"{_FILTERS[v]} {counts[v]}",
        key=f"compare-verdict-{view.key}",
        label_visibility="collapsed",
        wrap=True,
    )
    lines = narrowed(comparison.lines, wanted or _ALL)
    if not lines:
        st.markdown("No measure got worse.")
        return
    drawn = scorecard(lines, p=parts.palette())
    parts.picture(drawn, key=f"scorecard-{view.key}-{wanted}")
