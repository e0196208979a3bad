"""The preview of a source, and the form that says how it is read.

The form follows the annotations of the options, so that a new kind of source needs no page.
"""

import types
import typing
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from audit import registry
from audit.format import type_word
from audit.ui import load_desk, state
from audit.ui.text import counted, md, plural, shorten

if typing.TYPE_CHECKING:
    from audit.sources import Preview

_SEPARATORS = {",": "comma ,", ";": "semicolon ;", "\t": "tab", "|": "bar |", " ": "space"}
_QUOTES = {'"': 'double "', "'": "single '", "": "none"}
_ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "cp1250",
    "cp1251",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "euc-kr",
)
_SPELT: Mapping[str, Mapping[Any, str]] = {
    "delimiter": _SEPARATORS,
    "quote": _QUOTES,
    "escape": _QUOTES | {"\\": "backslash \\"},
    "comment": {"": "none", "#": "number sign #", "%": "per cent sign %", "//": "two slashes //"},
    "encoding": dict.fromkeys(_ENCODINGS, ""),
}
"""Texts that one chooses rather than types, with their names; others may still be typed."""


def dialect(preview: "Preview") -> None:
    """Show how the source is read and why, each part of it open to change."""
    mine = load_desk.desk()
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                "**How it is read**  \n:small[:gray[found in the file; change what is wrong]]",
                width="stretch",
            )
            if mine.given or mine.kind:
                st.button(
                    "Back to what was found",
                    type="tertiary",
                    on_click=load_desk.read_as,
                    args=(None,),
                )
        grid = st.grid(4, min_column_width=200)
        with grid.cell(), st.container(gap="xsmall"):
            _kind(preview)
        for name, info in registry.sources()[preview.kind].options.model_fields.items():
            with grid.cell(), st.container(gap="xsmall"):
                _option(name, info, preview)


def first_rows(preview: "Preview") -> None:
    """Show the first rows, each column with its type."""
    import pandas as pd

    n = len(preview.columns)
    shown = counted(len(preview.rows), "row")
    st.markdown(
        f"**The first {shown}** of {counted(n, 'column')}  \n"
        ":small[:gray[as they will be loaded; – is a missing value]]"
    )
    names = [str(i) for i in range(n)]
    headers = {
        str(i): st.column_config.TextColumn(f"{shorten(c.name, 40)} · {type_word(c.type)}")
        for i, c in enumerate(preview.columns)
    }
    st.dataframe(
        pd.DataFrame(preview.rows, columns=names, dtype="object"),
        column_config=headers,
        hide_index=True,
        height="content" if len(preview.rows) <= 10 else 360,
        placeholder="–",
        alt=f"The first {shown} of {n} {plural(n, 'column')}",
    )


def _kind(preview: "Preview") -> None:
    known = registry.sources()
    key = f"load-kind-{load_desk.desk().turn}"
    state.session()[key] = preview.kind
    st.selectbox(
        "Kind of file",
        list(known),
        key=key,
        format_func=lambda id_: known[id_].title,
        on_change=lambda: load_desk.read_as(state.session()[key]),
    )
    _reason(preview.reasons.get("kind", ""), changed=load_desk.desk().kind is not None)


def _option(name: str, info: FieldInfo, preview: "Preview") -> None:
    mine = load_desk.desk()
    key = f"load-{name}-{mine.turn}"
    label = (info.title or name.replace("_", " ")).capitalize()
    value = mine.given.get(name, preview.options.get(name, info.default))
    _widget(name, label, info, value, preview.choices, key)
    changed = name in mine.given
    _reason(preview.reasons.get(name) or info.description or "", changed=changed)


def _widget(
    name: str, label: str, info: FieldInfo, value: Any, choices: tuple[str, ...], key: str
) -> None:
    session, kind = state.session(), _plain(info.annotation)

    def take() -> None:
        load_desk.desk().given[name] = session[key]

    common: dict[str, Any] = {"key": key, "on_change": take}
    if get_origin(kind) is Literal:
        _choose(label, [a for a in get_args(kind) if a is not None], value, {}, common)
    elif kind is bool:
        _choose(label, [True, False], bool(value), {True: "yes", False: "no"}, common)
    elif kind in (int, float):
        session[key] = kind(value) if value is not None else None
        limits = {k: kind(v) for k, v in _limits(info).items()}
        st.number_input(label, step=kind(1), **limits, **common)
    elif choices and name in ("sheet", "table"):
        _choose(label, list(choices), value, {}, common)
    elif name in _SPELT:
        spelt = _SPELT[name]
        _choose(label, list(spelt), value, spelt, common | {"accept_new_options": True})
    else:
        session[key] = "" if value is None else str(value)
        st.text_input(label, **common)


def _choose(
    label: str, options: list[Any], value: Any, spelt: Mapping[Any, str], common: dict[str, Any]
) -> None:
    if value not in options and value is not None:
        options = [value, *options]
    state.session()[common["key"]] = value
    st.selectbox(label, options, format_func=lambda o: spelt.get(o) or str(o), **common)


def _reason(text: str, *, changed: bool) -> None:
    if changed:
        st.markdown(":small[set by you]")
    elif text:
        st.markdown(f":small[:gray[{md(shorten(text, 120))}]]")


def _plain(annotation: Any) -> Any:
    """Find the type behind 'or None'."""
    if get_origin(annotation) in (typing.Union, types.UnionType):
        kinds = [a for a in get_args(annotation) if a is not type(None)]
        return kinds[0] if kinds else str
    return annotation


def _limits(info: FieldInfo) -> dict[str, Any]:
    found = {}
    for rule in info.metadata:
        if getattr(rule, "ge", None) is not None:
            found["min_value"] = rule.ge
        if getattr(rule, "le", None) is not None:
            found["max_value"] = rule.le
    return found
