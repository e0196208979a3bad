"""Texts written without capital letters, or in nothing else: give names the letters they need.

The model reads 'jane lives in lima' as no name at all. What is made here has the same length, so
that places in it are places in the text.
"""

import re

from audit.pii.names.blocks import block_names
from audit.pii.names.cues import sure_of_person
from audit.pii.names.places import known_places, places
from audit.pii.names.words import TITLES, known, words_of

_SENTENCE = re.compile(r"(?:^|[.!?\n]\s+)([^\W\d_])")
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
    starts = {match.start(1) for match in _SENTENCE.finditer(small)}
    starts.update(_of_names(small))
    for at in starts:
        letters[at] = small[at].upper() if _kept(small[at].upper(), small[at]) else small[at]
    return "".join(letters)


def _of_names(small: str) -> set[int]:
    """Where words begin that the lists know, that follow a title or a cue, and 'i'."""
    words = words_of(small)
    found = set(sure_of_person(small))
    for start, end, _ in block_names(small) if "\n" in small else ():
        found.update(start + w.start for w in words_of(small[start:end]) if w.small != "of")
    for i, word in enumerate(words):
        about = known(word.small)
        titled = i > 0 and words[i - 1].small in TITLES and words[i - 1].end + 2 >= word.start
        named = (about.first or about.last) and not about.common and len(word.small) > 2
        if titled or named or word.small in TITLES or word.small == "i":
            found.add(word.start)
        for name in places().get(word.small, ()):
            end = word.start + len(" ".join(name))
            if " ".join(name) in known_places() and small[word.start : end] == " ".join(name):
                if not about.common and not small[end : end + 1].isalpha():
                    found.update(w.start for w in words[i:] if w.end <= end and w.small != "of")
                break
    return found


def _kept(one: str, other: str) -> bool:
    return len(one) == len(other)
