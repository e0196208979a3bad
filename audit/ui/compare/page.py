"""The page put together: two versions, the opening, and one part below it."""

from collections.abc import Callable

import streamlit as st

from audit.store import Version
from audit.ui.compare import (
    choose,
    columns,
    findings,
    front,
    learning,
    lost,
    measured,
    nothing,
    remaining,
    rows,
    scores,
    steps,
    take_away,
)
from audit.ui.compare.view import View

PART = "closer"
"""Key of the choice of a part, and its name in the URL."""
_PARTS: dict[str, tuple[Callable[[View], None], Callable[[View], bool]]] = {
    "Measures": (scores.show, scores.there),
    "Findings": (findings.show, findings.there),
    "Each step": (steps.show, steps.there),
    "Columns": (columns.show, columns.there),
    "What a model learns": (learning.show, learning.there),
    "Personal data": (remaining.show, remaining.there),
    "Information lost": (lost.show, lost.there),
    "Rows": (rows.show, rows.there),
    "Download": (take_away.show, take_away.there),
}
"""By name: what shows a part, and whether there is anything to show."""


def show(version: Version) -> None:
    """Let two versions be chosen, and show how they compare."""
    before, after = choose.versions(version)
    if before is None or after is None:
        nothing.chosen(version)
        return
    if before.id == after.id:
        nothing.same()
        return
    comparison = measured.need(before, after)
    if comparison is None:
        return
    view = View(in_use=version, before=before, after=after, comparison=comparison)
    front.show(view)
    st.subheader("Look closer", anchor=False)
    _choose_part(view)(view)


def _choose_part(view: View) -> Callable[[View], None]:
    there = [name for name, (_, is_there) in _PARTS.items() if is_there(view)]
    chosen = st.segmented_control(
        "Part",
        there,
        default=there[0],
        required=True,
        key=PART,
        bind="query-params",
        label_visibility="collapsed",
        wrap=True,
    )
    return _PARTS[chosen if chosen in there else there[0]][0]
