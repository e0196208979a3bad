"""A condition on rows: built of tests, one a line, or typed."""

from typing import Any

import streamlit as st

from audit.errors import ParameterError
from audit.mending.condition import compile_condition, parsed
from audit.mending.condition_form import OPERATORS, Clause, Operator, clauses_of, condition_of
from audit.mending.form import FormField
from audit.model import Scalar
from audit.ui import parts, state
from audit.ui.recipe.look import Look
from audit.ui.text import md

BUILD, TYPE = "Build it", "Type it"
_ALL, _ANY = "all of these hold", "any of these holds"
_WORDS: dict[str, str] = {
    "=": "is",
    "<>": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "in": "is one of",
    "not in": "is none of",
    "between": "is between",
}
_ALONE = ("is missing", "is not missing")
_SEVERAL = ("in", "not in")


def ask(field: FormField, value: Any, look: Look, key: str) -> str:
    """Ask for a condition; give it as text."""
    session = state.session()
    parts.heading(md(field.title or field.name), md(field.help) if field.help else "")
    if f"{key}-lines" not in session:
        _fill(str(value or ""), look, key)
    mode = st.segmented_control(
        "How",
        [BUILD, TYPE],
        required=True,
        key=f"{key}-mode",
        on_change=_turn,
        args=(look, key),
        label_visibility="collapsed",
        persist_state="session",
    )
    if session.pop(f"{key}-apart", False):
        st.markdown(parts.small("This condition says more than lines can; it stays as text."))
    if mode == TYPE:
        text = st.text_area(
            "Condition",
            key=f"{key}-text",
            height=100,
            placeholder="age >= 18 AND country IN ('DE', 'FR')",
            persist_state="session",
        )
        return _checked((text or "").strip(), look)
    return _checked(_built(look, key), look)


def _checked(text: str, look: Look) -> str:
    """Refuse what cannot be read, or does not fit the columns, where these are known for sure."""
    if text and look.changed:
        parsed(text)
    elif text:
        compile_condition(text, look.version.table)
    return text


def _fill(text: str, look: Look, key: str) -> None:
    """Take a condition apart into lines; what says more than lines can stays text."""
    session = state.session()
    found = clauses_of(text, look.version.table) if text else ((), False)
    session[f"{key}-text"] = text
    session[f"{key}-mode"] = BUILD if found is not None else TYPE
    clauses, any_ = found or ((), False)
    _lay(clauses, key, any_=any_)


def _lay(clauses: tuple[Clause, ...], key: str, *, any_: bool) -> None:
    session = state.session()
    begin: int = session.get(f"{key}-next", 0)
    numbers = list(range(begin, begin + max(1, len(clauses))))
    session[f"{key}-lines"] = numbers
    session[f"{key}-next"] = begin + len(numbers)
    session[f"{key}-join"] = _ANY if any_ else _ALL
    for n, clause in zip(numbers, clauses, strict=False):
        line = f"{key}-{n}"
        values = clause.value if isinstance(clause.value, tuple) else (clause.value,)
        session[f"{line}-column"] = clause.column
        session[f"{line}-operator"] = clause.operator
        if clause.operator in _SEVERAL:
            session[f"{line}-values"] = [str(v) for v in values]
        elif clause.operator not in _ALONE:
            for i, v in enumerate(values):
                session[f"{line}-value-{i}"] = _text(v)


def _turn(look: Look, key: str) -> None:
    """Take over what there is when somebody turns from lines to text, or back."""
    session = state.session()
    if session.get(f"{key}-mode") == TYPE:
        try:
            clauses, any_ = _clauses(look, key)
            session[f"{key}-text"] = condition_of(clauses, any_=any_)
        except ParameterError:
            session.setdefault(f"{key}-text", "")
        return
    text = str(session.get(f"{key}-text") or "").strip()
    found = clauses_of(text, look.version.table) if text else ((), False)
    if found is None:
        session[f"{key}-mode"] = TYPE
        session[f"{key}-apart"] = True
        return
    _lay(found[0], key, any_=found[1])


