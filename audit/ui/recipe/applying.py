"""Applying the recipe: a job with progress for each step; what comes out is a new version."""

import streamlit as st

from audit import runner
from audit.runner import recipe_draft
from audit.store import Version
from audit.ui import jobs, parts, state
from audit.ui.recipe import desk, keys, trying
from audit.ui.recipe.trying import View
from audit.ui.text import counted


def actions(view: View) -> None:
    """Offer to preview and to apply; the one that comes next is the main action."""
    if not view.recipe.active:
        return
    busy = trying.under_way(view.version) or _under_way(view.version)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if busy:
            st.markdown(parts.small("at work …"))
        elif desk.edited() is not None:
            st.button("Preview", key="preview", on_click=_try, args=(view,))
            st.button("Apply", key="apply", on_click=start, args=(view,))
        elif view.barred:
            parts.primary("Preview again", key="preview", on_click=_try, args=(view,))
            st.badge("▲ Cannot be applied: no row would be left", color="orange")
        elif view.fresh:
            parts.primary("Apply: make a new version", key="apply", on_click=start, args=(view,))
            st.button("Preview again", key="preview", on_click=_try, args=(view,))
        else:
            parts.primary("Preview", key="preview", on_click=_try, args=(view,))
            st.button("Apply without a preview", key="apply", on_click=start, args=(view,))
        st.markdown(parts.small("the version in use stays as it is"), width="content")


def _try(view: View) -> None:
    """Begin a preview; why applying failed is no longer said."""
    jobs.dismiss(_key(view.version))
    trying.start(view)


def start(view: View) -> None:
    """Begin to apply the recipe."""
    version, workspace = view.version, state.workspace()
    recipe = view.recipe

    def work(progress: jobs.Job) -> Version:
        whole = recipe_draft.for_version(recipe, version)
        key = runner.find_key(workspace)
        return runner.apply(version, whole, workspace=workspace, key=key, progress=progress)

    n = len(recipe.active)
    title = f"Applying {counted(n, 'step')} to {counted(version.manifest.rows, 'row')}"
    trying.dismiss(version)
    jobs.dismiss(_key(version))
    jobs.start(_key(version), title, work)


def follow(version: Version) -> None:
    """Show how far it is; once it is done, go on to the new version."""
    job = jobs.find(_key(version))
    if job is None:
        return
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
    elif job.state == "done":
        jobs.dismiss(_key(version))
        state.choose(job.result)
        st.rerun()
    else:
        jobs.show_end(job)
        keys.offer(job)


def _under_way(version: Version) -> bool:
    job = jobs.find(_key(version))
    return job is not None and not job.ended


def _key(version: Version) -> str:
    return f"apply-{version.id}"
