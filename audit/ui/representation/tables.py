"""Estimates as text, and as tables in which every measure explains itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from audit.reports.representation.group_values import Estimate, Estimates
from audit.ui import parts
from audit.ui.representation.explained import explained
from audit.ui.text import count, md, number, percent, points, ratio

if TYPE_CHECKING:
    import pandas as pd

_SIGNED = ("_difference", "_gap", "_disparity")
_UNSIGNED = frozenset(
    {
        *("demographic_parity_difference", "equal_opportunity_difference"),
        "equalized_odds_difference",
    }
)
"""Largest minus smallest: cannot be less than nothing."""
_FEW, _MOST_PX = 12, 440


def value_text(estimate: Estimate | None) -> str:
    """Write a value in the format of its unit; '–' where there is none."""
    if estimate is None or estimate.value is None:
        return "–"
    about = "≈ " if estimate.method.startswith(("approx", "sample")) else ""
    return about + _written(estimate, float(estimate.value))


def interval_text(estimate: Estimate | None) -> str:
    """Write the 95% interval: '0.34 to 0.38'; empty where there is none."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return ""
    low, high = _written(estimate, estimate.low), _written(estimate, estimate.high)
    if low.endswith(" pp") and high.endswith(" pp"):
        low = low.removesuffix(" pp")
    return f"{low} to {high}"


def p_text(p: float | None) -> str:
    """Write a p-value: '< 0.001', '0.034'.

    Examples
    --------
    >>> p_text(0.0001), p_text(0.0344), p_text(0.5), p_text(None)
    ('< 0.001', '0.034', '0.50', '–')
    """
    if p is None:
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def rests_on(estimate: Estimate) -> str:
    """Say what a value rests on: rows and method, or why there is none. Not escaped."""
    if estimate.value is None:
        return estimate.reason or "not defined here"
    against = f"against {estimate.against}" if estimate.against else ""
    method = "" if estimate.method == "exact" else estimate.method
    parts_ = [f"n = {count(estimate.n)}", against, method, estimate.reason]
    return " · ".join(p for p in parts_ if p)


def measures(estimates: Sequence[Estimate], *, key: str) -> None:
    """Show a table of measures: name, value with interval, what it says, what it rests on."""
    import pandas as pd

    lines = []
    for e in estimates:
        told = explained(e.name)
        interval = interval_text(e)
        value = f"**{md(value_text(e))}**" + (
            f"  \n{parts.small(f'95% interval {md(interval)}')}" if interval else ""
        )
        lines.append(
            {
                "Measure": md(told.title),
                "Value": value,
                "What it says": f"{md(told.says)}  \n{parts.small(md(told.reach))}",
                "Rests on": parts.small(md(rests_on(e))),
            }
        )
    with st.container(key=key):
        st.table(pd.DataFrame(lines), hide_index=True)


def frame(table: "pd.DataFrame", *, title: str, note: str, alt: str, key: str) -> None:
    """Show a table of groups below its title; it can be sorted, searched and downloaded."""
    parts.heading(title, note)
    table = table.drop(columns=[c for c in table if (table[c] == "").all()])
    st.dataframe(
        table,
        hide_index=True,
        height="content" if len(table) <= _FEW else _MOST_PX,
        placeholder="–",
        column_config=localized(table),
        alt=alt,
        key=key,
    )


def localized(table: "pd.DataFrame") -> dict[str, Any]:
    """Let whole numbers be written with separators, as everywhere else."""
    whole = st.column_config.NumberColumn(format="localized")
    return {str(name): whole for name, type_ in table.dtypes.items() if type_.kind == "i"}


def chosen(estimates: Estimates, names: Sequence[str], label_class: str = "") -> list[Estimate]:
    """Pick estimates by name, in the order of ``names``; of classes, those of one or of none."""
    return [
        e
        for name in names
        for e in estimates
        if e.name == name and e.label_class in ("", label_class)
    ]


def _written(estimate: Estimate, value: float) -> str:
    if estimate.name.endswith("p_value"):
        return p_text(value)
    if estimate.unit == "share":
        signed = estimate.name.endswith(_SIGNED) or estimate.name.startswith("difference")
        if not signed:
            return percent(value)
        never = estimate.name in _UNSIGNED or estimate.name.endswith("_share_gap")
        return points(value).removeprefix("+") if never and value >= 0 else points(value)
    if estimate.unit == "ratio":
        return ratio(value) if value != float("inf") else "∞"
    return count(value) if estimate.unit in ("count", "rows") else number(value)
