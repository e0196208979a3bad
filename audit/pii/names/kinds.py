"""Which kind of name it is: lists know better than a small model, which mixes them up."""

from collections.abc import Sequence

from audit.pii.names.forms import LEGAL
from audit.pii.names.places import known_places
from audit.pii.names.words import Word, known, ordinary

MOST_WORDS = 3


def kind_of(piece: str, words: Sequence[Word], entity: str) -> str:
    """Give the kind of what a model marked as ``entity``: its own word, or that of the lists."""
    if words[-1].small in LEGAL:
        return "ORGANIZATION"
    if piece.lower() in known_places():
        return entity if entity == "PERSON" and known(words[0].small).first else "LOCATION"
    if entity in ("ORGANIZATION", "LOCATION") and _is_of_person(piece, words):
        return "PERSON"
    return entity


def _is_of_person(piece: str, words: Sequence[Word]) -> bool:
    first, *others = (known(word.small) for word in words)
    if first.common or len(words) > MOST_WORDS or "," in piece or "&" in piece:
        return False
    if not others:
        return first.first or first.last
    return first.first and (others[-1].last or not ordinary(words[-1]))
