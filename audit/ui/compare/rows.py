"""Part 'Rows': those that changed, went, are new or were copied, a page of them at a time."""

from typing import TYPE_CHECKING, cast

import streamlit as st

from audit import runner
from audit.ui import masking, parts, state, touched_rows
from audit.ui.compare import words
from audit.ui.compare.view import View
from audit.ui.text import count, counted, md, shorten

if TYPE_CHECKING:
    from audit.comparing.differences import Differences, What

PER_PAGE = 50
_ALL = "all columns"
_KINDS = {"changed": "Changed", "removed": "Gone", "added": "New", "copied": "Copies"}


def there(_: View) -> bool:
    """Whether there is something to say; that rows are not paired is something."""
    return True


def show(view: View) -> None:
    """Say what became of the rows, and show a page of those that differ in one way."""
    pairing = view.comparison.pairing
    counts = {what: int(getattr(pairing, what)) for what in _KINDS}
    parts.answer(words.pairing_in_words(pairing))
    if not view.paired:
        return
    some = [what for what in _KINDS if counts[what]]
    if not some:
        st.markdown("Every row is there, and no cell of a column that both have differs.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        what = st.segmented_control(
            "Rows that are",
            some,
            default=some[0],
            required=True,
            format_func=lambda w: f"{_KINDS[w]} {count(counts[w])}",
            key=f"rows-what-{view.key}",
        )
        column = _column(view, what or some[0])
        st.space("stretch")
        shown = masking.reveal(len(view.personal), key=f"rows-reveal-{view.key}")
    chosen = cast("What", what or some[0])
    total = dict(pairing.changed_cells).get(column, counts[chosen]) if column else counts[chosen]
    _page(view, chosen, column, total, reveal=shown)


def _column(view: View, what: str) -> str | None:
    """Offer the columns in which a cell changed, with how many."""
    if what != "changed":
        return None
    cells = dict(view.comparison.pairing.changed_cells)
    chosen = st.selectbox(
        "Changed in",
        [_ALL, *cells],
        format_func=lambda c: c if c == _ALL else f"{shorten(c, 40)} · {count(cells[c])}",
        key=f"rows-column-{view.key}",
        width=280,
    )
    return None if chosen in (None, _ALL) else chosen


def _page(view: View, what: "What", column: str | None, total: int, *, reveal: bool) -> None:
    pager = f"rows-page-{view.key}-{what}-{column}"
    pages = max(1, -(-total // PER_PAGE))
    number = min(int(state.session().get(pager, 1)), pages)
    with st.spinner("Reading the rows …", show_time=False):
        found = runner.row_differences(
            view.before,
            view.after,
            workspace=state.workspace(),
            what=what,
            columns=None if column is None else [column],
            limit=PER_PAGE,
            offset=(number - 1) * PER_PAGE,
        )
    masks = () if reveal else view.personal
    layout = touched_rows.Rows(
        rows=found.rows,
        before=found.columns_before,
        after=found.columns_after,
        masks=masks,
        earlier=view.earlier,
    )
    key = f"rows-table-{view.key}-{what}-{md(column or '')}"
    touched_rows.show(what, layout, _span(found, total, masks), key=key)
    if pages > 1:
        st.pagination(pages, key=pager, max_visible_pages=5)


def _span(found: "Differences", total: int, masks: object) -> str:
    last = found.offset + len(found.rows)
    hidden = " · personal columns masked" if masks else ""
    return f"{count(found.offset + 1)} to {count(last)} of {counted(total, 'row')}{hidden}"
