"""Rows, a page at a time: which ones, how many, sorted in SQL, personal values masked."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zlib import crc32

import streamlit as st

from audit.model import RoleMap, Where
from audit.store import Version
from audit.store.rows import Page, page
from audit.ui import audits, masking, measures, parts, state
from audit.ui.text import count, counted, md

if TYPE_CHECKING:
    import pandas as pd

PER_PAGE = 100
_FILE_ORDER = "order of the file"
_LARGEST_INTEGER = 2**53


def show(
    version: Version,
    where: Where,
    roles: RoleMap,
    *,
    key: str,
    title: str | None = None,
    first: Sequence[str] = (),
) -> None:
    """Show the rows that pass ``where``, with a count, sorting, paging and masks.

    Parameters
    ----------
    version : Version
        Whose rows.
    where : Where
        Which rows.
    roles : RoleMap
        Tells the columns to mask.
    key : str
        Distinguishes this view from others on the page.
    title : str, optional
        What the rows are, escaped; by default the tests in words.
    first : sequence of str
        Columns to put on the left.
    """
    names = [c.name for c in version.manifest.columns]
    ordered = [*first, *(n for n in names if n not in first)]
    parts.heading(title or f"Rows in which {md(measures.where_text(where))}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        order = st.selectbox(
            "Sort by", [_FILE_ORDER, *ordered], key=f"{key}-sort", width=220, persist_state="page"
        )
        down = st.toggle("Descending", key=f"{key}-down", disabled=order == _FILE_ORDER)
        st.space("stretch")
        personal = masking.personal_columns(roles, audits.found(version))
        shown = masking.reveal(len(personal), key=f"{key}-reveal")
    slot, note = st.container(), st.container(horizontal=True, vertical_alignment="center")
    found = _fetch(version, where, ordered, order, down=down, key=key, place=note)
    if found.total == 0:
        slot.markdown("No row passes these tests.")
        return
    masks = () if shown else personal
    slot.dataframe(
        frame(found, masks),
        height=min(36 * (len(found.rows) + 1) + 2, 400),
        placeholder="",
        alt=f"{len(found.rows)} of {counted(found.total, 'row')}",
        key=f"{key}-rows",
    )
    last = found.offset + len(found.rows)
    hidden = f" · {counted(len(masks), 'column')} masked" if masks else ""
    span = f"{count(found.offset + 1)} to {count(last)} of {counted(found.total, 'row')}{hidden}"
    note.markdown(parts.small(span))


def filtered(version: Version, roles: RoleMap, *, key: str, first: Sequence[str] = ()) -> None:
    """Show the rows that the page's filters leave, each filter as a chip that can be removed."""
    chosen = state.filters(version)
    if chosen:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(parts.small("Only rows in which"), width="content")
            for i, entry in enumerate(chosen):
                st.button(
                    md(measures.test_text(entry.test)),
                    key=f"{key}-chip-{i}",
                    icon=":material/close:",
                    icon_position="right",
                    on_click=state.remove_filter,
                    args=(version, entry.test),
                    help="Remove this filter",
                )
            if len(chosen) > 1:
                st.button(
                    "Show all rows",
                    key=f"{key}-clear",
                    type="tertiary",
                    on_click=state.clear_filters,
                    args=(version,),
                )
    where = state.where(version)
    title = "Rows that pass the filters" if chosen else "All rows"
    show(version, where, roles, key=key, title=title, first=first)


def frame(found: Page, masks: Sequence[str] = ()) -> "pd.DataFrame":
    """Turn a page of rows into a frame for display; rows are numbered from 1, as in the file."""
    import pandas as pd

    hidden = {found.columns.index(name) for name in masks if name in found.columns}
    columns = {
        i: alike(
            [masking.masked(cell(row[i])) if i in hidden else cell(row[i]) for row in found.rows]
        )
        for i in range(len(found.columns))
    }
    made = pd.DataFrame(columns)
    made.columns = pd.Index(found.columns, dtype=object)
    made.index = pd.Index([n + 1 for n in found.numbers], name="row")
    return made


def _fetch(
    version: Version,
    where: Where,
    columns: Sequence[str],
    order: str | None,
    *,
    down: bool,
    key: str,
    place: Any,
) -> Page:
    """Fetch the page that is turned to; the pager is drawn once the total is known."""
    pager = f"{key}-page-{crc32(repr(where).encode()):08x}"
    number = int(state.session().get(pager, 1))
    sorting = None if order in (None, _FILE_ORDER) else order
    fetch = partial(
        page,
        version.table,
        where,
        columns=columns,
        order_by=sorting,
        descending=down,
        limit=PER_PAGE,
    )
    found = fetch(offset=(number - 1) * PER_PAGE)
    pages = max(1, -(-found.total // PER_PAGE))
    if number > pages:
        state.session().pop(pager, None)
        found = fetch(offset=0)
    if pages > 1:
        with place:
            st.pagination(pages, key=pager, max_visible_pages=5)
            st.space("stretch")
    return found


def alike(cells: Sequence[Any]) -> "pd.Series[Any]":
    """Give the cells of a column, all as texts where some are: mixed, they cannot be sent."""
    import pandas as pd

    mixed = len({type(cell) for cell in cells if cell is not None}) > 1
    told = [None if cell is None else str(cell) for cell in cells] if mixed else cells
    return pd.Series(told, dtype=object)


def cell(value: Any) -> Any:
    """Write a cell so that the browser shows it exactly."""
    if value is None or isinstance(value, str | bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _LARGEST_INTEGER else str(value)
    if isinstance(value, date | datetime):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
