"""Parts of addresses that are no street: boxes, the forces' post, corners, units, postcodes."""

import re

from audit.pii.grammar.listed import listed
from audit.pii.grammar.names import holds_year, house_number, name_word, numbers_before
from audit.pii.grammar.place_words import MILITARY, POSTCODE_CUES, SHIPS, UNITS_SURE, US_STATES
from audit.pii.grammar.streets import FIRST, LAST, Kind, Piece, Sure
from audit.pii.grammar.tails import postcode_end, unit_end
from audit.pii.grammar.tokens import NUMBER, WORD, Tokens

_BOX_WORDS = listed("postfach postbox postbus postboks casilla apartado skrytka postlåda bp")
BOX_STARTS = _BOX_WORDS | listed("po p.o. p.o gpo post caixa")
"""Words with which a box begins."""
_CORNER_WORDS = 6
_AND = frozenset({"and", "&", "y", "und"})
_OPENING = frozenset("(:\"',>[")
_NOT_AFTER = frozenset("_/@%€$£=")
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E"
    "|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL"
    "|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM"
    "|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_SURE_CODE = re.compile(
    rf"(?:{_AREAS})\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{{2}}"  # United Kingdom
    r"|[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d"  # Canada
)
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")


def box(t: Tokens, at: int) -> Piece | None:
    """Read 'P.O. Box 12', 'Postfach 12 34', 'Apartado Postal 7' at a token."""
    low = t.lows[at]
    k = at + 1
    if low in {"po", "p.o.", "p.o", "gpo"}:
        k += t.lows[k] == "."
        if t.lows[k] != "box":
            return None
        k += 1
    elif low == "post" and t.lows[k] == "office" and t.lows[k + 1] == "box":
        k += 2
    elif low == "caixa" and t.lows[k] == "postal":
        k += 1
    elif low in _BOX_WORDS and t.is_name(at):
        k += t.lows[k] in {"postal", "de"}
        k += t.lows[k] == "correos"
    else:
        return None
    k += t.lows[k] in {"#", ":", "no"}
    if t.kinds[k] != NUMBER or not t.words[k].isdecimal():
        return None
    end = k + 1
    while end - k < 3 and house_number(t, end) and len(t.words[end]) <= 2:
        end += 1
    return Piece(
        first=at - numbers_before(t, at), last=end, sure=Sure.SURE, kind=Kind.BOX, numbers=1
    )


def military(t: Tokens, at: int) -> Piece | None:
    """Read 'APO AE 09123' and the unit or ship on the line before it."""
    if t.lows[at] not in MILITARY:
        return None
    k = at + 1
    k += t.lows[k] == ","
    if t.words[k].upper() not in {"AA", "AE", "AP"} or not _ZIP.fullmatch(t.words[k + 1]):
        return None
    first = at
    for back in range(at - 1, max(at - 8, -1), -1):
        if t.lows[back] in SHIPS or t.lows[back] in {"psc", "cmr", "unit"}:
            first = back
            break
    return Piece(first=first, last=k + 2, sure=Sure.SURE, kind=Kind.BOX, numbers=1)


def corner(t: Tokens, at: int) -> Piece | None:
    """Read 'the corner of Oak Street and 5th Avenue'; 'corner' is at a token."""
    if t.lows[at] != "corner" or t.lows[at + 1] != "of":
        return None
    between = _corner_side(t, at + 2)
    if between == at + 2 or t.lows[between] not in _AND:
        return None
    end = _corner_side(t, between + 1)
    if end == between + 1:
        return None
    first = at - 1 if at and t.lows[at - 1] == "the" else at
    return Piece(first=first, last=end, sure=Sure.SURE, kind=Kind.CORNER)


def _corner_side(t: Tokens, at: int) -> int:
    """Give the token after the name of one street of a corner; the same if there is none."""
    k, names = at, 0
    while k - at < _CORNER_WORDS:
        named = name_word(t, k)
        if not (named or house_number(t, k) or t.lows[k] in FIRST or t.lows[k] in LAST):
            dot = t.lows[k] == "." and len(t.words[k - 1]) <= 3 and k > at
            if not dot or not (name_word(t, k + 1) or t.lows[k + 1] in _AND):
                break
        names += named
        k += 1
        if t.small and names >= 3:
            break
    return k if names else at


def unit(t: Tokens, at: int) -> Piece | None:
    """Read 'Apt. 5' or 'Suite 12' at a token."""
    end = unit_end(t, at)
    if end == at or t.kinds[at] != WORD:
        return None
    sure = t.lows[at] in UNITS_SURE and t.kinds[end - 1] == NUMBER
    return Piece(first=at, last=end, sure=Sure.BARE if sure else Sure.DOUBTFUL, kind=Kind.UNIT)


def postcode(t: Tokens, at: int) -> Piece | None:
    """Read a postcode that stands after a word for it, a state, or shows itself as one."""
    end = postcode_end(t, at)
    if end == at or not _set_apart(t, at, end):
        return None
    if t.kinds[at] == WORD:
        if end - at == 1 or not _SURE_CODE.fullmatch(f"{t.words[at]} {t.words[at + 1]}"):
            return None
        return Piece(first=at, last=end, sure=Sure.BARE, kind=Kind.POSTCODE)
    cued = not POSTCODE_CUES.isdisjoint(t.lows[max(at - 4, 0) : at])
    if cued and not holds_year(t, at, at + 1):
        return Piece(first=at, last=end, sure=Sure.SURE, kind=Kind.POSTCODE)
    return _american(t, at)


def _set_apart(t: Tokens, at: int, end: int) -> bool:
    """Whether a postcode is no part of a longer code, a path or an amount."""
    start, stop = t.starts[at], t.ends[end - 1]
    before, after = t.text[max(start - 1, 0) : start], t.text[stop : stop + 1]
    return (not before or before in _OPENING or before.isspace()) and after not in _NOT_AFTER


def _american(t: Tokens, at: int) -> Piece | None:
    """Read 'Springfield, IL 62704'; the postcode is at a token."""
    if not _ZIP.fullmatch(t.words[at]) or at < 2 or t.words[at - 1] not in US_STATES or t.small:
        return None
    k = at - 2
    comma = t.lows[k] == ","
    k -= comma
    first = at
    while k >= 0 and k > at - 6 and t.kinds[k] == WORD and name_word(t, k):
        first = k
        k -= 1
    if first == at:
        return None
    return Piece(first=first if comma else at - 2, last=at + 1, sure=Sure.SURE, kind=Kind.POSTCODE)
