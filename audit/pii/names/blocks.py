"""Blocks of short lines, as on letters and cards: who, where they work, where that is.

A line with a number in it (a street, a postal code, a phone) anchors the block. Lines of names
alone stand before it for people and organisations, after it for places.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.pii.names.words import PARTICLES, Word, is_title, known, words_of
from audit.pii.values import Hit

SCORE = 0.55
RECOGNIZER = "list"
FEWEST_LINES = 3
MOST_CHARACTERS = 60
MOST_WORDS = 6

_LINE = re.compile(r"[^\n]*[^\W\d_][^\n]*")
_MARKS = re.compile(r"[>?*#|\-\s]*")
_PROSE = re.compile(
    r"[!?;:\"“”=]|\.\s*$|\b(?:is|are|was|were|have|has|the|my|you|your|please|at)\b", re.I
)
_POSTAL_CODE = re.compile(r"[\s,]+[\d][\d\- ]{2,9}$|[\s,]+nan$")
_ANCHOR = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    anchor: bool
    """Whether it holds a number."""


def block_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, kind) of the lines of names in blocks of short lines."""
    for block in _blocks(text):
        anchors = [i for i, line in enumerate(block) if line.anchor]
        if not anchors or len(block) < FEWEST_LINES:
            continue
        for i, line in enumerate(block):
            end = line.end
            if line.anchor:
                code = _POSTAL_CODE.search(text, line.start, line.end)
                if (
                    i == anchors[0]
                    or code is None
                    or _ANCHOR.search(text, line.start, code.start())
                ):
                    continue
                end = code.start()
            yield line.start, end, "LOCATION" if i > anchors[0] else ""


def in_blocks(text: str) -> Iterator[Hit]:
    """Yield what lines of names in blocks of short lines hold, in a text with capital letters."""
    for start, end, kind in block_names(text):
        words = words_of(text[start:end])
        if not _all_names(words):
            continue
        yield Hit(
            entity=kind or _who(words),
            start=start,
            end=end,
            score=SCORE,
            recognizer=RECOGNIZER,
        )


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield runs of lines that are short and no sentences; empty lines do not end a run."""
    block: list[_Line] = []
    for match in _LINE.finditer(text):
        start = _MARKS.match(text, match.start()).end()  # type: ignore[union-attr]
        end = match.end()
        while end > start and text[end - 1] in " \t\r,\\":
            end -= 1
        if end - start > MOST_CHARACTERS or _PROSE.search(text, start, end):
            if block:
                yield block
            block = []
        elif end > start:
            block.append(_Line(start, end, _ANCHOR.search(text, start, end) is not None))
    if block:
        yield block


def _all_names(words: Sequence[Word]) -> bool:
    if not 0 < len(words) <= MOST_WORDS:
        return False
    return all(w.capital or w.small in PARTICLES or w.small in ("and", "of", "near") for w in words)


def _who(words: Sequence[Word]) -> str:
    first = known(words[0].small)
    named = is_title(words[0]) or (first.first and not first.common)
    return "PERSON" if named and len(words) > 1 else "ORGANIZATION"
