"""Part 'Personal data': which columns hold which kinds of it, and in how many rows."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.charts.privacy import found as charts
from audit.reports.pii.values import PersonalData, ScannedColumn
from audit.ui import parts
from audit.ui.privacy import names, opening
from audit.ui.privacy.view import View, holding, look_at, share_of
from audit.ui.representation import tables
from audit.ui.representation.view import findings, position, show_findings, steps
from audit.ui.text import count, counted, md, percent, plural, quoted
from audit.ui.words import together

if TYPE_CHECKING:
    import pandas as pd

CHECKS = frozenset(
    {"direct-identifiers", "pii-in-text", "secrets", "special-category", "incomplete-scan"}
)


def show(view: View) -> None:
    """Show columns by kinds, what special columns there are, and a table of all columns."""
    report = view.personal
    columns = [*holding(report), *_not_scanned(report)]
    if columns:
        _map(view, columns)
    if not holding(report):
        _none(view)
    _beside(report)
    found = findings(view.result, CHECKS)
    show_findings(found)
    if holding(report):
        parts.explain(
            "A cell is the share of rows whose value holds that kind of personal data. · is none "
            "found; hatched was not looked for there: names are sought where values read as "
            "prose or as names.",
            "Whoever gets the data, or a model that was trained on it, learns about these people; "
            "text that a model has seen can come out of it again.",
            steps(found, _to_do(report)),
        )
    if report.columns:
        tables.frame(
            table(report),
            title="Every column",
            note=f"{counted(len(report.columns), 'column')} · share of rows, with its 95% interval "
            "where it is an estimate",
            alt="Columns with what they hold, why, share of rows and how much was looked at",
            key="personal-table",
        )


def _map(view: View, columns: list[ScannedColumn]) -> None:
    kinds = charts.kinds_drawn(columns[: charts.MOST_COLUMNS])
    notes = ["share of rows", "· none found", "hatched: not looked for", "click a row to go deeper"]
    if len(kinds) > charts.MOST_KINDS:
        notes.append(f"{charts.MOST_KINDS} of {len(kinds)} kinds")
    if len(columns) > charts.MOST_COLUMNS:
        notes.append(f"{charts.MOST_COLUMNS} of {len(columns)} columns; all are in the table")
    if view.personal.sampled:
        notes.insert(0, "≈ from a sample")

    def clicked(data: object) -> None:
        at = position(data)
        if at is not None:
            look_at(columns[at])

    with st.container(border=True, gap="xsmall"):
        parts.heading("Personal data by column and kind", " · ".join(notes))
        drawn = charts.found_map(columns, p=parts.palette())
        parts.clickable_picture(drawn, key="personal-map", on_click=clicked)
        clean = [c for c in view.personal.columns if c.verdict.holds == "none" and not c.found]
        if clean:
            st.markdown(parts.small(_clean_words(clean)))


def _clean_words(clean: list[ScannedColumn]) -> str:
    named = [quoted(c.title, 24) for c in clean[:6]]
    more = len(clean) - len(named)
    listed = f"{', '.join(named)} and {more} more" if more else together(named)
    return f"None was found in {counted(len(clean), 'further column')}: {listed}."


def _none(view: View) -> None:
    """Say what was looked for where nothing was found."""
    report = view.personal
    scanned = sum(c.values_scanned for c in report.columns)
    st.markdown(
        f"Looked for: {opening.looked_for(view)}, in {counted(scanned, 'different value')} of "
        f"{counted(len(report.columns), 'column')}. *Settings* adds kinds, countries and patterns."
    )


def _beside(report: PersonalData) -> None:
    """Say which columns are of a special category, and whose names are personal themselves."""
    lines = []
    if report.special:
        listed = together([f"{quoted(c, 32)} ({md(what)})" for c, what in report.special])
        noun = plural(len(report.special), "column")
        lines.append(
            f"**{count(len(report.special))} {noun} of a special category** (GDPR, Article 9): "
            f"{listed}. Such data may only be used on a ground that the article names."
        )
    if report.column_names:
        listed = together([f"{quoted(c, 32)} ({md(names.one(e))})" for c, e in report.column_names])
        lines.append(f"**Names of columns hold personal data themselves:** {listed}.")
    if lines:
        with st.container(border=True, gap="small"):
            for line in lines:
                st.markdown(line)


def _not_scanned(report: PersonalData) -> list[ScannedColumn]:
    return [c for c in report.columns if c.verdict.holds == "unknown" and not c.found]


def _to_do(report: PersonalData) -> str:
    made_of = [c for c in holding(report) if c.verdict.holds == "identifiers"]
    texts = [c for c in holding(report) if c.verdict.holds != "identifiers"]
    told = []
    if made_of:
        listed = together([quoted(c.title, 24) for c in made_of[:3]])
        told.append(f"Drop {listed} if nothing needs to link rows; else hash them with a key.")
    if texts:
        told.append(f"Redact {together([quoted(c.title, 24) for c in texts[:3]])}.")
    return " ".join(told)


def table(report: PersonalData) -> "pd.DataFrame":
    """List every column, the most relevant first."""
    import pandas as pd

    held = holding(report)
    unknown = _not_scanned(report)
    rest = [c for c in report.columns if c not in held and c not in unknown]
    return pd.DataFrame([_line(c) for c in (*held, *unknown, *rest)])


def holds(column: ScannedColumn) -> str:
    """Say what a column holds, for a cell of a table. Not escaped."""
    verdict = column.verdict
    if verdict.holds == "unknown":
        return "? not scanned"
    if not column.found:
        return "nothing found"
    kinds = [names.several(f.entity) for f in column.found]
    if verdict.holds == "identifiers" and verdict.entity:
        return names.several(verdict.entity)
    listed = ", ".join(kinds[:3]) + (f" and {len(kinds) - 3} more" if len(kinds) > 3 else "")
    return f"text with {listed}" if verdict.holds == "text" else f"some {listed}"


def scanned_text(column: ScannedColumn) -> str:
    """Say how many values were looked at: 'all 812', '10,000 of 48,120'."""
    if column.complete:
        return f"all {count(column.values)}"
    gone = column.timed_out + column.cut + column.skipped
    more = f", {count(gone)} not whole" if gone else ""
    return f"{count(column.values_scanned)} of {count(column.values)}{more}"


def _line(column: ScannedColumn) -> dict[str, object]:
    first = column.found[0] if column.found else None
    share = first.share if first else None
    span = share is not None and share.low is not None and share.high is not None
    return {
        "Column": column.title,
        "What it holds": holds(column),
        "Why": " ".join(column.verdict.reasons) or column.note,
        "Most frequent kind": percent(share_of(first)) if first else "–",
        "95% interval": f"{percent(share.low)} to {percent(share.high)}" if span and share else "",
        "Different pieces": first.values if first else 0,
        "Values looked at": scanned_text(column),
    }
