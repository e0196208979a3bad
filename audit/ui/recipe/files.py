"""A recipe as a file: saved as YAML, opened again, or taken over from a version it made."""

import re
from dataclasses import replace

import streamlit as st

from audit import runner
from audit.errors import AuditError
from audit.runner import recipe_draft
from audit.store import Version
from audit.ui import parts, state, trouble
from audit.ui.recipe import desk
from audit.ui.recipe.trying import View
from audit.ui.text import counted, md, quoted, shorten

_ASKED, _TURN = "recipe-asked", "recipe-uploads"
_MOST_MB = 5
_MOST_VERSIONS = 50


def save(view: View) -> None:
    """Offer the recipe as a YAML file; ``evenhand apply`` does the same with it."""
    st.download_button(
        "Save",
        lambda: recipe_draft.for_version(view.recipe, view.version).text().encode(),
        file_name=file_name(view.recipe, view.version),
        mime="application/yaml",
        icon=":material/download:",
        key="save-recipe",
        disabled=not view.recipe.steps,
        on_click="ignore",
    )


def open_(view: View) -> None:
    """Offer to take a recipe from a file or a version, in the place of the one there is."""
    with st.popover("Open …", icon=":material/upload_file:", key="open-recipe"):
        sent = st.file_uploader(
            "A recipe (YAML)",
            type=["yaml", "yml"],
            key=f"recipe-upload-{state.session().get(_TURN, 0)}",
            max_upload_size=_MOST_MB,
        )
        if sent is not None:
            _read(view.version, sent.getvalue(), sent.name)
        _from_versions(view)
        if view.recipe.steps:
            st.button(
                "Begin with an empty recipe",
                key="empty-recipe",
                on_click=desk.forget,
                args=(view.version,),
            )


def asked(version: Version) -> None:
    """Ask about a recipe that was made for other data, where one was opened."""
    kept = state.session().get(_ASKED)
    if not isinstance(kept, tuple) or kept[0] != version.id:
        return
    recipe: runner.Recipe = kept[1]
    name = quoted(recipe.source_name) if recipe.source_name else "other data"
    with st.container(border=True, gap="small"):
        st.markdown(
            f"{parts.mark('warning')} **This recipe was made for {name}**, not for "
            f"{quoted(version.manifest.name)}: {counted(len(recipe.steps), 'step')}. Columns may be "
            "called otherwise; the preview shows whether it fits."
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Use it for this dataset", key="use-anyway", on_click=_use, args=(version, recipe)
            )
            st.button("Leave it", key="use-not", type="tertiary", on_click=_leave)


def broken(version: Version, error: AuditError) -> None:
    """Show a draft that no longer fits this program: it can be saved, and another begun."""
    trouble.show(error.problem, error.hint)
    st.download_button(
        "Save it as it is",
        recipe_draft.draft_text(version).encode(),
        file_name="recipe.yaml",
        mime="application/yaml",
        key="save-broken",
    )
    if st.button("Begin with an empty recipe", key="empty-broken"):
        recipe_draft.keep_draft(version, runner.Recipe())
        st.rerun()


def file_name(recipe: runner.Recipe, version: Version) -> str:
    """Make a file name that every system accepts.

    Examples
    --------
    >>> file_name(runner.Recipe(name="../for the model"), None)
    'for-the-model.yaml'
    """
    name = recipe.name or f"{version.manifest.name} recipe"
    plain = re.sub(r"[^\w]+", "-", name).strip("-")[:60]
    return f"{plain or 'recipe'}.yaml"


def take(version: Version, recipe: runner.Recipe) -> None:
    """Go on with a recipe, or ask first where it was made for other data."""
    desk.close()
    if recipe_draft.fits(recipe, version):
        desk.change(version, replace(recipe, folder=None))
        return
    state.session()[_ASKED] = (version.id, recipe)


def _read(version: Version, data: bytes, name: str) -> None:
    try:
        recipe = runner.Recipe.parse(data, shorten(name, 80))
    except AuditError as error:
        trouble.show(error.problem, error.hint)
        return
    state.session()[_TURN] = state.session().get(_TURN, 0) + 1
    take(version, recipe)
    desk.tell(f"Opened {md(shorten(name, 80))}: {counted(len(recipe.steps), 'step')}.")
    st.rerun()


def _from_versions(view: View) -> None:
    made = {v.id: v for v in state.workspace().versions() if v.manifest.origin.recipe}
    known = list(made)[:_MOST_VERSIONS]
    if not known:
        return
    chosen = st.selectbox(
        "Or the recipe that made a version",
        known,
        index=None,
        format_func=lambda id_: f"{shorten(made[id_].manifest.name, 60)} · {id_[:6]}",
        key="recipe-of-version",
        placeholder="Choose a version",
    )
    if chosen is not None:
        st.button(
            "Start from it", key="take-recipe", on_click=_start, args=(view.version, made[chosen])
        )


def _start(version: Version, other: Version) -> None:
    """Take the recipe that made ``other``; for its own parent the steps learn anew."""
    found = recipe_of(other)
    if found is None:
        desk.tell(md("What made that version is not kept any more."))
        return
    if other.manifest.origin.parent == version.id:
        found = learning(found)
    state.session().pop("recipe-of-version", None)
    take(version, found)


def recipe_of(version: Version) -> runner.Recipe | None:
    """Give the recipe that made a version; None where it was loaded, or cannot be read."""
    record = runner.applied(version)
    if record is None:
        return None
    try:
        return runner.Recipe.parse(record.recipe.encode(), "of that version")
    except AuditError:
        return None


def learning(recipe: runner.Recipe) -> runner.Recipe:
    """Let all steps learn anew."""
    return replace(recipe, steps=tuple(recipe_draft.forgetful(s) for s in recipe.steps))


def _use(version: Version, recipe: runner.Recipe) -> None:
    state.session().pop(_ASKED, None)
    manifest = version.manifest
    desk.change(
        version,
        replace(recipe, source_name=manifest.name, source_sha256=manifest.sha256, folder=None),
    )


def _leave() -> None:
    state.session().pop(_ASKED, None)
