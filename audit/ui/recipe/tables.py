"""Parameters that are small tables: value by value, or group by group."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from audit.charts.template import visible
from audit.errors import ParameterError
from audit.mending.form import FormField
from audit.ui import parts, state
from audit.ui.recipe.look import Look
from audit.ui.text import md

if TYPE_CHECKING:
    import pandas as pd

MOST_LINES = 2000
_LIST = ", "
_HEADS = {"value": "Value", "is": "Becomes"}
"""Of mappings, whose two sides have no title of their own."""
_HEADS_OF = {
    "thresholds": {"value": "Kind", "is": "Score"},
    "deny": {"value": "Kind", "is": "Words, with commas between"},
    "kinds": {"value": "Column", "is": "Kind"},
}
"""Of mappings that say something else than what a value becomes."""


def ask(field: FormField, value: Any, look: Look, key: str) -> Any:
    """Show a table that can be edited; give its lines as the parameter holds them."""
    parts.heading(
        md(field.title or field.name),
        md(field.help) if field.help else "add, change or delete lines",
    )
    columns = field.fields
    if field.shape == "mapping" and columns[1].shape == "mapping":
        return _nested(value or {}, look, key)
    if field.shape == "mapping":
        lines = _lines_of_mapping(value or {}, columns)
    else:
        lines = [{f.name: _written(v.get(f.name)) for f in columns} for v in value or ()]
    found = edited(
        [f.name for f in columns],
        lines,
        key=key,
        config=_config(columns, look, _HEADS_OF.get(field.name, _HEADS)),
    )
    if field.shape == "mapping":
        return _mapping(field, found)
    return [_record(field, line) for line in found]


def _nested(value: Mapping[str, Any], look: Look, key: str) -> dict[str, dict[str, str]]:
    """Show what values of several columns become, in one table."""
    lines = lines_of_spellings(value, key)
    options = list(dict.fromkeys((*value, *look.fitting(("text",)))))
    config = {
        "column": st.column_config.SelectboxColumn("Column", options=options),
        "value": st.column_config.TextColumn("Value"),
        "becomes": st.column_config.TextColumn("Becomes"),
    }
    found: dict[str, dict[str, str]] = {}
    for line in edited(list(config), lines, key=key, config=config):
        if line["column"] is None or line["value"] is None:
            message = "A line says not which value of which column is meant."
            raise ParameterError(message, hint="Fill it, or delete the line.")
        old, new = (raw(key, line[name]) for name in ("value", "becomes"))
        found.setdefault(line["column"], {})[old] = new
    return found


def lines_of_spellings(value: Mapping[str, Mapping[str, str]], key: str) -> list[dict[str, str]]:
    """Write what values of several columns become as lines; blanks at ends can be seen there.

    What each text stands for is remembered for the table ``key``, so that the values kept are
    those of the data, letter by letter.
    """
    pairs = [(c, old, new) for c, changes in value.items() for old, new in changes.items()]
    texts = {text for _, *two in pairs for text in two}
    stands_for: dict[str, str] = state.session().setdefault(f"{key}-stands-for", {})
    shown = {}
    for text in sorted(texts):
        seen = visible(text) if text else text
        # a value that holds the mark itself is written as it is, and so is its neighbour
        shown[text] = text if seen != text and seen in texts else seen
        stands_for[shown[text]] = text
    return [{"column": c, "value": shown[old], "becomes": shown[new]} for c, old, new in pairs]


def raw(key: str, cell: str | None) -> str:
    """Give the value that a cell of such a table stands for."""
    text = cell or ""
    stands_for: dict[str, str] = state.session().get(f"{key}-stands-for", {})
    return stands_for.get(text, text)


def replace_lines(key: str, lines: Sequence[Mapping[str, Any]]) -> None:
    """Put other lines in the place of those of a table, when it is drawn next."""
    session = state.session()
    session.pop(key, None)
    session.pop(f"{key}-base", None)
    session[f"{key}-typed"] = list(lines)


def edited(
    names: Sequence[str],
    lines: Sequence[Mapping[str, Any]],
    *,
    key: str,
    config: Mapping[str, Any] | None = None,
    fixed: bool = False,
) -> list[dict[str, Any]]:
    """Show lines to be edited; give those that are there now, without empty ones.

    The table is taken up where it was left when somebody comes back to it.
    """
    import pandas as pd

    kept, base = f"{key}-typed", f"{key}-base"
    session = state.session()
    if key not in session or base not in session:
        session[base] = list(session.get(kept, lines))
    frame = pd.DataFrame(session[base], columns=list(names), dtype=object)
    shown = st.data_editor(
        frame,
        num_rows="fixed" if fixed else "dynamic",
        hide_index=True,
        key=key,
        column_config=dict(config or {}),
        height=min(36 * (len(frame) + (1 if fixed else 2)) + 2, 360),
        alt="A table to be edited",
    )
    found = _lines_of_frame(shown)
    session[kept] = found
    return found


def _lines_of_frame(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    import pandas as pd

    lines = []
    for line in frame.to_dict("records"):
        plain = {
            str(k): (None if v is None or v is pd.NA or v != v else v) for k, v in line.items()
        }
        if any(v not in (None, "") for v in plain.values()):
            lines.append(plain)
    return lines


def _config(columns: Sequence[FormField], look: Look, heads: Mapping[str, str]) -> dict[str, Any]:
    config: dict[str, Any] = {}
    for field in columns:
        title = heads.get(field.title) or field.title or field.name
        if field.shape == "column":
            title = "Column" if field.title in heads else title
            config[field.name] = st.column_config.SelectboxColumn(
                title, options=list(look.fitting(field.kinds)), width="medium"
            )
        elif field.shape == "choice":
            config[field.name] = st.column_config.SelectboxColumn(
                title, options=list(field.choices)
            )
        elif field.shape in ("number", "integer"):
            config[field.name] = st.column_config.NumberColumn(
                title, min_value=field.low, max_value=field.high
            )
        elif field.shape == "flag":
            config[field.name] = st.column_config.CheckboxColumn(title)
        else:
            config[field.name] = st.column_config.TextColumn(title, width="medium")
    return config


def _lines_of_mapping(
    value: Mapping[str, Any], columns: Sequence[FormField]
) -> list[dict[str, Any]]:
    first, second = columns
    return [{first.name: k, second.name: _written(v)} for k, v in value.items()]


def _mapping(field: FormField, lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first, second = field.fields
    found: dict[str, Any] = {}
    for line in lines:
        name = "" if line[first.name] is None else str(line[first.name])
        if name in found:
            message = f"{field.title or field.name} has two lines for {name!r}."
            raise ParameterError(message, hint="Take one of them out.")
        found[name] = _read(second, line[second.name])
    return found


def _record(field: FormField, line: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f.name: _read(f, line.get(f.name)) for f in field.fields if line.get(f.name) is not None
    }


def _written(value: Any) -> Any:
    """Write a cell of the table: lists with commas, pairs with equals signs."""
    if isinstance(value, Mapping):
        return _LIST.join(f"{k} = {v}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return _LIST.join(map(str, value))
    return value


def _read(field: FormField, cell: Any) -> Any:
    """Read what :func:`_written` wrote."""
    if field.shape in ("number", "integer", "flag", "choice", "column"):
        return cell
    text = "" if cell is None else str(cell)
    if field.shape in ("texts", "columns", "choices"):
        return [p.strip() for p in text.split(",") if p.strip()]
    if field.shape == "numbers":
        return _numbers(field, text)
    if field.shape == "mapping":
        pairs = [p.partition("=") for p in text.split(",") if p.strip()]
        return {k.strip(): v.strip() for k, _, v in pairs}
    return text


def _numbers(field: FormField, text: str) -> list[float]:
    try:
        return [float(p) for p in text.split(",") if p.strip()]
    except ValueError as error:
        message = f"{field.title or field.name} holds something that is no number."
        raise ParameterError(message, hint="Write numbers with commas between.") from error
