"""The steps as a list: what each is given, what it did in the preview, why it is there."""

from collections.abc import Sequence

import streamlit as st

from audit import runner
from audit.mending.effects import Effect
from audit.runner import recipe_draft
from audit.ui import parts, state
from audit.ui.recipe import desk, editing, words
from audit.ui.recipe.trying import View
from audit.ui.text import count, md, shorten

_LONGEST_WHY = 140
_MOST_NOTES = 5


def show(view: View) -> None:
    """Show all steps; below the one that is edited, its form."""
    open_ = desk.edited()
    for place, (step, effect) in enumerate(zip(view.recipe.steps, view.effects, strict=True)):
        _card(view, place, step, effect)
        if open_ is not None and open_.place == place and open_.remedy == step.remedy:
            editing.show(view, open_)


def _card(view: View, place: int, step: runner.RecipeStep, effect: Effect | None) -> None:
    with st.container(border=True, gap="xsmall", key=f"step-card-{place}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            title = f"**{place + 1}  {md(step.spec.title)}**"
            st.markdown(f":gray[{title}] · off" if step.skip else title, width="stretch")
            _buttons(view, place, step)
        family = words.FAMILIES[step.spec.family]
        st.markdown(f":gray[{family}] · {words.params(step)}")
        if effect is not None:
            _effect(effect)
        if step.why:
            st.markdown(parts.small(f"because: {md(shorten(step.why, _LONGEST_WHY))}"))


def _effect(effect: Effect) -> None:
    sign = ":gray[○]" if effect.did_nothing else ":blue[●]"
    st.markdown(f"{sign} {words.effect(effect)}")
    why = words.reasons(effect)
    if why:
        st.markdown(parts.small(f"went because · {why}"))
    notes([f"{parts.mark('notice')} {md(told)}" for told in effect.notes])


def notes(lines: Sequence[str]) -> None:
    """Show what was noted; many lines do not push aside what comes below them."""
    open_ = _MOST_NOTES if len(lines) > _MOST_NOTES + 1 else len(lines)
    for line in lines[:open_]:
        st.markdown(line)
    if lines[open_:]:
        with st.expander(f"{count(len(lines) - open_)} more notes"):
            for line in lines[open_:]:
                st.markdown(line)


def _buttons(view: View, place: int, step: runner.RecipeStep) -> None:
    last = len(view.recipe.steps) - 1
    name = md(f"step {place + 1}, {step.spec.title}")
    key = f"step-on-{place}"
    state.session()[key] = not step.skip
    st.toggle("On", key=key, on_change=_switch, args=(view, place, key))
    for label, icon, by, ended in (
        ("Up", ":material/arrow_upward:", -1, place == 0),
        ("Down", ":material/arrow_downward:", 1, place == last),
    ):
        st.button(
            label,
            key=f"step-{label.lower()}-{place}",
            icon=icon,
            type="tertiary",
            disabled=ended,
            on_click=_move,
            args=(view, place, by),
            help=f"Move {name} {label.lower()}",
        )
    st.button(
        "Edit",
        key=f"step-edit-{place}",
        type="tertiary",
        icon=":material/edit:",
        on_click=desk.edit,
        args=(view.version, place),
        help=f"Edit {name}",
    )
    st.button(
        "Remove",
        key=f"step-remove-{place}",
        type="tertiary",
        icon=":material/delete:",
        on_click=_remove,
        args=(view, place),
        help=f"Take {name} out; Undo brings it back",
    )


def _switch(view: View, place: int, key: str) -> None:
    on = bool(state.session().get(key))
    desk.change(view.version, recipe_draft.switch(view.recipe, place, on=on))


def _move(view: View, place: int, by: int) -> None:
    desk.close()
    desk.change(view.version, recipe_draft.move(view.recipe, place, by))


def _remove(view: View, place: int) -> None:
    desk.close()
    desk.change(view.version, recipe_draft.remove(view.recipe, place))
