"""The datasets of the workspace: open one, delete one, see what was made from what."""

from datetime import datetime

import streamlit as st

from audit.store import Version
from audit.ui import load_desk, state
from audit.ui.parts import primary
from audit.ui.text import count, counted, md, plural, quoted, shorten, size

PER_PAGE = 10
OVERVIEW = "pages/explore/overview.py"


def datasets() -> None:
    """List the versions of the workspace, the newest first, ten on a page."""
    versions = state.workspace().versions()
    st.subheader("In this workspace", anchor=False)
    if not versions:
        st.markdown("No dataset yet. What you load stays here until you delete it.")
        return
    used = sum(v.manifest.size_bytes for v in versions)
    st.markdown(f":small[:gray[{counted(len(versions), 'version')}, {size(used)} on disk]]")
    pages = -(-len(versions) // PER_PAGE)
    at = st.pagination(pages, key="datasets-page") if pages > 1 else 1
    known = {v.id: v for v in versions}
    children = _children(versions)
    with st.container(border=True, gap="small"):
        for version in versions[(at - 1) * PER_PAGE : at * PER_PAGE]:
            _line(version, known, children.get(version.id, ()))


def lineage(version: Version, known: dict[str, Version], children: tuple[Version, ...]) -> str:
    """Where a version came from and what was made from it, in words; empty where neither is so."""
    told = []
    parent = version.manifest.origin.parent
    if parent is not None:
        name = quoted(known[parent].manifest.name) if parent in known else "a deleted version"
        told.append(f"made from {name} ({parent[:6]}) by a recipe")
    if children:
        listed = ", ".join(c.id[:6] for c in children[:5]) + (", …" if len(children) > 5 else "")
        told.append(f"{counted(len(children), 'version')} made from it: {listed}")
    return " · ".join(told)


def _line(version: Version, known: dict[str, Version], children: tuple[Version, ...]) -> None:
    manifest = version.manifest
    facts = (
        f"version {version.id[:6]} · {counted(manifest.rows, 'row')} · "
        f"{counted(len(manifest.columns), 'column')} · {size(manifest.size_bytes)} · "
        f"{datetime.fromisoformat(manifest.created):%Y-%m-%d %H:%M} UTC"
    )
    also = (
        f" · also {', '.join(quoted(a, 30) for a in manifest.aliases)}" if manifest.aliases else ""
    )
    family = lineage(version, known, children)
    used = state.in_use(version)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{md(shorten(manifest.name, 80))}**{' · in use' if used else ''}  \n"
            f":small[:gray[{facts}{also}{f' · {family}' if family else ''}]]",
            width="stretch",
        )
        if st.button("Open", key=f"open-{version.id}"):
            state.choose(version)
            st.switch_page(OVERVIEW)
        if st.button("Delete …", key=f"delete-{version.id}", type="tertiary"):
            _delete(version, children)


@st.dialog("Delete this version?")
def _delete(version: Version, children: tuple[Version, ...]) -> None:
    manifest = version.manifest
    st.markdown(
        f"**{md(shorten(manifest.name, 80))}** (version {version.id[:6]}, "
        f"{counted(manifest.rows, 'row')}) and all that is kept beside it, its reports, roles and "
        "rejected records, will be removed from the disk. This cannot be undone."
    )
    if children:
        n = len(children)
        st.markdown(f"{count(n)} {plural(n, 'version')} made from it will stay.")
    with st.container(horizontal=True):
        if primary("Delete", key="delete-yes", on_click=delete, args=(version,)):
            st.rerun()
        if st.button("Keep", key="delete-no"):
            st.rerun()


def delete(version: Version) -> None:
    """Delete a version, and let go of it where it is the one in use."""
    state.workspace().delete(version)
    if state.in_use(version):
        state.forget()
    mine = load_desk.desk()
    if mine.loaded == version.id:
        mine.loaded = None


def _children(versions: tuple[Version, ...]) -> dict[str, tuple[Version, ...]]:
    found: dict[str, tuple[Version, ...]] = {}
    for version in versions:
        parent = version.manifest.origin.parent
        if parent is not None:
            found[parent] = (*found.get(parent, ()), version)
    return found
