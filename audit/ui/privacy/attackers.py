"""Who might look: prosecutor, journalist and marketer in plain words, with an example row."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.model import RowTest, Where
from audit.reports.reidentification.values import Reidentification, Risk
from audit.store.rows import page
from audit.ui import masking, parts
from audit.ui.privacy import quasi
from audit.ui.privacy.view import View
from audit.ui.text import count, counted, percent, quoted

if TYPE_CHECKING:
    import pandas as pd


def show(view: View) -> None:
    """Say who might look for whom and how likely they succeed, with the row easiest to find."""
    report = view.risk
    risk = report.risk
    if risk is None or risk.k is None:
        return
    st.subheader("Who might look, and how likely they succeed", anchor=False)
    grid = st.grid(3, min_column_width=230, gap="medium")
    for title, text in zip(
        ("The prosecutor", "The journalist", "The marketer"),
        (_prosecutor(risk), _journalist(report), _marketer(report)),
        strict=True,
    ):
        grid.markdown(f"**{title}**  \n{text}")
    if report.example_row is not None:
        _example(view, report.example_row, risk.k)


def _prosecutor(risk: Risk) -> str:
    k = risk.k or 1
    guess = (
        "In a class of one there is nothing to guess"
        if k == 1
        else f"Even in the smallest class that leaves {counted(k, 'row')} to guess among"
    )
    return (
        f"knows that a certain person is in the data, and knows their {quasi.named(risk.columns, 3)}. "
        f"{guess}: right with **{percent(risk.highest)}**; on average over all rows with "
        f"**{percent(risk.average)}**."
    )


def _journalist(report: Reidentification) -> str:
    text = (
        "does not know who is in the data and wants to name anybody in it. What protects a row "
        "is how many people *of the population* share its values. "
    )
    found = report.population
    if found is None:
        return text + "Population counts are needed to say how likely that is: see below."
    if found.journalist_max is None:
        return text + "It cannot be stated with the counts given."
    return text + (
        f"Right with **{percent(found.journalist_max)}** for the row easiest to find, with "
        f"**{percent(found.journalist_average)}** on average."
    )


def _marketer(report: Reidentification) -> str:
    text = "does not care about one person and links all rows to a list of people, right or wrong. "
    found = report.population
    if found is None or found.marketer is None:
        return text + "How many links would be right takes population counts, too: see below."
    return text + f"About **{percent(found.marketer)}** of the links would be right."


def _example(view: View, row: int, k: int) -> None:
    others = k - 1
    shared = (
        "no other row shares them"
        if not others
        else f"{counted(others, 'other row')} {'shares' if others == 1 else 'share'} them"
    )
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**For example row {count(row + 1)}**: {shared}.  \n"
                + parts.small("its quasi-identifiers; letters as x, digits as 9"),
                width="stretch",
            )
            shown = st.toggle("Show values", key=f"example-{row}")
        table = _cells(view, row, shown=shown)
        st.dataframe(
            table,
            hide_index=True,
            placeholder="(missing)",
            alt=f"The quasi-identifiers of row {row + 1}" + ("" if shown else ", as shapes"),
            key=f"example-row-{row}",
        )
        st.markdown(_reading(view.risk, others))


def _cells(view: View, row: int, *, shown: bool) -> "pd.DataFrame":
    import pandas as pd

    where = Where(tests=(RowTest(op="numbered", values=(row,)),))
    found = page(view.version.table, where, columns=view.risk.columns, limit=1)
    cells = found.rows[0] if found.rows else ()
    texts = [None if c is None else str(c) for c in cells]
    return pd.DataFrame(
        {
            "Quasi-identifier": list(found.columns[: len(texts)]),
            "Value": texts if shown else [masking.masked(text) for text in texts],
        },
        dtype=object,
    )


def _reading(report: Reidentification, others: int) -> str:
    learned = report.disclosures[0].attribute if report.disclosures else ""
    what = (
        f"reads its {quoted(learned, 40)} and everything else in the row"
        if learned
        else "reads everything else in the row"
    )
    if not others:
        return f"Who knows these values of a person finds this row at once, and {what}."
    return f"Who knows these values of a person has {counted(others + 1, 'row')} to choose from."
