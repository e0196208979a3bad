"""The page put together: its parts, those that exist, and the one that is chosen."""

from collections.abc import Callable

import streamlit as st

from audit.ui import state
from audit.ui.representation import (
    coverage,
    groups,
    labels,
    meet,
    model,
    proxies,
    quality,
    strata,
)
from audit.ui.representation.view import View

_PARTS: dict[str, tuple[Callable[[View], None], Callable[[View], bool]]] = {
    "Groups": (groups.show, lambda _: True),
    "Labels": (labels.show, lambda view: view.report.label is not None),
    "Where groups meet": (meet.show, lambda view: len(view.report.axes) > 1),
    "Within strata": (strata.show, strata.there),
    "Coverage": (coverage.show, lambda view: view.report.coverage is not None),
    "Quality": (quality.show, quality.there),
    "Proxies": (proxies.show, proxies.there),
    "Model": (model.show, model.able),
}
"""By name: what shows a part, and whether there is anything to show."""


def choose(view: View) -> Callable[[View], None]:
    """Choose the part to look at; it stands in the URL."""
    there = [name for name, (_, is_there) in _PARTS.items() if is_there(view)]

    def changed() -> None:
        state.pick(view.version, None)

    chosen = st.segmented_control(
        "Question",
        there,
        default=there[0],
        required=True,
        key="part",
        bind="query-params",
        on_change=changed,
        wrap=True,
    )
    return _PARTS[chosen or there[0]][0]
