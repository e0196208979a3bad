"""What was found in the different texts of a place, in a few bytes for each."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from audit.pii.values import Scanned


class Piece(NamedTuple):
    """Where personal data stands in a text, and of what kind it is."""

    start: int
    end: int
    entity: str


class InText(NamedTuple):
    """What is known of one text."""

    pieces: tuple[Piece, ...]
    complete: bool
    """Whether it was searched to its end."""


class Known:
    """Remembers by their digests which texts were searched, and what was found in them.

    Texts are added, then :meth:`close` sorts them, then they are looked up.
    """

    def __init__(self) -> None:
        self._entities: dict[str, int] = {}
        self._ids: list[npt.NDArray[np.uint64]] = []
        self._late: list[npt.NDArray[np.bool_]] = []
        self._counts: list[npt.NDArray[np.int32]] = []
        self._pieces: list[npt.NDArray[np.int32]] = []
        self._sorted: npt.NDArray[np.uint64] = np.empty(0, np.uint64)

    def add(self, texts: Sequence[str], scanned: Scanned) -> None:
        """Take what a search found in some texts."""
        late = np.zeros(len(texts), dtype=bool)
        late[list({*scanned.timed_out, *scanned.cut})] = True
        numbers = self._entities
        pieces = [
            (hit.start, hit.end, numbers.setdefault(hit.entity, len(numbers)))
            for hits in scanned.hits
            for hit in hits
        ]
        self._ids.append(_ids(texts))
        self._late.append(late)
        self._counts.append(np.fromiter(map(len, scanned.hits), np.int32, len(texts)))
        self._pieces.append(np.array(pieces, np.int32).reshape(-1, 3))

    def close(self) -> None:
        """Get ready to be asked."""
        ids = np.concatenate([np.empty(0, np.uint64), *self._ids])
        counts = np.concatenate([np.empty(0, np.int32), *self._counts])
        self._late = [np.concatenate([np.empty(0, bool), *self._late])]
        self._pieces = [np.concatenate([np.empty((0, 3), np.int32), *self._pieces])]
        self._ends = np.cumsum(counts, dtype=np.int64)
        self._order = np.argsort(ids, kind="stable")
        self._sorted = ids[self._order]
        self._names = tuple(self._entities)
        self._ids, self._counts = [], [counts]

    @property
    def entities(self) -> tuple[str, ...]:
        """The kinds found, the first found first."""
        return tuple(self._entities)

    @property
    def any_late(self) -> bool:
        """Whether a text was not searched to its end."""
        return any(bool(late.any()) for late in self._late)

    def find(self, texts: Sequence[str]) -> list[InText | None]:
        """Tell what was found in each text; None of one that was not searched."""
        if not len(self._sorted):
            return [None] * len(texts)
        ids = _ids(texts)
        places = np.searchsorted(self._sorted, ids)
        inside = np.minimum(places, len(self._sorted) - 1)
        there = self._sorted[inside] == ids
        numbers = self._order[inside]
        pairs = zip(there.tolist(), numbers.tolist(), strict=True)
        return [self._of(number) if yes else None for yes, number in pairs]

    def _of(self, number: int) -> InText:
        end = int(self._ends[number])
        rows = self._pieces[0][end - int(self._counts[0][number]) : end].tolist()
        pieces = tuple(Piece(start, stop, self._names[entity]) for start, stop, entity in rows)
        return InText(pieces, not self._late[0][number])


def _ids(texts: Sequence[str]) -> npt.NDArray[np.uint64]:
    digests = b"".join(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for text in texts
    )
    return np.frombuffer(digests, dtype=np.uint64)
