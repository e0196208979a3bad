"""Words before a hit that speak for its kind: 'passport', 'account', 'SSN'.

Presidio looks for its recognizers' words among the lemmas that spaCy gives, anywhere within
them, and adds .35 to the score, to .4 at least. Here the words are taken as they are written: no
model is needed, and 'lic' is not found in 'public'. A word of four letters or more is found
at the beginning of one in the text ('licens' in 'licenses'), a shorter one only as a whole word,
and phrases are found too, which Presidio never finds. As there, the five words before the hit
count, without the most common ones.
"""

import re
from collections.abc import Iterable

FACTOR = 0.35
LEAST = 0.4
WORDS = 5
LOOKED_AT = 120
"""Characters before a hit among which the words are sought."""
WHOLE_BELOW = 4
"""Letters of a word below which it must stand alone."""

_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    (
        *("a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did"),
        *("do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "i", "if", "in"),
        *("is", "it", "its", "me", "my", "of", "on", "or", "our", "please", "she", "so", "that"),
        *("the", "their", "them", "there", "they", "this", "to", "us", "was", "we", "were"),
        *("will", "with", "would", "you", "your", "s", "t", "re", "ve", "ll", "d", "m"),
    )
)


def before(text: str, start: int, outside: Iterable[str] = ()) -> str:
    """Give the words before a position as one string, a space around each.

    ``outside`` are words that speak of the text as a whole, as of its column's name.
    """
    words = _WORD.findall(text.lower(), max(0, start - LOOKED_AT), start)
    told = [word for word in words if word not in _COMMON][-WORDS:]
    return f" {' '.join((*outside, *told))} "


def words_of(name: str) -> tuple[str, ...]:
    """Split a name as of a column into words: 'homePhone_no' into home, phone, no."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return tuple(_WORD.findall(apart.lower()))


def compiled(context: Iterable[str]) -> re.Pattern[str] | None:
    """Make a pattern that finds a recognizer's words in what :func:`before` gives."""
    told = sorted({" ".join(_WORD.findall(word.lower())) for word in context} - {""})
    if not told:
        return None
    parts = (f" {re.escape(word)}" + (" " if len(word) < WHOLE_BELOW else "") for word in told)
    return re.compile("|".join(parts))


def raised(score: float) -> float:
    """Give the score of a hit that a word speaks for."""
    return min(1.0, max(score + FACTOR, LEAST))
