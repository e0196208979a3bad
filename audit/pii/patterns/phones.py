"""Phone numbers, found as Presidio's PhoneRecognizer finds them, in less time.

Presidio reads a text once for each region with phonenumbers' matcher. Which pieces of a text are
tried, and in which order, does not depend on the region: here they are found once for all. A
piece of digits that cannot be a number of a region, by the lengths and patterns of its
numbering plan, is not parsed for it; and where a region takes a whole candidate, what others
find within it would be left out as a duplicate anyway.
"""

import re
import string
import time
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from audit.errors import ParameterError
from audit.pii.patterns import plans
from audit.pii.patterns.recognizers import Found, without_contained

ENTITY = "PHONE_NUMBER"
NAME = "PhoneRecognizer"
SCORE = 0.4
LEAST_ABROAD = 6
"""Fewest digits of any country's number with its country code."""
LENIENCY = 1
"""Valid numbers, as Presidio asks for."""
CONTEXT = ("phone", "number", "telephone", "cell", "cellphone", "mobile", "call")


class Phones:
    """Finds phone numbers as they are written in some regions."""

    def __init__(self, regions: Sequence[str]) -> None:
        import phonenumbers

        self._regions = tuple(dict.fromkeys(region.upper() for region in regions))
        known = phonenumbers.SUPPORTED_REGIONS
        for region in self._regions:
            if region not in known:
                noun = "region of phone numbers"
                raise ParameterError.unknown(noun, region, sorted(known))
        plans.prepare(self._regions)
        self.least = min((LEAST_ABROAD, *(plans.least(region) for region in self._regions)))

    @property
    def needs(self) -> str:
        """A pattern of what a text with a phone number holds, in the prefilter's alphabet."""
        # The separators that phonenumbers knows, and what stands for those beyond ASCII.
        between = r"[-x ()./~\[\]\x01a]{0,4}"
        return rf"[0-9](?:{between}[0-9]){{{max(self.least - 1, 0)},}}"

    def find(self, text: str, deadline: float) -> list[Found]:
        """Find the numbers in a text, as Presidio would with these regions.

        Raises
        ------
        TimeoutError
            If they are not found at ``deadline``, in seconds of :func:`time.monotonic`.
        """
        if not self._regions:
            return []
        search = _Search(text, self._regions, deadline)
        spans: set[tuple[int, int]] = set()
        for region in search.worthwhile():
            spans.update(search.of(region))
        return without_contained(Found(start, end, SCORE, False) for start, end in spans)


_NEVER_BESIDE = frozenset(string.ascii_letters + "%$")
_LEADS = frozenset("([+\uff08\uff3b\uff0b")
_NO_DIGIT = re.compile(r"[^0-9]+")
_PLUS_OR_LETTERS = re.compile(r"[+A-Za-z#;,]")
_LEAST_OF_ANY = 4
"""Digits of the shortest number of any region."""


class _Piece(NamedTuple):
    """A stretch of a candidate, and the regions of which it may be a number."""

    written: str
    start: int
    regions: frozenset[str]


class _Search:
    """The search for phone numbers in one text, region by region."""

    def __init__(self, text: str, regions: tuple[str, ...], deadline: float) -> None:
        self._text = text
        self._regions = regions
        self._deadline = deadline
        self._candidates: dict[int, _Candidate | None] = {}
        self._taken: set[int] = set()
        """Beginnings of candidates that a region took as a whole."""

    def worthwhile(self) -> list[str]:
        """Give the regions that have a piece to try, if each passes over all before it."""
        index, some = 0, set[str]()
        while (candidate := self._from(index)) is not None:
            index = candidate.end
            some.update(*(piece.regions for piece in candidate.pieces))
        return [region for region in self._regions if region in some]

    def of(self, region: str) -> Iterator[tuple[int, int]]:
        """Give the places of numbers of a region."""
        index = 0
        while (candidate := self._from(index)) is not None:
            index = candidate.end
            if candidate.closed and candidate.start in self._taken:
                continue
            piece = next((p for p in candidate.pieces if self._is_number(p, region)), None)
            if piece is None:
                continue
            index = piece.start + len(piece.written)
            if index == candidate.end and piece.start == candidate.start:
                self._taken.add(piece.start)
            yield piece.start, index

    def _from(self, index: int) -> "_Candidate | None":
        if index not in self._candidates:
            if time.monotonic() > self._deadline:
                raise TimeoutError
            self._candidates[index] = _candidate(self._text, index, self._regions)
        return self._candidates[index]

    def _is_number(self, piece: _Piece, region: str) -> bool:
        if region not in piece.regions:
            return False
        if time.monotonic() > self._deadline:
            raise TimeoutError
        matcher = _matcher(self._text, region)
        return matcher._parse_and_verify(piece.written, piece.start) is not None


