"""Every column in one table: small histograms, searched and sorted in the browser."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import streamlit as st

from audit import runner
from audit.charts.template import visible
from audit.model import Severity
from audit.reports.distribution.values import Column, Distribution
from audit.ui import masking, parts, state, words
from audit.ui.text import counted, number, shorten

if TYPE_CHECKING:
    import pandas as pd

_KEY = "columns"
_BARS = 24
_ROW_PX = 36
_MOST_PX, _BESIDE_PX = 480, 288
"""The table gives way to the column that is opened below it."""


def show(result: runner.Result, report: Distribution) -> None:
    """Show the table; a row that is selected becomes the column looked at."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sought = st.text_input(
            "Find a column",
            key="columns-find",
            placeholder="part of a name, kind or role",
            width=280,
        )
        st.space("stretch")
        note = st.empty()
    rows = table(result, report)
    if sought.strip():
        text = rows[["Column", "Kind", "Role"]].agg(" ".join, axis=1).str.lower()
        rows = rows[text.str.contains(sought.strip().lower(), regex=False)]
    of = f"{len(rows):,} of " if len(rows) != len(report.columns) else ""
    note.markdown(
        parts.small(f"{of}{counted(len(report.columns), 'column')} · select one to open it")
    )
    if rows.empty:
        st.markdown("No column has that in its name, kind or role.")
        return
    names = list(rows["Column"])
    most = _BESIDE_PX if state.column(result.version) else _MOST_PX

    def selected() -> None:
        chosen = state.session()[_KEY].get("selection", {}).get("rows", [])
        state.choose_column(result.version, names[chosen[0]] if chosen else None)

    st.dataframe(
        rows,
        key=_KEY,
        hide_index=True,
        column_config=_config(),
        height=min(_ROW_PX * (len(rows) + 1) + 2, most),
        on_select=selected,
        selection_mode="single-row",
        placeholder="",
        alt=f"{counted(len(rows), 'column')} with kind, missing share, distinct values and histogram",
    )


def choose(result: runner.Result, report: Distribution) -> Column | None:
    """Let one column be chosen by name, for keyboards and long tables; the first by default."""
    names = [c.name for c in report.columns]
    if not names:
        return None
    current = state.column(result.version)
    key = "column-name"
    if current in names and state.session().get(key) != current:
        state.session()[key] = current

    def picked() -> None:
        state.choose_column(result.version, state.session()[key])

    chosen = st.selectbox(
        "Column in depth",
        names,
        index=None,
        key=key,
        on_change=picked,
        placeholder="Choose a column",
    )
    return report.column(chosen) if chosen else None


def table(result: runner.Result, report: Distribution) -> "pd.DataFrame":
    """Build the table: one row per column of the version, in its order."""
    import pandas as pd

    worst: dict[str, Severity] = {}
    found: Counter[str] = Counter()
    for finding in result.open_findings:
        for name in finding.columns:
            found[name] += 1
            worst[name] = max(worst.get(name, Severity.INFO), finding.severity)
    entries = [
        {
            "Column": c.name,
            "Distribution": bars(c),
            "Kind": words.KINDS[c.kind],
            "Missing": c.missing_share,
            "Distinct": c.distinct,
            "Typical": typical(c, hide=masking.is_personal(result.roles, c.name)),
            "Findings": f"{parts.MARKS[worst[c.name].word][0]} {found[c.name]}"
            if found[c.name]
            else "",
            "Role": ", ".join(result.roles.of(c.name)),
        }
        for c in report.columns
    ]
    return pd.DataFrame(entries)


def bars(column: Column) -> list[int]:
    """Give the heights of a column's small histogram: its bins, or its most frequent values."""
    if column.numbers is not None:
        return _coarser(column.numbers.histogram.counts)
    if column.dates is not None:
        return _coarser(tuple(n for _, n in column.dates.periods))
    return [v.count for v in column.top[:_BARS]]


def typical(column: Column, *, hide: bool) -> str:
    """Say what is typical in a word or two: the range of numbers and dates, or the mode."""
    if column.present == 0:
        return "–"
    if hide:
        return "masked"
    if column.numbers is not None:
        at = dict(column.numbers.quantiles)
        ends = f"{number(column.numbers.minimum)} to {number(column.numbers.maximum)}"
        return f"{number(at[0.5])} ({ends})"
    if column.dates is not None:
        return f"{column.dates.minimum[:10]} to {column.dates.maximum[:10]}"
    return shorten(visible(column.top[0].value), 32) if column.top else "–"


def _coarser(counts: tuple[int, ...]) -> list[int]:
    """Add neighbouring bins up until they fit into a cell."""
    step = max(1, -(-len(counts) // _BARS))
    return [sum(counts[i : i + step]) for i in range(0, len(counts), step)]


def _config() -> dict[str, Any]:
    config = st.column_config
    return {
        "Column": config.TextColumn(width=170),
        "Kind": config.TextColumn(width=76),
        "Distribution": config.BarChartColumn(width=170, y_min=0, color=parts.palette().data),
        "Missing": config.NumberColumn(width=76, format="percent"),
        "Distinct": config.NumberColumn(width=76, format="localized"),
        "Typical": config.TextColumn(
            "Typical",
            width=190,
            help="Median and range of numbers, or the most frequent value",
        ),
        "Findings": config.TextColumn(width=76, help="The worst one's mark, and how many"),
        "Role": config.TextColumn(width="medium"),
    }
