"""Dates as people write them, and in which order day and month stand."""

import re
from dataclasses import dataclass
from itertools import product
from typing import Literal

from audit.mending.unparsed import as_text, coded_text
from audit.store.table import Table, quote_text
from audit.store.texts import DATE_TEXT

Order = Literal["iso", "day-first", "month-first"]

_DIGITS = "[0-9][0-9]?"
_TIME = "(?:[ T]+[0-9][0-9]?:[0-9][0-9](?::[0-9][0-9](?:\\.[0-9]+)?)?(?: *[AaPp][Mm])?)?"
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
_MARKS = ("/", "-", ".", " ")


def _in_digits(*parts: str) -> tuple[str, ...]:
    return tuple(mark.join(parts) for mark in _MARKS)


_DAYS: dict[Order, tuple[str, ...]] = {
    "iso": ("%Y/%m/%d", "%Y.%m.%d", "%Y %m %d", "%Y%m%d"),
    "day-first": (*_in_digits("%d", "%m", "%Y"), *_in_digits("%d", "%m", "%y")),
    "month-first": (*_in_digits("%m", "%d", "%Y"), *_in_digits("%m", "%d", "%y")),
}
_WORDS = tuple(
    mark.join(parts)
    for mark, month in product((" ", "-", "/"), ("%b", "%B"))
    for parts in (("%d", month, "%Y"), ("%d", month, "%y"))
) + tuple(f"{month} %d{comma} %Y" for month, comma in product(("%b", "%B"), (",", "")))
"""With the month as a word no order is in doubt."""

_LONG_YEAR = "[0-9][0-9][0-9][0-9]"
_SHAPES: dict[Order, str] = {
    "iso": f"(?:{_LONG_YEAR}[/. ]{_DIGITS}[/. ]{_DIGITS}|{_LONG_YEAR}[0-9][0-9][0-9][0-9]){_TIME}",
    "day-first": f"{_DIGITS}[-/. ]{_DIGITS}[-/. ](?:{_LONG_YEAR}|[0-9][0-9]){_TIME}",
    "month-first": f"{_DIGITS}[-/. ]{_DIGITS}[-/. ](?:{_LONG_YEAR}|[0-9][0-9]){_TIME}",
}
"""Looked at before a format is tried: it alone tells a year of two digits from one of four."""

_WORDY = (
    f"(?:{_DIGITS}[-/ ]\\pL+\\.?[-/ ](?:{_LONG_YEAR}|[0-9][0-9])|\\pL+\\.? {_DIGITS},? "
    f"{_LONG_YEAR}){_TIME}"
)


_CODES = frozenset("aAbBcdDfgHIjmMnpSUwWyYzZ%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """How the dates of a column are written."""

    present: int
    """Values that are there and stand for no missing one."""
    day_first: int
    """Of them, those that read as dates with the day before the month."""
    month_first: int
    iso: int
    unclear: int
    """Of them, those that read either way and mean different days: 03/04/2024."""

    @property
    def order(self) -> Order:
        """The order that more of them read with; the month first where it is a draw."""
        if not self.day_first and not self.month_first:
            return "iso"
        return "day-first" if self.day_first > self.month_first else "month-first"

    @property
    def share(self) -> float:
        """Share of them that read as dates."""
        best = max(self.day_first, self.month_first, self.iso)
        return best / self.present if self.present else 0.0


def moment(type_: str, order: Order) -> str:
    """Write the moment that a cell ``{c}`` reads as, whatever the order of ISO dates; else NULL."""
    text = as_text(type_)
    parts = [
        f"WHEN {DATE_TEXT.format(text=text)} THEN TRY_CAST({text} AS TIMESTAMP)",
        _tried(text, _SHAPES["iso"], _DAYS["iso"]),
        _tried(text, _WORDY, _WORDS),
    ]
    if order != "iso":
        long = tuple(f for f in _DAYS[order] if f.endswith("%Y"))
        short = tuple(f for f in _DAYS[order] if f.endswith("%y"))
        shape = _SHAPES[order]
        parts += [
            _tried(text, shape.replace(f"(?:{_LONG_YEAR}|[0-9][0-9])", _LONG_YEAR), long),
            _tried(text, shape.replace(f"(?:{_LONG_YEAR}|[0-9][0-9])", "[0-9][0-9]"), short),
        ]
    return f"CASE {' '.join(parts)} END"


def moment_by(type_: str, layout: str) -> str:
    """Write the moment that a cell ``{c}`` reads as by a strptime layout, else NULL."""
    return f"CAST(try_strptime({as_text(type_)}, {quote_text(layout)}) AS TIMESTAMP)"


def layout_is_known(table: Table, layout: str) -> bool:
    """Whether the engine reads dates by this layout, and it says the year, month and day."""
    codes = set(re.findall("%-?([A-Za-z%])", layout))
    if not codes <= _CODES or not (codes & {"Y", "y"}) or not (codes & {"m", "b", "B", "j"}):
        return False
    (found,) = table.row("SELECT try_strptime('', CAST(? AS VARCHAR)) IS NULL", [layout])
    return bool(found)


def look(table: Table, column: str) -> Dated:
    """Look how the dates of a column are written, in one scan."""
    type_ = table.type_of(column)
    row = table.row(
        f"""SELECT count(*), count(d), count(m), count(i),
            count(*) FILTER (d IS NOT NULL AND m IS NOT NULL AND d <> m)
        FROM (SELECT {moment(type_, "day-first")} AS d, {moment(type_, "month-first")} AS m,
            {moment(type_, "iso")} AS i
            FROM {{t}} WHERE {{c}} IS NOT NULL AND NOT {coded_text(as_text(type_))})""",  # noqa: S608
        c=column,
    )
    present, day, month, iso, unclear = map(int, row)
    plain = day == iso == month
    return Dated(
        present=present,
        day_first=0 if plain else day,
        month_first=0 if plain else month,
        iso=iso,
        unclear=unclear,
    )


def has_time(table: Table, column: str, sql: str) -> bool:
    """Whether any of the moments that ``sql`` reads lies within a day."""
    (found,) = table.row(
        f"""SELECT coalesce(bool_or(m <> date_trunc('day', m)), false)
        FROM (SELECT {sql} AS m FROM {{t}}) WHERE isfinite(m)""",  # noqa: S608
        c=column,
    )
    return bool(found)


def _tried(text: str, shape: str, days: tuple[str, ...]) -> str:
    """Try formats on texts of a shape, without and with a time of day."""
    listed = ", ".join(quote_text(day + clock) for clock, day in product(_CLOCKS, days))
    single = f"regexp_replace(replace({text}, 'T', ' '), ' +', ' ', 'g')"
    if "\\pL" in shape:
        single = f"replace(regexp_replace({text}, ' +', ' ', 'g'), '.', '')"
    fits = f"regexp_full_match({text}, {quote_text(shape)})"
    return f"WHEN {fits} THEN try_strptime({single}, [{listed}])"
