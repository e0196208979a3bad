"""A text as words, and what the lists know about each."""

import re
from functools import lru_cache
from typing import NamedTuple

from audit.pii.names.common import COMMON
from audit.pii.names.dictionary import is_inflected, is_word
from audit.pii.names.people import first_names, last_names, plain
from audit.pii.names.places import known_places

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*")
_PART = re.compile(r"(?:^|-)([^-'\u2019]+)")
_POSSESSIVE = ("'s", "\u2019s")
_BREAKS = '.!?:\n"“”«»>([{|•*\t'

_WRITTEN_TITLES = """
mr mrs ms miss mx dr prof professor sir dame rev reverend hon capt captain col sgt lt gen
herr frau monsieur madame mme mlle señor señora señorita sr sra signor signora doctor
"""
TITLES = frozenset(_WRITTEN_TITLES.split())
_TITLES_AND_WORDS = frozenset({"captain", "doctor", "professor", "miss", "sir", "madame", "sr"})
"""Words on their own, too: they count where they are written with a capital letter."""

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "dds", "dvm", "esq", "cpa"})
_WRITTEN_PARTICLES = """
van von der den de del della di da dos das du la le el al bin ibn bint ben abu ter ten zu zur
af av y e mac mc st san
"""
PARTICLES = frozenset(_WRITTEN_PARTICLES.split())


class Word(NamedTuple):
    """A word and where it stands."""

    text: str
    start: int
    end: int
    small: str
    capital: bool
    """Whether it begins with a capital letter."""
    opens: bool
    """Whether it begins a sentence, a line or a quotation: its capital letter says little."""


class Known(NamedTuple):
    """What the lists say about a word."""

    first: bool
    last: bool
    common: bool
    """Whether it is an ordinary word as well."""


@lru_cache(maxsize=50_000)
def known(small: str) -> Known:
    """Look a word up, in small letters; of a hyphenated one, its parts."""
    parts = small.split("-")
    if len(parts) > 1:
        both = [known(part) for part in parts]
        return Known(
            any(k.first for k in both) and all(k.first or k.last for k in both),
            any(k.last and not k.common for k in both),
            any(k.common for k in both),
        )
    bare = plain(small).replace("\u2019", "'")
    first, last = first_names(), last_names()
    return Known(
        small in first or bare in first,
        small in last or bare in last or bare.replace("'", "") in last,
        small in COMMON or is_inflected(small),
    )


def ordinary(word: Word) -> bool:
    """Whether a word is one of the dictionary, and neither a name nor a place."""
    about = known(word.small)
    if (about.first or about.last) and not about.common:
        return False
    parts = _PART.findall(word.small)
    return all(map(is_word, parts)) and word.small not in known_places()


def words_of(text: str) -> list[Word]:
    """Split ``text`` into words of letters; "Tim's" is Tim."""
    found = []
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if word.endswith(_POSSESSIVE):
            word, end = word[:-2], end - 2
        capital = word[0].isupper()
        found.append(Word(word, start, end, word.lower(), capital, capital and _opens(text, start)))
    return found


def _opens(text: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and text[at] in " \u2018'\\-":
        at -= 1
    return at < 0 or text[at] in _BREAKS


def is_title(word: Word) -> bool:
    """Whether a word is a title that a name follows."""
    return word.small in TITLES and (word.capital or word.small not in _TITLES_AND_WORDS)