class _Candidate(NamedTuple):
    """A stretch of a text that may be a number, with the pieces that are tried in turn."""

    start: int
    end: int
    closed: bool
    """Whether nothing that begins within it can reach beyond its end."""
    pieces: tuple[_Piece, ...]


def _candidate(text: str, index: int, regions: tuple[str, ...]) -> _Candidate | None:
    theirs = _theirs()
    match = theirs._PATTERN.search(text, index)
    if match is None:
        return None
    start, to = match.span()
    raw = text[start:to]
    written = _until(theirs._SECOND_NUMBER_START_PATTERN, raw) if "x" in raw else raw
    end = start + len(written)
    pieces: tuple[_Piece, ...] = ()
    if len(written) >= _LEAST_OF_ANY and not _is_time(text, start, end):
        left = start > 0 and text[start - 1] in _NEVER_BESIDE
        right = end < len(text) and text[end] in _NEVER_BESIDE
        pieces = _pieces(written, left, right, regions)
    if not pieces:
        return _Candidate(start, end, closed=False, pieces=())
    moved = tuple(_Piece(p.written, start + p.start, p.regions) for p in pieces)
    closed = end == to and not _goes_on().match(text, end)
    return _Candidate(start, end, closed, moved)


def _is_time(text: str, start: int, end: int) -> bool:
    """Whether a candidate is a date and the hour of a time of day."""
    if text[end : end + 1] != ":":
        return False
    theirs = _theirs()
    return bool(
        theirs._TIME_STAMPS.search(text[start:end]) and theirs._TIME_STAMPS_SUFFIX.match(text, end)
    )


@cache
def _goes_on() -> re.Pattern[str]:
    from phonenumbers import phonenumberutil as util

    return re.compile(f"[{util._VALID_PUNCTUATION}]{{0,4}}\\d")


def _until(pattern: Any, written: str) -> str:
    match = pattern.search(written)
    return written[: match.start()] if match else written


@lru_cache(maxsize=50_000)
def _pieces(written: str, left: bool, right: bool, regions: tuple[str, ...]) -> tuple[_Piece, ...]:
    """Give what phonenumbers tries of a candidate, the whole and then parts of it.

    What lies between letters (``left`` and ``right`` of the whole) it never takes; what no
    region can take is left out, too. Positions are within the candidate.
    """
    if _theirs()._SLASH_SEPARATED_DATES.search(written):
        return ()
    if (left or right) and written.isdigit():
        return ()
    found: dict[tuple[str, int], _Piece] = {}
    for part, at in ((written, 0), *_inner(written)):
        end = at + len(part)
        beside_left = left if at == 0 else written[at - 1] in _NEVER_BESIDE
        beside_right = right if end == len(written) else written[end] in _NEVER_BESIDE
        if not part or beside_right or (beside_left and part[0] not in _LEADS):
            continue
        may_be = frozenset(regions)
        if _is_plain(part):
            may_be = plans.possible_regions(_NO_DIGIT.sub("", part), regions)
        if may_be:
            found.setdefault((part, at), _Piece(part, at, may_be))
    return tuple(found.values())


def _is_plain(written: str) -> bool:
    """Whether only its digits make a number of it: no plus, no extension, all in ASCII."""
    return written.isascii() and not _PLUS_OR_LETTERS.search(written)


def _inner(written: str) -> Iterator[tuple[str, int]]:
    theirs = _theirs()
    unwanted = theirs._UNWANTED_END_CHAR_PATTERN
    for pattern in theirs._INNER_MATCHES:
        match = pattern.search(written)
        if match:
            yield _until(unwanted, written[: match.start()]), 0
        while match:
            yield _until(unwanted, match.group(1)), match.start(1)
            match = pattern.search(written, match.start() + 1)


@cache
def _theirs() -> Any:
    """Import the module of phonenumbers that finds numbers in texts."""
    from phonenumbers import phonenumbermatcher

    return phonenumbermatcher


def _matcher(text: str, region: str) -> Any:
    import phonenumbers

    return phonenumbers.PhoneNumberMatcher(text, region, leniency=LENIENCY)
