"""What the page opens on: the answer in words, its numbers, and how much was looked at."""

import streamlit as st

from audit.charts.privacy.names import told_apart
from audit.pii.catalogue import wanted
from audit.pii.wording import several
from audit.reports.pii.values import PersonalData, ScannedColumn
from audit.reports.reidentification.values import Reidentification
from audit.ui import changes, parts
from audit.ui.privacy import names
from audit.ui.privacy.view import PII, View, holding, names_people, share_of
from audit.ui.text import count, counted, in_words, md, percent, plural, quoted
from audit.ui.words import together

GOES_ON = "What was scanned is kept: *Scan everything* goes on where it stopped."
_MOST_NOTES = 5
_OF_SAMPLE = "a sample of about"
"""Words of the report's own note on a sample."""


def show(view: View) -> None:
    """Show the answer to both questions, how much it rests on, and the numbers."""
    report = view.personal
    parts.answer(answer(view))
    _looked_at(view)
    if report.rows:
        parts.numbers(_numbers(view), width=190)


def answer(view: View) -> str:
    """Say what the data holds of people, and whether one could be picked out of it."""
    report = view.personal
    if not report.rows:
        return "There are no rows, so that there is nobody to find."
    return f"{in_the_values(report)} {picked_out(view.risk)}".strip()


def in_the_values(report: PersonalData) -> str:
    """Say which columns hold personal data, in one sentence. Escaped."""
    found = holding(report)
    if not found:
        return _nothing(report)
    made_of = [c for c in found if names_people(c)]
    first = made_of[:2] or found[:1]
    short = told_apart([c.title for c in first], 32)
    clauses = [_clause(c, quoted(short[c.title]), more=i > 0) for i, c in enumerate(first)]
    rest = len(found) - len(first)
    clauses[0] = clauses[0][:1].upper() + clauses[0][1:]
    if not rest:
        return f"{together(clauses)}."
    more = f"{in_words(rest)} more {plural(rest, 'column')}"
    hold = "holds" if rest == 1 else "hold"
    return f"{', '.join(clauses)}, and {more} {hold} personal data."


def picked_out(report: Reidentification) -> str:
    """Say whether a person could be picked out, in one sentence. Escaped."""
    risk = report.risk
    if not report.columns or risk is None or risk.k is None:
        return "No column is marked as a quasi-identifier: who could be picked out stays open."
    by = names.titles(report.columns)
    if risk.uniques:
        are = "row is the only one" if risk.uniques == 1 else "rows are the only ones"
        return (
            f"By {by}, {count(risk.uniques)} of {count(risk.rows)} {are} of their kind: who knows "
            "these of a person finds the row."
        )
    return f"By {by}, every row looks like at least {in_words(risk.k - 1)} {plural(risk.k - 1, 'other')}."


def kinds_of(report: PersonalData) -> list[str]:
    """List the kinds that were found, those in most columns first."""
    by: dict[str, list[float]] = {}
    for column in holding(report):
        for found in column.found:
            by.setdefault(found.entity, []).append(share_of(found))
        told = column.verdict.entity
        if told and not column.of(told):
            by.setdefault(told, []).append(0.0)
    return sorted(by, key=lambda id_: (-len(by[id_]), -max(by[id_]), id_))


def direct_rows(report: PersonalData) -> str:
    """Write the share of rows with a direct identifier: of several columns only the least."""
    shares = [
        share_of(f)
        for c in holding(report)
        for f in c.found
        if names.is_direct(f.entity) and f.rows
    ]
    if not shares:
        return "0"
    most = max(shares)
    return f"{'≥ ' if len(shares) > 1 and most < 1 else ''}{percent(most)}"


def looked_for(view: View) -> str:
    """Say which kinds were looked for. Escaped."""
    kinds = wanted(view.options.entities, view.options.countries)
    return f"{names.listed(kinds, 6)} ({counted(len(kinds), 'kind')})"


def _nothing(report: PersonalData) -> str:
    unknown = [c for c in report.columns if c.verdict.holds == "unknown"]
    if unknown:
        n = len(unknown)
        return (
            "No personal data was found in what was looked at; "
            f"{counted(n, 'column')} {'was' if n == 1 else 'were'} not scanned."
        )
    sign = "" if report.notes or not all(c.complete for c in report.columns) else "✓ "
    return f"{sign}No personal data was found in {counted(len(report.columns), 'column')}."


def _clause(column: ScannedColumn, name: str, *, more: bool) -> str:
    """Say what one column holds: '“email” holds e-mail addresses'."""
    verdict = column.verdict
    if verdict.holds == "identifiers" and verdict.entity:
        return f"{name} {'' if more else 'holds '}{md(several(verdict.entity))}"
    first = column.found[0]
    what = names.listed([f.entity for f in column.found])
    share = percent(share_of(first))
    if verdict.holds == "text":
        return f"in {share} of the rows the text of {name} holds {md(several(first.entity))}"
    return f"some values of {name} are {what}"


def _numbers(view: View) -> list[tuple[str, str]]:
    report, risk = view.personal, view.risk.risk
    held = len(holding(report))
    found = [
        ("Columns with personal data", f"{count(held)} of {count(len(report.columns))}"),
        ("Kinds of it", count(len(kinds_of(report)))),
        ("Rows with a direct identifier", direct_rows(report)),
    ]
    if risk is None or risk.k is None:
        return [*found, ("Unique rows", "–")]
    if risk.uniques:
        return [*found, ("Unique rows", percent(risk.uniques / risk.rows))]
    return [*found, ("Smallest class, k", count(risk.k))]


def _looked_at(view: View) -> None:
    """Say how many values were looked at, what was not, and offer to look at all."""
    report = view.personal
    if not report.rows:
        return
    values = sum(c.values for c in report.columns)
    scanned = sum(c.values_scanned for c in report.columns)
    of = f"{counted(len(report.columns), 'column')}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if report.sampled:
            st.badge("▲ Quick look", color="orange")
            st.markdown(
                f"{count(scanned)} of {counted(values, 'different value')} of {of}; shares are "
                "estimates, with the interval that the sample supports.",
                width="content",
            )
            st.space("stretch")
            busy = changes.under_way(view.version, PII)
            if not busy and parts.primary("Scan everything", key="scan-everything"):
                changes.change(view.version, PII, "Scanning every value", {"sample": 0})
                st.rerun()
        else:
            st.markdown(parts.small(f"{counted(scanned, 'different value')} of {of} looked at"))
    lines = [f"{parts.mark('warning')} {note}" for note in _notes(report)]
    if len(lines) > _MOST_NOTES:
        lines = [*lines[:_MOST_NOTES], parts.small(f"and {len(lines) - _MOST_NOTES} more")]
    if lines:
        st.markdown("  \n".join(lines))


def _notes(report: PersonalData) -> list[str]:
    """List what was not looked at; that there is a sample stands above, with its numbers."""
    return [md(note) for note in report.notes if not (report.sampled and _OF_SAMPLE in note)]
