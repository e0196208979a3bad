"""Texts written without capital letters, or in nothing else: give names the letters they need.

The model reads 'jane lives in lima' as no name at all. What is made here has the same length, so
that places in it are places in the text.
"""

from collections.abc import Iterator, Sequence

from audit.pii.names.blocks import block_names
from audit.pii.names.cues import sure_of_person
from audit.pii.names.forms import LEGAL
from audit.pii.names.places import known_places, places
from audit.pii.names.words import TITLES, Word, known, words_of

_PLANTS_AND_STONES = """
amber basil cherry clementine coral crystal daisy fern ginger hazel heather holly iris ivy jade
jasmine laurel lily magnolia myrtle olive opal pearl poppy rosemary ruby saffron sienna violet
"""
_PLANTS = frozenset(_PLANTS_AND_STONES.split())
"""Names that in small letters are rather plants, spices and stones."""

SHORTEST = 2
"""Letters of a word that in small letters is rather no name: 'an', 'li'."""
MOST_WORDS = 6
FEWEST_SHOUTED = 3
"""Words from which a text in capital letters is read as shouted, and not as a code."""


def recased(text: str) -> str:
    """Give ``text`` with the capital letters that its names would have; itself if it has them."""
    if text.islower():
        return _with_capitals(text)
    if text.isupper() and text.count(" ") >= FEWEST_SHOUTED - 1 and _kept(text.lower(), text):
        return _with_capitals(text.lower())
    return text


def _with_capitals(small: str) -> str:
    letters = list(small)
    for at in _of_names(small):
        letters[at] = small[at].upper() if _kept(small[at].upper(), small[at]) else small[at]
    return "".join(letters)


def _of_names(small: str) -> set[int]:
    """Where words begin that the lists know, that follow a title or a cue, and 'i'."""
    words = words_of(small)
    found = set(sure_of_person(small))
    for start, end, _ in block_names(small) if "\n" in small else ():
        found.update(start + word.start for word in words_of(small[start:end]))
    for i, word in enumerate(words):
        if word.small in LEGAL and i > 0:
            found.update((words[i - 1].start, word.start))
        elif _is_name(word) or (i > 0 and _is_title_of(words[i - 1], word)):
            found.add(word.start)
        found.update(_of_place(small, words[i : i + MOST_WORDS]))
    return found


def _is_name(word: Word) -> bool:
    if word.small in TITLES or word.small == "i":
        return True
    about = known(word.small)
    named = (about.first or about.last) and not about.common
    return named and len(word.small) > SHORTEST and word.small not in _PLANTS


def _is_title_of(title: Word, word: Word) -> bool:
    return title.small in TITLES and word.start - title.end <= len(". ")


def _of_place(small: str, words: Sequence[Word]) -> Iterator[int]:
    """Yield where the words begin of a well-known place that the first of ``words`` begins."""
    first = words[0]
    if known(first.small).common:
        return
    for whole in places().get(first.small, ()):
        end = first.start + len(whole)
        if whole in known_places() and small.startswith(whole, first.start):
            if not small[end : end + 1].isalpha():
                yield from (word.start for word in words if word.end <= end)
            return


def _kept(one: str, other: str) -> bool:
    return len(one) == len(other)
