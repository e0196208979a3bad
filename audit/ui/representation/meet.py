"""Part 'Where groups meet': the rate, or the share of rows, in each cell of two columns."""

import streamlit as st

from audit.charts import representation as charts
from audit.judging.groups import is_real
from audit.reports.representation.group_values import Combination, Group
from audit.ui import parts
from audit.ui.representation import labels, tables
from audit.ui.representation.names import label_words, outcome, people
from audit.ui.representation.view import (
    View,
    findings,
    frame,
    of_class,
    of_groups,
    show_findings,
    show_rows,
    steps,
)
from audit.ui.text import count, counted, in_words, md, percent, plural

_RATE, _SHARE = "Rate of the label", "Rows"


def show(view: View) -> None:
    """Show the cells in which the groups of two columns meet."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = _partner(view)
        fixed = _fixed(chosen) if chosen is not None else None
        label_class = _what(view)
    if chosen is None:
        st.markdown("There is no second sensitive column whose groups these could meet.")
        return
    here = [
        g
        for g in chosen.groups
        if g.n and is_real(g.levels) and (fixed is None or dict(g.levels)[fixed[0]] == fixed[1])
    ]
    parts.answer(_answer(view, here, label_class))
    _picture(view, chosen, fixed, label_class)
    met = View(result=view.result, combination=chosen)
    show_rows(met, of_groups(g for g in chosen.groups if g.n), key="meet")
    found = findings(view.result, labels.CHECKS, *chosen.columns)
    found = [f for f in found if len(f.group) > 1]
    show_findings(found)
    few = sum(g.n < view.report.min_group for g in here)
    _explain(few, steps(found, _to_do(few)))
    if label_class is not None:
        tables.frame(
            labels.table(met, label_class),
            title="Every cell",
            note=f"{counted(len(chosen.groups), 'group')} · compared with "
            f"{md(chosen.reference_group or 'nobody')} · p-values corrected by "
            "Benjamini-Hochberg",
            alt=f"Groups of {' and '.join(chosen.columns)} with rates, ratios and differences",
            key="meet-table",
        )


def _partner(view: View) -> Combination | None:
    """Give the combination of two or three columns: the one looked at, else with one more."""
    if len(view.columns) > 1:
        return view.combination
    (own,) = view.columns
    pairs = [c for c in view.report.combinations if len(c.columns) == 2 and own in c.columns]
    others = {next(c for c in pair.columns if c != own): pair for pair in pairs}
    if not others:
        return None
    chosen = st.selectbox(
        "meets", list(others), key=f"meets-{own}", persist_state="page", width=220
    )
    return others[str(chosen)]


def _fixed(combination: Combination) -> tuple[str, str] | None:
    """Choose the group of the third column within which two others meet."""
    if len(combination.columns) < 3:
        return None
    column = combination.columns[-1]
    sizes: dict[str, int] = {}
    for group in combination.groups:
        level = dict(group.levels)[column]
        sizes[level] = sizes.get(level, 0) + group.n
    names = sorted(sizes, key=lambda name: -sizes[name])
    key = f"within-{'-'.join(combination.columns)}"
    chosen = st.selectbox(f"within {column}", names, key=key, persist_state="page", width=220)
    return column, str(chosen)


def _what(view: View) -> str | None:
    """Choose what cells show: the class whose rate it is ('' where one is stated); None: rows."""
    label = view.report.label
    if label is None or label.axis is None:
        return None
    shown = st.segmented_control(
        "Cells show", [_RATE, _SHARE], default=_RATE, required=True, key="cells"
    )
    if shown == _SHARE:
        return None
    return labels.choose_class(view, key="meet")


def _answer(view: View, here: list[Group], label_class: str | None) -> str:
    """Say where the extremes lie among the cells large enough, and how many are too small."""
    if not here:
        return "No row belongs to a group of each of these columns."
    large = [g for g in here if g.n >= view.report.min_group]
    few = len(here) - len(large)
    small = (
        f" {in_words(few).capitalize()} of {len(here)} cells {plural(few, 'is')} too few to tell."
        if few
        else ""
    )
    if not large:
        return f"Every one of {len(here)} cells has fewer than {view.report.min_group} rows: too few to tell."
    rated = [
        (float(rate.value), rate.n, g)
        for g in large
        if label_class is not None
        and (rate := of_class(g, "label_rate", label_class)) is not None
        and rate.value is not None
    ]
    label = view.report.label
    if len(rated) > 1 and label is not None and label_class is not None:
        low, high = min(rated, key=lambda r: r[0]), max(rated, key=lambda r: r[0])
        what = outcome(label.column, view.positive(label_class))
        return (
            f"{people(low[2].levels)} has {what} in {percent(low[0])} of {counted(low[1], 'row')}, "
            f"{people(high[2].levels)} in {percent(high[0])} of {count(high[1])}.{small}"
        )
    least, most = min(here, key=lambda g: g.n), max(here, key=lambda g: g.n)
    return (
        f"The largest of {len(here)} cells, {people(most.levels)}, has {counted(most.n, 'row')}; the "
        f"smallest, {people(least.levels)}, {count(least.n)}.{small}"
    )


def _picture(
    view: View, chosen: Combination, fixed: tuple[str, str] | None, label_class: str | None
) -> None:
    label = view.report.label
    positive = view.positive(label_class or "")
    by_rate = label is not None and label_class is not None
    words = label_words(label.column, positive) if by_rate and label else None
    drawn = charts.intersections(
        chosen,
        label_words=words,
        min_group=view.report.min_group,
        p=parts.palette(),
        fixed=fixed,
        label_class=label_class or "",
    )
    free = " and ".join(md(c) for c in chosen.columns if fixed is None or c != fixed[0])
    what = f"Share with {outcome(label.column, positive)}" if by_rate and label else "Share of rows"
    within = f", within {md(fixed[0])} {md(fixed[1])}" if fixed else ""
    frame(
        view,
        f"{what} where {free} meet{within}",
        f"stronger colour: {'more often' if by_rate else 'more'} · n in each cell · hatched: fewer than "
        f"{view.report.min_group} rows, too few to tell · click a cell to see its rows",
        drawn,
        key=f"meet-{'-'.join(chosen.columns)}-{fixed}-{label_class}",
        where=lambda at: chosen.groups[at].where,
    )


def _explain(few: int, do: str) -> None:
    parts.explain(
        "A cell is the rows in which two groups meet. Two columns that look balanced one by one "
        "can leave nobody, or one outcome only, where they meet.",
        "Figures by one column average over such cells: who belongs to two small groups is seen "
        "in neither." + (f" {counted(few, 'cell')} here cannot be judged at all." if few else ""),
        do,
    )


def _to_do(few: int) -> str:
    if few:
        return (
            "Collect rows for the hatched cells, or join groups whose distinction does not matter."
        )
    return "Look at the extremes within strata, before anything is reweighed."
