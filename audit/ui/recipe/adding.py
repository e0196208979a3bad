"""Adding a step: what the findings suggest, or any remedy, searched by what it does."""

from collections.abc import Sequence

import streamlit as st

from audit import registry
from audit.model import Finding
from audit.registry import RemedySpec
from audit.store import Version
from audit.ui import audits, parts, state
from audit.ui.recipe import desk, editing, suggesting, words
from audit.ui.recipe.trying import View
from audit.ui.text import counted, md

_FINDINGS, _ALL = "What the findings suggest", "All steps"
OVERVIEW = "pages/explore/overview.py"
_PER_PAGE = 8


def show(view: View) -> None:
    """Offer steps, those that findings suggest first."""
    st.subheader("Add a step", anchor=False)
    open_ = desk.edited()
    if open_ is not None and open_.place is None:
        editing.show(view, open_)
        return
    result = audits.kept(view.version)
    found = result.open_findings if result is not None else ()
    first = _FINDINGS if any(f.suggestions for f in found) else _ALL
    key = f"add-from-{view.version.id}"
    chosen = st.segmented_control(
        "From",
        [_FINDINGS, _ALL],
        default=None if key in state.session() else first,
        required=True,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    if chosen == _ALL:
        _remedies()
    elif result is None:
        st.markdown("This version has not been measured yet, so that nothing was found in it.")
        st.page_link(OVERVIEW, label="Measure it on the Overview page")
    else:
        _suggested(view.version, found)


def _suggested(version: Version, found: Sequence[Finding]) -> None:
    shown = [f for f in found if f.suggestions]
    pages = max(1, -(-len(shown) // _PER_PAGE))
    place = st.container(gap="small")
    number = 1
    if pages > 1:
        number = st.pagination(pages, key=f"suggested-page-{version.id}")
        st.markdown(parts.small(f"{counted(len(shown), 'finding')} with a step that would mend it"))
    with place:
        suggesting.from_findings(version, shown[(number - 1) * _PER_PAGE : number * _PER_PAGE])


def _remedies() -> None:
    known = list(registry.remedies().values())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text = st.text_input(
            "Search",
            key="remedy-search",
            placeholder="duplicates, dates, mask …",
            type="search",
            width=320,
        )
        families = st.pills(
            "Family",
            list(words.FAMILIES),
            format_func=lambda f: words.FAMILIES[f],
            selection_mode="multi",
            key="remedy-family",
        )
    shown = [s for s in known if matches(s, text or "") and (not families or s.family in families)]
    if not shown:
        st.markdown("No step is called so, or does that. Try another word.")
        return
    if len(shown) < len(known):
        st.markdown(parts.small(f"{len(shown)} of {counted(len(known), 'step')}"))
    grid = st.grid(2, min_column_width=430, border=True)
    for family in words.FAMILIES:
        mine = sorted((s for s in shown if s.family == family), key=lambda s: s.title)
        if mine:
            with grid.cell(), st.container(gap="small"):
                _family(family, mine)


def _family(family: str, specs: Sequence[RemedySpec]) -> None:
    """List the steps of a family: each is a button that says what it adds."""
    note = parts.small(counted(len(specs), "step"))
    st.markdown(f"#### {words.FAMILIES[family]} {note}", anchors=False)
    for spec in specs:
        with st.container(gap=None):
            st.button(
                f":gray[Add] {md(spec.title.removeprefix('Add '))}",
                key=f"begin-{spec.id}",
                type="tertiary",
                icon=":material/add:",
                on_click=desk.begin,
                args=(spec.id,),
            )
            st.markdown(parts.small(md(words.first_line(spec.doc))))


def matches(spec: RemedySpec, text: str) -> bool:
    """Whether every word of a search is in what a remedy is called or does.

    Examples
    --------
    >>> matches(registry.remedies()["drop-missing"], "LACK rows")
    True
    """
    told = f"{spec.id} {spec.title} {words.first_line(spec.doc)} {spec.family}".casefold()
    return all(word in told for word in text.casefold().split())
