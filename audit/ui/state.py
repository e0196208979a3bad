"""What the pages remember: the only place that names keys of the session and of the URL.

The URL holds what makes a view worth sharing: the version, the column, the filter. It holds no
value of a column of free text or of direct identifiers; such a filter stays in the session.
The session repeats what the URL says, because a change of page empties the URL.
"""

import json
from collections.abc import MutableMapping
from dataclasses import dataclass, replace
from typing import Any, cast

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from audit.errors import WorkspaceError
from audit.model import RowTest, Where
from audit.store import Version, Workspace, default_root

_DATASET, _COLUMN, _ROWS, _PICKED = "dataset", "column", "rows", "group"
_TESTS = TypeAdapter(tuple[RowTest, ...])
_LONGEST_URL_VALUE = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One test of the rows view, and whether it may stand in the URL."""

    test: RowTest
    shareable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the user is within one version."""

    version: str
    column: str | None = None
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picked:
    """The rows that were picked in a picture of one version."""

    version: str
    where: Where | None = None
    shareable: bool = True


@st.cache_resource(show_spinner=False, on_release=Workspace.close)
def _open(root: str) -> Workspace:
    from pathlib import Path

    return Workspace.open(Path(root))


def workspace() -> Workspace:
    """Open the workspace of this process: EVENHAND_WORKSPACE, or the user's data folder."""
    return _open(str(default_root()))


def session() -> MutableMapping[str, Any]:
    """Give what this browser session remembers, for parts of ``ui`` that keep values of their own."""
    return cast("MutableMapping[str, Any]", st.session_state)


def current() -> Version | None:
    """Find the version in use: the one in the URL, else the one used last in this session.

    Raises
    ------
    WorkspaceError
        If the URL names a version that this workspace does not have.
    """
    asked = st.query_params.get(_DATASET) or session().get(_DATASET)
    if not asked:
        return None
    try:
        version = workspace().find(asked)
    except WorkspaceError:
        forget()
        raise
    session()[_DATASET] = version.id
    if st.query_params.get(_DATASET) != version.id:
        st.query_params[_DATASET] = version.id
    return version


def in_use(version: Version) -> bool:
    """Whether ``version`` is the one in use."""
    return session().get(_DATASET) == version.id


def choose(version: Version) -> None:
    """Make ``version`` the one in use, with no column and no filter chosen."""
    forget()
    session()[_DATASET] = version.id
    st.query_params[_DATASET] = version.id


def forget() -> None:
    """Use no version any more, after a delete for example."""
    session().pop(_DATASET, None)
    session().pop(_ROWS, None)
    session().pop(_PICKED, None)
    for name in (_DATASET, _COLUMN, _ROWS, _PICKED):
        if name in st.query_params:
            del st.query_params[name]


def need_version() -> Version:
    """Give the version in use; where there is none, say how to get one and end the page."""
    version = current()
    if version is None:
        from audit.ui import empty

        empty.no_dataset()
        st.stop()
    return version


def column(version: Version) -> str | None:
    """Name the column looked at, or None. A name that the version does not have counts as none."""
    return _place(version).column


def choose_column(version: Version, name: str | None) -> None:
    """Look at the column ``name``."""
    _move(replace(_place(version), column=name))


def filters(version: Version) -> tuple[Filter, ...]:
    """List the tests of the rows view, in the order they were added."""
    return _place(version).filters


def where(version: Version) -> Where:
    """Say which rows pass all filters."""
    return Where(tests=tuple(f.test for f in filters(version)))


def add_filter(version: Version, test: RowTest, *, shareable: bool) -> None:
    """Narrow the rows view by ``test``.

    ``shareable`` puts it into the URL: say so only for edges of bins and for values that
    repeat, never for a value of free text or of a direct identifier.
    """
    place = _place(version)
    if all(f.test != test for f in place.filters):
        added = Filter(test=test, shareable=shareable)
        _move(replace(place, filters=(*place.filters, added)))


def remove_filter(version: Version, test: RowTest) -> None:
    """Take ``test`` out of the rows view."""
    place = _place(version)
    _move(replace(place, filters=tuple(f for f in place.filters if f.test != test)))


def clear_filters(version: Version) -> None:
    """Show all rows again."""
    _move(replace(_place(version), filters=()))


def picked(version: Version) -> Where | None:
    """Say which rows were picked in a picture of groups, or None."""
    kept = session().get(_PICKED)
    if not isinstance(kept, _Picked) or kept.version != version.id:
        tests = _known_tests(version, st.query_params.get(_PICKED, ""))
        kept = _Picked(version=version.id, where=Where(tests=tests) if tests else None)
        session()[_PICKED] = kept
    _write(_PICKED, _write_tests(kept.where.tests) if kept.where and kept.shareable else "")
    return kept.where


def pick(version: Version, where: Where | None, *, shareable: bool = True) -> None:
    """Look at the rows ``where``, which all pass; None: at none. ``shareable`` as for filters."""
    session()[_PICKED] = _Picked(version=version.id, where=where, shareable=shareable)


def _place(version: Version) -> _Place:
    """Where the user is; read from the URL once, then kept in the session."""
    kept = session().get(_ROWS)
    if isinstance(kept, _Place) and kept.version == version.id:
        _write_url(kept)
        return kept
    known = {c.name for c in version.manifest.columns}
    asked = st.query_params.get(_COLUMN)
    tests = _known_tests(version, st.query_params.get(_ROWS, ""))
    place = _Place(
        version=version.id,
        column=asked if asked in known else None,
        filters=tuple(Filter(test=t, shareable=True) for t in tests),
    )
    session()[_ROWS] = place
    return place


def _move(place: _Place) -> None:
    session()[_ROWS] = place
    _write_url(place)


def _write_url(place: _Place) -> None:
    shared = tuple(f.test for f in place.filters if f.shareable)
    _write(_COLUMN, place.column or "")
    _write(_ROWS, _write_tests(shared))


def _write(name: str, value: str) -> None:
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]


def _write_tests(tests: tuple[RowTest, ...]) -> str:
    if not tests:
        return ""
    short = [[t.op, list(t.columns), list(t.values)] for t in tests]
    text = json.dumps(short, separators=(",", ":"), ensure_ascii=False)
    return text if len(text) <= _LONGEST_URL_VALUE else ""


def _known_tests(version: Version, text: str) -> tuple[RowTest, ...]:
    """Read tests from the URL; those of columns that the version does not have are dropped."""
    known = {c.name for c in version.manifest.columns}
    return tuple(t for t in _read_tests(text) if t.columns and set(t.columns) <= known)


def _read_tests(text: str) -> tuple[RowTest, ...]:
    """Read what :func:`_write_tests` wrote; anything else, typed by hand, means no filter."""
    if not text or len(text) > _LONGEST_URL_VALUE:
        return ()
    try:
        found = [{"op": op, "columns": cols, "values": vals} for op, cols, vals in json.loads(text)]
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text
        return _TESTS.validate_python(found)
    except (ValueError, TypeError, RecursionError, ValidationError):
        return ()
