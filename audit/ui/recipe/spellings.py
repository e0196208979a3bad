"""The map of spellings, suggested from the data: to be looked through and changed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from audit.mending.form import FormField
from audit.mending.variants import suggested_map
from audit.ui import parts, state
from audit.ui.recipe import tables
from audit.ui.recipe.look import Look

_FIELD = ("unify-variants", "map")


def offer(remedy: str, field: FormField, chosen: Mapping[str, Any], look: Look, key: str) -> None:
    """Offer to fill the map with the spellings that the data has; nothing for other fields."""
    if (remedy, field.name) != _FIELD:
        return
    named = tuple(chosen.get("columns") or ())
    st.button(
        "Fill in what the data suggests",
        key=f"{key}-suggest",
        on_click=_fill,
        args=(look, named, key),
    )
    if state.session().pop(f"{key}-nothing", False):
        st.markdown(parts.small("No two spellings differ in case or white space alone."))


def _fill(look: Look, named: tuple[str, ...], key: str) -> None:
    table = look.version.table
    known = {c.name for c in table.columns}
    columns = [c for c in named or look.fitting(("text",)) if c in known and look.kind(c) == "text"]
    found = suggested_map(table, columns)
    if not found:
        state.session()[f"{key}-nothing"] = True
        return
    tables.replace_lines(key, tables.lines_of_spellings(found, key)[: tables.MOST_LINES])
