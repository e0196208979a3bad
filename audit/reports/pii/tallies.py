"""What was found in one place: counted chunk by chunk, then put together."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from audit.model import Measure
from audit.pii.masking import masked_example
from audit.pii.values import Hit
from audit.reports.pii.drawing import Chunk, Drawn
from audit.reports.pii.estimating import Counts, Flags, Share, share_of_rows
from audit.reports.pii.values import Found
from audit.stats.intervals import wilson_interval

MOST_EXAMPLES = 5
MOST_ROW_NUMBERS = 200
_MOST_TRIED = 200
"""Values of a kind among which examples are chosen."""


@dataclass(slots=True, kw_only=True)
class _Kind:
    """What was found of one kind."""

    values: "array[int]" = field(default_factory=lambda: array("q"))
    """Positions of the values that hold it, among those looked at."""
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    hits: int = 0
    score: float = 0.0
    validated: int = 0
    examples: list[str] = field(default_factory=list)
    first: list[int] = field(default_factory=list)


class Tally:
    """Counts the hits of one place."""

    def __init__(self) -> None:
        self._rows: list[Counts] = []
        self._drawn: list[Counts] = []
        self._unknown: list[Flags] = []
        self._kinds: dict[str, _Kind] = {}
        self._n = 0
        self.timed_out = 0
        self.cut = 0

    def add(
        self,
        chunk: Chunk,
        hits: Sequence[Sequence[Hit]],
        *,
        timed_out: Sequence[int],
        cut: Sequence[int],
    ) -> None:
        """Count the hits of a chunk."""
        unknown = np.zeros(len(chunk), bool)
        unknown[[*timed_out, *cut]] = True
        self.timed_out += len(timed_out)
        self.cut += len(set(cut) - set(timed_out))
        for i, found in enumerate(hits):
            for hit in found:
                kind = self._kinds.setdefault(hit.entity, _Kind())
                kind.hits += 1
                kind.score += hit.score
                kind.validated += hit.validated
            for entity in {hit.entity for hit in found}:
                self._value(self._kinds[entity], chunk, i, found)
        self._rows.append(chunk.rows)
        self._drawn.append(chunk.drawn)
        self._unknown.append(unknown)
        self._n += len(chunk)

    @property
    def scanned(self) -> int:
        """Values looked at."""
        return self._n

    def ids(self) -> "dict[str, array[int]]":
        """Give the ids of the values that hold each kind."""
        return {entity: kind.ids for entity, kind in self._kinds.items()}

    def found(
        self,
        drawn: Drawn,
        table_rows: int,
        different: dict[str, int],
        rows_of: dict[str, int] | None,
    ) -> tuple[Found, ...]:
        """Put together what was found, the most frequent kind first.

        Parameters
        ----------
        drawn : Drawn
            What was looked at.
        table_rows : int
            Rows of the version.
        different : dict
            By kind, how many different pieces there are.
        rows_of : dict, optional
            By kind, the rows that hold it, counted apart where a row may have several values.
        """
        made = [
            self._found(entity, kind, drawn, table_rows, different[entity], rows_of)
            for entity, kind in self._kinds.items()
        ]
        return tuple(sorted(made, key=lambda f: (-(f.share.value or 0), -(f.hits or 0), f.entity)))

    def _value(self, kind: _Kind, chunk: Chunk, i: int, found: Sequence[Hit]) -> None:
        kind.values.append(self._n + i)
        kind.ids.append(int(chunk.ids[i]))
        if len(kind.first) < MOST_ROW_NUMBERS:
            kind.first.append(int(chunk.first[i]))
        # Of values that are alike all examples are, too: no use in masking them all.
        if len(kind.examples) < MOST_EXAMPLES and len(kind.ids) <= _MOST_TRIED:
            example = masked_example(chunk.texts[i], found)
            if example not in kind.examples:
                kind.examples.append(example)

    def _found(
        self,
        entity: str,
        kind: _Kind,
        drawn: Drawn,
        table_rows: int,
        different: int,
        rows_of: dict[str, int] | None,
    ) -> Found:
        hit = np.zeros(self._n, bool)
        hit[kind.values] = True
        every, unknown = np.concatenate(self._rows), np.concatenate(self._unknown)
        if rows_of is None:
            rows = int(every[hit].sum())
            frame = drawn.frame(every, np.concatenate(self._drawn))
            share = share_of_rows(frame, hit, unknown)
        else:
            rows = rows_of[entity]
            share = _of_rows(drawn, rows, int(every[unknown & ~hit].sum()))
        return Found(
            entity=entity,
            share=_measure(drawn, entity, rows, share, table_rows, unsure=bool(unknown.any())),
            rows=rows,
            hits=kind.hits,
            values=different,
            score=kind.score / kind.hits,
            validated=kind.validated,
            examples=tuple(kind.examples),
            row_numbers=tuple(sorted(dict.fromkeys(kind.first))),
        )


def _of_rows(drawn: Drawn, rows: int, unknown: int) -> Share:
    """Give the share where rows were counted or drawn, ``unknown`` of which may hold it, too."""
    n = drawn.scanned_rows
    most = min(n, rows + unknown)
    if not drawn.by_rows:
        return Share(value=rows / n, low=rows / n, high=most / n)
    effective = n / (1 - n / drawn.rows)
    low, _ = wilson_interval(rows / n * effective, effective)
    _, high = wilson_interval(most / n * effective, effective)
    return Share(value=rows / n, low=low, high=high)


def _measure(
    drawn: Drawn, entity: str, rows: int, share: Share, table_rows: int, *, unsure: bool
) -> Measure:
    part = drawn.rows / table_rows
    exact = not drawn.sampled and not unsure
    method = "exact" if exact else f"sample:{drawn.scanned}" if drawn.sampled else "approx:unseen"
    value = share.value * part if drawn.sampled else rows / table_rows
    return Measure(
        name="pii_share",
        value=value,
        unit="share",
        n=table_rows,
        columns=(drawn.place.column,),
        group=group_of(entity, drawn.place.path),
        # Rounding must not part the ends from the share itself.
        low=None if exact else min(share.low * part, value),
        high=None if exact else max(share.high * part, value),
        method=method,
    )


def group_of(entity: str, path: str) -> tuple[tuple[str, str], ...]:
    """Name the kind, and the place within nested values, where there is one."""
    return (("entity", entity), ("place", path)) if path else (("entity", entity),)
