"""Beside the scorecard: who was filtered out, and the rows left after each step."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.charts.comparison.removals import removal_rates
from audit.comparing.values import Comparison, GroupRemoval
from audit.mending.effects import Effect
from audit.model import Role
from audit.ui import parts
from audit.ui.compare import words
from audit.ui.compare.view import View
from audit.ui.representation.tables import localized
from audit.ui.text import count, percent, shorten

if TYPE_CHECKING:
    import pandas as pd

_SENSITIVE, _MEETING, _EVERY = "sensitive columns", "where two groups meet", "all groups"


def show(view: View) -> None:
    """Show who was filtered out, and the rows left after each step."""
    comparison = view.comparison
    with st.container(border=True, gap="xsmall"):
        _filtered_out(view)
    if comparison.steps:
        with st.container(border=True, gap="xsmall"):
            parts.heading("Rows, step by step")
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
    choices = grouped(comparison)
    chosen = next(iter(choices))
    if len(choices) > 1:
        chosen = st.selectbox(
            "Groups of",
            list(choices),
            format_func=lambda name: shorten(name, 40),
            key=f"removals-of-{view.key}",
        )
    drawn = removal_rates(choices[chosen], overall, p=parts.palette())
    parts.picture(drawn, key=f"removals-{view.key}-{list(choices).index(chosen)}")
    with st.expander("As a table", key=f"removals-open-{view.key}"):
        st.dataframe(
            removals_table(comparison),
            hide_index=True,
            placeholder="–",
            alt="Rows removed by group",
            key=f"removals-table-{view.key}",
        )


def grouped(comparison: Comparison) -> dict[str, tuple[GroupRemoval, ...]]:
    """Sort groups into those to look at together, the sensitive columns first."""
    sensitive = comparison.before.roles.having(Role.SENSITIVE)
    single = [r for r in comparison.removals if len(r.group) == 1]
    found = {_SENSITIVE: tuple(r for r in single if r.group[0][0] in sensitive)}
    columns = dict.fromkeys(r.group[0][0] for r in single)
    for column in sorted(columns, key=lambda c: c not in sensitive):
        found[column] = tuple(r for r in single if r.group[0][0] == column)
    found[_MEETING] = tuple(r for r in comparison.removals if len(r.group) > 1)
    kept = {name: groups for name, groups in found.items() if groups}
    return kept if len(columns) > 1 or _MEETING in kept else {_EVERY: comparison.removals}


def steps_table(steps: tuple[Effect, ...]) -> "pd.DataFrame":
    """List the rows left after each step, and how many went; those that came, where any did."""
    import pandas as pd

    lines = [("as loaded", steps[0].rows_in, 0, 0)] if steps else []
    lines += [
        (f"{s.position}. {s.title}", s.rows_out, s.removed, s.copied + s.added) for s in steps
    ]
    table = pd.DataFrame(lines, columns=["Step", "Rows left", "Removed", "Added"])
    return table if table["Added"].any() else table.drop(columns="Added")


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
