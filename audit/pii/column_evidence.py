"""What is known of a column before it is judged: counts of hits, and what its values look like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.pii import column_forms as forms
from audit.pii.check_digits import check_digit
from audit.pii.column_reads import name_like, reads
from audit.pii.column_words import kind_of_name
from audit.pii.values import Hit, Reads, Scanned

_WHOLE = 0.8
"""Share of its characters from which a hit covers a value whole: titles, labels and signs around
it are the rest."""
_BESIDE = {
    "PERSON": frozenset({"TITLE"}),
    "ADDRESS": frozenset({"LOCATION", "POSTCODE", "UK_POSTCODE", "CA_POSTAL_CODE", "DE_PLZ"}),
}
"""Kinds that belong to another one when it is asked whether a value is covered whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How often one kind was found in the values of a column."""

    entity: str
    values: int
    """Values with a hit."""
    whole: int
    """Values that hits cover whole."""
    validated: int
    """Values with a hit that a checksum or the like confirmed."""
    listed: int = 0
    """Of names of people: values with a hit that the lists of names know, too."""
    score: float
    """Mean score of the hits."""
    rows: float = 1.0
    """Share of the rows whose value holds it; a few values may stand in most rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that speaks for or against personal data in a column. It holds no value."""

    name: str
    type: str = "VARCHAR"
    values: int
    """Different values that are not blank, among those looked at."""
    scanned: int
    """Those of them that were scanned; the others took too long."""
    reads: Reads
    seen: tuple[Seen, ...] = ()
    """By kind, the most frequent first."""
    fitting: float = 0.0
    """Share of values written as those of the kind that the name says."""
    names: float = 0.0
    """Share of values that lists know as names of people."""
    places: float = 0.0
    """Share of values that a gazetteer knows."""
    organisations: float = 0.0
    """Share of values that end as names of organisations do."""
    profiles: float = 0.0
    """Share of values that are addresses of a person's page."""
    bare: float = 0.0
    """Share of values that are plain numbers."""
    books: float = 0.0
    """Share of values that are ISBN."""
    check: str = ""
    """The kind whose check digit nearly all values end with, where they are digits alone."""


def evidence(name: str, type_: str, values: Sequence[str], scanned: Scanned) -> Evidence:
    """Gather what speaks for or against personal data in a column.

    Parameters
    ----------
    name : str
        What the column is called.
    type_ : str
        Its type, in DuckDB's words.
    values : sequence of str
        Different values of it, as text: those that were scanned. Some thousands are enough.
    scanned : Scanned
        What was found in them, in their order.
    """
    late = frozenset(scanned.timed_out)
    pairs = [
        (value, hits)
        for i, (value, hits) in enumerate(zip(values, scanned.hits, strict=True))
        if value.strip() and i not in late
    ]
    present = [value for value in values if value.strip()]
    read = reads(present, type_)
    lettered = read in ("names", "words")
    return Evidence(
        name=name,
        type=type_,
        values=len(present),
        scanned=len(pairs),
        reads=read,
        seen=count_seen(pairs),
        fitting=forms.fitting(kind_of_name(name), present),
        names=forms.names_share(present) if lettered else 0.0,
        places=forms.places_share(present) if read == "names" else 0.0,
        organisations=forms.organisations_share(present) if lettered else 0.0,
        profiles=forms.profiles_share(present) if read == "codes" else 0.0,
        bare=forms.bare_share(present),
        books=forms.books_share(present),
        check=check_digit(present),
    )


def count_seen(pairs: Iterable[tuple[str, Sequence[Hit]]]) -> tuple[Seen, ...]:
    """Count by kind what was found in values, the most frequent first."""
    tallies: dict[str, _Tally] = {}
    for value, hits in pairs:
        for kind in {h.entity for h in hits}:
            tallies.setdefault(kind, _Tally()).add(kind, value, hits)
    seen = (tally.seen(kind) for kind, tally in tallies.items())
    return tuple(sorted(seen, key=lambda s: (-s.values, s.entity)))


class _Tally:
    """Counts of one kind, while they are made."""

    def __init__(self) -> None:
        self._values = self._whole = self._validated = self._listed = self._hits = 0
        self._score = 0.0

    def add(self, kind: str, value: str, hits: Sequence[Hit]) -> None:
        """Count one value that holds the kind."""
        own = [h for h in hits if h.entity == kind]
        self._values += 1
        self._hits += len(own)
        self._score += sum(h.score for h in own)
        self._validated += any(h.validated for h in own)
        if kind == "PERSON":
            self._listed += any(name_like(value[h.start : h.end]) for h in own)
        beside = _BESIDE.get(kind, frozenset())
        self._whole += _covered(value, [h for h in hits if h.entity == kind or h.entity in beside])

    def seen(self, kind: str) -> Seen:
        """Give the counts."""
        return Seen(
            entity=kind,
            values=self._values,
            whole=self._whole,
            validated=self._validated,
            listed=self._listed,
            score=self._score / self._hits,
        )


def _covered(value: str, hits: Sequence[Hit]) -> bool:
    """Whether hits cover nearly all letters and digits of a value."""
    telling = [i for i, c in enumerate(value) if c.isalnum()]
    if not telling:
        return bool(hits)
    covered = sum(any(h.start <= i < h.end for h in hits) for i in telling)
    return covered >= _WHOLE * len(telling)
