"""The page put together: its parts, those that exist, and the one that is chosen."""

from collections.abc import Callable

import streamlit as st

from audit.ui import state
from audit.ui.privacy import (
    columns,
    detection,
    disclosure,
    drivers,
    one_column,
    repeats,
    risk,
    settings,
    what_if,
)
from audit.ui.privacy.view import PART, View

_PARTS: dict[str, tuple[Callable[[View], None], Callable[[View], bool]]] = {
    "Personal data": (columns.show, lambda _: True),
    "One column": (one_column.show, one_column.there),
    "Repeats": (repeats.show, repeats.there),
    "Re-identification": (risk.show, risk.there),
    "What drives it": (drivers.show, drivers.there),
    "What if": (what_if.show, what_if.there),
    "Sensitive attributes": (disclosure.show, disclosure.there),
    "Detection": (detection.show, lambda _: True),
    "Settings": (settings.show, lambda _: True),
}
"""By name: what shows a part, and whether there is anything to show."""


def choose(view: View) -> Callable[[View], None]:
    """Choose the part to look at; it stands in the URL."""
    there = [name for name, (_, is_there) in _PARTS.items() if is_there(view)]
    chosen = st.segmented_control(
        "Question",
        there,
        # A click on a picture chooses a part, too; Streamlit takes a default or that.
        default=None if PART in state.session() else there[0],
        required=True,
        key=PART,
        bind="query-params",
        wrap=True,
    )
    return _PARTS[chosen or there[0]][0]
