"""Streets within the pieces of a text: a house number, a name and what makes it a street."""

from dataclasses import dataclass
from enum import Enum, IntEnum

from audit.pii.grammar import street_words as words
from audit.pii.grammar.listed import listed
from audit.pii.grammar.names import (
    AFTER_SIGNS,
    MOST_NAME_WORDS,
    NUMBER_SIGNS,
    STOP,
    holds_year,
    house_number,
    name_word,
    names_after,
    names_before,
    number_after,
    number_end,
    numbers_before,
)
from audit.pii.grammar.place_words import UNITS
from audit.pii.grammar.tokens import LINE_END, NUMBER, SIGN, WORD, Tokens

LAST = words.all_words(words.LAST) | words.LAST_DOUBTFUL
FIRST = words.all_words(words.FIRST)
SUFFIXES = tuple(words.all_words(words.SUFFIXES))
SUFFIXES_ANY = (*SUFFIXES, *words.SUFFIXES_NUMBERED)
_TYPES = LAST | FIRST
_DOTTED = listed("al pl cl pr tr v r c ch os ш bd")
"""Short forms that are other words without their full stop."""
ENGLISH = listed(words.LAST["en"]) | words.LAST_DOUBTFUL
_DIRECTIONS = listed("n s e w ne nw se sw north south east west upper lower")


class Sure(IntEnum):
    """How much a piece says address by itself."""

    DOUBTFUL = 1
    """Something else must say so: a unit, a postcode, words before it."""
    BARE = 2
    """A street without a number."""
    SURE = 3


class Kind(Enum):
    """What a piece of an address is."""

    STREET = "street"
    UNTYPED = "untyped"
    """A number and a name that may be a street's."""
    BOX = "box"
    CORNER = "corner"
    UNIT = "unit"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of an address, from one token to before another."""

    first: int
    last: int
    sure: Sure
    kind: Kind = Kind.STREET
    numbers: int = 0
    """House numbers beside the name."""


def _common(t: Tokens, at: int) -> bool:
    """Whether a token is a word in small letters, as within 'Árpád fejedelem útja'."""
    return t.kinds[at] == WORD and t.words[at].islower() and t.lows[at] not in STOP


def after_type(t: Tokens, at: int) -> int:
    """Give the token after a street's type word: past its full stop and a direction."""
    if t.lows[at] == "." and len(t.words[at - 1]) <= 4 and t.ends[at - 1] == t.starts[at]:
        at += 1
    if t.lows[at] in _DIRECTIONS and t.words[at][0].isupper():
        at += 1
    return at


def _closes(t: Tokens, at: int) -> bool:
    """Whether a clause, a line or the text ends at a token, or a unit begins."""
    return t.kinds[at] in {SIGN, LINE_END, ""} or t.lows[at] in UNITS


def type_last(t: Tokens, at: int) -> Piece | None:
    """Read 'House number, name, street'; the street word is at a token."""
    low = t.lows[at]
    if (
        t.words[at] == "U"
        or t.lows[at - 1] in words.BEFORE_STREET
        or t.lows[at + 1] in words.AFTER_STREET
    ):
        return None
    skipped = at
    if low not in ENGLISH and not t.small:
        while skipped > 1 and at - skipped < 2 and _common(t, skipped - 1):
            skipped -= 1
    first = names_before(t, skipped)
    if first == skipped:
        return None
    numbers = numbers_before(t, first)
    end = after_type(t, at + 1)
    after = number_end(t, end)
    if after > end and (
        (low not in ENGLISH and not t.small) or (after == end + 1 and _closes(t, after))
    ):
        return Piece(
            first=first - numbers,
            last=after,
            sure=_sure(t, low),
            numbers=numbers + 1,
        )
    if numbers:
        return Piece(first=first - numbers, last=end, sure=_sure(t, low), numbers=numbers)
    return _bare(t, at, max(first, at - 2), end)


def _sure(t: Tokens, low: str) -> Sure:
    return Sure.DOUBTFUL if t.small or low in words.LAST_DOUBTFUL else Sure.SURE


def _bare(t: Tokens, at: int, first: int, end: int) -> Piece | None:
    low = t.lows[at]
    known = t.lows[at - 1] in words.WELL_KNOWN or t.small or not t.words[at][0].isupper()
    if low not in words.ALONE or known or {t.kinds[first], t.kinds[at - 1]} != {WORD}:
        return None
    return Piece(first=first, last=end, sure=Sure.BARE)


