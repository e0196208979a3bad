"""Part 'Personal data': which columns hold which kinds of it, and in how many rows."""

import streamlit as st

from audit.charts.privacy import found as charts
from audit.charts.privacy.names import told_apart
from audit.pii.wording import several
from audit.reports.pii.values import Found, PersonalData, ScannedColumn
from audit.ui import parts
from audit.ui.privacy import names, opening
from audit.ui.privacy.view import View, by_chance, holding, look_at, names_people, share_of
from audit.ui.representation.view import findings, position, show_findings, steps
from audit.ui.text import count, counted, md, percent, plural, quoted
from audit.ui.words import together

CHECKS = frozenset(
    {"direct-identifiers", "pii-in-text", "secrets", "special-category", "incomplete-scan"}
)
_MOST_LINES = 60
_LETTERS = 40


def show(view: View) -> None:
    """Show the answer, columns by kinds, columns of special categories, and a table of all."""
    opening.show(view)
    report = view.personal
    columns = [*holding(report), *_not_scanned(report)]
    if columns:
        _map(view, columns)
    if report.rows and not holding(report):
        _none(view)
    _beside(report)
    found = findings(view.result, CHECKS)
    show_findings(found)
    if holding(report):
        whole = any(not c.found for c in holding(report))
        parts.explain(
            "A cell is the share of rows whose value holds that kind of personal data. A dot: none "
            "was found. Hatched: it was not looked for there; names are sought where values read "
            "as prose or as names."
            + (
                " *Whole*: name and form of the column say so, no value by itself." if whole else ""
            ),
            "Whoever gets the data, or a model that was trained on it, learns about these people; "
            "text that a model has seen can come out of it again.",
            steps(found, _to_do(report)),
        )
    if report.columns:
        _table(report)


def _map(view: View, columns: list[ScannedColumn]) -> None:
    kinds = charts.kinds_drawn(columns[: charts.MOST_COLUMNS])
    notes = [
        "share of rows",
        "dot: none found",
        "hatched: not looked for",
        "click a cell to go deeper",
    ]
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
        chance = by_chance(view.personal)
        if chance:
            listed = names.titles([c.title for c in chance])
            st.markdown(
                parts.small(
                    f"Some values of {listed} read as personal data, which is taken for chance: "
                    "the columns as a whole do not. *One column* shows them."
                )
            )


def _clean_words(clean: list[ScannedColumn]) -> str:
    listed = names.titles([c.title for c in clean], 6)
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
    return [c for c in report.columns if c.verdict.holds == "unknown"]


def _to_do(report: PersonalData) -> str:
    made_of = [c for c in holding(report) if names_people(c)]
    vague = [c for c in holding(report) if c.verdict.holds == "identifiers" and not names_people(c)]
    texts = [c for c in holding(report) if c.verdict.holds != "identifiers"]
    told = []
    if made_of:
        listed = names.titles([c.title for c in made_of])
        told.append(f"Drop {listed} if nothing needs to link rows; else hash them with a key.")
    if vague:
        listed = names.titles([c.title for c in vague])
        told.append(f"Drop or coarsen {listed}: with other columns they point at people.")
    if texts:
        told.append(f"Redact {names.titles([c.title for c in texts])}.")
    return " ".join(told)


def _table(report: PersonalData) -> None:
    """List every column, the most relevant first: what it holds, why, how sure that is."""
    import pandas as pd

    told = [*holding(report), *_not_scanned(report), *by_chance(report)]
    rest = [c for c in report.columns if c not in told]
    note = "share of the rows with the most frequent kind, with its 95% interval if estimated"
    if told:
        shown = told[:_MOST_LINES]
        short = told_apart([c.title for c in shown], _LETTERS)
        of = f"{len(shown)} of " if len(shown) < len(told) else ""
        parts.heading("Column by column", f"{of}{counted(len(told), 'column')} · {note}")
        with st.container(key="personal-table"):
            st.table(pd.DataFrame([_line(c, short[c.title]) for c in shown]), hide_index=True)
    if rest:
        with st.expander(f"{counted(len(rest), 'column')} in which nothing was found"):
            short = told_apart([c.title for c in rest], _LETTERS)
            lines = [_line(c, short[c.title]) for c in rest]
            st.table(pd.DataFrame(lines), hide_index=True)


def holds(column: ScannedColumn) -> str:
    """Say what a column holds, for a cell of a table. Not escaped."""
    verdict = column.verdict
    if verdict.holds == "unknown":
        return "? not scanned"
    if verdict.holds == "identifiers" and verdict.entity:
        return several(verdict.entity)
    if not column.found:
        return "nothing found"
    kinds = [several(f.entity) for f in column.found]
    if verdict.holds == "none":
        return f"nothing; some values read as {kinds[0]}, taken for chance"
    listed = ", ".join(kinds[:3]) + (f" and {len(kinds) - 3} more" if len(kinds) > 3 else "")
    return f"text with {listed}" if verdict.holds == "text" else f"some {listed}"


def scanned_text(column: ScannedColumn) -> str:
    """Say how many values were looked at: 'all 812', '10,000 of 48,120'."""
    if not column.values:
        return "none" if column.skipped else "–"
    if column.complete:
        return f"all {count(column.values)}"
    gone = column.timed_out + column.cut + column.skipped
    more = f", {count(gone)} not whole" if gone else ""
    return f"{count(column.values_scanned)} of {count(column.values)}{more}"


def _line(column: ScannedColumn, name: str) -> dict[str, str]:
    first = column.found[0] if column.found else None
    why = " ".join(column.verdict.reasons) or column.note
    return {
        "Column": f"**{md(name)}**",
        "What it holds": md(holds(column)),
        "Why": parts.small(md(why)) if why else "",
        "Share": _share_text(first) if first else "–",
        "Pieces": count(first.values) if first else "–",
        "Values looked at": scanned_text(column),
    }


def _share_text(found: Found) -> str:
    share = found.share
    text = percent(share_of(found))
    if share.low is None or share.high is None:
        return text
    return f"{text}  \n{parts.small(f'{percent(share.low)} to {percent(share.high)}')}"
