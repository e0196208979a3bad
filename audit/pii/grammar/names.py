"""Names of streets and house numbers beside them, within the pieces of a text."""

import re

from audit.pii.grammar import street_words as words
from audit.pii.grammar.listed import listed
from audit.pii.grammar.place_words import NOT_NAMES, UNITS
from audit.pii.grammar.tokens import NUMBER, WORD, Tokens

_HOUSE = re.compile(r"\d{1,5}[A-Za-z\u0430-\u044f]?(?:[-/–]\d{1,4}[A-Za-z]?)?")
_HOUSE_AFTER = re.compile(r"\d{1,4}[A-Za-z\u0430-\u044f]?(?:[-/–]\d{1,4}[A-Za-z]?)?")
_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
_YEARS = re.compile(r"(?:19|20)\d{2}[-–/](?:19|20)\d{2}")
_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|ST|ND|RD|TH|St|Nd|Rd|Th)")
_NOT_BEFORE = frozenset("$€£¥%.:/#@_=+-–~&\\")
STOP = words.BEFORE_STREET | NOT_NAMES
NUMBER_SIGNS = listed("no nr nº n num número numero č br д дом буд")
_DEGREE = frozenset({"º", "°"})
AFTER_SIGNS = frozenset({".", "º", "°", ":"})


MOST_NAME_WORDS = 5


def house_number(t: Tokens, at: int) -> bool:
    """Whether a number may be a house's: short, and no part of an amount, a code, a date."""
    if t.kinds[at] != NUMBER or not _HOUSE.fullmatch(t.words[at]):
        return False
    if _YEARS.match(t.words[at]):
        return False
    start = t.starts[at]
    return start == 0 or not (t.text[start - 1] in _NOT_BEFORE or t.text[start - 1].isalnum())


def holds_year(t: Tokens, first: int, last: int) -> bool:
    """Whether one of some tokens is a year of the last centuries, or years from one to another."""
    return any(t.kinds[k] == NUMBER and _YEAR.match(t.words[k]) for k in range(first, last))


def number_after(t: Tokens, at: int) -> bool:
    """Whether a number after a street's name may be a house's."""
    if t.kinds[at] != NUMBER or not _HOUSE_AFTER.fullmatch(t.words[at]):
        return False
    if _YEARS.match(t.words[at]) or (t.lows[at - 1] == "," and _YEAR.match(t.words[at])):
        return False
    end = t.ends[at]
    return t.text[end : end + 1] not in {"%", "€", "$", "£", ":", "/"}


def numbers_before(t: Tokens, at: int) -> int:
    """Count the house numbers right before a token: none, one or two."""
    if at < 1 or not house_number(t, at - 1):
        return 0
    return 2 if at > 1 and house_number(t, at - 2) else 1


def name_word(t: Tokens, at: int) -> bool:
    """Whether a token may be a word of a street's name."""
    if t.kinds[at] == NUMBER:
        return bool(_ORDINAL.fullmatch(t.words[at]))
    low = t.lows[at]
    if low in NUMBER_SIGNS and t.lows[at + 1] in (AFTER_SIGNS if len(low) > 1 else _DEGREE):
        return False
    if not t.is_name(at) or low in STOP or (low in UNITS and len(low) > 1):
        return False
    return len(low) > 4 or low.isalpha() or not _DIGIT.search(low)


def names_after(t: Tokens, at: int, most: int = MOST_NAME_WORDS) -> int:
    """Give the token after the words of a name that begins at a token; the same if none does."""
    end, seen, k = at, 0, at
    while seen < most:
        if name_word(t, k) and t.kinds[k] == WORD:
            k += 1
            seen += 1
            end = k
            if t.lows[k] == "." and len(t.words[k - 1]) <= 3 and name_word(t, k + 1):
                k += 1
        elif t.kinds[k] == WORD and not t.small and t.lows[k] in words.PARTICLES and k - end < 3:
            k += 1
        else:
            break
    return end


def names_before(t: Tokens, at: int) -> int:
    """Give the first token of the name that ends before a token; the same if there is none."""
    first, seen, k = at, 0, at - 1
    while k >= 0 and seen < MOST_NAME_WORDS:
        if name_word(t, k):
            seen += 1
            first = k
        elif t.lows[k] == "." and k > 0 and 0 < len(t.words[k - 1]) <= 3 and t.is_name(k - 1):
            pass
        elif t.kinds[k] != WORD or t.small or t.lows[k] not in words.PARTICLES or first - k > 3:
            break
        k -= 1
    return first


def number_end(t: Tokens, at: int) -> int:
    """Give the token after a house number that may come behind a comma and 'no.'."""
    k = at
    if t.lows[k] == ",":
        k += 1
    if t.lows[k] in NUMBER_SIGNS:
        k += 1
        k += t.lows[k] in AFTER_SIGNS
    return k + 1 if number_after(t, k) else at
