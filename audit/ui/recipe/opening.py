"""What the page opens on: what the recipe does, in a sentence; its name; undo, save and open."""

import streamlit as st

from audit import runner
from audit.runner import recipe_draft
from audit.ui import audits, parts, state
from audit.ui.recipe import desk, files, first_card, suggesting, trying, words
from audit.ui.recipe.trying import View
from audit.ui.text import in_words

_NAME = "recipe-name"


def show(view: View) -> None:
    """Show the answer, what it rests on, and what is done with the recipe as a whole."""
    parts.answer(words.answer(view.recipe, view.effects))
    if not view.recipe.steps:
        st.markdown(
            "Take what the findings suggest, or choose a step. Every step can be tried before it is "
            "applied, and the data in use is never changed: applying makes a new version."
        )
        _first(view)
    trying.resting_on(view)
    _bar(view)


def _first(view: View) -> None:
    """Offer the fewest steps that answer the most severe findings."""
    result = audits.kept(view.version)
    proposals = runner.mend_first(result) if result is not None else ()
    if not proposals or result is None or desk.edited() is not None:
        return
    sentence = first_card.answer(proposals, result.open_findings)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        label = "Add it" if len(proposals) == 1 else f"Add these {in_words(len(proposals))}"
        parts.primary(
            label,
            key="add-first",
            on_click=suggesting.add,
            args=(view.version, *(p.step for p in proposals)),
        )
        named = " · ".join(first_card.named(p.step) for p in proposals)
        st.markdown(f"{sentence} :gray[{named}]", width="stretch")


def _bar(view: View) -> None:
    past = desk.history(view.version)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = f"{_NAME}-{view.version.id}"
        state.session()[key] = view.recipe.name
        st.text_input(
            "Name of the recipe",
            key=key,
            placeholder="for the credit model",
            max_chars=80,
            width=260,
            on_change=_rename,
            args=(view, key),
        )
        st.button(
            "Undo",
            key="undo",
            icon=":material/undo:",
            disabled=not past.past,
            on_click=desk.undo,
            args=(view.version,),
        )
        st.button(
            "Redo",
            key="redo",
            icon=":material/redo:",
            disabled=not past.future,
            on_click=desk.redo,
            args=(view.version,),
        )
        files.save(view)
        files.open_(view)


def _rename(view: View, key: str) -> None:
    name = str(state.session().get(key) or "")
    desk.change(view.version, recipe_draft.rename(view.recipe, name))
