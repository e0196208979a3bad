"""Before beside after on the cards of the overview, where a recipe made the version."""

from collections.abc import Sequence

import streamlit as st

from audit import runner
from audit.comparing.values import Line
from audit.comparing.words import loudest, of_verdict, values, verdict
from audit.errors import AuditError
from audit.ui import audits, state
from audit.ui.text import count, in_words, md, shorten

_TITLE = 70


def parent(result: runner.Result) -> runner.Result | None:
    """Give what was measured of the version that this one was made of; never measures."""
    id_ = result.version.manifest.origin.parent
    if id_ is None:
        return None
    try:
        return audits.kept(state.workspace().find(id_))
    except AuditError:
        return None


def lines(before: runner.Result | None, result: runner.Result) -> tuple[Line, ...]:
    """Give the measures before and after; none where the version before was not measured."""
    return () if before is None else runner.since(before, result)


def show(every: Sequence[Line], topics: Sequence[str]) -> None:
    """Say below a card what became of its measures; nothing where there was no before."""
    own = [line for line in every if line.topic in topics]
    if own:
        _note(told(own))


def show_size(before: runner.Result | None, result: runner.Result) -> None:
    """Say below the card on size how many rows and columns there were and are."""
    if before is not None:
        _note(size(before, result))


def size(before: runner.Result, result: runner.Result) -> str:
    """Write how many rows and columns there were and are."""
    old, new = before.version.manifest, result.version.manifest
    columns = len(old.columns), len(new.columns)
    return (
        f"**Rows** {count(old.rows)} → {count(new.rows)} · "
        f"**Columns** {count(columns[0])} → {count(columns[1])}"
    )


def told(own: Sequence[Line]) -> str:
    """Name what got worse most and better most with both values, and count the rest. Escaped."""
    found = [line for v in ("worse", "better") if (line := loudest(own, v)) is not None]
    texts = [_line(line) for line in found]
    counts = [
        (len(of_verdict(own, "worse")), "worse"),
        (len(of_verdict(own, "better")), "better"),
        (len(of_verdict(own, "same")), "as before"),
        (len(of_verdict(own, "unknown")), "unclear"),
    ]
    counted = ", ".join(f"{in_words(n)} {what}" for n, what in counts if n)
    if not texts and own:
        texts = [_line(own[0])]
    return "  \n".join([*texts, f"{counted[:1].upper()}{counted[1:]}"])


def _line(line: Line) -> str:
    before, after = values(line)
    title = md(shorten(line.title, _TITLE))
    return f"**{md(verdict(line))}** {title}: {md(before)} → {md(after)}"


def _note(text: str) -> None:
    st.markdown(f":small[:gray[before → after]]  \n{_small(text)}")


def _small(text: str) -> str:
    """Set each line in small type: a directive ends with its line."""
    return "  \n".join(f":small[{line}]" for line in text.split("  \n"))
