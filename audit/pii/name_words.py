"""Cutting a column name into words, and asking what it says, word by word.

Names come as ``maritalStatus``, ``Marital Status``, ``marital-status`` or ``MARITALSTATUS``,
in several languages. They are compared word by word, so that *message* is not an age and
*embrace* not a race.
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Cut a column name into lower-case words without accents.

    Examples
    --------
    >>> words("maritalStatus"), words("ZIPCode"), words("e-mail"), words("Géo_région 2")
    (('marital', 'status'), ('zip', 'code'), ('e', 'mail'), ('geo', 'region', '2'))
    """
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(w.casefold() for w in _WORD.findall(letters))


def says(name: str, phrases: frozenset[str]) -> bool:
    """Whether one of ``phrases`` (words with single spaces) stands in ``name``, word for word.

    A phrase may also be written as one word if it is the whole name: ``dateofbirth``.
    """
    found = words(name)
    if "".join(found) in _joined(phrases):
        return True
    spaced = f" {' '.join(found)} "
    return any(f" {phrase} " in spaced for phrase in phrases)


def is_called(name: str, phrases: frozenset[str]) -> bool:
    """Whether the whole of ``name`` is one of ``phrases``."""
    return "".join(words(name)) in _joined(phrases)


def phrases(text: str) -> frozenset[str]:
    """Read phrases that are written with commas between them."""
    return frozenset(phrase.strip() for phrase in text.split(","))


@lru_cache(maxsize=256)
def _joined(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.replace(" ", "") for phrase in phrases)
