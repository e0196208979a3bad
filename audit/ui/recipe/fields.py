"""One parameter of a step as an input: made from its description, giving back a JSON value.

Whatever is typed stays for the session, on this page or another, until the form is closed.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from audit.errors import ParameterError
from audit.mending.form import FormField
from audit.runner.mappings import dump_mapping, parse_mapping
from audit.ui import parts, state
from audit.ui.recipe import condition, files_asked, offers, tables, words
from audit.ui.recipe.look import Look
from audit.ui.text import md, number, shorten

_FEW, _LONGEST = 5, 60
_NONE = re.compile(r"\b[Nn]one: ([^.;:(]+)")
_WHOLE = 2**53


def ask(field: FormField, value: Any, look: Look, key: str) -> Any:
    """Show the input of a field, filled with ``value``; give what it holds now.

    Raises
    ------
    ParameterError
        Where what was typed cannot be read.
    """
    return _ASKING[field.shape](field, value, look, key)


def label(field: FormField) -> str:
    """Write the label of an input."""
    return md(field.title or field.name)


def note(field: FormField) -> str | None:
    """Write the help of an input; it stands behind a question mark, with the keyboard too."""
    return md(field.help) if field.help else None


def heading(field: FormField) -> None:
    """Write title and help of what has no label of its own."""
    parts.heading(label(field), md(field.help) if field.help else "")


def _columns(field: FormField, value: Any, look: Look, key: str) -> list[str]:
    given = list(value or ())
    options = list(dict.fromkeys((*look.fitting(field.kinds), *given)))
    return _several(field, given, options, look.named, key, more=True)


def _choices(field: FormField, value: Any, _: Look, key: str) -> list[str]:
    return _several(field, list(value or ()), list(field.choices), words.choice, key, more=False)


def _texts(field: FormField, value: Any, _: Look, key: str) -> list[str]:
    given = list(value or ())
    return _several(field, given, offers.listed(field, given), offers.named(field), key, more=True)


def _several(
    field: FormField,
    given: list[Any],
    options: list[Any],
    naming: Callable[[Any], str],
    key: str,
    *,
    more: bool,
) -> list[Any]:
    chosen = st.multiselect(
        label(field),
        options,
        default=None if key in state.session() else given,
        format_func=naming,
        key=key,
        help=note(field),
        accept_new_options=more,
        placeholder=empty(field, more=more),
        persist_state="session",
    )
    return list(chosen)


def empty(field: FormField, *, more: bool) -> str:
    """Say what an empty list stands for, where the help says it: 'none: the sensitive ones'."""
    told = _NONE.search(field.help)
    if told is not None:
        return shorten(told[1], _LONGEST)
    return "none; choose or type" if more else "none"


def _column(field: FormField, value: Any, look: Look, key: str) -> str | None:
    options = list(look.fitting(field.kinds))
    if value and value not in options:
        options.append(value)
    chosen = st.selectbox(
        label(field),
        options,
        index=options.index(value) if value in options else None,
        format_func=look.named,
        key=key,
        help=note(field),
        accept_new_options=True,
        placeholder="none; choose or type",
        persist_state="session",
    )
    if chosen is None:
        return None if field.optional or field.required else ""
    return str(chosen)


def _choice(field: FormField, value: Any, _: Look, key: str) -> Any:
    options = list(field.choices)
    chosen = value if value in options else None
    if len(options) <= _FEW:
        return st.segmented_control(
            label(field),
            options,
            default=None
            if key in state.session()
            else (chosen if chosen is not None else options[0]),
            format_func=words.choice,
            required=not field.optional,
            key=key,
            help=note(field),
            wrap=True,
            persist_state="session",
        )
    return st.selectbox(
        label(field),
        options,
        index=options.index(chosen) if chosen in options else (None if field.optional else 0),
        format_func=words.choice,
        key=key,
        help=note(field),
        persist_state="session",
    )


def _number(field: FormField, value: Any, _: Look, key: str) -> float | int | None:
    whole = field.shape == "integer"
    cast: type[Any] = int if whole else float
    low: Any = None if field.low is None else cast(field.low)
    high: Any = None if field.high is None else cast(min(field.high, _WHOLE))
    narrow = low is not None and high is not None and high - low <= 1
    step: Any = 1 if whole else (0.05 if narrow else 1.0)
    found = st.number_input(
        label(field) + _limits(field),
        min_value=low,
        max_value=high,
        value=None if value is None else cast(value),
        step=step,
        format=None if whole else "%g",
        key=key,
        help=note(field),
        placeholder="none" if field.optional else "a number",
        persist_state="session",
    )
    return None if found is None else cast(found)


def _limits(field: FormField) -> str:
    """Say the limits beside the label where both are near enough to be worth it."""
    if field.low is None or field.high is None or field.high > 1_000_000:
        return ""
    return f" ({number(field.low)} to {number(field.high)})"


def _numbers(field: FormField, value: Any, _: Look, key: str) -> list[float]:
    written = ", ".join(f"{v:g}" for v in value or ())
    text = st.text_input(
        f"{label(field)}, with commas between",
        written,
        key=key,
        help=note(field),
        persist_state="session",
    )
    pieces = [p.strip() for p in (text or "").replace(";", ",").split(",") if p.strip()]
    try:
        return [float(p) for p in pieces]
    except ValueError as error:
        message = f"{field.title or field.name} holds something that is no number."
        raise ParameterError(
            message, hint="Write numbers with commas between: 0, 18, 65."
        ) from error


def _text(field: FormField, value: Any, _: Look, key: str) -> Any:
    written = "" if value is None else str(value)
    text = (
        st.text_input(label(field), written, key=key, help=note(field), persist_state="session")
        or ""
    )
    if text == written:
        return value
    if not text and field.optional:
        return None
    return _scalar(text) if field.shape == "scalar" else text


def _scalar(text: str) -> str | float | int:
    """Take for a number what is written as one."""
    for cast in (int, float):
        try:
            found = cast(text)
        except ValueError:
            continue
        if str(found) == text.strip():
            return found
    return text


def _either(field: FormField, value: Any, look: Look, key: str) -> Any:
    """Ask in which of several ways a parameter is given, then for it."""
    ways = {f.name: f for f in field.fields}
    first = next((f.name for f in field.fields if _suits(f, value)), field.fields[0].name)
    chosen = st.segmented_control(
        label(field),
        list(ways),
        default=None if f"{key}-way" in state.session() else first,
        required=True,
        key=f"{key}-way",
        help=note(field),
        persist_state="session",
    )
    way = ways[chosen or first]
    return ask(way, value if _suits(way, value) else way.default, look, f"{key}-{way.shape}")


def _suits(field: FormField, value: Any) -> bool:
    """Whether a value is of the kind that a field gives."""
    if field.shape == "choice":
        return value in field.choices
    if field.shape in ("integer", "number"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if field.shape == "flag":
        return isinstance(value, bool)
    if field.shape in ("mapping", "record"):
        return isinstance(value, Mapping)
    if field.shape in ("records", "columns", "choices", "texts", "numbers"):
        return isinstance(value, list | tuple)
    return isinstance(value, str)


def _other(field: FormField, value: Any, _: Look, key: str) -> Any:
    """Ask for what no other input fits, as YAML."""
    written = dump_mapping({"v": value}).removeprefix("v:").strip() if value else ""
    text = st.text_area(label(field), written, key=key, help=note(field), persist_state="session")
    lines = "\n".join(f"  {line}" for line in (text or "null").splitlines())
    return parse_mapping(f"v:\n{lines}".encode(), field.title or field.name).get("v")


def _flag(field: FormField, value: Any, _: Look, key: str) -> bool:
    return st.toggle(label(field), bool(value), key=key, help=note(field), persist_state="session")


def _record(field: FormField, value: Any, look: Look, key: str) -> dict[str, Any]:
    heading(field)
    given = value if isinstance(value, Mapping) else {}
    return {
        f.name: ask(f, given.get(f.name, f.default), look, f"{key}-{f.name}") for f in field.fields
    }


_ASKING: dict[str, Callable[[FormField, Any, Look, str], Any]] = {
    "column": _column,
    "columns": _columns,
    "choice": _choice,
    "choices": _choices,
    "flag": _flag,
    "integer": _number,
    "number": _number,
    "text": _text,
    "scalar": _text,
    "texts": _texts,
    "numbers": _numbers,
    "condition": condition.ask,
    "file": files_asked.ask,
    "mapping": tables.ask,
    "records": tables.ask,
    "record": _record,
    "either": _either,
    "other": _other,
}
