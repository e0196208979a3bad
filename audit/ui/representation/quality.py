"""Part 'Quality': whether rows of some groups are emptier, more repetitive or stranger."""

import streamlit as st

from audit.charts import representation as charts
from audit.charts.representation.quality import KINDS, is_apart
from audit.charts.template import visible
from audit.model import RowTest, Where
from audit.reports.representation.part_values import Quality
from audit.ui import parts, state
from audit.ui.representation import tables
from audit.ui.representation.names import people
from audit.ui.representation.view import (
    View,
    findings,
    frame,
    position,
    show_findings,
    show_picked,
    steps,
)
from audit.ui.text import counted, md, number, percent, quoted

CHECKS = frozenset({"unequal-missingness", "unequal-quality"})


def there(view: View) -> bool:
    """Whether any quality was compared between the groups of these columns."""
    return any(q.by in view.columns for q in view.report.quality)


def show(view: View) -> None:
    """Show the widest gaps between groups, then one quality group by group."""
    able = [q for q in view.report.quality if q.by in view.columns]
    able.sort(key=lambda q: (not is_apart(q), q.kind == "length_mean", -(_gap(q))))
    parts.answer(answer(able))
    chosen = f"quality-{'-'.join(view.columns)}"
    shares = [q for q in able if q.kind != "length_mean"]
    lengths = [q for q in able if q.kind == "length_mean"]
    for drawn, title in ((shares, "Lowest and highest group"), (lengths, "Shortest and longest")):
        if drawn:
            _gaps(view, able, drawn, title, chosen)
    _one(view, able, chosen)
    found = findings(view.result, CHECKS, *view.columns)
    show_findings(found)
    parts.explain(
        "Each line spans the groups with the lowest and the highest value. ◆ is a gap that chance "
        "does not explain: p below 0.05 over all groups, corrected by Benjamini-Hochberg over all "
        "qualities of a kind, and more than a twentieth of the highest value; ○ is none.",
        "Dropping incomplete rows drops more of the group that has more of them, and a model is "
        "worse for the group whose rows are worse.",
        steps(found, "Ask why a group's rows are emptier before filling or dropping anything."),
    )
    _table(able)


def answer(able: list[Quality]) -> str:
    """Say where the widest gap is that chance does not explain."""
    sure = [q for q in able if is_apart(q)]
    if not sure:
        return (
            "No group's rows are emptier, more repetitive or stranger than another's beyond chance "
            "and by more than a twentieth."
        )
    widest = sure[0]
    groups = dict(widest.groups)
    high, low = groups[str(widest.highest)], groups[str(widest.lowest)]
    more, less = (people(((widest.by, str(name)),)) for name in (widest.highest, widest.lowest))
    interval = tables.interval_text(widest.gap)
    if widest.kind == "length_mean":
        return (
            f"Texts in {quoted(widest.column, 40)} have {number(high.value)} characters for {more} "
            f"and {number(low.value)} for {less}, on average."
        )
    return (
        f"{_subject(widest)} in {percent(high.value)} of the rows of {more} and "
        f"{percent(low.value)} of those of {less}: {tables.value_text(widest.gap)} apart"
        + (f"; 95% interval {interval}." if interval else ".")
    )


def _subject(q: Quality) -> str:
    if q.kind == "duplicate_share":
        return "An earlier row is repeated"
    if q.kind == "missing_share":
        return f"{quoted(q.column, 40)} is missing"
    return f"{quoted(q.column, 40)} is an outlier"


def _gaps(view: View, able: list[Quality], drawn: list[Quality], title: str, key: str) -> None:
    def clicked(data: object) -> None:
        at = position(data)
        if at is not None and at < len(drawn):
            state.session()[key] = able.index(drawn[at])

    with st.container(border=True, gap="xsmall"):
        n = counted(len(drawn), "quality").replace("qualitys", "qualities")
        parts.heading(
            f"{title}, by {md(' × '.join(view.columns))}",
            f"{n}, the widest gap on top · groups of at least {view.report.min_group} rows · "
            "click a mark to see all groups below",
        )
        parts.clickable_picture(
            charts.quality_gaps(drawn, min_group=view.report.min_group, p=parts.palette()),
            key=f"{key}-gaps-{drawn[0].kind == 'length_mean'}",
            on_click=clicked,
        )


def _one(view: View, able: list[Quality], key: str) -> None:
    at = st.selectbox(
        "One quality, group by group",
        range(len(able)),
        format_func=lambda i: _name(able[i]),
        key=key,
        width=360,
    )
    q = able[at or 0]
    levels = {level.name: level.test for level in view.axis(q.by).levels}

    def where(position_: int) -> Where:
        test = levels[q.groups[position_][0]]
        own = _test(q)
        return Where(tests=(test, own) if own else (test,))

    span = (
        "means with 95% intervals" if q.kind == "length_mean" else "lines are 95% Wilson intervals"
    )
    frame(
        view,
        _name_md(q),
        f"{span} · hatched: fewer than {view.report.min_group} rows · click a mark to see the rows",
        charts.quality_groups(q, min_group=view.report.min_group, p=parts.palette()),
        key=f"quality-{q.kind}-{q.column}-{q.by}",
        where=where,
    )
    show_picked(view, key="quality")


def _test(q: Quality) -> RowTest | None:
    """Say which rows of a group are meant: those that miss the value, or repeat a row."""
    if q.kind == "missing_share" and q.column is not None:
        return RowTest(op="missing", columns=(q.column,))
    return RowTest(op="repeat") if q.kind == "duplicate_share" else None


def _name(q: Quality) -> str:
    what = "duplicates" if q.column is None else f"{q.column}: {KINDS[q.kind]}"
    return f"{what} by {q.by}"


def _name_md(q: Quality) -> str:
    return md(_name(q)[0].upper() + _name(q)[1:]) if q.column is None else md(_name(q))


def _gap(q: Quality) -> float:
    return float(q.gap.value) if q.gap.value is not None else -1.0


def _table(able: list[Quality]) -> None:
    import pandas as pd

    def end(q: Quality, level: str | None) -> str:
        value = dict(q.groups)[level] if level is not None else None
        return f"{visible(level)}: {tables.value_text(value)}" if value is not None else "–"

    rows = [
        {
            "Quality": _name(q),
            "Lowest": end(q, q.lowest),
            "Highest": end(q, q.highest),
            "Gap": tables.value_text(q.gap),
            "95% interval": tables.interval_text(q.gap),
            "p-value": tables.p_text(q.p_value),
            "Why not": q.gap.reason,
        }
        for q in able
    ]
    tables.frame(
        pd.DataFrame(rows),
        title="Every quality",
        note="p-values: chi-square over all groups (Welch's analysis of variance for lengths), "
        "corrected by Benjamini-Hochberg",
        alt="Qualities with the lowest and the highest group, the gap and its p-value",
        key="quality-table",
    )
