"""Parameters that may come from a file: a reference population, a hierarchy of values."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from audit import runner
from audit.errors import AuditError
from audit.mending.form import FormField
from audit.runner.references import read_hierarchy
from audit.ui import parts, state, trouble
from audit.ui.load_upload import Chosen, discard, spool
from audit.ui.recipe.look import Look
from audit.ui.text import count, counted, md

_LINES_SHOWN = 8


def ask(field: FormField, value: Any, look: Look, key: str) -> Any:
    """Ask for a file or its text; give what it holds, or what there was while nothing is given."""
    kept = f"{key}-read"
    held = state.session().get(kept, value)
    parts.heading(md(field.title or field.name), md(field.help) if field.help else "")
    _show_held(field, held)
    example, read = _OF[field.what]
    with st.container(horizontal=True, gap="small"):
        with st.popover("From a file …", key=f"{key}-file"):
            sent = st.file_uploader(
                "A small table", key=f"{key}-upload", max_upload_size=20, label_visibility="visible"
            )
            if sent is not None and st.button("Take this file", key=f"{key}-take"):
                _take(kept, sent.getvalue(), sent.name, read, look)
        with st.popover("Type or paste it …", key=f"{key}-paste"):
            text = st.text_area(
                "As CSV",
                key=f"{key}-text",
                placeholder=example,
                height=180,
                persist_state="session",
            )
            if st.button("Take this text", key=f"{key}-typed", disabled=not text):
                _take(kept, (text or "").encode(), "typed.csv", read, look)
        if field.what == "reference" and _compared_with(look):
            st.button(
                "The one this dataset is compared with",
                key=f"{key}-known",
                on_click=_keep,
                args=(kept, _compared_with(look)),
            )
        if held:
            st.button(
                "Take it out", key=f"{key}-none", type="tertiary", on_click=_keep, args=(kept, None)
            )
    return held if held is not None else field.default


def _keep(kept: str, value: Any) -> None:
    state.session()[kept] = value


def _take(
    kept: str, data: bytes, name: str, read: Callable[[Look, Chosen], Any], look: Look
) -> None:
    """Read what was given; an error is said here, and what there was stays."""
    chosen = spool(io.BytesIO(data), name, state.workspace())
    try:
        _keep(kept, read(look, chosen))
    except AuditError as error:
        trouble.show(error.problem, error.hint)
    else:
        st.rerun()
    finally:
        discard(chosen)


def _reference(look: Look, chosen: Chosen) -> list[dict[str, Any]]:
    found = runner.read_reference(
        look.version, chosen.path, workspace=state.workspace(), name=chosen.name
    )
    return [{"group": dict(e["group"]), "amount": e["amount"]} for e in found["reference"]]


def _hierarchy(look: Look, chosen: Chosen) -> dict[str, list[str]]:
    del look
    return read_hierarchy(chosen.path, state.workspace())


_OF: dict[str, tuple[str, Callable[[Look, Chosen], Any]]] = {
    "reference": ("sex,share\nFemale,0.51\nMale,0.49", _reference),
    "hierarchy": ("Berlin,Germany,Europe\nParis,France,Europe", _hierarchy),
}


def _compared_with(look: Look) -> str:
    """Name the reference population of the representation report, where it has one."""
    options: Any = runner.report_options(look.version, "representation")
    return str(options.reference_name) if options.reference else ""


def _show_held(field: FormField, held: Any) -> None:
    if not held:
        st.markdown(parts.small("nothing given"))
    elif isinstance(held, str):
        st.markdown(f"{md(held)}, which is read when the recipe is applied.")
    elif field.what == "reference":
        _table(
            [{**e["group"], "share or count": e["amount"]} for e in held[:_LINES_SHOWN]],
            counted(len(held), "group"),
        )
    elif isinstance(held, Mapping):
        lines = [
            {"value": k, **{f"level {i}": v for i, v in enumerate(levels, 1)}}
            for k, levels in list(held.items())[:_LINES_SHOWN]
        ]
        _table(lines, counted(len(held), "value"))


def _table(lines: list[dict[str, Any]], of: str) -> None:
    import pandas as pd

    shown = f"{count(len(lines))} of {of}"
    st.markdown(parts.small(shown))
    st.dataframe(pd.DataFrame(lines).astype(str), hide_index=True, alt=shown)
