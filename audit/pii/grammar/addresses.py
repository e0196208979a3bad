"""Postal and street addresses in running text and over several lines."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from audit.pii.grammar import postal
from audit.pii.grammar.names import holds_year
from audit.pii.grammar.place_words import CUES, MILITARY, UNITS, UNITS_SURE
from audit.pii.grammar.streets import (
    FIRST,
    LAST,
    SUFFIXES_ANY,
    Kind,
    Piece,
    Sure,
    grown_together,
    named_before,
    type_first,
    type_last,
    untyped,
)
from audit.pii.grammar.tails import postcode_end, read_tail, skip
from audit.pii.grammar.tokens import END, LINE_END, NUMBER, SIGN, WORD, Tokens, tokens
from audit.pii.grammar.unspaced import find_unspaced
from audit.pii.values import Hit

RECOGNIZER = "address grammar"
_NUMBER = re.compile(r"(?<!\d)\d{1,6}(?!\d)")
_WORDS = (
    *("orner of ", "treet", "Road", "Avenue", "Boulevard", "Lane", "traße", "trasse", "straat"),
    *(
        "STREET",
        "ROAD",
        "AVENUE",
        "utca",
        "gata",
        "rue ",
        "Rue ",
        "alle ",
        "rua ",
        "Rua ",
        "ul. ",
        "Ul. ",
        "улица",
        "вул",
    ),
)
"""Parts of words that make a text without a digit worth reading."""
_CUE_REACH = 9
"""Words before an address within which something may say that one comes."""
_RIGHT_BEFORE = frozenset({"at", "to", "in", "is", ":", "address"})


@dataclass(slots=True)
class _Block:
    """Pieces of one address that stand side by side."""

    pieces: list[Piece]
    end: int
    seen: set[str]


def find_addresses(text: str) -> list[Hit]:
    """Find the addresses of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Hit
        ADDRESS, in order and without overlaps. A block over several lines is one hit.
    """
    if not _NUMBER.search(text) and not _has_street_word(text):
        return []
    t = tokens(text)
    hits = []
    for block in _blocks(t):
        score = _score(t, block)
        if score:
            hits.append(_hit(t.starts[block.pieces[0].first], t.ends[block.end - 1], score))
    for start, end in find_unspaced(text):
        hit = _hit(start, end, 0.7)
        if not any(hit.overlaps(other) for other in hits):
            hits.append(hit)
    hits.sort(key=lambda hit: hit.start)
    return hits


def _has_street_word(text: str) -> bool:
    for word in _WORDS:  # noqa: SIM110 - a generator would take twice the time
        if word in text:
            return True
    return False


def _hit(start: int, end: int, score: float) -> Hit:
    return Hit(entity="ADDRESS", start=start, end=end, score=score, recognizer=RECOGNIZER)


def _blocks(t: Tokens) -> list[_Block]:
    """Join pieces that stand side by side, each with what lies behind it."""
    blocks: list[_Block] = []
    for piece in _pieces(t):
        here = blocks[-1] if blocks else None
        if here is not None and piece.first <= skip(t, here.end):
            if piece.last <= here.end:
                continue
        else:
            here = _Block(pieces=[], end=0, seen=set())
            blocks.append(here)
        here.pieces.append(piece)
        tail = read_tail(t, piece.last)
        here.end = max(here.end, tail.end)
        here.seen |= tail.seen
    return blocks


def _pieces(t: Tokens) -> list[Piece]:
    """Read the parts of addresses, in order and apart."""
    typed = [piece for at in range(len(t)) if (piece := _at(t, at)) is not None]
    kept = _apart(typed)
    covered = bytearray(len(t) + 1)
    for piece in kept:
        for at in range(piece.first, piece.last):
            covered[at] = 1
    for at in range(len(t)):
        if t.kinds[at] == NUMBER and not covered[at]:
            kept.extend(
                piece
                for piece, confirmed in ((untyped(t, at), _confirmed), (named_before(t, at), _led))
                if piece is not None
                and not any(covered[piece.first : piece.last])
                and confirmed(t, piece)
            )
    return _apart(kept)


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Keep of overlapping pieces the one that begins first, and of these the longest."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: (one.first, -one.last)):
        if not kept or piece.first >= kept[-1].last:
            kept.append(piece)
    return kept


def _at(t: Tokens, at: int) -> Piece | None:
    """Read the part of an address that the word or number at a token gives away."""
    if t.kinds[at] == NUMBER:
        return postal.postcode(t, at)
    if t.kinds[at] != WORD:
        return None
    low = t.lows[at]
    for read in _READERS.get(low, ()):
        piece = read(t, at)
        if piece is not None:
            return piece
    if not low.isalpha():
        piece = postal.postcode(t, at)
        if piece is not None:
            return piece
    return grown_together(t, at) if len(low) > 5 and low.endswith(SUFFIXES_ANY) else None


def _readers() -> dict[str, tuple[Callable[[Tokens, int], Piece | None], ...]]:
    """Give for each word that gives a part of an address away what reads it, in this order."""
    by_words: tuple[tuple[frozenset[str], Callable[[Tokens, int], Piece | None]], ...] = (
        (LAST, type_last),
        (FIRST, type_first),
        (postal.BOX_STARTS, postal.box),
        (UNITS, postal.unit),
        (MILITARY, postal.military),
        (frozenset({"corner"}), postal.corner),
    )
    every = frozenset[str]().union(*(words for words, _ in by_words))
    return {word: tuple(read for words, read in by_words if word in words) for word in every}


_READERS = _readers()


def _cue(t: Tokens, at: int) -> bool:
    """Whether a word shortly before a token lets one expect an address."""
    return not CUES.isdisjoint(t.lows[max(at - _CUE_REACH, 0) : at])


def _closes(t: Tokens, at: int) -> bool:
    return t.kinds[at] in {SIGN, LINE_END, END}


def _opens(t: Tokens, at: int) -> bool:
    """Whether a line or the text begins at a token."""
    return at == 0 or t.kinds[at - 1] == LINE_END


def _confirmed(t: Tokens, piece: Piece) -> bool:
    """Whether what is around a number and a name says that they are a street."""
    tail = read_tail(t, piece.last)
    if holds_year(t, piece.first, tail.end):
        return False
    if tail.seen & {"unit", "postcode"} or {"town", "country"} <= tail.seen:
        return True
    if not _cue(t, piece.first):
        return False
    if piece.numbers > 1:
        return True
    words = piece.last - piece.first - 1
    return not t.small and words > 1 and t.lows[piece.first - 1] in _RIGHT_BEFORE


def _led(t: Tokens, piece: Piece) -> bool:
    """Whether a name and a number are a street: a flat, or postcode and town, come behind it."""
    tail = read_tail(t, piece.last)
    seen = tail.seen
    if holds_year(t, piece.first, tail.end):
        return False
    if _opens(t, piece.first) and "unit" in seen and t.kinds[piece.last] == LINE_END:
        return True
    following = skip(t, piece.last)
    if t.lows[following] in UNITS_SURE:
        return True
    return postcode_end(t, following) > following and {"postcode", "town"} <= seen


def _score(t: Tokens, block: _Block) -> float:
    """Say how sure an address is, 0 where it is none."""
    first = block.pieces[0].first
    kinds = {piece.kind for piece in block.pieces}
    streets = [piece for piece in block.pieces if piece.kind in {Kind.STREET, Kind.UNTYPED}]
    around = bool(block.seen) or len(kinds) > 1
    sure = max(piece.sure for piece in block.pieces)
    if not streets:
        closed = _closes(t, block.end)
        return _without_street(kinds, sure, block.seen, closed=closed)
    if sure is Sure.SURE:
        return 0.85 if around else 0.7
    if sure is Sure.BARE:
        return 0.6 if around or _cue(t, first) else 0.4
    if not any(piece.numbers for piece in streets) and (
        "postcode" not in block.seen or holds_year(t, first, block.end)
    ):
        return 0.0
    whole_line = _opens(t, first) and _closes(t, block.end)
    return 0.6 if around or whole_line or _cue(t, first) or kinds == {Kind.UNTYPED} else 0.0


def _without_street(kinds: set[Kind], sure: Sure, seen: set[str], *, closed: bool) -> float:
    if kinds & {Kind.BOX, Kind.CORNER}:
        return 0.7
    if kinds == {Kind.POSTCODE}:
        return 0.6 if sure is Sure.SURE else 0.45
    if (sure is Sure.BARE and (closed or seen)) or seen & {"postcode", "country"}:
        return 0.5
    return 0.0
