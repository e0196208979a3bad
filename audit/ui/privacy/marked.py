"""Texts with the personal data in them marked: masked examples, and texts in full on demand."""

import re
from collections.abc import Sequence

from audit.pii.catalogue import ENTITIES
from audit.pii.values import Hit
from audit.ui.privacy import names
from audit.ui.text import md

_TAG = re.compile(r"\[([^\[\]]+)\]")
MOST_CHARACTERS = 1_500
"""Of a text in full, around its first hit."""
_BEFORE = 300


def example(text: str, entity: str) -> str:
    """Write a masked example: shapes, with hits as badges, blue where they are of ``entity``.

    In an example a hit stands as the name of its kind in capitals between square brackets.
    """
    parts, at = [], 0
    for tag in _TAG.finditer(text):
        if tag[1].upper() != tag[1] or tag[1].lower() == tag[1]:
            continue  # brackets of the text itself
        parts += [
            _plain(text[at : tag.start()]),
            _badge(_title(tag[1], entity), focus=tag[1] == _tag(entity)),
        ]
        at = tag.end()
    return "".join([*parts, _plain(text[at:])])


def in_full(text: str, hits: Sequence[Hit], entity: str) -> str:
    """Write a text as it stands, hits as badges: blue those of ``entity``, grey the others."""
    first = next((h.start for h in hits if h.entity == entity), 0)
    begin = 0 if len(text) <= MOST_CHARACTERS else max(first - _BEFORE, 0)
    end = min(begin + MOST_CHARACTERS, len(text))
    parts, at = ["… " if begin else ""], begin
    for hit in sorted(hits, key=lambda h: h.start):
        if hit.start < at or hit.end > end:
            continue
        kind = "" if hit.entity == entity else f" ({names.one(hit.entity)})"
        piece = text[hit.start : hit.end] + kind
        parts += [_plain(text[at : hit.start]), _badge(piece, focus=hit.entity == entity)]
        at = hit.end
    return "".join([*parts, _plain(text[at:end]), " …" if end < len(text) else ""])


def _badge(text: str, *, focus: bool) -> str:
    return f":{'blue' if focus else 'gray'}-badge[{md(text)}]"


def _title(tag: str, entity: str) -> str:
    """Name the kind of a tag as people write it: 'US social security number'."""
    known = {_tag(id_): names.one(id_) for id_ in (*ENTITIES, entity)}
    return known.get(tag, tag.lower())


def _tag(entity: str) -> str:
    return names.one(entity).upper()


def _plain(text: str) -> str:
    """Escape a stretch of a text; its spaces at the ends stay, so that badges do not stick."""
    return md(text) if text else ""
