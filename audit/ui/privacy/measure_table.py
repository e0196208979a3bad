"""Measures of the re-identification report as a table in which each explains itself."""

from collections.abc import Sequence

import streamlit as st

from audit.model import Measure
from audit.ui import measures, parts
from audit.ui.privacy.explained import explained, title
from audit.ui.text import md


def show(found: Sequence[Measure], *, key: str) -> None:
    """Show name, value, what it says and what it rests on, one measure a line."""
    import pandas as pd

    lines = []
    for measure in found:
        told = explained(measure.name)
        lines.append(
            {
                "Measure": md(title(measure)),
                "Value": f"**{md(measures.value_text(measure))}**",
                "What it says": f"{md(told.says)}  \n{parts.small(md(told.reach))}",
                "Rests on": parts.small(md(measures.note_text(measure))),
            }
        )
    if lines:
        with st.container(key=key):
            st.table(pd.DataFrame(lines), hide_index=True)
