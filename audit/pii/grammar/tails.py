"""What stands around a street in an address: a unit, a box, the town, its postcode, the country."""

import re
from dataclasses import dataclass, field

from audit.pii.grammar.listed import listed
from audit.pii.grammar.names import name_word
from audit.pii.grammar.place_words import POSTCODE_CUES, STATE_NAMES, STATES, UNITS, countries
from audit.pii.grammar.street_words import BEFORE_STREET, PARTICLES
from audit.pii.grammar.tokens import END, LINE_END, NUMBER, SIGN, WORD, Tokens

_POSTCODE = re.compile(
    r"\d{4,6}|\d{5}-\d{4}|\d{2}-\d{3}|\d{4,5}-\d{3}|\d{3}-\d{4}|[A-Z]\d[A-Z]\d[A-Z]\d|\d{4}[A-Z]{2}"
)
_PREFIXED = re.compile(r"[A-Z]{1,3}-\d{4,6}")
_TWO_WORDS = re.compile(
    r"\d{3} \d{2}"  # Sweden, Greece, Czechia
    r"|\d{4} [A-Z]{2}"  # Netherlands
    r"|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}"  # United Kingdom
    r"|[A-Z]\d[A-Z] \d[A-Z]\d|[a-z]\d[a-z] \d[a-z]\d"  # Canada
    r"|[A-Z]\d[\dW] [A-Z\d]{4}"  # Ireland
)
_PROVINCE = re.compile(r"[A-Z]{2}")
_STOREY = re.compile(r"\d{1,2}[ºª°]")
_REGION = re.compile(r"[^\W\d_]{2,3}")
_UNIT_NAME = re.compile(r"[A-Za-z]?-?\d[\w\-/]*|[A-Z]")
_SEPARATORS = frozenset(",;|-–/")
_ORDINALS = listed("ground first second third fourth fifth sixth seventh eighth ninth tenth top")
_STYLES = listed("kingdom republic people's federated democratic islamic state union")
_STYLE_WORDS = listed("republic democratic states people's of the")
MOST_ITEMS = 9
MOST_TOWN_WORDS = 5


@dataclass(slots=True)
class Tail:
    """What follows a street, and up to where."""

    end: int
    seen: set[str] = field(default_factory=set)


def unit_end(t: Tokens, at: int) -> int:
    """Give the token after 'Apt. 5', '# 12' or '2nd floor' at a token; the same if none."""
    if t.lows[at] in _ORDINALS and t.lows[at + 1] == "floor":
        return at + 2
    if t.lows[at] == "#":
        return at + 2 if t.kinds[at + 1] == NUMBER else at
    if t.kinds[at] == NUMBER and t.lows[at + 1] in {"floor", "étage", "piso", "planta", "og"}:
        return at + 2
    if _STOREY.fullmatch(t.words[at]):
        return at + 1 + (len(t.words[at + 1]) == 1 and t.kinds[at + 1] == WORD)
    if t.lows[at] not in UNITS:
        return at
    k = at + 1
    k += t.lows[k] == "." and t.touches(at)
    k += t.lows[k] in {"#", "no", "nr"}
    return k + 1 if _UNIT_NAME.fullmatch(t.words[k]) else at


def country_end(t: Tokens, at: int) -> int:
    """Give the token after the name of a country at a token; the same if none."""
    if t.kinds[at] != WORD or not t.is_name(at):
        return at
    if t.lows[at] in _STYLES:
        k = at + 1
        while t.lows[k] in _STYLE_WORDS:
            k += 1
        if t.lows[k - 1] in {"of", "the"} and (end := _country(t, k)) > k:
            return end
    return _country(t, at)


def _country(t: Tokens, at: int) -> int:
    for full in countries().get(t.lows[at].replace(".", ""), ()):
        k = at
        for word in full:
            while t.lows[k] in {",", "."} and k > at:
                k += 1
            if t.lows[k].replace(".", "") != word:
                break
            k += 1
        else:
            return k
    return at


def postcode_end(t: Tokens, at: int) -> int:
    """Give the token after a postcode at a token; the same if none."""
    if t.kinds[at] not in {NUMBER, WORD}:
        return at
    word = t.words[at]
    if _PREFIXED.fullmatch(word):
        return at + 1
    gap = t.text[t.ends[at] : t.starts[min(at + 1, len(t))]]
    if gap in {"", " "} and _TWO_WORDS.fullmatch(f"{word} {t.words[min(at + 1, len(t))]}"):
        return at + 2
    return at + 1 if _POSTCODE.fullmatch(word) else at


def region_end(t: Tokens, at: int) -> int:
    """Give the token after the short name of a region and a postcode at a token, or the same."""
    if t.kinds[at] != WORD:
        return at
    written_out = t.lows[at] in STATE_NAMES
    if not (written_out or (_REGION.fullmatch(t.words[at]) and _short_region(t, at))):
        return at
    k = at + 1
    k += t.lows[k] == "," or t.kinds[k] == LINE_END
    end = postcode_end(t, k)
    return end if end > k else _region_of_country(t, at, k)


