"""What the values of a column read as: sentences, names, words, codes, numbers or dates.

Names of people and places are looked for where values read as prose or names alone: a model finds
them in product codes and timestamps as well.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from audit.pii.values import Reads

MOST_VALUES = 500
"""Values that are looked at; evenly spread over those there are."""
MOST_CHARACTERS = 300
"""Characters of a value that are looked at."""

_PROSE = 0.15
"""Share of values in sentences from which a column is free text, whatever the others are."""
_NAMES = 0.25
"""Share of values that look like names from which a column may be one of names."""

_NUMBER = re.compile(
    r"[(+\-−~<>≈]?\s?(?:[A-Z]{2,3}\s)?[$€£¥₹]?\s?[+\-−]?"
    r"(?:\d{1,3}(?:[,.' ]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][+-]?\d+)?"
    r"\s?(?:[%‰°$€£¥₹]|[A-Za-z]{1,3})?\)?"
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[T ]\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?:[T ,]+\d{1,2}:\d{2}.*)?"
    r"|(?:[^\W\d_]{3,9}\.?,?\s)?\d{1,2}(?:st|nd|rd|th|\.)?[\s-](?:of\s)?[^\W\d_]{3,10}\.?,?[\s-]\d{2,4}"
    r"(?:[T ,]+\d{1,2}:\d{2}.*)?"
    r"|[^\W\d_]{3,9}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}(?:[T ,]+\d{1,2}:\d{2}.*)?"
    r"|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
    r"|(?:1[89]|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_PAIR = re.compile(r"[(\[]?\s*-?\d{1,3}\.\d{2,}°?\s*[NSns]?\s*[,;\s]\s*-?\d{1,3}\.\d{2,}°?.*")
_MONTH = re.compile(
    r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|juin|juil|ene|abr|ago|dic)"
)
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019.\-][^\W\d_]*)*\.?")
_SENTENCES = """
a an the of is are was were be been and or but to for in on at with my i you he she it we they
this that have has had not will would can please der die das und ist nicht ein eine mit ich für
le la les et est un une pour avec je el los las es una por con para que il di e
"""
_SMALL = frozenset(_SENTENCES.split())
"""Small words of sentences, in some languages."""
_BUSINESS = """
inc llc ltd plc gmbh ag kg corp corporation co company group holdings sa sas sarl srl spa bv nv
ab oy as sons university institute hospital bank foundation association society
"""
_OF_ORGANISATIONS = frozenset(_BUSINESS.split())


def reads(values: Sequence[str], type_: str) -> Reads:
    """Tell what a sample of values reads as.

    Parameters
    ----------
    values : sequence of str
        Different values of a column as text; some hundreds of them are looked at.
    type_ : str
        Type of the column, in DuckDB's words.
    """
    looked = sample(values)
    if not looked:
        return "nothing"
    typed = _of_type(type_)
    if typed is not None:
        return typed
    counts = Counter(kind_of_value(v) for v in looked)
    share = {kind: n / len(looked) for kind, n in counts.items()}
    if share.get("prose", 0) >= _PROSE:
        return "prose"
    if share.get("names", 0) >= _NAMES:
        return "names"
    order: tuple[Reads, ...] = ("numbers", "dates", "codes", "words", "names")
    return max(order, key=lambda kind: counts.get(kind, 0))


def sample(values: Sequence[str]) -> list[str]:
    """Take some hundreds of the values that are not blank, evenly spread, cut and stripped."""
    step = max(1, len(values) // MOST_VALUES)
    looked = (v[:MOST_CHARACTERS].strip() for v in values[::step])
    return [v for v in looked if v]


def _of_type(type_: str) -> Reads | None:
    """Tell it from the type alone where that is enough."""
    upper = type_.upper()
    if upper.startswith(("DATE", "TIME", "INTERVAL")):
        return "dates"
    if upper == "BOOLEAN":
        return "words"
    if upper.startswith("UUID"):
        return "codes"
    is_text = upper.startswith(("VARCHAR", "ENUM", "JSON", "TEXT", "STRING", "CHAR", "OBJECT"))
    return None if is_text or not upper or "[" in upper or "(" in upper[:7] else "numbers"


def kind_of_value(value: str) -> Reads:
    """Tell what one value reads as."""
    if _DATE.fullmatch(value) and (not _LONG_WORD.search(value) or _MONTH.search(value)):
        return "dates"
    if _PAIR.fullmatch(value):
        return "names"
    if _NUMBER.fullmatch(value):
        return "numbers"
    pieces = value.replace(",", " ").split()
    plain = [p for p in pieces if _LETTERS.fullmatch(p.strip("()\"'“”.;:!?"))]
    return _single(value, plain) if len(pieces) <= 1 else _several(value, pieces, plain)


def _single(value: str, plain: list[str]) -> Reads:
    if not plain:
        return "codes"
    return "names" if name_like(value) else "words"


def _several(value: str, pieces: list[str], plain: list[str]) -> Reads:
    if _is_prose(value, pieces, len(plain)):
        return "prose"
    if _is_address(pieces, plain):
        return "names"
    if 2 * len(plain) <= len(pieces):
        return "codes"
    return "names" if _is_name(plain) else "words"


def _is_prose(value: str, pieces: list[str], plain: int) -> bool:
    """Whether it is a sentence: many words, or small ones among them that only sentences have."""
    if "\n" in value and len(pieces) >= 6:
        return True
    if plain < 0.6 * len(pieces):
        return len(pieces) >= 12 or _is_around_numbers(pieces, plain)
    small = sum(p.lower() in _SMALL for p in pieces)
    lower = sum(p[:1].islower() for p in pieces)
    return (
        len(pieces) >= 8
        or (len(pieces) >= 5 and (lower >= 3 or (small >= 1 and lower >= 2)))
        or (len(pieces) >= 3 and small >= 1 and lower >= len(pieces) / 2)
    )


def _is_around_numbers(pieces: list[str], plain: int) -> bool:
    """Whether it is a sentence about a number that stands in several pieces, as of a card."""
    words = [p for p in pieces if not any(map(str.isdigit, p))]
    small = sum(p.lower() in _SMALL for p in words)
    lower = sum(p[:1].islower() for p in words)
    # An address begins with its number or with the name of a street.
    return plain == len(words) >= 4 and lower >= 3 and small >= 1 and pieces[0] == words[0]


def _is_address(pieces: list[str], plain: list[str]) -> bool:
    """Whether numbers stand between words, as in postal addresses."""
    numbers = sum(p[:1].isdigit() or p[-1:].isdigit() for p in pieces)
    words = sum(len(p) >= 4 and not p.isupper() for p in plain)
    return 0 < numbers <= 4 and words >= 1 and (len(pieces) >= 3 or words >= 1)


def _is_name(plain: list[str]) -> bool:
    """Whether words may be a name: of a person as lists know them, or capitals as names have."""
    if len(plain) > 7:
        return False
    joined = " ".join(plain)
    if organisation_like(joined) or name_like(joined):
        return True
    return all(p[0].isupper() for p in plain) and any(not _known(p.lower())[2] for p in plain)


def name_like(value: str) -> bool:
    """Whether lists of names know most words of a short value, and one that is no common word."""
    return name_weight(value) >= 0.5


def name_weight(value: str) -> float:
    """Give the share of a short value's words that lists of names know; 0 where one has a digit.

    At least one of them must be no common word: 'May Price' alone names nobody.
    """
    if any(map(str.isdigit, value)):
        return 0.0
    parts = [p.strip(".,'\"()").lower() for p in value.replace(",", " ").split()]
    known = [_known(p) for p in parts if len(p) > 1]
    if not 0 < len(known) <= 6 or not any(
        (first or last) and not common for first, last, common in known
    ):
        return 0.0
    return sum(first or last for first, last, _ in known) / len(known)


def organisation_like(value: str) -> bool:
    """Whether the last of several words is one that organisations are called by: 'Ltd', 'Group'."""
    words = value.lower().replace(",", " ").split()
    return len(words) > 1 and words[-1].strip(".") in _OF_ORGANISATIONS


def place_like(value: str) -> bool:
    """Whether a gazetteer knows the value, or its part before a comma, as a town or country."""
    from audit.pii.names.places import places

    small = " ".join(value.split(",")[0].lower().split())
    return bool(small) and small in places().get(small.split(" ")[0], ())


@lru_cache(maxsize=50_000)
def _known(small: str) -> tuple[bool, bool, bool]:
    from audit.pii.names.words import known

    return tuple(known(small))  # type: ignore[return-value]
