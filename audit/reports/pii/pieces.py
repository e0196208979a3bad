"""Pieces of personal data, told apart by keyed hashes: how many, and in how many rows each."""

import secrets
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from audit.pii.catalogue import entity
from audit.pii.masking import masked_piece
from audit.pii.values import Hit
from audit.reports.pii.drawing import Chunk
from audit.reports.pii.estimating import Counts

MOST_PIECES = 5_000_000
"""Places of personal data whose repeats are counted; 40 bytes each."""
_MOST_MASKED = 500_000
_SPELT = frozenset({"PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "MAC_ADDRESS"})
"""Kinds in which only letters and digits count, beside the numbers of countries."""


def normal(piece: str, entity_id: str) -> str:
    """Write a piece as all its spellings have it in common: case, spaces, signs between digits.

    Secrets stay as they are: in them every character counts.
    """
    family = entity(entity_id).family
    if family == "secret":
        return piece
    folded = piece.casefold()
    if family == "number" or entity_id in _SPELT:
        return "".join(c for c in folded if c.isalnum())
    return " ".join(folded.split()).strip(".,;:!?'\"()[]<>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """All pieces found, as arrays: one entry for each piece in each value."""

    entity: Counts
    piece: Counts
    """Hash of the piece."""
    place: Counts
    """Position of the place among those looked at."""
    value: Counts
    """Id of the value, as in :class:`~audit.reports.pii.drawing.Chunk`."""
    rows: Counts
    """Rows that hold the value."""


class Pieces:
    """Collects the pieces of all places.

    The key of the hashes is drawn anew each time and never written: nothing can be found out
    from them afterwards. No number of the report depends on it.
    """

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._columns = tuple(array("q") for _ in range(5))
        self.entities: list[str] = []
        self._entity_at: dict[str, int] = {}
        self._masked: dict[int, str | None] = {}
        self._place = self._from = 0
        self.left_out = 0
        """Pieces that are not counted, for there are too many."""

    def begin(self, place: int) -> None:
        """Begin with the next place."""
        self._place, self._from = place, len(self._columns[0])

    def add(self, chunk: Chunk, hits: Sequence[Sequence[Hit]]) -> None:
        """Add what was found in a chunk of the place."""
        for i, found in enumerate(hits):
            text = chunk.texts[i]
            seen: set[int] = set()
            for hit in found:
                written = text[hit.start : hit.end]
                piece = self._hash(hit.entity, normal(written, hit.entity))
                if piece not in seen:
                    seen.add(piece)
                    self._put(hit.entity, written, piece, chunk, i)

    def different(self) -> dict[str, int]:
        """Count the different pieces of the place, by kind."""
        kinds, pieces = (np.array(c[self._from :], np.int64) for c in self._columns[:2])
        found = np.unique(np.stack([kinds, pieces]), axis=1)[0]
        counts = np.bincount(found, minlength=len(self.entities))
        return dict(zip(self.entities, map(int, counts), strict=True))

    def all(self, counted: Sequence[bool]) -> Contributions:
        """Give the pieces collected, those of the places that count."""
        columns = [np.array(c, np.int64) for c in self._columns]
        within = np.array(counted, bool)[columns[2]]
        kind, piece, place, value, rows = (c[within] for c in columns)
        return Contributions(entity=kind, piece=piece, place=place, value=value, rows=rows)

    def masked(self, piece: int) -> str | None:
        """Give a piece as shapes; None where it came late among very many."""
        return self._masked.get(piece)

    def _put(self, entity_id: str, written: str, piece: int, chunk: Chunk, i: int) -> None:
        code = self._entity_at.setdefault(entity_id, len(self.entities))
        if code == len(self.entities):
            self.entities.append(entity_id)
        if len(self._columns[0]) >= MOST_PIECES:
            self.left_out += 1
            return
        row = (code, piece, self._place, int(chunk.ids[i]), int(chunk.rows[i]))
        for column, number in zip(self._columns, row, strict=True):
            column.append(number)
        self._mask(piece, written, entity_id, again=chunk.rows[i] > 1)

    def _mask(self, piece: int, written: str, entity_id: str, *, again: bool) -> None:
        """Mask a piece once it is known to stand in two rows: only such are shown."""
        if piece in self._masked:
            again = self._masked[piece] is None
        elif len(self._masked) >= _MOST_MASKED:
            return
        self._masked.setdefault(piece, None)
        if again:
            self._masked[piece] = masked_piece(written, entity_id)

    def _hash(self, entity_id: str, piece: str) -> int:
        told = f"{entity_id}\n{piece}".encode("utf-8", "surrogatepass")
        digest = blake2b(told, digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "big", signed=True)
