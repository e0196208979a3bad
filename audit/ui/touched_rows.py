"""Rows before and after, side by side: the cells that changed are marked, columns of them first.

The Recipe page shows what a step touches with it, the Compare page how two versions differ.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from audit.charts.template import visible
from audit.mending.effects import Touched
from audit.ui import masking, parts
from audit.ui.rows_view import alike
from audit.ui.rows_view import cell as shown_cell
from audit.ui.text import shorten

if TYPE_CHECKING:
    import pandas as pd

ARROW = "→ "
_MISSING = "(missing)"
_LONGEST = 1000
_TALLEST, _NARROWEST = 400, 400
_MOST_STYLED = 200_000
"""Cells beyond which pandas styles none; the arrow in a changed cell is there all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Some rows of one sort, and what the two tables they stand in are like."""

    rows: Sequence[Touched]
    before: Sequence[str]
    """Columns, in the order of the cells."""
    after: Sequence[str]
    masks: Collection[str] = ()
    """Columns whose cells are written as shapes, by either name."""
    earlier: Mapping[str, str]
    """What columns that are renamed were called before, by their name after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two tables."""

    frame: "pd.DataFrame"
    """The number of the row, the reason where there is one, then the cells."""
    marked: tuple[tuple[int, int], ...] = ()
    """Line and column of the cells that differ."""


def show(what: str, rows: Rows, note: str, *, key: str) -> None:
    """Show rows that are ``changed``, ``copied``, ``removed`` or ``added``.

    Rows that went have no other side, and neither have new ones: they stand in one table.
    """
    before, after = sides(rows)
    if what == "removed":
        why = ", and why" if any(row.reason for row in rows.rows) else ""
        parts.heading(f"Removed rows{why}", note)
        _table(before, "Rows that are removed", key=f"{key}-gone")
    elif what == "added":
        parts.heading("New rows", note)
        _table(after, "Rows that are added", key=f"{key}-new")
    else:
        grid = st.grid(2, min_column_width=_NARROWEST)
        with grid.cell():
            parts.heading("Before", note)
            _table(before, "Rows before", key=f"{key}-before")
        with grid.cell():
            marks = f"changed cells are bold and begin with {ARROW}"
            parts.heading("After", "each is there more than once" if what == "copied" else marks)
            _table(after, "The same rows after", key=f"{key}-after")


def sides(rows: Rows) -> tuple[Side, Side]:
    """Lay rows out as two tables with the columns that change on the left of both."""
    changing = {name for row in rows.rows for name in row.changed}
    masks = {*rows.masks, *(new for new, old in rows.earlier.items() if old in rows.masks)}
    masks |= {rows.earlier[name] for name in rows.masks if name in rows.earlier}
    later = {old: new for new, old in rows.earlier.items()}
    before = _side([(c, later.get(c, c)) for c in rows.before], rows.rows, changing, masks)
    after = _side([(c, c) for c in rows.after], rows.rows, changing, masks, after=True)
    return before, after


def _side(
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Touched],
    changing: Collection[str],
    masks: Collection[str],
    *,
    after: bool = False,
) -> Side:
    """Write one table; each column comes with the name by which it is said to have changed."""
    import pandas as pd

    order = sorted(range(len(columns)), key=lambda i: columns[i][1] not in changing)
    heads: dict[str, list[Any]] = {
        "row": ["new" if row.row is None else row.row + 1 for row in rows]
    }
    if not after and any(row.reason for row in rows):
        heads["why"] = [row.reason for row in rows]
    lines, marked = [], []
    for n, row in enumerate(rows):
        cells = (row.after if after else row.before) or (None,) * len(columns)
        line = []
        for place, i in enumerate(order, len(heads)):
            differs = columns[i][1] in row.changed
            if differs:
                marked.append((n, place))
            line.append(_written(cells[i], masked=columns[i][0] in masks, arrow=differs and after))
        lines.append([*(told[n] for told in heads.values()), *line])
    names = [columns[i][0] for i in order]
    shown = (alike(list(cells)) for cells in zip(*lines, strict=True))
    frame = pd.DataFrame(dict(enumerate(shown)), columns=range(len(heads) + len(names)))
    frame.columns = pd.Index([*(_free(head, names) for head in heads), *names], dtype=object)
    return Side(frame=frame, marked=tuple(marked))


def _free(name: str, taken: Sequence[str]) -> str:
    """Give a name that no column of the data has."""
    while name in taken:
        name += " "
    return name


def _written(value: Any, *, masked: bool, arrow: bool) -> Any:
    """Write a cell; a space at either end of a text is seen, for a step may take it away."""
    told: Any = _MISSING
    if value is not None:
        told = masking.masked(value) if masked else shown_cell(value)
    if isinstance(told, str):
        told = shorten(visible(told), _LONGEST)
    return f"{ARROW}{told}" if arrow else told


def _table(side: Side, alt: str, *, key: str) -> None:
    frame = side.frame
    palette = parts.palette()
    style = f"font-weight: bold; background-color: {palette.wash}; color: {palette.ink}"

    def marks(frame: "pd.DataFrame") -> "pd.DataFrame":
        styles = frame.copy()
        styles.iloc[:, :] = ""
        for line, column in side.marked:
            styles.iat[line, column] = style
        return styles

    styled = side.marked and frame.size <= _MOST_STYLED and frame.columns.is_unique
    st.dataframe(
        frame.style.apply(marks, axis=None) if styled else frame,
        hide_index=True,
        column_config={str(frame.columns[0]): st.column_config.Column(pinned=True)},
        height=min(36 * (len(frame) + 1) + 2, _TALLEST),
        alt=f"{alt}: {len(frame)}",
        key=key,
    )
