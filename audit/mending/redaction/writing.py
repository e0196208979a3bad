"""What stands in the place of personal data: by mode, for a piece of a text and for a whole cell."""

from collections.abc import Sequence
from typing import Literal, Protocol

from audit.mending.keyed import HASH, Digests
from audit.mending.redaction.known import Piece
from audit.store.texts import WHITE_SPACE

Mode = Literal["tag", "mask", "remove", "hash", "pseudonym"]
NOT_SEARCHED = "<NOT_SEARCHED>"
"""Stands in place of a text of which nobody knows what is in it."""
PIECE_DIGITS = 16
"""Hexadecimal digits of a hash within a text: the first of those that a whole cell gets."""
_KEPT = 4
_MARKS = frozenset("-./()@_:,+")


class Write(Protocol):
    """What one mode writes."""

    def piece(self, entity: str, text: str) -> str:
        """Write a piece of a text."""

    def whole(self, entity: str, text: str) -> str | None:
        """Write a cell that is of one kind of personal data; None: it is emptied."""

    def unknown(self, text: str) -> str | None:
        """Write a cell that could not be searched."""


class Tags:
    """The kind, as <EMAIL_ADDRESS>."""

    def piece(self, entity: str, text: str) -> str:
        """Write the kind."""
        del text
        return f"<{entity}>"

    def whole(self, entity: str, text: str) -> str | None:
        """Write the kind."""
        return self.piece(entity, text)

    def unknown(self, text: str) -> str | None:
        """Say that it was not searched."""
        del text
        return NOT_SEARCHED


class Masks(Tags):
    """The last four characters of what is long enough."""

    def piece(self, entity: str, text: str) -> str:
        """Hide all but the last characters."""
        del entity
        shown = text[-_KEPT:] if len(text) > 2 * _KEPT else ""
        hidden = text[: len(text) - len(shown)]
        return "".join(c if c in _MARKS or c.isspace() else "*" for c in hidden) + shown


class Nothing:
    """Nothing at all."""

    def piece(self, entity: str, text: str) -> str:
        """Leave it out."""
        del entity, text
        return ""

    def whole(self, entity: str, text: str) -> str | None:
        """Empty the cell."""
        del entity, text
        return None

    def unknown(self, text: str) -> str | None:
        """Empty the cell."""
        del text
        return None


class Hashes:
    """Keyed hashes, those of the remedy for whole columns."""

    def __init__(self, key: bytes) -> None:
        self._digests = Digests(key, HASH)

    def piece(self, entity: str, text: str) -> str:
        """Write the kind and the first digits."""
        return f"<{entity}:{self._digests.digest(text).hex()[:PIECE_DIGITS]}>"

    def whole(self, entity: str, text: str) -> str | None:
        """Write the whole hash."""
        del entity
        return self.unknown(text)

    def unknown(self, text: str) -> str | None:
        """Hash the text: whoever has the key can match it, nobody can read it."""
        return self._digests.digest(text).hex()


def rewritten(text: str, pieces: Sequence[Piece], write: Write) -> str:
    """Write a text with something else in the place of its pieces; they do not overlap."""
    parts: list[str] = []
    at = 0
    for start, end, entity in pieces:
        before = text[at:start]
        new = write.piece(entity, text[start:end])
        parts += [before, new]
        at = end
        if not new and _space(before, first=not parts[:-2]) and _space(text[end : end + 1]):
            at = end + 1
    return "".join((*parts, text[at:]))


def _space(text: str, *, first: bool = False) -> bool:
    """Whether a text ends in white space, or there is none before it."""
    return text[-1:] in WHITE_SPACE if text else first
