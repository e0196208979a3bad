"""What a column holds as a whole: the evidence, gathered chunk by chunk, and the verdict on it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from audit.pii.column_evidence import count_seen, evidence
from audit.pii.columns import judge_column, kind_of_name
from audit.pii.special import special_category
from audit.pii.values import Hit, Reads, Scanned, Verdict
from audit.reports.pii.drawing import Drawn
from audit.reports.pii.places import Place
from audit.store import Table

MOST_EVIDENCE = 10_000
"""Values that a verdict rests on, evenly spread over those looked at."""
_MOST_TYPED = 500
_NAMED = frozenset({"prose", "names"})

_NOTHING = {
    "decimal": "Decimal numbers: there is nothing to look for in them.",
    "boolean": "Yes or no: there is nothing to look for in it.",
    "date": "Dates or times, and the name says no date of birth.",
}


def typed(place: Place) -> str:
    """Give the type by which values read: places within nested values hold text."""
    return "VARCHAR" if place.path else place.type


def called(place: Place) -> str:
    """Give the name that says what a place holds: that of the innermost field, or the column's."""
    fields = re.findall(r"\.\"?([^.\[\]{}\"]+)", place.path)
    return fields[-1] if fields else place.column


class Gathered:
    """Gathers what a verdict rests on, from the chunks of one place."""

    def __init__(self, drawn: Drawn) -> None:
        self._place = drawn.place
        self._step = max(1, -(-drawn.scanned // MOST_EVIDENCE))
        self._n = 0
        self._values: list[str] = []
        self._hits: list[tuple[Hit, ...]] = []
        self._late: list[int] = []
        self._first: dict[str, tuple[str, tuple[Hit, ...]]] = {}

    def add(
        self, texts: Sequence[str], hits: Sequence[tuple[Hit, ...]], timed_out: Sequence[int]
    ) -> None:
        """Take every so many of the values of a chunk, and the first one of each kind."""
        late = frozenset(timed_out)
        for i in range(-self._n % self._step, len(texts), self._step):
            if i in late:
                self._late.append(len(self._values))
            self._values.append(texts[i])
            self._hits.append(hits[i])
        for text, found in zip(texts, hits, strict=True):
            for hit in found:
                self._first.setdefault(hit.entity, (text, found))
        self._n += len(texts)

    def verdict(self, rows: Mapping[str, float]) -> Verdict:
        """Judge what the place holds; ``rows`` are the shares of its rows that hold each kind."""
        scanned = Scanned(hits=tuple(self._hits), timed_out=tuple(self._late))
        known = evidence(called(self._place), typed(self._place), self._values, scanned)
        seen = {s.entity for s in known.seen}
        # What only values beyond those gathered hold stands in one of them at least.
        rare = tuple(
            s
            for entity, pair in self._first.items()
            if entity not in seen
            for s in count_seen([pair])
            if s.entity == entity
        )
        seen_in = tuple(replace(s, rows=rows.get(s.entity, 1.0)) for s in (*known.seen, *rare))
        return judge_column(replace(known, seen=seen_in))

    def special(self) -> str | None:
        """Give the special category of the place, if it is of one."""
        return special_category(called(self._place), self._values)


def without_names(verdict: Verdict, reads: Reads, why: str) -> Verdict:
    """Leave open what a column holds in which names should have been looked for, and were not."""
    if verdict.holds != "none" or reads not in _NAMED:
        return verdict
    return Verdict(holds="unknown", reasons=(f"Names were not looked for: {why}",))


def typed_verdict(table: Table, place: Place) -> Verdict:
    """Judge a place whose values are not looked at, by its name, its type and a few values."""
    if place.kind == "other":
        return Verdict(holds="unknown", reasons=("Binary values are not looked at.",))
    if place.kind == "boolean" or place.path or kind_of_name(place.column) is None:
        return Verdict(holds="none", score=1.0, reasons=(_NOTHING[place.kind],))
    rows = table.rows(
        """SELECT v FROM (SELECT DISTINCT CAST({c} AS VARCHAR) AS v FROM {t})
        WHERE v IS NOT NULL ORDER BY hash(v), v LIMIT ?""",
        [_MOST_TYPED],
        c=place.column,
    )
    values = [text for (text,) in rows]
    nothing = Scanned(hits=((),) * len(values))
    return judge_column(evidence(place.column, place.type, values, nothing))
