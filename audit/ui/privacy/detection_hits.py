"""False hits and misses in a labelled sample: masked, in full on demand, allowed on demand."""

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import streamlit as st

from audit.errors import AuditError
from audit.pii.masking import masked_example
from audit.pii.measuring import Quality
from audit.pii.values import Hit, Span
from audit.runner.personal import ShownText, labelled_texts
from audit.ui import parts, state, trouble
from audit.ui.privacy import marked, names, values_shown
from audit.ui.privacy.view import View
from audit.ui.text import count, counted

PER_PAGE = 10
_FALSE, _MISSED = "False hits", "Missed"
_Places = Sequence[tuple[int, Hit | Span]]


def show(view: View, quality: Quality, path: Path) -> None:
    """List what was found and is not marked, or marked and not found, kind by kind."""
    offered: dict[str, _Places] = {_FALSE: quality.false_hits, _MISSED: quality.misses}
    there = [name for name, places in offered.items() if places]
    if not there:
        st.markdown("✓ No false hit, and nothing missed.")
        return
    with st.container(border=True, gap="small"):
        grid = st.grid(2, min_column_width=220)
        with grid.cell():
            which = st.segmented_control(
                "Look at",
                there,
                default=there[0],
                required=True,
                format_func=lambda name: f"{name} ({count(len(offered[name]))})",
                key="detection-which",
            )
        which = which or there[0]
        with grid.cell():
            kind = _kind(offered[which], which)
        chosen = [place for place in offered[which] if place[1].entity == kind]
        _list(view, chosen, kind, path, false=which == _FALSE)


def _kind(places: _Places, which: str) -> str:
    counts: dict[str, int] = {}
    for _, place in places:
        counts[place.entity] = counts.get(place.entity, 0) + 1
    kinds = sorted(counts, key=lambda id_: (-counts[id_], id_))
    chosen = st.selectbox(
        "Kind",
        kinds,
        format_func=lambda id_: f"{names.capital(id_)} ({count(counts[id_])})",
        key=f"detection-kind-{which}",
    )
    return chosen or kinds[0]


def _list(view: View, places: _Places, kind: str, path: Path, *, false: bool) -> None:
    key = f"detection-{'false' if false else 'missed'}-{crc32(kind.encode()):08x}"
    pages = -(-len(places) // PER_PAGE)
    number = min(int(state.session().get(f"{key}-page", 1)), pages)
    try:
        texts = labelled_texts(path, places[(number - 1) * PER_PAGE : number * PER_PAGE])
    except AuditError as error:
        trouble.show(error.problem, error.hint)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        first, last = (number - 1) * PER_PAGE + 1, (number - 1) * PER_PAGE + len(texts)
        said = f"{count(first)} to {count(last)} of {counted(len(places), 'place')}"
        st.markdown(parts.small(said), width="stretch")
        in_full = st.toggle("Show values", key=f"{key}-{number}-full")
    for shown in texts:
        st.markdown(
            f"{parts.small(f'text {count(shown.row + 1)}')}  \n{_written(shown, in_full=in_full)}"
        )
    if pages > 1:
        st.pagination(pages, key=f"{key}-page", max_visible_pages=5)
    if false and in_full:
        values_shown.offer(view, texts, kind, key=f"{key}-{number}")
    elif false:
        st.markdown(parts.small("Show the values to put some of them on the allow-list."))


def _written(shown: ShownText, *, in_full: bool) -> str:
    (hit,) = shown.hits
    if in_full:
        return marked.in_full(shown.text, shown.hits, hit.entity)
    return marked.example(masked_example(shown.text, shown.hits), hit.entity)
