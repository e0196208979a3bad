"""Which parts of a condition fit each other: numbers with numbers, dates with dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Literal

from audit.errors import ParameterError
from audit.store.rows import is_numeric, is_text
from audit.store.table import Value

Kind = Literal["number", "text", "date", "time", "boolean", "other"]
_NOUNS: dict[Kind, str] = {
    "number": "a number",
    "text": "text",
    "date": "a date",
    "time": "a time of day",
    "boolean": "true or false",
    "other": "a value of its own kind",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a condition, rebuilt."""

    sql: str
    kind: Kind
    values: tuple[Value, ...] = ()
    literal: bool = False
    computed: bool = False
    """Whether it may come out as no number."""
    column: str = ""
    """The column that it is."""
    type: str = ""

    @property
    def label(self) -> str:
        """What it is, for people; never what it holds."""
        if self.column:
            return f"the column {self.column!r} ({_NOUNS[self.kind]})"
        noun = _NOUNS[self.kind]
        return f"{noun} that is computed" if not self.literal else noun


def kind_of(type_: str) -> Kind:
    """Tell which kind of values a DuckDB type holds."""
    if is_numeric(type_):
        return "number"
    if is_text(type_):
        return "text"
    if type_ == "DATE" or (type_.startswith("TIMESTAMP") and not type_.endswith("]")):
        return "date"
    if type_ == "TIME":
        return "time"
    return "boolean" if type_ == "BOOLEAN" else "other"


def comparable(one: Part, other: Part, where: str, *, ordered: bool = True) -> tuple[Part, Part]:
    """Make two parts ready to be compared; raises ParameterError where they do not fit."""
    if other.literal and not one.literal:
        one, other = finite(one), _placed(other, one, where)
    elif one.literal and not other.literal:
        one, other = _placed(one, other, where), finite(other)
    else:
        one, other = finite(one), finite(other)
    if one.kind != other.kind or one.kind == "other":
        raise _unlike(one, other, where)
    if one.kind == "boolean" and ordered:
        message = f"True and false have no order{where}."
        raise ParameterError(message, hint="Write = TRUE or = FALSE.")
    return one, other


def finite(part: Part) -> Part:
    """Make what is no number missing.

    Not by comparing it: the statistics of a Parquet file leave it out, so that the engine may
    take it for granted that no cell equals it.
    """
    if part.kind != "number" or not part.computed:
        return part
    sql = f"CASE WHEN isnan({part.sql}) THEN NULL ELSE {part.sql} END"
    return replace(part, sql=f"({sql})", values=(*part.values, *part.values), computed=False)


def as_number(part: Part) -> Part:
    """Give a number in double precision, in which nothing overflows."""
    if part.literal:
        return replace(part, sql="CAST(? AS DOUBLE)", literal=False)
    return replace(part, sql=f"CAST({part.sql} AS DOUBLE)", computed=True)


def needs(part: Part, kind: Kind, what: str, where: str) -> None:
    """Raise a ParameterError where a part is of another kind than something takes."""
    if part.kind != kind:
        message = f"{what} takes {_NOUNS[kind]}, not {part.label}{where}."
        raise ParameterError(message, hint=_advice(part, kind))


def moment(part: Part, type_: str, where: str) -> Part:
    """Read a text as a date or a moment; as the engine does, in ISO 8601."""
    text = str(part.values[0]).strip()
    try:
        if type_ == "DATE":
            value = date.fromisoformat(text).isoformat()
        elif type_ == "TIME":
            value = time.fromisoformat(text).isoformat()
        else:
            value = _in_utc(datetime.fromisoformat(text)).isoformat(sep=" ")
    except ValueError:
        noun = "time of day" if type_ == "TIME" else "date"
        message = f"A text{where} is compared as a {noun}, and is none."
        hint = "Write 12:30:00." if type_ == "TIME" else "Write it as DATE '2024-12-31'."
        raise ParameterError(message, hint=hint) from None
    kind: Kind = "time" if type_ == "TIME" else "date"
    return Part(sql=f"CAST(? AS {type_})", kind=kind, values=(value,), literal=True)


def _in_utc(value: datetime) -> datetime:
    """Give a moment as the engine, whose time zone is UTC, holds it without a zone."""
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value


def _placed(literal: Part, beside: Part, where: str) -> Part:
    """Write a value so that it is compared in the type of what stands beside it."""
    if literal.kind == "text" and beside.kind == "date":
        zoned = "WITH TIME ZONE" in beside.type
        return moment(literal, "TIMESTAMPTZ" if zoned else "TIMESTAMP", where)
    if literal.kind == "text" and beside.kind == "time":
        return moment(literal, "TIME", where)
    if literal.kind == "number" and beside.type == "FLOAT":
        return replace(literal, sql="CAST(? AS FLOAT)")
    return literal


def _unlike(one: Part, other: Part, where: str) -> ParameterError:
    if one.kind == other.kind:
        message = f"There is no comparing {one.label}{where}."
        return ParameterError(message, hint="Compare CAST(… AS VARCHAR), or ask for IS NULL.")
    message = f"{one.label} cannot be compared with {other.label}{where}."
    first, second = (other, one) if one.literal else (one, other)
    hint = _advice(first, second.kind)
    if second.literal and second.kind == "text" and first.kind == "number":
        hint = "Write numbers without quotes."
    elif second.literal and second.kind == "number" and first.kind == "text":
        hint = (
            f"Write the value in quotes, or make a number of the other: {_advice(first, 'number')}"
        )
    return ParameterError(message[0].upper() + message[1:], hint=hint)


def _advice(part: Part, kind: Kind) -> str:
    """Say how a part becomes one of another kind."""
    type_ = {"number": "DOUBLE", "text": "VARCHAR", "date": "DATE", "boolean": "BOOLEAN"}.get(kind)
    if type_ is None:
        return "Compare it with a value of its own kind."
    name = '"' + part.column.replace('"', '""') + '"' if part.column else "…"
    return f"Write CAST({name} AS {type_})."


def is_test(sql: str, *parts: Part) -> Part:
    """Give a test made of some parts."""
    return Part(sql=sql, kind="boolean", values=values_of(parts))


def values_of(parts: Sequence[Part]) -> tuple[Value, ...]:
    """Give the values of several parts, in their order."""
    return tuple(value for part in parts for value in part.values)
