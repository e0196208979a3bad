"""Part 'Repeats': personal data that stands in many rows, which is what models recite."""

import streamlit as st

from audit.charts.privacy import repeats as charts
from audit.reports.pii.values import RepeatedTexts, Repeats
from audit.ui import parts
from audit.ui.privacy import marked, names
from audit.ui.privacy.view import View, numbered, show_rows
from audit.ui.representation.view import findings, show_findings, steps
from audit.ui.text import count, counted, in_words, md, plural, quoted
from audit.ui.words import together

CHECKS = frozenset({"repeated-personal-data"})
_MOST_TEXTS = 20


def there(view: View) -> bool:
    """Whether any personal data was found that could repeat."""
    return bool(view.personal.repeats or view.personal.texts)


def show(view: View) -> None:
    """Show how often pieces repeat by kind, the most frequent ones masked, and texts that repeat."""
    kinds = ranked(view)
    texts = [t for t in view.personal.texts if t.exact_groups or t.near_groups]
    parts.answer(answer(kinds, texts))
    parts.numbers(_numbers(kinds, texts), width=190)
    if kinds:
        _picture(view, kinds)
    _texts(view, texts)
    _notes(view)
    found = findings(view.result, CHECKS)
    show_findings(found)
    parts.explain(
        "A piece is one e-mail address, one name, one number, however it is written (case, "
        "spaces). The table counts pieces by the rows that hold them. *Nearly equal* texts share "
        f"most of their words: a Jaccard similarity of {view.options.near:g} or more.",
        "A language model repeats word for word what it has seen often. A phone number in one row "
        "is rarely recited; the same one in a hundred rows is.",
        steps(
            found,
            "Keep one of each set of equal texts, redact what stands in many rows, and only then "
            "train.",
        ),
    )


def ranked(view: View) -> list[Repeats]:
    """List the kinds, that with the most frequent piece first."""
    return sorted(view.personal.repeats, key=lambda r: (-r.most, -r.repeated, r.entity))


def answer(kinds: list[Repeats], texts: list[RepeatedTexts]) -> str:
    """Say what repeats most, in one sentence. Escaped."""
    again = [r for r in kinds if r.repeated]
    rows = sum(t.exact_rows + t.near_rows for t in texts)
    of_texts = f"{counted(rows, 'row')} {'is' if rows == 1 else 'are'} of texts that repeat"
    if not again:
        if rows:
            return f"No piece of personal data stands in more than one row alone, but {of_texts}."
        return "Every piece of personal data stands in one row only: nothing here repeats."
    first = again[0]
    pieces = sum(r.repeated for r in again)
    stand = "stands" if pieces == 1 else "stand"
    more = f"; {of_texts}" if rows else ""
    return (
        f"One {md(names.one(first.entity))} stands in {counted(first.most, 'row')}, and "
        f"{counted(pieces, 'piece')} of personal data {stand} in more than one{more}."
    )


def _numbers(kinds: list[Repeats], texts: list[RepeatedTexts]) -> list[tuple[str, str]]:
    return [
        ("Pieces that repeat", count(sum(r.repeated for r in kinds))),
        ("Most rows of one piece", count(max((r.most for r in kinds), default=0))),
        ("Rows of equal texts", count(sum(t.exact_rows for t in texts))),
        ("Rows of nearly equal texts", count(sum(t.near_rows for t in texts))),
    ]


def _picture(view: View, kinds: list[Repeats]) -> None:
    again = [r for r in kinds if r.repeated]
    once = len(kinds) - len(again)
    if not again:
        return
    notes = ["pieces, by the rows that hold them", "a dot: none"]
    if view.personal.sampled:
        notes.append("among the values looked at: there may be more")
    if len(again) > charts.MOST:
        notes.append(f"{charts.MOST} of {len(again)} kinds")
    if once:
        notes.append(f"{counted(once, 'further kind')} without repeats")
    parts.chart_card(
        "How often the same piece stands in the data",
        " · ".join(notes),
        charts.repeats_map(again, p=parts.palette()),
        key="repeats-map",
    )
    known = {r.entity: r for r in again}
    with st.container(border=True, gap="small"):
        if len(known) > 1:
            chosen = st.selectbox(
                "Pieces that repeat most",
                list(known),
                format_func=names.capital,
                key="repeated-kind",
                width=320,
            )
        else:
            chosen = next(iter(known))
        _pieces(view, known.get(chosen, next(iter(known.values()))))


def _pieces(view: View, kind: Repeats) -> None:
    columns = together([quoted(c, 32) for c in kind.columns[:4]])
    parts.heading(
        f"{md(names.capital(kind.entity))}: {counted(kind.repeated, 'piece')} in more than one row",
        f"in {columns}; masked",
    )
    for text, rows in kind.examples:
        st.markdown(f"{marked.example(text, kind.entity)} in {counted(rows, 'row')}")
    if kind.row_numbers:
        show_rows(
            view,
            numbered(kind.row_numbers),
            key=f"repeated-{kind.entity}",
            label="Show rows that hold them",
            title=f"{counted(len(kind.row_numbers), 'row')} with a piece that repeats",
            first=kind.columns,
        )


def _texts(view: View, texts: list[RepeatedTexts]) -> None:
    for text in texts[:_MOST_TEXTS]:
        title = text.column + text.place
        sets = []
        if text.exact_groups:
            noun = plural(text.exact_groups, "set")
            sets.append(
                f"{in_words(text.exact_groups)} {noun} of equal texts ({counted(text.exact_rows, 'row')})"
            )
        if text.near_groups:
            noun = plural(text.near_groups, "set")
            sets.append(
                f"{in_words(text.near_groups)} {noun} of nearly equal ones "
                f"({counted(text.near_rows, 'row')})"
            )
        with st.container(border=True, gap="small"):
            parts.heading(
                f"Texts of {quoted(title, 40)} with personal data that stand more than once",
                f"the largest set has {counted(text.largest, 'row')}",
            )
            st.markdown(f"{' and '.join(sets).capitalize()}, with {names.listed(text.entities)}.")
            if text.row_numbers:
                show_rows(
                    view,
                    numbered(text.row_numbers),
                    key=f"texts-{title}",
                    label="Show rows of these texts",
                    title=f"{counted(len(text.row_numbers), 'row')} whose text stands more than once",
                    first=[text.column],
                )


def _notes(view: View) -> None:
    """Say what was not compared."""
    told = dict.fromkeys(t.note for t in view.personal.texts if t.note)
    for note in told:
        st.markdown(f"{parts.mark('warning')} {md(note)}")
