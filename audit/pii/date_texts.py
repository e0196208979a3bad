"""Dates written as text, moved by days and written as they were."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Order = Literal["day", "month"]

_REST = r"(?P<rest>(?:[T ,]+\d{1,2}:\d{2}.*)?)"
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_REST}"
)
_YEAR_LAST = re.compile(rf"(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}}){_REST}")
_COMPACT = re.compile(r"(?P<y>(?:1[89]|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")


class _Read(NamedTuple):
    day: dt.date
    form: str
    """With places y, m and d."""


def shifted(text: str, days: int, order: Order = "month") -> str | None:
    """Move a date by days, in the form in which it is written; None where it is no date.

    Parameters
    ----------
    text : str
        As 2024-03-01, 2024-03-01T10:00, 1.3.2024, 03/01/2024 or 20240301, with white space
        around it or a time behind it.
    days : int
        To the future, or negative.
    order : {'day', 'month'}
        What comes first where neither the form nor the numbers say it.

    Examples
    --------
    >>> shifted("2024-02-28 10:00", 2), shifted("31.12.2023", 1), shifted("no date", 1)
    ('2024-03-01 10:00', '01.01.2024', None)
    """
    read = _read(text.strip(), order)
    if read is None:
        return None
    try:
        moved = read.day + dt.timedelta(days=days)
    except OverflowError:
        return None
    return read.form.format(y=moved.year, m=moved.month, d=moved.day)


def order_of(texts: Iterable[str]) -> Order | None:
    """Tell from dates like 03/25/2024 what comes first; None where they leave it open."""
    found: Order | None = None
    for text in texts:
        match = _YEAR_LAST.fullmatch(text.strip())
        if match is None or match["s"] == ".":
            continue
        if int(match["a"]) > 12 >= int(match["b"]):
            return "day"
        if int(match["b"]) > 12 >= int(match["a"]):
            found = "month"
    return found


def _read(text: str, order: Order) -> _Read | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match is not None:
        form = f"{{y:04d}}{match['s']}{_two('m', match)}{match['s']}{_two('d', match)}"
        return _made(match["y"], match["m"], match["d"], form + _rest(match))
    match = _COMPACT.fullmatch(text)
    if match is not None:
        return _made(match["y"], match["m"], match["d"], "{y:04d}{m:02d}{d:02d}")
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    first, second = ("d", "m") if _day_first(match, order) else ("m", "d")
    parts = {first: match["a"], second: match["b"]}
    padded = "02d" if min(len(match["a"]), len(match["b"])) == 2 else "d"
    form = f"{{{first}:{padded}}}{match['s']}{{{second}:{padded}}}{match['s']}{{y:04d}}"
    return _made(match["y"], parts["m"], parts["d"], form + _rest(match))


def _day_first(match: re.Match[str], order: Order) -> bool:
    a, b = int(match["a"]), int(match["b"])
    if a > 12 or b > 12:
        return a > 12
    return match["s"] == "." or order == "day"


def _two(part: str, match: re.Match[str]) -> str:
    return f"{{{part}:02d}}" if min(len(match["m"]), len(match["d"])) == 2 else f"{{{part}:d}}"


def _rest(match: re.Match[str]) -> str:
    return match["rest"].replace("{", "{{").replace("}", "}}")


def _made(year: str, month: str, day: str, form: str) -> _Read | None:
    try:
        return _Read(dt.date(int(year), int(month), int(day)), form)
    except ValueError:
        return None