def type_first(t: Tokens, at: int) -> Piece | None:
    """Read 'street, name, house number'; the street word is at a token."""
    low = t.lows[at]
    dotted = t.lows[at + 1] in {".", "/"} and t.touches(at)
    start = at + 1 + dotted
    numbers, first = _lead(t, at)
    if len(low) < 3 and numbers and holds_year(t, first, at):
        numbers, first = 0, at
    if low in _DOTTED and not dotted and (low == "c" or not numbers):
        return None
    end = _numbered(t, start) if low in words.NUMBERED else start
    numbers += end > start
    if end == start:
        end = names_after(t, start, 3 if t.small else MOST_NAME_WORDS)
        if end == start:
            return None
        after = number_end(t, end)
        if after > end and not (low in _DOTTED and holds_year(t, end, after)):
            numbers += 1
            end = after
    if numbers:
        return Piece(first=first, last=end, numbers=numbers, sure=_sure_first(t, at))
    if t.small or low in _DOTTED or (dotted and t.touches(start - 1)):
        return None
    sure = Sure.DOUBTFUL if low in words.FIRST_DOUBTFUL else Sure.BARE
    return Piece(first=at, last=end, sure=sure)


def _lead(t: Tokens, at: int) -> tuple[int, int]:
    """Count the house numbers before 'rue …' or ', rue …' or 'bis, rue …'; give the first."""
    comma = at > 0 and t.lows[at - 1] == ","
    k = at - comma
    bis = k > 0 and t.lows[k - 1] in {"bis", "ter"}
    k -= bis
    numbers = numbers_before(t, k)
    if not numbers or (comma and not bis and not _opens(t, k - numbers)):
        return 0, at
    return numbers, k - numbers


def _opens(t: Tokens, at: int) -> bool:
    """Whether a line or the text begins at a token, or follows a colon."""
    return at == 0 or t.kinds[at - 1] == LINE_END or t.lows[at - 1] == ":"


def _sure_first(t: Tokens, at: int) -> Sure:
    doubt = t.lows[at] in words.FIRST_DOUBTFUL and (t.small or not t.words[at][0].isupper())
    short = t.lows[at] in {"am", "im", "zum", "zur", "unter", "auf", "v", "r", "place"}
    return Sure.DOUBTFUL if doubt or short else Sure.SURE


def _numbered(t: Tokens, at: int) -> int:
    """Read '7 # 12-34' after 'Carrera'; give the token after it, or the same."""
    if not house_number(t, at) and t.kinds[at] != NUMBER:
        return at
    k = at + 1
    if t.lows[k] == "#":
        k += 1
    elif t.lows[k] in NUMBER_SIGNS:
        k += 1
        k += t.lows[k] in AFTER_SIGNS
    else:
        return at
    return k + 1 if t.kinds[k] == NUMBER else at


def _within_clause(t: Tokens, at: int) -> bool:
    """Whether a word is not the first of its clause, where a capital tells nothing."""
    return at > 0 and t.kinds[at - 1] == WORD


def grown_together(t: Tokens, at: int) -> Piece | None:
    """Read 'Schillerstraße 15'; the word is at a token."""
    low = t.lows[at]
    if low in words.NOT_SUFFIXED or low in _TYPES or not t.is_name(at):
        return None
    first = at
    names = names_before(t, at)
    numbers = numbers_before(t, names)
    if numbers:
        first = names - numbers
    end = at + 1
    if low.endswith("str") and t.lows[end] == ".":
        end += 1
    after = number_end(t, end)
    if after == end and not numbers and not low.endswith(SUFFIXES):
        return None
    if after > end and not numbers and names < at and not t.small:
        first = at - 1 if name_word(t, at - 1) and _within_clause(t, at - 1) else at
    numbers += after > end
    if not numbers and t.small:
        return None
    return Piece(first=first, last=after, numbers=numbers, sure=Sure.SURE if numbers else Sure.BARE)


def untyped(t: Tokens, at: int) -> Piece | None:
    """Read 'number, name' or 'number, name, number' without a word that says street."""
    if not house_number(t, at):
        return None
    start = at + 2 if house_number(t, at + 1) else at + 1
    end = names_after(t, start, 4)
    if end == start:
        return None
    if all(len(t.words[k]) < 3 for k in range(start, end)):
        return None
    after = end + 1 if number_after(t, end) else end
    numbers = (start - at) + (after > end)
    return Piece(first=at, last=after, sure=Sure.DOUBTFUL, kind=Kind.UNTYPED, numbers=numbers)


def named_before(t: Tokens, at: int) -> Piece | None:
    """Read 'name, number' without a word that says street; the number is at a token."""
    if not number_after(t, at):
        return None
    first = names_before(t, at)
    if first == at:
        return None
    return Piece(first=first, last=at + 1, sure=Sure.DOUBTFUL, kind=Kind.UNTYPED, numbers=1)