def _built(look: Look, key: str) -> str:
    session = state.session()
    numbers: list[int] = session[f"{key}-lines"]
    if len(numbers) > 1:
        st.segmented_control(
            "Rows in which",
            [_ALL, _ANY],
            required=True,
            key=f"{key}-join",
            persist_state="session",
        )
    for n in numbers:
        _line(look, key, n, alone=len(numbers) == 1)
    st.button("Add a line", key=f"{key}-more", icon=":material/add:", on_click=_more, args=(key,))
    clauses, any_ = _clauses(look, key)
    return condition_of(clauses, any_=any_)


def _line(look: Look, key: str, n: int, *, alone: bool) -> None:
    line = f"{key}-{n}"
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        known = state.session().get(f"{line}-column")
        options = list(dict.fromkeys((*look.fitting(("any",)), *([known] if known else []))))
        st.selectbox(
            "Column",
            options,
            index=None,
            format_func=look.named,
            key=f"{line}-column",
            width=220,
            placeholder="a column",
            persist_state="session",
        )
        operator = st.selectbox(
            "Test",
            list(OPERATORS),
            format_func=lambda o: _WORDS.get(o, o),
            key=f"{line}-operator",
            width=150,
            persist_state="session",
        )
        _value(operator or "=", line)
        st.button(
            "Take out",
            key=f"{line}-out",
            type="tertiary",
            disabled=alone,
            on_click=_less,
            args=(key, n),
        )


def _value(operator: str, line: str) -> None:
    if operator in _ALONE:
        return
    if operator in _SEVERAL:
        given = state.session().get(f"{line}-values", [])
        st.multiselect(
            "Values",
            list(given),
            key=f"{line}-values",
            accept_new_options=True,
            width=260,
            placeholder="type a value, then Enter",
            persist_state="session",
        )
        return
    for i, name in enumerate(("From", "To") if operator == "between" else ("Value",)):
        st.text_input(name, key=f"{line}-value-{i}", width=140, persist_state="session")


def _more(key: str) -> None:
    session = state.session()
    n: int = session[f"{key}-next"]
    session[f"{key}-lines"] = [*session[f"{key}-lines"], n]
    session[f"{key}-next"] = n + 1


def _less(key: str, n: int) -> None:
    session = state.session()
    session[f"{key}-lines"] = [m for m in session[f"{key}-lines"] if m != n]


def _clauses(look: Look, key: str) -> tuple[list[Clause], bool]:
    """Read the lines; one without a column is an error that says so."""
    session = state.session()
    found = []
    for n in session[f"{key}-lines"]:
        line = f"{key}-{n}"
        column = session.get(f"{line}-column")
        operator: Operator = session.get(f"{line}-operator") or "="
        if not column:
            message = "A line of the condition names no column."
            raise ParameterError(message, hint="Choose one, or take the line out.")
        found.append(
            Clause(column=column, operator=operator, value=_given(look, line, column, operator))
        )
    return found, session.get(f"{key}-join") == _ANY


def _given(look: Look, line: str, column: str, operator: str) -> Scalar | tuple[Scalar, ...]:
    session = state.session()
    if operator in _ALONE:
        return None
    if operator in _SEVERAL:
        return tuple(_read(look, column, str(v)) for v in session.get(f"{line}-values") or ())
    ends = 2 if operator == "between" else 1
    read = [_read(look, column, session.get(f"{line}-value-{i}") or "") for i in range(ends)]
    return tuple(read) if ends > 1 else read[0]


def _read(look: Look, column: str, text: str) -> Scalar:
    """Read a value as the column holds them."""
    kind = look.kind(column)
    if kind == "boolean" and text.strip().lower() in ("true", "false"):
        return text.strip().lower() == "true"
    if kind != "number":
        return text
    plain = text.strip().replace("−", "-")
    try:
        return int(plain) if plain.lstrip("+-").isdigit() else float(plain)
    except ValueError as error:
        message = f"The column {column!r} holds numbers, and is compared with something else."
        raise ParameterError(message, hint="Write a number, with a point for decimals.") from error


def _text(value: Scalar) -> str:
    return "" if value is None else str(value)
