"""Columns of another type."""

from typing import Literal

from pydantic import Field

from audit.errors import ColumnError, ParameterError
from audit.mending.change import Change, Context
from audit.mending.fields import ColumnName
from audit.mending.unparsed import UNPARSED, Reading, Unparsed, as_text, settled
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric, is_temporal, is_text
from audit.store.table import Table

Type = Literal["text", "integer", "number", "boolean", "date", "timestamp"]


class ChangeTypes(Settings):
    """Change types."""

    columns: dict[ColumnName, Type] = Field(
        title="Columns",
        description="For each column its new type: text, integer, number, boolean, date or "
        "timestamp.",
    )
    unparsed: Unparsed = Field(default="missing", title="What does not fit", description=UNPARSED)


@remedy("change-types", title="Change types", family="clean")
def change_types(table: Table, step: ChangeTypes, context: Context) -> Change:
    """Give columns other types; what a type cannot hold is counted, never rounded or guessed.

    12.5 is no integer; yes, true and 1 are true; dates are read as ISO writes them.
    *parse-numbers* and *parse-dates* read more ways of writing.
    """
    del context
    if not step.columns:
        message = "No column is named."
        raise ParameterError(message, hint="Name at least one: columns: {age: integer}.")
    cells = []
    notes: list[str] = []
    for name, wanted in step.columns.items():
        sql = _expression(name, table.type_of(name), wanted)
        reading = Reading(column=name, sql=sql, type=_TYPES[wanted], what=_WORDS[wanted])
        made, said = settled(table, reading, step.unparsed)
        cells.append(made)
        notes += said
    return Change(cells=tuple(cells), notes=tuple(notes))


_TYPES: dict[Type, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}
_WORDS: dict[Type, str] = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date",
    "timestamp": "a moment",
}
_TRUE, _FALSE = (
    "'true', 't', 'yes', 'y', '1', '1.0', 'on'",
    "'false', 'f', 'no', 'n', '0', '0.0', 'off'",
)


def _expression(name: str, type_: str, wanted: Type) -> str:
    """Write the new value of ``{c}``, NULL where the type cannot hold it."""
    text = as_text(type_)
    if wanted == "text":
        return "{c}" if is_text(type_) else "CAST({c} AS VARCHAR)"
    if wanted == "boolean":
        return (
            f"CASE WHEN lower({text}) IN ({_TRUE}) THEN true "
            f"WHEN lower({text}) IN ({_FALSE}) THEN false END"
        )
    if wanted in ("integer", "number") and (is_temporal(type_) or not _simple(type_)):
        raise _cannot(name, type_, wanted)
    if wanted in ("date", "timestamp") and not (is_text(type_) or is_temporal(type_)):
        raise _cannot(name, type_, wanted)
    if wanted == "integer":
        return _whole(type_, text)
    given = "{c}" if not is_text(type_) else text
    return f"TRY_CAST({given} AS {_TYPES[wanted]})"


def _whole(type_: str, text: str) -> str:
    """Write a whole number; digits go by themselves, for they may be more than a DOUBLE holds."""
    if not is_text(type_):
        return (
            "CASE WHEN {c} = trunc({c}) THEN TRY_CAST({c} AS BIGINT) END"
            if _broken(type_)
            else ("TRY_CAST({c} AS BIGINT)")
        )
    number = f"TRY_CAST({text} AS DOUBLE)"
    return (
        f"CASE WHEN regexp_full_match({text}, '[+-]?[0-9]+') THEN TRY_CAST({text} AS BIGINT) "
        f"WHEN {number} = trunc({number}) THEN TRY_CAST({number} AS BIGINT) END"
    )


def _broken(type_: str) -> bool:
    """Whether numbers of the type may have a fraction."""
    return type_.startswith(("FLOAT", "DOUBLE", "DECIMAL"))


def _simple(type_: str) -> bool:
    return is_text(type_) or is_numeric(type_) or type_ == "BOOLEAN"


def _cannot(name: str, type_: str, wanted: Type) -> ColumnError:
    message = f"The column {name!r} of type {type_} cannot become {_WORDS[wanted]}."
    return ColumnError(message, hint="Make it text first, or use parse-numbers or parse-dates.")
