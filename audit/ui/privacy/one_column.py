"""Part 'One column': what it holds and why that is said, masked examples, values on request."""

import streamlit as st

from audit.pii.wording import several
from audit.reports.pii.values import Found, ScannedColumn
from audit.ui import parts
from audit.ui.privacy import marked, names, values_shown
from audit.ui.privacy.columns import CHECKS, scanned_text
from audit.ui.privacy.view import (
    COLUMN,
    View,
    click_again,
    clicked,
    numbered,
    relevance,
    share_of,
    show_rows,
)
from audit.ui.representation.view import findings, show_findings, steps
from audit.ui.text import count, counted, md, number, percent, plural, quoted

_MOST_EXAMPLES = 6


def there(view: View) -> bool:
    """Whether there is a column to look at."""
    return bool(view.personal.columns)


def show(view: View) -> None:
    """Show one column in depth; it stands in the URL."""
    column = _choose(view)
    parts.answer(answer(column))
    if column.found:
        parts.numbers(_numbers(column))
    _why(column)
    if not column.found:
        return
    found = _kind(column)
    _examples(column, found)
    values_shown.show(view, column, found)
    with st.container():
        show_rows(
            view,
            numbered(found.row_numbers),
            key=f"held-{column.title}-{found.entity}",
            label=f"Show whole rows that hold {several(found.entity)}",
            title=f"The first {counted(len(found.row_numbers), 'row')} with a different piece each",
            first=[column.column],
        )
    judged = findings(view.result, CHECKS, column.column)
    show_findings(judged)
    parts.explain(
        "*Rows* counts rows that hold this kind at least once. *Confirmed* are hits that a "
        "checksum or another test of the value itself passed. *Score* is how sure the search is, "
        "on average, from 0 to 1; it is no probability.",
        _matters(column, found),
        steps(judged, _to_do(column)),
    )


def answer(column: ScannedColumn) -> str:
    """Say what the column holds, in one sentence. Escaped."""
    name, verdict = quoted(column.title, 40), column.verdict
    if verdict.holds == "unknown":
        return f"{name} was not scanned, so that what it holds stays open."
    if column.found and verdict.holds == "none":
        first = column.found[0]
        return (
            f"{name} is not personal as a whole: in {percent(share_of(first))} of the rows it reads "
            f"as {md(several(first.entity))}, which is taken for chance."
        )
    if not column.found and verdict.entity:
        return f"{name} is a column of {md(several(verdict.entity))}."
    if not column.found:
        sign = "✓ " if column.complete else ""
        return f"{sign}No personal data was found in {name}."
    first = column.found[0]
    share = percent(share_of(first))
    about = "about " if first.share.approximate else ""
    if verdict.holds == "identifiers" and verdict.entity:
        return (
            f"{name} is a column of {md(several(verdict.entity))}: {about}{share} of the rows "
            f"hold {'one' if first.entity == verdict.entity else md(several(first.entity))}."
        )
    others = len(column.found) - 1
    more = f", and {counted(others, 'further kind')} of personal data" if others else ""
    noun = "The text of" if verdict.holds == "text" else "Of other values, some of"
    return f"{noun} {name} holds {md(several(first.entity))} in {about}{share} of the rows{more}."


def _choose(view: View) -> ScannedColumn:
    known = {c.title: c for c in sorted(view.personal.columns, key=relevance)}
    wanted = clicked(known)
    chosen = st.selectbox(
        "Column",
        list(known),
        key=COLUMN,
        bind="query-params",
        width=480,
    )
    if wanted and chosen != wanted:
        click_again(wanted)
    return known.get(chosen or "", next(iter(known.values())))


def _numbers(column: ScannedColumn) -> list[tuple[str, str]]:
    first = column.found[0]
    return [
        ("Rows", percent(share_of(first))),
        ("Different pieces", count(first.values)),
        ("Confirmed", percent((first.validated or 0) / first.hits) if first.hits else "–"),
        ("Score", number(round(first.score, 2))),
    ]


