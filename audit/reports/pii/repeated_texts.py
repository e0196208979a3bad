"""Texts with personal data that stand more than once, exactly or nearly."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from audit.pii.catalogue import entity
from audit.pii.values import Hit
from audit.reports.pii.drawing import Chunk, Drawn
from audit.reports.pii.estimating import Flags
from audit.reports.pii.matching import row_numbers
from audit.reports.pii.tallies import MOST_ROW_NUMBERS
from audit.reports.pii.values import RepeatedTexts
from audit.stats.minhash import clusters, near_pairs, shingles
from audit.store import Table

MOST_TEXTS = 200_000
MOST_CHARACTERS = 100_000_000
"""What is compared of one place at the most: all of it is held in memory."""


class TextsWithHits:
    """Collects the texts of one place that hold personal data which points at somebody."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._texts: list[str] = []
        self._rows: list[int] = []
        self._ids: list[int] = []
        self._characters = 0
        self._left_out = 0

    def add(self, chunk: Chunk, hits: Sequence[Sequence[Hit]]) -> None:
        """Take the texts of a chunk that have such hits."""
        for i, found in enumerate(hits):
            kinds = {h.entity for h in found if _points(h.entity)}
            if not kinds:
                continue
            text = " ".join(chunk.texts[i].casefold().split())
            if len(self._texts) == MOST_TEXTS or self._characters + len(text) > MOST_CHARACTERS:
                self._left_out += 1
                continue
            self._kinds.update(kinds)
            self._texts.append(text)
            self._rows.append(int(chunk.rows[i]))
            self._ids.append(int(chunk.ids[i]))
            self._characters += len(text)

    def repeated(
        self, table: Table, drawn: Drawn, *, near: float, seed: int
    ) -> RepeatedTexts | None:
        """Put texts that are alike into sets; None where none is like another."""
        if not self._texts:
            return None
        different = {text: i for i, text in enumerate(dict.fromkeys(self._texts))}
        of_text = np.array([different[text] for text in self._texts])
        pairs, _ = near_pairs(shingles(list(different)), threshold=near, seed=seed)
        texts_set = clusters(len(different), pairs)
        rows = np.bincount(texts_set[of_text], weights=self._rows, minlength=len(different))
        kinds = np.bincount(texts_set, minlength=len(different))
        exact, nearly = (kinds == 1) & (rows > 1), kinds > 1
        repeated = exact | nearly
        if not repeated.any():
            return None
        return RepeatedTexts(
            column=drawn.place.column,
            place=drawn.place.path,
            entities=tuple(k for k, _ in sorted(self._kinds.items(), key=lambda i: (-i[1], i[0]))),
            exact_groups=int(exact.sum()),
            exact_rows=int(rows[exact].sum()),
            near_groups=int(nearly.sum()),
            near_rows=int(rows[nearly].sum()),
            largest=int(rows[repeated].max()),
            row_numbers=self._located(table, drawn, repeated[texts_set[of_text]]),
            note=self._note(drawn),
        )

    def _located(self, table: Table, drawn: Drawn, inside: Flags) -> tuple[int, ...]:
        """Give the first rows that hold a repeated text."""
        # Texts are in the order of their first rows: no more of them can hold the first rows.
        ids = [self._ids[i] for i in np.flatnonzero(inside)[:MOST_ROW_NUMBERS]]
        return row_numbers(table, [(drawn, {0: ids})], most=MOST_ROW_NUMBERS)[0]

    def _note(self, drawn: Drawn) -> str:
        notes = []
        if self._left_out:
            notes.append(f"{self._left_out:,} further texts were not compared: they are too many.")
        if drawn.sampled:
            notes.append(
                f"Only the {drawn.scanned:,} values looked at, of {drawn.values:,}, were compared."
            )
        return " ".join(notes)


def _points(id_: str) -> bool:
    """Whether a kind points at somebody, or opens a door."""
    kind = entity(id_)
    return kind.direct or kind.family == "secret"
