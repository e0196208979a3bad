"""Texts as they may be shown: hits as their kind, everything else as shapes."""

from collections.abc import Iterable, Iterator

from audit.pii.catalogue import entity
from audit.pii.values import Hit

MOST = 80
LEAD = 24
"""Characters shown before the first hit where a text must be cut."""
CUT = "…"


def masked_example(text: str, hits: Iterable[Hit], most: int = MOST) -> str:
    """Show a text around its hits with nothing of it readable.

    Parameters
    ----------
    text : str
        The text itself.
    hits : iterable of Hit
        What was found in it; of hits that overlap the first is shown.
    most : int
        Characters of the result; a longer one is cut, a tag never in two.
    """
    apart = list(_apart(text, hits))
    pieces = [(_tag(hit.entity), hit) for hit in apart]
    if not pieces:
        return _cut(shape(text[: most + 1]), most)
    first = pieces[0][1]
    begin = max(0, first.start - LEAD) if len(text) > most else 0
    shown = CUT if begin else ""
    at = begin
    for tag, hit in pieces:
        between = shape(text[at : min(hit.start, at + most)])
        if len(shown) + len(between) + len(tag) > most - 1 and hit is not first:
            return _cut(shown + between + CUT, most)
        shown += between + tag
        at = hit.end
    return _cut(shown + shape(text[at : at + most]), max(most, len(shown)))


def masked_piece(piece: str, id_: str, most: int = 40) -> str:
    """Show a piece of personal data as its kind and its shape; of a secret not even that."""
    if entity(id_).family == "secret":
        return _tag(id_)
    return f"{_tag(id_)} {_cut(shape(piece[: most + 1]), most)}"


def shape(text: str) -> str:
    """Write a text as shapes: letters x, digits 9; ASCII punctuation stays.

    Examples
    --------
    >>> shape("Ann (42), Größe 7½")
    'xxx (99), xxxxx 99'
    """
    return "".join(map(_shape_of, text))


def _shape_of(character: str) -> str:
    if character.isnumeric():
        return "9"
    if character.isalpha():
        return "x"
    if character.isspace() or not character.isprintable():
        return " "
    return character if character.isascii() else "·"


def _tag(id_: str) -> str:
    return f"[{entity(id_).title.upper()}]"


def _cut(shown: str, most: int) -> str:
    return shown if len(shown) <= most else shown[: most - 1] + CUT


def _apart(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.entity)):
        if end <= hit.start < hit.end <= len(text):
            yield hit
            end = hit.end
