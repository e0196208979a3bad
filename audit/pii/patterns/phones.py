"""Phone numbers, found as Presidio's PhoneRecognizer finds them, in less time.

Presidio reads a text once for each region with phonenumbers' matcher. Which pieces of a text are
tried, and in which order, does not depend on the region: here they are found once for all. A
piece of digits that cannot be a number of a region, by the lengths and patterns of its
numbering plan, is not parsed for it; and where a region takes a whole candidate, what others
find within it would be left out as a duplicate anyway.
"""

import re
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from audit.errors import ParameterError
from audit.pii.patterns.recognizers import Found, without_contained

ENTITY = "PHONE_NUMBER"
NAME = "PhoneRecognizer"
SCORE = 0.4
LEAST_ABROAD = 6
"""Fewest digits of any country's number with its country code."""
LENIENCY = 1
"""Valid numbers, as Presidio asks for."""
CONTEXT = ("phone", "number", "telephone", "cell", "cellphone", "mobile", "call")

_Piece = tuple[str, int]


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
        self.least = min((LEAST_ABROAD, *(_least(region) for region in self._regions)))

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
        search = _Search(text, deadline)
        spans: set[tuple[int, int]] = set()
        for region in self._regions:
            spans.update(search.of(region))
        return without_contained(Found(start, end, SCORE, False) for start, end in spans)


class _Search:
    """The search for phone numbers in one text, region by region."""

    def __init__(self, text: str, deadline: float) -> None:
        self._text = text
        self._deadline = deadline
        self._candidates: dict[int, _Candidate | None] = {}
        self._taken: set[int] = set()
        """Beginnings of candidates that a region took as a whole."""

    def of(self, region: str) -> Iterator[tuple[int, int]]:
        """Give the places of numbers of a region."""
        index = 0
        while (candidate := self._from(index)) is not None:
            if time.monotonic() > self._deadline:
                raise TimeoutError
            index = candidate.end
            if candidate.start in self._taken and candidate.closed:
                continue
            piece = next((p for p in candidate.pieces if self._is_number(p, region)), None)
            if piece is None:
                continue
            found, start = piece
            index = start + len(found)
            if index == candidate.end and start == candidate.start:
                self._taken.add(start)
            yield start, index

    def _from(self, index: int) -> "_Candidate | None":
        if index not in self._candidates:
            self._candidates[index] = _candidate(self._text, index)
        return self._candidates[index]

    def _is_number(self, piece: _Piece, region: str) -> bool:
        written, start = piece
        if written.isascii() and not _PLUS_OR_LETTERS.search(written):
            digits = _NO_DIGIT.sub("", written)
            if not _possible(region).fullmatch(digits):
                return False
        return _matcher(self._text, region)._parse_and_verify(written, start) is not None


_NO_DIGIT = re.compile(r"[^0-9]+")
_PLUS_OR_LETTERS = re.compile(r"[+A-Za-z#;,]")


class _Candidate:
    """A stretch of a text that may be a number, with the pieces that are tried in turn."""

    __slots__ = ("closed", "end", "pieces", "start")

    def __init__(self, text: str, start: int, written: str, *, closed: bool) -> None:
        self.start = start
        self.end = start + len(written)
        self.closed = closed
        """Whether nothing that begins within it can reach beyond its end."""
        self.pieces = tuple(_pieces(text, start, written))


def _candidate(text: str, index: int) -> _Candidate | None:
    theirs = _theirs()
    match = theirs._PATTERN.search(text, index)
    if match is None:
        return None
    start, raw = match.start(), match.group()
    written = _until(theirs._SECOND_NUMBER_START_PATTERN, raw)
    closed = len(written) == len(raw) and not _goes_on().match(text, match.end())
    return _Candidate(text, start, written, closed=closed)


@cache
def _goes_on() -> re.Pattern[str]:
    from phonenumbers import phonenumberutil as util

    return re.compile(f"[{util._VALID_PUNCTUATION}]{{0,4}}\\d")


def _until(pattern: Any, written: str) -> str:
    match = pattern.search(written)
    return written[: match.start()] if match else written


def _pieces(text: str, start: int, written: str) -> Iterator[_Piece]:
    """Give what phonenumbers tries of a candidate: the whole, then parts of it."""
    theirs = _theirs()
    if theirs._SLASH_SEPARATED_DATES.search(written):
        return
    if theirs._TIME_STAMPS.search(written) and theirs._TIME_STAMPS_SUFFIX.match(
        text, start + len(written)
    ):
        return
    tried: set[_Piece] = set()
    for piece in ((written, start), *_inner(start, written)):
        if piece not in tried:
            tried.add(piece)
            yield piece


def _inner(start: int, written: str) -> Iterator[_Piece]:
    theirs = _theirs()
    unwanted = theirs._UNWANTED_END_CHAR_PATTERN
    for pattern in theirs._INNER_MATCHES:
        match = pattern.search(written)
        if match:
            yield _until(unwanted, written[: match.start()]), start
        while match:
            yield _until(unwanted, match.group(1)), start + match.start(1)
            match = pattern.search(written, match.start() + 1)


@cache
def _theirs() -> Any:
    """Import the module of phonenumbers that finds numbers in texts."""
    from phonenumbers import phonenumbermatcher

    return phonenumbermatcher


def _matcher(text: str, region: str) -> Any:
    import phonenumbers

    return phonenumbers.PhoneNumberMatcher(text, region, leniency=LENIENCY)


@cache
def _plans(region: str) -> tuple[Any, ...]:
    """Give the numbering plans of all regions that share a region's country code."""
    import phonenumbers

    code = phonenumbers.country_code_for_region(region)
    metadata = phonenumbers.PhoneMetadata.metadata_for_region
    return tuple(metadata(r) for r in phonenumbers.region_codes_for_country_code(code))


def _least(region: str) -> int:
    """Fewest digits of a valid number of a region."""
    lengths = (length for plan in _plans(region) for length in plan.general_desc.possible_length)
    return int(min(lengths))


@cache
def _possible(region: str) -> re.Pattern[str]:
    """Make a pattern that all digits fulfil that can be read as a valid number of a region.

    Either they begin with the prefix of international calls, or what is left after the
    country code and the prefix of national calls is a number of one of the plans.
    """
    from re import _parser  # type: ignore[attr-defined, unused-ignore]

    import phonenumbers

    own: Any = phonenumbers.PhoneMetadata.metadata_for_region(region)
    numbers = "|".join(f"(?:{p.general_desc.national_number_pattern})" for p in _plans(region))
    if own.national_prefix_transform_rule:
        most = ""
    else:
        prefix = own.national_prefix_for_parsing
        width = _parser.parse(prefix).getwidth()[1] if prefix else 0
        most = str(width + len(str(own.country_code)))
    abroad = f"(?:{own.international_prefix})[0-9]*|" if own.international_prefix else ""
    return re.compile(f"{abroad}[0-9]{{0,{most}}}(?:{numbers})")