def _why(column: ScannedColumn) -> None:
    """Say why the verdict is what it is, and how much of the column it rests on."""
    reasons = [md(reason) for reason in column.verdict.reasons]
    reasons += [md(column.note)] if column.note else []
    gone = [
        (column.timed_out, "took too long to search"),
        (column.cut, "too long: only their beginning was read"),
        (column.skipped, "skipped"),
    ]
    lacking = [f"{counted(n, 'value')} {why}" for n, why in gone if n]
    with st.container(border=True, gap="xsmall"):
        sure = f"how sure: {number(round(column.verdict.score, 2))} of 1"
        note = f"{sure} · values looked at: {scanned_text(column)}"
        flagged = column.is_personal
        parts.heading("Why it is flagged" if flagged else "Why it is not flagged", note)
        if reasons:
            st.markdown("\n".join(f"- {reason}" for reason in reasons))
        if lacking:
            st.markdown(f"{parts.mark('warning')} Incomplete: {', '.join(lacking)}.")
        if not column.names_scanned and column.values_scanned:
            st.markdown(
                parts.small(
                    "Names, places and postal addresses were not looked for: the values do not "
                    "read as prose or as names, or the search for names is off."
                )
            )


def _kind(column: ScannedColumn) -> Found:
    """List the kinds found where there are several, and choose whose examples are shown."""
    import pandas as pd

    if len(column.found) == 1:
        return column.found[0]
    with st.container(key="kinds-of-column"):
        st.table(pd.DataFrame([_line(f) for f in column.found]), hide_index=True)
    known = {f.entity: f for f in column.found}
    chosen = st.selectbox(
        "Examples and values of",
        list(known),
        format_func=names.capital,
        key=f"kind-of-{column.title}",
        width=320,
    )
    return known.get(chosen or "", column.found[0])


def _line(found: Found) -> dict[str, str]:
    share = found.share
    interval = ""
    if share.low is not None and share.high is not None:
        span = f"95% interval {percent(share.low)} to {percent(share.high)}"
        interval = f"  \n{parts.small(span)}"
    return {
        "Kind": md(names.capital(found.entity)),
        "Rows": f"**{percent(share_of(found))}**{interval}",
        "Hits": count(found.hits),
        "Different pieces": count(found.values),
        "Confirmed": f"{count(found.validated)} of {count(found.hits)}",
        "Score": number(round(found.score, 2)),
    }


def _examples(column: ScannedColumn, found: Found) -> None:
    shown = found.examples[:_MOST_EXAMPLES]
    if not shown:
        return
    note = "letters as x, digits as 9; the hit by its kind, other kinds in grey"
    with st.container(border=True, gap="xsmall"):
        noun = plural(len(shown), "example")
        parts.heading(f"{count(len(shown))} masked {noun} from {quoted(column.title, 40)}", note)
        for text in shown:
            st.markdown(marked.example(text, found.entity))


def _matters(column: ScannedColumn, found: Found) -> str:
    kinds = md(several(found.entity))
    if names.is_direct(found.entity):
        return (
            f"{kinds[:1].upper()}{kinds[1:]} name a person by themselves: whoever sees a row knows "
            "whom it is about, and a model may learn to give it out."
        )
    return (
        f"{kinds[:1].upper()}{kinds[1:]} rarely name a person alone, and do together with the "
        f"other columns{' or the text around them' if column.verdict.holds == 'text' else ''}."
    )


def _to_do(column: ScannedColumn) -> str:
    name = quoted(column.title, 32)
    if column.verdict.holds == "none":
        return "Nothing, if these hits are chance: *Show values* tells. The allow-list drops them."
    if column.verdict.holds == "identifiers":
        return f"Drop {name} if nothing needs to link rows by it; else hash it with a key."
    return f"Redact {name}: each hit is replaced by the name of its kind."
