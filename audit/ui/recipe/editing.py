"""The form of one step: made from its model, checked when it is saved, nothing typed is lost."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import streamlit as st

from audit import registry, runner
from audit.errors import AuditError, ParameterError
from audit.mending.form import FormField, asked, form_of, values_of
from audit.mending.resampling import Resample
from audit.runner import recipe_draft
from audit.ui import parts, state, trouble
from audit.ui.recipe import desk, fields, shares, spellings, trying, words
from audit.ui.recipe.desk import Edited
from audit.ui.recipe.look import Look, columns_after
from audit.ui.text import md

_SHARES = "shares"
_OPEN = "auto"
"""The word for a choice that is left to the step."""
_NARROW = frozenset({"column", "choice", "flag", "integer", "number", "numbers", "text", "scalar"})
"""Fields that stand two in a row where there is room."""


def show(look_at: trying.View, edited: Edited) -> None:
    """Show the form; what is wrong is said below it, and stays until it is put right."""
    spec = registry.remedies()[edited.remedy]
    form = form_of(spec.step)
    given = _given(look_at, edited, form)
    look = _look(look_at, edited)
    with st.container(border=True, gap="small", key=f"editing-{edited.token}"):
        title = spec.title if edited.place is None else f"Step {edited.place + 1}: {spec.title}"
        parts.heading(md(title), md(words.first_line(spec.doc)))
        if given.get("fitted"):
            st.markdown("It does what was learnt from other data; once changed, it learns anew.")
        values, errors = _ask(form, given, look, edited)
        step = None if errors else _made(edited, values, errors)
        if isinstance(step and step.params, Resample) and step is not None:
            shares.show(step.params, look)
        _buttons(look_at, edited, step)
        if errors and state.session().get(_tried(edited)):
            for error in errors:
                trouble.show(error.problem, error.hint)


def _given(view: trying.View, edited: Edited, form: Sequence[FormField]) -> dict[str, Any]:
    if edited.place is None:
        return {f.name: f.default for f in form}
    return values_of(view.recipe.steps[edited.place].params)


def _look(view: trying.View, edited: Edited) -> Look:
    place = len(view.recipe.steps) if edited.place is None else edited.place
    before = [e for e in view.effects[:place] if e is not None]
    return Look(
        version=view.version,
        roles=view.roles,
        columns=columns_after(view.version.manifest.columns, before),
        changed=any(not s.skip for s in view.recipe.steps[:place]),
    )


def _ask(
    form: Sequence[FormField], given: Mapping[str, Any], look: Look, edited: Edited
) -> tuple[dict[str, Any], list[AuditError]]:
    """Show the fields; give what they hold, and what cannot be read."""
    values: dict[str, Any] = {f.name: given.get(f.name) for f in form}
    errors: list[AuditError] = []
    chosen: dict[str, Any] = {}
    grid = None
    for field in asked(form):
        if not _counts(form, field, given, chosen):
            continue
        key = f"{edited.token}-{field.name}"
        narrow = field.shape in _NARROW
        grid = (grid or st.grid(2, min_column_width=320)) if narrow else None
        with grid.cell() if grid is not None else nullcontext():
            _ask_one(field, given, (values, chosen, errors), look, edited, key)
        chosen[field.name] = values[field.name]
    return values, errors


def _ask_one(
    field: FormField,
    given: Mapping[str, Any],
    into: tuple[dict[str, Any], dict[str, Any], list[AuditError]],
    look: Look,
    edited: Edited,
    key: str,
) -> None:
    """Show one field, and put what it holds, or what is wrong with it, where it belongs."""
    values, chosen, errors = into
    try:
        if field.name == _SHARES and isinstance(chosen.get("by"), list):
            values[field.name] = shares.ask(given.get(field.name) or (), chosen["by"], look, key)
        else:
            spellings.offer(edited.remedy, field, chosen, look, key)
            values[field.name] = fields.ask(field, given.get(field.name), look, key)
        _needed(field, values[field.name])
    except AuditError as error:
        errors.append(error)


def _owner(form: Sequence[FormField], field: FormField) -> FormField | None:
    """Find the choice that a field belongs to: one of whose words it is called."""
    return next((f for f in form if f.shape == "choice" and field.name in f.choices), None)


def _counts(
    form: Sequence[FormField],
    field: FormField,
    given: Mapping[str, Any],
    chosen: Mapping[str, Any],
) -> bool:
    """Tell whether a field does something with what was chosen above it.

    What a step was given stays in sight where the choice is left to the step: it may decide it.
    """
    if field.needs is not None:
        now = chosen.get(field.needs.name)
        kept = now == _OPEN and given.get(field.name) != field.default
        return now in field.needs.choices or kept
    owner = _owner(form, field)
    return owner is None or chosen.get(owner.name) == field.name


def _needed(field: FormField, value: Any) -> None:
    if field.required and value in (None, "", [], {}):
        message = f"'{field.title or field.name}' is empty, and the step needs it."
        raise ParameterError(message, hint=field.help)
    if value is None and not field.optional and field.shape in ("integer", "number"):
        message = f"'{field.title or field.name}' needs a number."
        raise ParameterError(message)


def _made(
    edited: Edited, values: Mapping[str, Any], errors: list[AuditError]
) -> runner.RecipeStep | None:
    try:
        return runner.make_step(edited.remedy, values, why=edited.why)
    except AuditError as error:
        errors.append(error)
        return None


def _buttons(view: trying.View, edited: Edited, step: runner.RecipeStep | None) -> None:
    label = "Add to the recipe" if edited.place is None else "Save the step"
    with st.container(horizontal=True, gap="small"):
        if parts.primary(label, key=f"{edited.token}-save"):
            state.session()[_tried(edited)] = True
            if step is not None:
                _save(view, edited, step)
                st.rerun()
        st.button(
            "Close without saving",
            key=f"{edited.token}-close",
            type="tertiary",
            on_click=desk.close,
        )


def _save(view: trying.View, edited: Edited, step: runner.RecipeStep) -> None:
    recipe = view.recipe
    if edited.place is None or edited.place >= len(recipe.steps):
        desk.change(view.version, recipe_draft.add(recipe, step))
    else:
        kept = replace(step, skip=recipe.steps[edited.place].skip)
        desk.change(view.version, recipe_draft.put(recipe, edited.place, kept))
    desk.close()


def _tried(edited: Edited) -> str:
    return f"{edited.token}-tried"
