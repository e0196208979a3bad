"""Names of people by lists, titles and cues: which words beside each other make one."""

from collections.abc import Iterator, Mapping, Sequence

from audit.pii.names.forms import LEGAL
from audit.pii.names.labels import NO_NAMES
from audit.pii.names.words import PARTICLES, SUFFIXES, Known, Word, is_title, known, ordinary
from audit.pii.values import Hit

SURE, LIKELY, MAYBE = 0.85, 0.6, 0.45
MOST_WORDS = 5
SHORTEST_SHOUTED = 5
"""Letters of a name in capitals; shorter ones are abbreviations."""
RECOGNIZER = "list"

_NO_SURNAMES = LEGAL | {"co", "company", "group", "bank", "university"}
"""What a name ends in that is an organisation's, though it begins like a person's."""


def people(text: str, words: Sequence[Word], cued: Mapping[int, bool]) -> Iterator[Hit]:
    """Yield the names of people among ``words``.

    ``cued`` is where one is expected, and whether an ordinary word there would be one, too.
    """
    i = 0
    while i < len(words):
        word = words[i]
        found = None
        if is_title(word):
            found = _after_title(text, words, i)
        elif word.capital:
            found = _at(text, words, i, cued.get(word.start))
        if found is None:
            i += 1
            continue
        last, score = found
        yield Hit(
            entity="PERSON",
            start=word.start,
            end=words[last].end,
            score=score,
            recognizer=RECOGNIZER,
        )
        i = last + 1


def _after_title(text: str, words: Sequence[Word], i: int) -> tuple[int, float] | None:
    """Read the name after a title; a title alone is none."""
    last = _last_of_run(text, words, i)
    return None if last == i else (last, SURE)


def _at(text: str, words: Sequence[Word], i: int, cue: bool | None) -> tuple[int, float] | None:
    word = words[i]
    about = known(word.small)
    cued = cue is not None
    if not (about.first or about.last or cued) or (len(word.text) == 1 and not cued):
        return None
    last = _last_of_run(text, words, i)
    if words[last].small in _NO_SURNAMES:
        return None
    if last > i:
        return _full(words[i : last + 1], cued=cued, last=last)
    score = _alone(word, about, cued=cued, sure=bool(cue))
    return (i, score) if score else None


def _alone(word: Word, about: Known, *, cued: bool, sure: bool) -> float:
    """Judge one word with a capital letter and no other beside it; 0: it is no name."""
    if about.common:
        return LIKELY if sure and about.first and not word.opens else 0
    if word.text.isupper() and len(word.text) < SHORTEST_SHOUTED:
        return 0
    if about.first or (about.last and cued):
        return LIKELY
    return MAYBE if about.last or (cued and not word.opens and not ordinary(word)) else 0


def _full(run: Sequence[Word], *, cued: bool, last: int) -> tuple[int, float] | None:
    """Judge several words with capital letters beside each other."""
    first, *others = (known(word.small) for word in run)
    surnamed = any((k.last or k.first) and not k.common for k in others)
    if first.first and not first.common:
        return last, SURE if surnamed else LIKELY
    if surnamed and (first.first or first.last or cued):
        return last, LIKELY
    if cued and not any(map(ordinary, run)):
        return last, LIKELY
    return None


def _last_of_run(text: str, words: Sequence[Word], i: int) -> int:
    """Give the index of the last word of the name that begins with word ``i``."""
    last = at = i
    while at + 1 < len(words) and at - i < MOST_WORDS:
        gap = text[words[at].end : words[at + 1].start]
        following = words[at + 1]
        if following.small in SUFFIXES and gap in (" ", ", ", ". ") and at == last:
            return at + 1
        initial = len(words[at].text) == 1 or words[at].small in ("st", "jr") or is_title(words[at])
        if (gap != " " and not (gap == ". " and initial)) or following.small in NO_NAMES:
            break
        if following.capital and following.small not in _NO_SURNAMES:
            last = at = at + 1
        elif following.small in PARTICLES and following.small != "y":
            at += 1
        else:
            # With the last word of a company it is no person's name: the caller sees it.
            last = at + 1 if following.capital else last
            break
    return last
