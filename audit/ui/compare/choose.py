"""Which two versions: chosen by name, kept in the URL as ids, swapped in one click."""

from typing import NamedTuple

import streamlit as st

from audit.errors import WorkspaceError
from audit.store import Version
from audit.ui import state
from audit.ui.text import counted, shorten

BEFORE, AFTER = "before", "after"
"""Names in the URL."""
_CHOSEN = "compare-chosen"
_NAME = 48


class Chosen(NamedTuple):
    """Ids of the two versions, and which version was in use when they were chosen."""

    in_use: str
    before: str | None
    after: str | None


class Two(NamedTuple):
    """The versions to compare; None where none was chosen yet."""

    before: Version | None
    after: Version | None


def versions(version: Version) -> Two:
    """Show the controls, and give what is chosen in them."""
    known = {v.id: v for v in state.workspace().versions()}
    chosen = _chosen(version, known)
    labels = {id_: label(v) for id_, v in known.items()}
    grid = st.grid(2, min_column_width=300)
    for name, title, id_ in (
        (BEFORE, "Before", chosen.before),
        (AFTER, "After", chosen.after),
    ):
        ids = list(known)
        key = f"compare-{name}-{id_}"
        grid.selectbox(
            title,
            ids,
            index=ids.index(id_) if id_ in known else None,
            format_func=lambda i: labels.get(i, i),
            placeholder="Choose a dataset",
            key=key,
            on_change=_picked,
            args=(version, name, key),
        )
    return Two(known.get(chosen.before or ""), known.get(chosen.after or ""))


def swap(version: Version) -> None:
    """Let before be after, and after before."""
    known = {v.id: v for v in state.workspace().versions()}
    now = _chosen(version, known)
    _keep(Chosen(version.id, now.after, now.before))


def label(version: Version) -> str:
    """Name a version so that it can be told from others of its name: 'Census · b20c4e · 12 rows'."""
    manifest = version.manifest
    return f"{shorten(manifest.name, _NAME)} · {version.id[:6]} · {counted(manifest.rows, 'row')}"


def default(version: Version, known: dict[str, Version]) -> Chosen:
    """Choose the version in use and its parent; else the newest that was made from it."""
    parent = version.manifest.origin.parent
    if parent in known:
        return Chosen(version.id, parent, version.id)
    made = next((v for v in known.values() if v.manifest.origin.parent == version.id), None)
    return Chosen(version.id, version.id, made.id if made else None)


def _chosen(version: Version, known: dict[str, Version]) -> Chosen:
    """Read what was chosen: in the URL, else in this session for this version, else the default."""
    asked = [st.query_params.get(name) for name in (BEFORE, AFTER)]
    kept = state.session().get(_CHOSEN)
    if not (isinstance(kept, Chosen) and kept.in_use == version.id):
        kept = Chosen(version.id, *asked) if any(asked) else default(version, known)
    found = Chosen(version.id, *(_known(id_, known) for id_ in (kept.before, kept.after)))
    _keep(found)
    return found


def _known(id_: str | None, known: dict[str, Version]) -> str | None:
    """Give the id of a version that is there; a URL may name one by the beginning of its id."""
    if not id_ or id_ in known:
        return id_ or None
    try:
        return state.workspace().find(id_).id
    except WorkspaceError:
        return None


def _picked(version: Version, name: str, key: str) -> None:
    known = {v.id: v for v in state.workspace().versions()}
    now = _chosen(version, known)
    picked: str | None = state.session().get(key)
    _keep(now._replace(before=picked) if name == BEFORE else now._replace(after=picked))


def _keep(chosen: Chosen) -> None:
    state.session()[_CHOSEN] = chosen
    for name, id_ in ((BEFORE, chosen.before), (AFTER, chosen.after)):
        if id_ and st.query_params.get(name) != id_:
            st.query_params[name] = id_
        elif not id_ and name in st.query_params:
            del st.query_params[name]
