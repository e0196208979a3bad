"""Names of organisations by what they end in, what they are called, and cues."""

from collections.abc import Iterator, Sequence

from audit.pii.names.labels import NO_NAMES
from audit.pii.names.words import Word, ordinary
from audit.pii.values import Hit

SURE, LIKELY, MAYBE = 0.8, 0.6, 0.45
RECOGNIZER = "list"
MOST_WORDS = 6

_WORDS_OF_FORMS = """
inc incorporated ltd limited llc llp lp plc corp corporation gmbh ag kg kgaa ohg ug sarl sas spa
srl bv nv ab oy oyj aps asa kft zrt ltda lda pty sa
"""
_FORMS = frozenset(_WORDS_OF_FORMS.split())
"""Legal forms; 'AB', 'SA' and the like count in capital letters alone."""

_WORDS_OF_HEADS = """
university college institute academy school hospital clinic bank group holdings partners
associates foundation association society agency ministry department committee council
company co enterprises industries technologies technology systems solutions software labs
laboratories consulting services insurance airlines airways motors records studios pictures
entertainment media press publishing pharmaceuticals energy capital ventures club union
federation church party museum theatre theater library hotel restaurant
"""
_HEADS = frozenset(_WORDS_OF_HEADS.split())
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
        if word.small in _FORMS and (
            len(word.small) > 3
            or word.text != word.text.capitalize()
            or word.small in ("inc", "ltd", "llc", "plc")
        ):
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
        if gap in (", ", ". ") and following.small not in _FORMS:
            break
        if following.capital or following.small in _FORMS:
            last = at = at + 1
        elif following.small in _JOINING and at == last:
            at += 1
        else:
            break
    return last