def _short_region(t: Tokens, at: int) -> bool:
    """Whether a word of two or three letters may be a region's: in capitals, or set apart."""
    if not t.small and t.words[at].isupper():
        return True
    return t.lows[at] not in PARTICLES and t.lows[at] not in BEFORE_STREET


def _region_of_country(t: Tokens, at: int, following: int) -> int:
    """Take 'NO' of ', NO' over the line of a country with its postcode."""
    if t.kinds[at - 1] != SIGN or t.kinds[following - 1] != LINE_END:
        return at
    end = country_end(t, following)
    return end if end > following else at


def _state_end(t: Tokens, at: int) -> int:
    known = t.words[at] in STATES or (t.lows[at] in STATE_NAMES and t.is_name(at))
    return at + 1 if known else at


def _town_words(t: Tokens, at: int) -> int:
    end, k = at, at
    while k - at < MOST_TOWN_WORDS:
        if k > at and (country_end(t, k) > k or t.words[k] in STATES):
            break
        if name_word(t, k) and t.kinds[k] == WORD:
            k += 1
            end = k
            k += t.lows[k] == "." and t.lows[k - 1] in {"st", "ste"}
        elif not t.small and t.lows[k] in PARTICLES and t.kinds[k] == WORD:
            k += 1
        else:
            break
    if end > at and t.kinds[end] == NUMBER and t.words[end].isdecimal() and len(t.words[end]) <= 2:
        end += 1
    return end


def _strong(t: Tokens, at: int) -> bool:
    k = skip(t, at)
    return (
        country_end(t, k) > k
        or region_end(t, k) > k
        or _state_end(t, k) > k
        or (postcode_end(t, k) > k and t.lows[k + 1] not in UNITS)
    )


def skip(t: Tokens, at: int) -> int:
    """Give the token after the separators at a token: commas, one end of a line."""
    k = at
    if t.lows[k] == "." and t.kinds[k - 1] == NUMBER and _apart_from(t, k + 1):
        k += 1
    while k - at < 3 and _apart_from(t, k):
        k += 1
    return k


def _apart_from(t: Tokens, at: int) -> bool:
    return t.kinds[at] == LINE_END or t.lows[at] in _SEPARATORS


def _town_end(t: Tokens, at: int, before: int, seen: set[str]) -> int:
    """Give the token after a town's name at a token, where what surrounds it says so."""
    end = _town_words(t, at)
    if end == at:
        return at
    if _strong(t, end) or t.kinds[end] == END:
        return end
    gap = {t.kinds[k] for k in range(before, at)}
    if LINE_END in gap:
        return at
    if not gap and "unit" not in seen:
        return at
    closed = t.kinds[end] in {SIGN, LINE_END}
    return end if closed or (not gap and not t.small) else at


def read_tail(t: Tokens, at: int) -> Tail:
    """Read on from the end of a street.

    Parameters
    ----------
    t : Tokens
        The text.
    at : int
        The token after the street.

    Returns
    -------
    Tail
        The token after the last part that belongs to the address, and the kinds of parts seen.
    """
    tail = Tail(end=at)
    for _ in range(MOST_ITEMS):
        k = skip(t, tail.end)
        end = _item(t, k, tail)
        if end == k:
            break
        tail.end = end
    return tail


def _item(t: Tokens, k: int, tail: Tail) -> int:
    """Give the token after the part of an address at a token, and note what it is."""
    seen = tail.seen
    for kind, end in (("unit", unit_end(t, k)), ("country", country_end(t, k))):
        if end > k:
            seen.add(kind)
            return end
    end = _coded(t, k, seen) if k > tail.end or seen else k
    if end == k and "town" in seen:
        end = _province(t, k, tail)
    if end == k and (end := _town_end(t, k, tail.end, seen)) > k:
        seen.add("town")
    return end


def _coded(t: Tokens, at: int, seen: set[str]) -> int:
    """Take a postcode, with or without a region or a word for it before it."""
    k = at
    if t.lows[k] in POSTCODE_CUES and t.kinds[k + 1] == NUMBER:
        k += 1
    if (end := region_end(t, k)) > k:
        seen.update(("region", "postcode"))
        return end
    if "postcode" not in seen and (end := postcode_end(t, k)) > k:
        taken = _postcode(t, k, end, seen)
        return taken if taken > k else at
    return at


def _province(t: Tokens, k: int, tail: Tail) -> int:
    """Take the state or province after a town."""
    if (end := _state_end(t, k)) > k:
        tail.seen.add("region")
        return end
    return k + 1 if k == tail.end and _PROVINCE.fullmatch(t.words[k]) else k


def _postcode(t: Tokens, at: int, end: int, seen: set[str]) -> int:
    """Take a postcode where a town or country is beside it; else it may be any number."""
    town = _town_words(t, end)
    if town > end:
        seen.update(("postcode", "town"))
        return town
    if seen & {"town", "country", "region"} or end - at > 1 or t.words[at][-1].isalpha():
        seen.add("postcode")
        return end
    return at
