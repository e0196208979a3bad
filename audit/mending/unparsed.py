"""What becomes of texts that do not read as what their column is to be."""

from dataclasses import dataclass
from typing import Literal

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Cells
from audit.reports.distribution.tokens import TEXT_TOKENS
from audit.store.rows import is_text
from audit.store.table import Table, Value, quote_text
from audit.store.texts import TRIMMED

Unparsed = Literal["missing", "keep-text", "error"]
UNPARSED = (
    "missing: the cell becomes missing; keep-text: the column stays text, and only the cells "
    "that could be read are written anew; error: nothing is done."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the cells of a column are read anew."""

    column: str
    sql: str
    """An expression that is NULL where the cell does not read; it speaks of ``{c}``."""
    type: str
    """What it gives."""
    what: str
    """In words: 'a number'."""
    values: tuple[Value, ...] = ()


def settled(table: Table, reading: Reading, unparsed: Unparsed) -> tuple[Cells, tuple[str, ...]]:
    """Make the new cells of a column, and say how many could not be read.

    Coded missing values and empty text become missing without counting as unread.
    """
    name, sql = reading.column, reading.sql
    coded = _coded(table.type_of(name))
    empty, unread = table.row(
        f"""SELECT count(*) FILTER (coded), count(*) FILTER (NOT coded) FROM (
            SELECT {coded} AS coded FROM {{t}} WHERE {{c}} IS NOT NULL AND ({sql}) IS NULL)""",  # noqa: S608
        reading.values,
        c=name,
    )
    if unread and unparsed == "error":
        message = f"{counted(unread, 'cell')} of {name!r} {_do(unread)} not read as {reading.what}."
        raise ParameterError(message, hint="Mend them first, or let them become missing.")
    notes = []
    if empty:
        notes.append(f"{counted(empty, 'cell')} of {name!r} stood for a missing value.")
    if unread:
        became = "kept as text" if unparsed == "keep-text" else "missing now"
        is_ = "is" if unread == 1 else "are"
        notes.append(
            f"{counted(unread, 'cell')} of {name!r} {_do(unread)} not read as {reading.what} "
            f"and {is_} {became}."
        )
    made = f"CAST(({sql}) AS {reading.type})"
    values = reading.values
    if unread and unparsed == "keep-text":
        made = (
            f"CASE WHEN ({sql}) IS NOT NULL THEN CAST({made} AS VARCHAR) WHEN {coded} THEN NULL "
            "ELSE CAST({c} AS VARCHAR) END"
        )
        values = values * 2
    return Cells(column=name, sql=made, values=values, names={"c": name}), tuple(notes)


def as_text(type_: str) -> str:
    """Write a cell ``{c}`` as text without white space at its ends."""
    return TRIMMED.format(text="{c}" if is_text(type_) else "CAST({c} AS VARCHAR)")


def coded_text(text: str) -> str:
    """Write whether a trimmed text is empty or stands for a missing value."""
    listed = ", ".join(quote_text(token) for token in ("", *sorted(TEXT_TOKENS)))
    return f"lower({text}) IN ({listed})"


def _coded(type_: str) -> str:
    return coded_text(as_text(type_))


def _do(n: int) -> str:
    return "does" if n == 1 else "do"
