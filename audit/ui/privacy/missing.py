"""How missing quasi-identifiers are read: the rule stated, what it matters to, and a switch."""

import streamlit as st

from audit.reports.reidentification.options import MissingRule
from audit.ui import changes, parts, state
from audit.ui.privacy.view import RISK, View
from audit.ui.text import count, counted, percent

_RULES: dict[MissingRule, tuple[str, str]] = {
    "value": (
        "a value of its own",
        "a missing value is read as a value of its own: rows that lack it are alike",
    ),
    "wildcard": (
        "a wildcard",
        "a missing value may be any: such a row counts as alike to all that it fits, and hides "
        "among them",
    ),
}


def show(view: View) -> None:
    """Say which rule holds and for how many rows; where there are some, offer the other."""
    report = view.risk
    _, said = _RULES[report.missing]
    n = report.rows_with_missing
    if not n:
        st.markdown(parts.small("No quasi-identifier is missing in any row."))
        return
    share = f" ({percent(n / report.rows)})" if report.rows else ""
    st.markdown(
        f":small[{parts.mark('notice')} {counted(n, 'row')}{share} {'lacks' if n == 1 else 'lack'} "
        f"a quasi-identifier; {said}.]"
    )
    key = f"missing-rule-{changes.turn(RISK)}-{report.missing}"

    def changed() -> None:
        wanted = state.session()[key]
        if wanted not in (None, report.missing):
            title = f"Reading {count(n)} missing quasi-identifiers as {_RULES[wanted][0]}"
            changes.change(view.version, RISK, title, {"missing": wanted})

    st.segmented_control(
        "A missing quasi-identifier counts as",
        list(_RULES),
        default=report.missing,
        required=True,
        format_func=lambda rule: _RULES[rule][0],
        key=key,
        on_change=changed,
    )
