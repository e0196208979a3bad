"""Quasi-identifiers: how they are named, which columns may be some, and marking them."""

from collections.abc import Sequence

import streamlit as st

from audit import runner
from audit.charts.privacy.names import told_apart
from audit.model import Role
from audit.reports.reidentification.values import Suggestion
from audit.store import Version
from audit.ui import parts
from audit.ui.privacy.view import View
from audit.ui.text import counted, md, plural, quoted
from audit.ui.words import together

DESCRIBE_PAGE = "pages/data/describe.py"
_MOST_NAMED, _LETTERS = 4, 40


def named(columns: Sequence[str], most: int = _MOST_NAMED) -> str:
    """Name columns in a sentence: “zip”, “birth date” and 3 more columns. Escaped."""
    short = told_apart(columns, _LETTERS)
    if len(columns) <= most:
        return together([quoted(short[c]) for c in columns])
    listed = [quoted(short[c]) for c in columns[: most - 1]]
    return together([*listed, counted(len(columns) - most + 1, "more column")])


def nobody(view: View) -> None:
    """Say what quasi-identifiers are, where none is marked, and which columns may be some."""
    found = view.risk.suggestions
    parts.answer("No column is marked as a quasi-identifier, so that no risk can be stated.")
    st.markdown(
        "A *quasi-identifier* does not name anybody by itself and is known to others: date of "
        "birth, postal code, sex, job, place of birth. Several of them together often belong to "
        "one person only. Once they are marked, this page says how many rows they single out, "
        "which of them drives the risk and what coarser values would change."
    )
    if found:
        st.markdown("**Columns that may be quasi-identifiers**")
        st.markdown(_reasons(found))
        every = [s.column for s in found]
        label = "Mark it" if len(every) == 1 else f"Mark these {len(every)} columns"
        if parts.primary(f"{label} and measure the risk", key="mark-quasi"):
            mark(view.version, every)
            st.rerun()
    else:
        st.markdown("No column looks like one, by its name or by its values.")
    st.page_link(DESCRIBE_PAGE, label="Say what the columns mean")
    st.markdown(parts.small(f"{counted(view.risk.rows, 'row')} looked at"))


def suggestions(view: View) -> None:
    """Offer columns that may be quasi-identifiers as well and are not marked, each with a button."""
    found = view.risk.suggestions
    if not found:
        return
    n = len(found)
    st.subheader("Not counted yet", anchor=False)
    st.markdown(
        f"{counted(n, 'more column')} may be known to others, too. The risk above does not "
        f"count {plural(n, 'it') if n == 1 else 'them'}."
    )
    with st.container(border=True, gap="xsmall"):
        for i, one in enumerate(found):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(_reason(one), width="stretch")
                st.button(
                    "Mark as quasi-identifier",
                    key=f"mark-{i}-{n}",
                    on_click=mark,
                    args=(view.version, [one.column]),
                )


def mark(version: Version, columns: Sequence[str]) -> None:
    """Give columns the role of quasi-identifiers, beside those that have it."""
    known = runner.roles(version).having(Role.QUASI_IDENTIFIER)
    every = list(dict.fromkeys((*known, *columns)))
    runner.state_roles(version, {"quasi_identifier": every})


def _reasons(found: Sequence[Suggestion]) -> str:
    return "\n".join(f"- {_reason(one)}" for one in found)


def _reason(one: Suggestion) -> str:
    return f"{quoted(one.column, _LETTERS)}: {md(one.reason[:1].lower() + one.reason[1:])}"
