"""Rows whose texts are nearly the same."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.model import Progress
from audit.store.table import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOST_TEXTS = 200_000
MOST_CHARACTERS = 100_000_000
"""Different texts that are compared, and their characters: all are held in memory."""
_BATCH = 10_000
_NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The different texts of a column: case and white space do not count."""

    texts: list[str]
    of_row: "npt.NDArray[np.int32]"
    """For each row the number of its text; -1 where it has none, or it is not compared."""
    left_out: int
    """Rows with a text that is not compared, for there are too many."""


def texts_of(table: Table, column: str, progress: Progress) -> Texts:
    """Read the texts of a column, row by row."""
    import numpy as np

    known: dict[str, int] = {}
    of_row = np.full(table.n_rows, _NONE, np.int32)
    characters = left_out = at = 0
    statement = "SELECT {c} FROM {t} ORDER BY {row}"
    for batch in table.batches(statement, size=_BATCH, c=column):
        progress(at / max(1, table.n_rows))
        for i, text in enumerate(batch.column(0).to_pylist()):
            plain = " ".join(text.casefold().split()) if text is not None else ""
            if not plain:
                continue
            number = known.get(plain)
            if number is None:
                characters += len(plain)
                if len(known) == MOST_TEXTS or characters > MOST_CHARACTERS:
                    characters -= len(plain)
                    left_out += 1
                    continue
                number = known[plain] = len(known)
            of_row[at + i] = number
        at += batch.num_rows
    return Texts(texts=list(known), of_row=of_row, left_out=left_out)


def sets_of(texts: Texts, threshold: float) -> "npt.NDArray[np.int64]":
    """Give for each text the first one that it is linked to: itself where to none.

    Two texts are linked where the Jaccard similarity of their runs of five words is at least
    ``threshold``. Candidates come from MinHash, and are then compared exactly.
    """
    from audit.stats.minhash import clusters, near_pairs, shingles

    pairs, _ = near_pairs(shingles(texts.texts), threshold=threshold)
    return clusters(len(texts.texts), pairs)


def kept_rows(
    texts: Texts, sets: "npt.NDArray[np.int64]", *, longest: bool
) -> "npt.NDArray[np.int64]":
    """Choose a row for each set: its first one, or the first with the longest of its texts."""
    import numpy as np

    rows = np.flatnonzero(texts.of_row != _NONE)
    of_set = sets[texts.of_row[rows]]
    lengths = np.zeros(len(rows), np.int64)
    if longest:
        lengths = np.array([len(t) for t in texts.texts], np.int64)[texts.of_row[rows]]
    order = np.lexsort((rows, -lengths, of_set))
    first = np.flatnonzero(np.diff(of_set[order], prepend=-1))
    return np.sort(rows[order[first]])
