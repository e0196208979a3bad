"""Values in full, for who asks: read now, marked, kept nowhere; false hits can be allowed."""

from collections.abc import Sequence
from zlib import crc32

import streamlit as st

from audit.errors import AuditError
from audit.pii.wording import several
from audit.reports.pii.values import Found, ScannedColumn
from audit.runner.personal import ShownText, texts_with_hits
from audit.ui import changes, parts, state, trouble
from audit.ui.privacy import marked
from audit.ui.privacy.view import PII, View
from audit.ui.text import count, counted, in_words, plural, quoted

PER_PAGE = 5


def show(view: View, column: ScannedColumn, found: Found) -> None:
    """Offer to show the values of a few rows, and to say which hits are none."""
    if not found.row_numbers:
        return
    key = f"full-{crc32(f'{column.title} {found.entity}'.encode()):08x}"
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**The values themselves**  \n{parts.small('read from the data now, kept nowhere')}",
                width="stretch",
            )
            wanted = st.toggle("Show values", key=key)
        if wanted:
            _in_full(view, column, found, key)


def _in_full(view: View, column: ScannedColumn, found: Found, key: str) -> None:
    pages = -(-len(found.row_numbers) // PER_PAGE)
    number = min(int(state.session().get(f"{key}-page", 1)), pages)
    rows = found.row_numbers[(number - 1) * PER_PAGE : number * PER_PAGE]
    try:
        with st.spinner("Reading the rows …", show_time=False):
            texts = texts_with_hits(
                view.version,
                column.column,
                column.place,
                rows,
                view.options,
                names=column.names_scanned,
            )
    except AuditError as error:
        trouble.show(error.problem, error.hint)
        return
    for shown in texts:
        st.markdown(
            f"{parts.small(f'row {count(shown.row + 1)}')}  \n"
            f"{marked.in_full(shown.text, shown.hits, found.entity)}"
        )
    if pages > 1:
        st.pagination(pages, key=f"{key}-page", max_visible_pages=5)
    offer(view, texts, found.entity, key=f"{key}-{number}")


def offer(view: View, texts: Sequence[ShownText], entity: str, *, key: str) -> None:
    """Let false hits among what is shown become entries of the allow-list."""
    pieces = list(
        dict.fromkeys(t.piece(h).strip() for t in texts for h in t.hits if h.entity == entity)
    )
    if not pieces:
        st.markdown(parts.small("The search finds nothing of this kind here any more."))
        return
    # The widget keeps positions: a value in full must not stay in the session.
    chosen = st.pills(
        f"Which of these are no {several(entity)}?",
        range(len(pieces)),
        selection_mode="multi",
        format_func=lambda i: quoted(pieces[i], 60),
        key=f"{key}-false",
    )
    if not chosen:
        st.markdown(
            parts.small(
                "What you pick goes on the allow-list, which is kept beside the version; then all "
                "is measured anew."
            )
        )
        return
    n = len(chosen)
    noun = f"{in_words(n)} {plural(n, 'value')}"
    if st.button(f"Not personal: add {noun} to the allow-list", key=f"{key}-allow"):
        allow(view, [pieces[i] for i in chosen])
        st.rerun()


def allow(view: View, pieces: Sequence[str]) -> None:
    """Add values to the allow-list, and measure without them."""
    wanted = tuple(dict.fromkeys((*view.options.allow, *pieces)))
    title = f"Measuring with {counted(len(pieces), 'further value')} allowed"
    changes.change(view.version, PII, title, {"allow": wanted})
