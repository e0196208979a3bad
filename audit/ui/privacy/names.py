"""Kinds of personal data as people call them, one and several."""

from collections.abc import Sequence

from audit.charts.privacy.names import told_apart
from audit.pii.catalogue import entity
from audit.pii.wording import several
from audit.ui.text import md, quoted
from audit.ui.words import together

_LETTERS = 24
"""Of a column's name, where several stand in a sentence."""


def one(id_: str) -> str:
    """Name a kind: 'e-mail address'. Not escaped: own patterns may be called anything."""
    return entity(id_).title


def capital(id_: str) -> str:
    """Name a kind at the beginning of a line: 'E-mail address', 'IBAN'."""
    title = one(id_)
    return title[:1].upper() + title[1:]


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
