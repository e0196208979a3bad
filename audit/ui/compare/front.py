"""The opening: the answer, the scorecard, beside it who was filtered out, and the rows by step."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.charts.comparison.removals import removal_rates
from audit.charts.comparison.scorecard import scorecard
from audit.comparing.values import Comparison, Line
from audit.mending.effects import Effect
from audit.ui import parts
from audit.ui.compare import words
from audit.ui.compare.view import View
from audit.ui.representation.tables import localized
from audit.ui.text import count, md, percent

if TYPE_CHECKING:
    import pandas as pd

_TRACKS, _TRACK_PX = 5, 176
_LEFT, _RIGHT = 3, 2
"""Fifths of the width; in a narrow window both take all of it."""
_ALL = "all"
_FILTERS = {
    _ALL: "All",
    "worse": "◀ Got worse",
    "better": "▶ Got better",
    "same": "= Stayed",
    "unknown": "? Unclear",
}


def show(view: View) -> None:
    """Show what a person should know who looks at nothing else."""
    comparison = view.comparison
    st.markdown(words.answer(comparison))
    st.markdown(parts.small(words.sides(comparison)))
    for note in comparison.notes:
        st.markdown(f"{parts.mark('warning')} {md(note)}")
    grid = st.grid(_TRACKS, min_column_width=_TRACK_PX)
    with grid.cell(column_span=_LEFT), st.container(border=True, gap="xsmall"):
        _scorecard(view)
    with grid.cell(column_span=_RIGHT):
        _beside(view)


def narrowed(lines: tuple[Line, ...], wanted: str) -> tuple[Line, ...]:
    """Keep the measures of one verdict."""
    return lines if wanted == _ALL else tuple(x for x in lines if x.verdict == wanted)


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


def _beside(view: View) -> None:
    comparison = view.comparison
    with st.container(border=True, gap="xsmall"):
        _filtered_out(view)
    if comparison.steps:
        with st.container(border=True, gap="xsmall"):
            parts.heading("Rows, step by step", _steps_note(comparison))
            table = steps_table(comparison.steps)
            st.dataframe(
                table,
                hide_index=True,
                height="content",
                column_config=localized(table),
                alt="Rows left and removed after each step",
                key=f"steps-{view.key}",
            )


def _filtered_out(view: View) -> None:
    comparison = view.comparison
    overall = comparison.overall_removal
    if not view.paired:
        parts.heading("Who was filtered out", "needs rows that can be paired")
        st.markdown(words.pairing_in_words(comparison.pairing))
        return
    parts.heading("Who was filtered out", "share of each group's rows removed · 95% interval")
    if not comparison.pairing.removed:
        st.markdown("Nobody: every row of before is still there.")
        return
    if overall is None or not comparison.removals:
        st.markdown(
            f"{count(comparison.pairing.removed)} rows are gone. Mark a column as sensitive on "
            "the page Describe to see who they were."
        )
        return
    drawn = removal_rates(comparison.removals, overall, p=parts.palette())
    parts.picture(drawn, key=f"removals-{view.key}")
    with st.expander("As a table", key=f"removals-open-{view.key}"):
        st.dataframe(
            removals_table(comparison),
            hide_index=True,
            placeholder="–",
            alt="Rows removed by group",
            key=f"removals-table-{view.key}",
        )


def _steps_note(comparison: Comparison) -> str:
    made = sum(step.copied + step.added for step in comparison.steps)
    return "copied and added rows are told apart" if made else "of the recipe that made it"


def steps_table(steps: tuple[Effect, ...]) -> "pd.DataFrame":
    """List what each step did to the rows; columns that hold nothing are left out."""
    import pandas as pd

    lines = [("as loaded", steps[0].rows_in, 0, 0, 0, 0)] if steps else []
    lines += [
        (f"{s.position}. {s.title}", s.rows_out, s.removed, s.copied, s.added, s.changed)
        for s in steps
    ]
    names = ["Step", "Rows left", "Removed", "Copied", "Added", "Changed"]
    table = pd.DataFrame(lines, columns=names)
    empty = [name for name in names[3:] if not table[name].any()]
    return table.drop(columns=empty)


def removals_table(comparison: Comparison) -> "pd.DataFrame":
    """List every group: rows, removed, share, interval, ratio, in words."""
    import pandas as pd

    said = {"more": "◆ more", "less": "● less", "as all": "○ as all", "too few": "? too few"}
    return pd.DataFrame(
        [
            {
                "Group": " × ".join(value for _, value in r.group),
                "Of": " × ".join(column for column, _ in r.group),
                "Rows": count(r.rows),
                "Removed": count(r.removed),
                "Share": percent(r.share.value),
                "95% interval": _interval(r.share.low, r.share.high),
                "× overall": "–" if r.ratio.value is None else f"×{r.ratio.value:.2f}",
                "Against all rows": said[r.verdict],
            }
            for r in comparison.removals
        ]
    )


def _interval(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{percent(low)} to {percent(high)}"
