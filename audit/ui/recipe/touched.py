"""The rows that a step touches, before and after, with the cells that change marked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from audit.charts.template import visible
from audit.mending.effects import Done, Shown, Touched
from audit.ui import masking, parts
from audit.ui.recipe import words
from audit.ui.recipe.trying import View
from audit.ui.rows_view import cell as shown_cell
from audit.ui.text import count, counted

if TYPE_CHECKING:
    import pandas as pd

ARROW = "→ "
_WORDS = {"changed": "Changed", "removed": "Removed", "copied": "Copied", "added": "New"}
_STEP = "touched-step"
_TALLEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the comparison, as a table."""

    frame: "pd.DataFrame"
    marked: tuple[tuple[int, int], ...] = ()
    """Line and column of the cells that differ."""


def show(view: View) -> None:
    """Let a step be chosen, and show the rows it touches."""
    done = {i: d for i, d in enumerate(view.done) if d is not None}
    if not done:
        return
    touching = [i for i, d in done.items() if d.shown.rows]
    st.subheader("The rows it touches", anchor=False)
    if not touching:
        st.markdown("No row is touched by any step.")
        return
    chosen = touching[0]
    if len(touching) > 1:
        chosen = st.selectbox(
            "Step",
            touching,
            format_func=lambda i: f"{i + 1}  {view.recipe.steps[i].spec.title}",
            key=_STEP,
            width=360,
        )
    one = done[chosen]
    personal = masked_columns(view, chosen)
    with st.container(border=True, gap="small"):
        what = _what(one)
        st.markdown(words.effect(one.effect))
        revealed = masking.reveal(len(personal), key=f"touched-reveal-{chosen}")
        _tables(one, what, () if revealed else personal, key=f"touched-{chosen}")


def masked_columns(view: View, place: int) -> tuple[str, ...]:
    """List the columns to mask before and after a step: personal ones, renamed ones, made of them."""
    personal = set(masking.personal_columns(view.roles))
    for i, done in enumerate(view.done[: place + 1]):
        if done is None:
            continue
        given = json.dumps(view.recipe.steps[i].given, ensure_ascii=False)
        made_of = any(json.dumps(name, ensure_ascii=False) in given for name in personal)
        if made_of or (personal and not view.recipe.steps[i].given):
            personal |= set(done.effect.columns_added)
        renamed = dict(done.effect.columns_renamed)
        personal |= {renamed[name] for name in personal if name in renamed}
    return tuple(sorted(personal))


def before_and_after(
    shown: Shown, rows: Sequence[Touched], masks: Sequence[str]
) -> tuple[Side, Side]:
    """Lay rows out as two tables: columns that change first, changed cells with an arrow."""
    changing = {c for row in rows for c in row.changed}
    before = _side(shown.columns_before, rows, changing, masks, after=False)
    return before, _side(shown.columns_after, rows, changing, masks, after=True)


def _what(done: Done) -> list[str]:
    there = {row.what for row in done.shown.rows}
    return [what for what in _WORDS if what in there]


def _tables(done: Done, what: Sequence[str], masks: Sequence[str], *, key: str) -> None:
    chosen = what[0]
    if len(what) > 1:
        chosen = (
            st.segmented_control(
                "Rows",
                what,
                default=what[0],
                required=True,
                format_func=_WORDS.__getitem__,
                key=f"{key}-what",
            )
            or what[0]
        )
    rows = [r for r in done.shown.rows if r.what == chosen]
    totals = {
        "changed": done.effect.changed,
        "removed": done.effect.removed,
        "copied": done.effect.copied,
        "added": done.effect.added,
    }
    note = _of(len(rows), totals[chosen])
    before, after = before_and_after(done.shown, rows, masks)
    if chosen == "removed":
        parts.heading("Removed rows, and why", note)
        _table(before, "Rows that are removed, with the reason", key=f"{key}-gone")
    elif chosen == "added":
        parts.heading("New rows", note)
        _table(after, "Rows that are added", key=f"{key}-new")
    else:
        grid = st.grid(2, min_column_width=400)
        with grid.cell():
            parts.heading("Before", note)
            _table(before, "Rows before the step", key=f"{key}-before")
        with grid.cell():
            legend = (
                "each is there more than once"
                if chosen == "copied"
                else f"changed cells are bold and begin with {ARROW}"
            )
            parts.heading("After", legend)
            _table(after, "The same rows after the step", key=f"{key}-after")


def _of(shown: int, total: int) -> str:
    return (
        counted(shown, "row") if shown >= total else f"the first {count(shown)} of {count(total)}"
    )


def _side(
    columns: Sequence[str],
    rows: Sequence[Touched],
    changing: set[str],
    masks: Sequence[str],
    *,
    after: bool,
) -> Side:
    import pandas as pd

    order = sorted(range(len(columns)), key=lambda i: columns[i] not in changing)
    lines, marked = [], []
    reasons = [row.reason for row in rows]
    for n, row in enumerate(rows):
        cells = (row.after if after else row.before) or ()
        line: list[Any] = []
        for place, i in enumerate(order):
            cell = cells[i] if i < len(cells) else None
            text = masking.masked(cell) if columns[i] in masks else _plain(cell)
            if columns[i] in row.changed:
                marked.append((n, place))
                text = f"{ARROW if after else ''}{'missing' if text is None else text}"
            line.append(text)
        lines.append(line)
    names = [columns[i] for i in order]
    frame = pd.DataFrame(lines, columns=range(len(names)), dtype=object)
    frame.columns = pd.Index(names, dtype=object)
    if any(reasons) and not after:
        why = "why"
        while why in frame.columns:
            why += " "
        frame.insert(0, why, reasons)
    frame.index = pd.Index(
        [r.row + 1 if r.row is not None else "new" for r in rows], name="row", dtype=object
    )
    return Side(frame=frame, marked=tuple(marked))


def _plain(value: Any) -> Any:
    """Write a value; a space at either end of a text is seen, for a step may take it away."""
    return visible(value) if isinstance(value, str) else shown_cell(value)


def _table(side: Side, alt: str, *, key: str) -> None:
    palette = parts.palette()
    style = f"font-weight: bold; background-color: {palette.wash}; color: {palette.ink}"

    def marks(frame: "pd.DataFrame") -> "pd.DataFrame":
        styles = frame.copy()
        styles.iloc[:, :] = ""
        for line, column in side.marked:
            styles.iat[line, column] = style
        return styles

    frame = side.frame
    unique = frame.index.is_unique and frame.columns.is_unique
    st.dataframe(
        frame.style.apply(marks, axis=None) if side.marked and unique else frame,
        height=min(36 * (len(frame) + 1) + 2, _TALLEST),
        placeholder="",
        alt=f"{alt}: {len(frame)}",
        key=key,
    )
