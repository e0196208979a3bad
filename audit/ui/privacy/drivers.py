"""Part 'What drives it': the risk without each quasi-identifier, and what makes rows unique."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.charts.privacy import drivers as charts
from audit.reports.reidentification.values import Driver, Reidentification, Risk, UniqueSet
from audit.ui import parts, rows_view
from audit.ui.privacy import quasi
from audit.ui.privacy.risk import with_quasi
from audit.ui.privacy.view import View, numbered
from audit.ui.representation import tables
from audit.ui.representation.view import findings, show_findings, steps
from audit.ui.text import count, counted, md, percent, quoted

if TYPE_CHECKING:
    import pandas as pd

CHECKS = frozenset({"risk-driver"})
_MOST_SETS = 200


def there(view: View) -> bool:
    """Whether there are quasi-identifiers and rows."""
    return view.risk.risk is not None and view.risk.risk.rows > 0


def show(view: View) -> None:
    """Show which quasi-identifier adds most, which combinations make rows unique, what is unmarked."""
    report = view.risk
    risk = report.risk
    if risk is None:
        return
    parts.answer(answer(report, risk))
    ordered = charts.strongest_first(risk, report.drivers)
    if len(risk.columns) > 1:
        what = charts.sense(risk)
        parts.chart_card(
            f"{what.title.capitalize()} with one column left out",
            f"n = {counted(risk.rows, 'row')} · the shorter the bar, the more the column adds · "
            "coloured: the strongest",
            charts.drivers(risk, ordered, p=parts.palette()),
            key="risk-drivers",
        )
    found = findings(view.result, CHECKS)
    show_findings(found)
    if len(risk.columns) > 1:
        _explain(steps(found, _to_do(ordered, risk)))
        tables.frame(
            table(ordered, risk),
            title="Every quasi-identifier, left out",
            note=f"with all {len(risk.columns)}: k = {count(risk.k)}, "
            f"{counted(risk.uniques, 'unique row')}",
            alt="Quasi-identifiers with the risk that is left without each",
            key="drivers-table",
        )
    _unique_sets(view)
    quasi.suggestions(view)


def answer(report: Reidentification, risk: Risk) -> str:
    """Say which quasi-identifier adds most to the risk. Escaped."""
    if len(risk.columns) == 1:
        return f"{quasi.named(risk.columns)} is the only quasi-identifier: all risk is its own."
    first = next(iter(charts.strongest_first(risk, report.drivers)), None)
    if first is None or first.without is None:
        return "What each quasi-identifier adds was not measured."
    what = charts.sense(risk)
    before, after = what.of(risk), what.of(first.without)
    if after >= before:
        return "No quasi-identifier adds to the risk by itself: the others tell as much without it."
    name = quoted(first.column, 40)
    if not what.k:
        return (
            f"{name} adds most: without it a class has "
            f"{counted(round(1 / after), 'row')} on average instead of {count(1 / before)}."
        )
    was, now = risk.rows_below(what.k), first.without.rows_below(what.k)
    fall = f"{what.title} fall from {count(was)} to {count(now)}"
    return f"{name} drives the risk: without it {fall}, and k is {count(first.without.k)}."


def table(found: list[Driver], risk: Risk) -> "pd.DataFrame":
    """List the drivers: what is left without each, and how much less that is."""
    import pandas as pd

    lines = []
    for driver in found:
        without = driver.without
        if without is None:
            continue
        lines.append(
            {
                "Left out": driver.column,
                "Different values": driver.distinct,
                "k": without.k,
                "Unique rows": without.uniques,
                "Fewer unique rows": risk.uniques - without.uniques,
                "Rows below k = 5": without.rows_below(5),
                "Classes": without.classes,
                "Average risk": percent(without.average),
            }
        )
    return pd.DataFrame(lines)


def _explain(do: str) -> None:
    parts.explain(
        "Each bar is what would be left of the risk if nobody knew that column. A column whose "
        "bar is nearly as long as the stroke adds hardly anything: the others say as much.",
        "A date of birth or a postal code with thousands of values usually does more than all "
        "other columns together. Mending it costs less than mending everything.",
        do,
    )


def _to_do(ordered: list[Driver], risk: Risk) -> str:
    what = charts.sense(risk)
    first = ordered[0].without if ordered else None
    if first is None or what.of(first) >= what.of(risk):
        return "Leaving out one column mends nothing: make several of them coarser under *What if*."
    return (
        f"Try coarser values of {quoted(ordered[0].column, 40)} under *What if*: a year instead "
        "of a day, three digits of a postal code, a range instead of a number."
    )


def _unique_sets(view: View) -> None:
    report = view.risk
    st.subheader("Combinations that make rows unique", anchor=False)
    if report.unique_sets_note:
        st.markdown(f"{parts.mark('notice')} {md(report.unique_sets_note)}")
    sets = sorted(report.unique_sets, key=lambda s: (len(s.columns), -s.rows, s.columns))
    if not sets:
        among = "Of those tried, no" if report.unique_sets_note else "No"
        st.markdown(f"{among} combination of up to three quasi-identifiers makes a row unique.")
        return
    tables.frame(
        sets_table(sets[:_MOST_SETS], report.rows),
        title=_sets_title(sets),
        note=f"{counted(len(sets), 'combination')}"
        + (f", {_MOST_SETS} shown" if len(sets) > _MOST_SETS else "")
        + " · rows that are unique by exactly these columns and by no part of them",
        alt="Combinations of quasi-identifiers with the rows they make unique",
        key="unique-sets",
    )
    _one_row(view, sets[:_MOST_SETS])


def sets_table(sets: list[UniqueSet], rows: int) -> "pd.DataFrame":
    """List combinations with the rows that are unique by them."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "Columns": " × ".join(one.columns),
                "How many": len(one.columns),
                "Unique rows": one.rows,
                "Share of rows": percent(one.rows / rows if rows else None),
                "One of them": "" if one.row_number is None else f"row {one.row_number + 1:,}",
            }
            for one in sets
        ]
    )


def _sets_title(sets: list[UniqueSet]) -> str:
    fewest = len(sets[0].columns)
    if fewest == 1:
        return f"One column is enough: {quoted(sets[0].columns[0], 40)}"
    return f"It takes {'two' if fewest == 2 else 'three'} columns: {quasi.named(sets[0].columns)}"


def _one_row(view: View, sets: list[UniqueSet]) -> None:
    """Show one row that a chosen combination makes unique, as shapes until asked."""
    chosen = st.selectbox(
        "Show a row that is unique by",
        range(len(sets)),
        index=None,
        format_func=lambda i: " × ".join(sets[i].columns),
        key=f"unique-set-{len(sets)}",
        placeholder="Choose a combination",
        width=420,
    )
    if chosen is None:
        return
    one = sets[chosen]
    if one.row_number is None:
        return
    with st.container(border=True, gap="small"):
        rows_view.show(
            view.version,
            numbered([one.row_number]),
            with_quasi(view),
            key=f"unique-set-row-{chosen}",
            title=f"Row {count(one.row_number + 1)}, the only one with its values of "
            f"{quasi.named(one.columns)}",
            first=one.columns,
        )
