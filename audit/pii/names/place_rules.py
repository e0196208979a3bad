"""Names of places by the gazetteer, and after words that a place follows."""

from collections.abc import Iterator, Sequence

from audit.pii.names.places import known_places, places
from audit.pii.names.words import Word, known
from audit.pii.values import Hit

SURE, LIKELY, MAYBE = 0.7, 0.5, 0.45
RECOGNIZER = "list"
_PREPOSITIONS = "in at from to near of through outside around visit visited via"
_BEFORE_PLACE = frozenset(_PREPOSITIONS.split())
_ABBREVIATIONS = frozenset({"us", "uk", "usa", "uae"})


def located(text: str, words: Sequence[Word], cued: set[int]) -> Iterator[Hit]:
    """Yield the names of places among ``words``; ``cued`` are where one is expected."""
    small = None
    ended = -1
    for i, word in enumerate(words):
        if not word.capital or word.start < ended:
            continue
        if small is None:
            small = text.lower() if len(text.lower()) == len(text) else text
        expected = word.start in cued or (i > 0 and words[i - 1].small in _BEFORE_PLACE)
        found = _longest(small, word)
        end, score = _judged(word, found, expected=expected) if found else (0, 0.0)
        if not end and word.start in cued:
            end, score = _after_cue(text, words, i), MAYBE
        if end:
            ended = end
            yield Hit(
                entity="LOCATION",
                start=word.start,
                end=end,
                score=score,
                recognizer=RECOGNIZER,
            )


def _longest(small: str, word: Word) -> str:
    for whole in places().get(word.small, ()):
        end = word.start + len(whole)
        if small.startswith(whole, word.start) and not small[end : end + 1].isalpha():
            return whole
    return ""


def _judged(word: Word, name: str, *, expected: bool) -> tuple[int, float]:
    """Give the end and score of a name of the gazetteer; 0 where it is rather another word."""
    end = word.start + len(name)
    about = known(word.small)
    if name in _ABBREVIATIONS and not word.text.isupper():
        return 0, 0.0
    if " " in name or name in known_places():
        return end, SURE
    if about.common and not expected:
        return 0, 0.0
    if expected:
        return end, SURE
    return (end, MAYBE) if not (about.first or about.last or word.opens) else (0, 0.0)


def _after_cue(text: str, words: Sequence[Word], i: int) -> int:
    """Give the end of the words with capital letters that follow a cue; 0 for ordinary ones."""
    if known(words[i].small).common or len(words[i].text) < 3:
        return 0
    last = i
    while (
        last + 1 < len(words)
        and words[last + 1].capital
        and text[words[last].end : words[last + 1].start] in (" ", "-")
    ):
        last += 1
    return words[last].end
