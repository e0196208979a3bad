"""Kinds of personal data as people call them, one and several."""

import re
from collections.abc import Sequence

from audit.charts.privacy.names import told_apart
from audit.pii.catalogue import entity
from audit.ui.text import md, quoted
from audit.ui.words import together

_SEVERAL = {
    "PERSON": "names of people",
    "TITLE": "titles of people",
    "NRP": "nationalities, religions or political groups",
    "DATE_OF_BIRTH": "dates of birth",
    "DATE_TIME": "dates or times",
    "COORDINATES": "coordinates",
    "US_DRIVER_LICENSE": "US driver's licenses",
    "MEDICAL_LICENSE": "US medical licenses (DEA numbers)",
}
"""Where an s at the end of the title would be wrong."""
_LETTERS = 24
"""Of a column's name, where several stand in a sentence."""


def one(id_: str) -> str:
    """Name a kind: 'e-mail address'. Not escaped: own patterns may be called anything."""
    return entity(id_).title


def capital(id_: str) -> str:
    """Name a kind at the beginning of a line: 'E-mail address', 'IBAN'."""
    title = one(id_)
    return title[:1].upper() + title[1:]


def several(id_: str) -> str:
    """Name what a column of a kind holds.

    Examples
    --------
    >>> several("EMAIL_ADDRESS"), several("PERSON"), several("UK_NHS")
    ('e-mail addresses', 'names of people', 'UK health service numbers (NHS)')
    """
    return _SEVERAL.get(id_) or _plural(one(id_))


def listed(ids: Sequence[str], most: int = 3) -> str:
    """List kinds in a sentence: 'e-mail addresses, phone numbers and two more'. Escaped."""
    named = [md(several(id_)) for id_ in ids[:most]]
    more = len(ids) - most
    if more > 0:
        named.append(f"{more} more kinds" if more > 1 else md(several(ids[most])))
    return together(named) if named else "nothing"


def titles(columns: Sequence[str], most: int = 3) -> str:
    """List columns in a sentence: '“a”, “b” and 4 more'. Escaped."""
    short = told_apart(columns, _LETTERS)
    named = [quoted(short[title]) for title in columns[:most]]
    more = len(columns) - most
    if more > 0:
        return f"{', '.join(named)} and {more} more"
    return together(named) if named else "none"


def is_direct(id_: str) -> bool:
    """Whether a value of a kind names a person by itself."""
    return entity(id_).direct


def _plural(title: str) -> str:
    """Put the noun before a bracket, or the last one, in the plural."""
    head, note = re.fullmatch(r"(.*?)( \(.*\))?", title).groups(default="")  # type: ignore[union-attr]
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return f"{head[:-1]}ies{note}"
    ending = "es" if head.endswith(("s", "sh", "ch", "x")) else "s"
    return f"{head}{ending}{note}"
