"""Names of organisations by what they end in, what they are called, and cues."""

from collections.abc import Iterator, Sequence

from audit.pii.names.forms import is_form
from audit.pii.names.labels import NO_NAMES
from audit.pii.names.words import Word, ordinary
from audit.pii.values import Hit

SURE, LIKELY = 0.8, 0.6
RECOGNIZER = "list"
MOST_WORDS = 6

_LAST_WORDS = """
university college institute academy school hospital clinic bank group holdings partners
associates foundation association society agency ministry department committee council
company co enterprises industries technologies technology systems solutions software labs
laboratories consulting services insurance airlines airways motors records studios pictures
entertainment media press publishing pharmaceuticals energy capital ventures club union
federation church party museum theatre theater library hotel restaurant
"""
_HEADS = frozenset(_LAST_WORDS.split())
"""Kinds of organisation, as the last word of a name with capital letters."""

_JOINING = frozenset({"of", "and", "for", "the", "de", "&"})
_OF_KIND = frozenset(
    {"university", "bank", "ministry", "department", "institute", "church", "college"}
)


def organised(text: str, words: Sequence[Word], cued: set[int]) -> Iterator[Hit]:
    """Yield the names of organisations; ``cued`` are places where one is expected."""
    i = 0
    while i < len(words):
        if not words[i].capital:
            i += 1
            continue
        last = _last_of_run(text, words, i)
        score, last = _judged(words, i, last, cued=words[i].start in cued)
        if score:
            yield Hit(
                entity="ORGANIZATION",
                start=words[i].start,
                end=words[last].end,
                score=score,
                recognizer=RECOGNIZER,
            )
        i = last + 1


def _judged(words: Sequence[Word], i: int, last: int, *, cued: bool) -> tuple[float, int]:
    if cued and words[i].small not in NO_NAMES:
        return LIKELY, last
    for end in range(last, i, -1):
        word = words[end]
        if is_form(word.text):
            return SURE, end
        if word.small in _HEADS and word.capital and not all(map(ordinary, words[i:end])):
            return LIKELY, end
    if last > i + 1 and words[i].small in _OF_KIND and words[i + 1].small == "of":
        return LIKELY, last
    return 0.0, last


def _last_of_run(text: str, words: Sequence[Word], i: int) -> int:
    """Give the index of the last word with a capital letter of the run that begins at ``i``."""
    last = at = i
    while at + 1 < len(words) and at - i < MOST_WORDS:
        gap = text[words[at].end : words[at + 1].start]
        if gap not in (" ", " & ", ", ", "-", ". "):
            break
        following = words[at + 1]
        if gap in (", ", ". ") and not is_form(following.text):
            break
        if following.capital or is_form(following.text):
            last = at = at + 1
        elif following.small in _JOINING and at == last:
            at += 1
        else:
            break
    return last
