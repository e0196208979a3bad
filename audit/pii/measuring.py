"""How well personal data is found: what was found against what people marked.

Three ways of comparing, each over any kind of personal data and by kind:

overlap
    A found span is right if it shares a character with a marked one, and a marked span is found
    if a found one shares a character with it. By kind, both must be of the same kind.
exact
    The same, for spans with the same first and last character.
character
    Characters in place of spans: each counts once, in however many spans it lies.

Precision is the share of what was found that is right, recall the share of what is marked that
was found; ``F_b = (1 + b^2) P R / (b^2 P + R)`` with b = 1 and, as a miss is worse than a false
hit, b = 2. What cannot be computed is None with the reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from audit.model import Measure, Pairs
from audit.pii.labelled import read_labelled
from audit.pii.values import Hit, Labelled, Span
from audit.stats import wilson_interval

__all__ = ["SAME", "Agreement", "Detection", "Quality", "Way", "evaluate", "read_labelled"]

SAME: Mapping[str, str] = MappingProxyType(
    {
        "DATE_OF_BIRTH": "DATE_TIME",
        "DATE": "DATE_TIME",
        "URL": "DOMAIN_NAME",
        "PREFIX": "TITLE",
        "GPE": "LOCATION",
        "LOC": "LOCATION",
        "CITY": "LOCATION",
        "PER": "PERSON",
        "NAME": "PERSON",
        "FIRST_NAME": "PERSON",
        "LAST_NAME": "PERSON",
        "ORG": "ORGANIZATION",
        "STREET_ADDRESS": "ADDRESS",
        "EMAIL": "EMAIL_ADDRESS",
        "PHONE": "PHONE_NUMBER",
        "SSN": "US_SSN",
        "IBAN": "IBAN_CODE",
    }
)
"""Kinds that count as another one in the figures by kind: those of which one is a part of the
other (a birth date and a date), and those that labelled samples call otherwise."""

Way = Literal["overlap", "exact", "character"]
_SUFFIX: dict[Way, str] = {"overlap": "", "exact": "_exact", "character": "_character"}
_Place = Hit | Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Counts of one way of comparing: of spans, or of characters."""

    gold: int
    """What people marked."""
    found: int
    right: int
    """Of what was found, how much people marked, too."""
    recalled: int
    """Of what people marked, how much was found."""

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what is marked that was found; None where nothing is marked."""
        return self.recalled / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where one of them is."""
        return self.f(1)

    @property
    def f2(self) -> float | None:
        """The same with recall counting twice as much as precision."""
        return self.f(2)

    def f(self, beta: float) -> float | None:
        """Give F with recall ``beta`` times as important; 0 where precision and recall are 0."""
        if self.precision is None or self.recall is None:
            return None
        weighted = beta**2 * self.precision + self.recall
        return (1 + beta**2) * self.precision * self.recall / weighted if weighted else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How well one kind of personal data is found, or any."""

    entity: str
    """Empty: any kind against any kind."""
    overlap: Agreement
    exact: Agreement
    character: Agreement

    def by(self, way: Way) -> Agreement:
        """Give the counts of one way of comparing."""
        return {"overlap": self.overlap, "exact": self.exact, "character": self.character}[way]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What was found in a labelled sample, against what people marked in it."""

    texts: int
    total: Detection
    """Any kind against any kind."""
    entities: tuple[Detection, ...]
    """By kind, in order of the alphabet; kinds that count as one stand under one name."""
    false_hits: tuple[tuple[int, Hit], ...]
    """(index of the text, hit) of all that overlaps nothing marked, of whatever kind."""
    misses: tuple[tuple[int, Span], ...]
    """(index of the text, span) of all marked that nothing found overlaps, of whatever kind."""

    def of(self, entity: str) -> Detection | None:
        """Give the figures of one kind; None where it was neither marked nor found."""
        return next((d for d in self.entities if d.entity == entity), None)

    def measures(self) -> Iterator[Measure]:
        """Yield every figure: ``precision``, ``recall``, ``f1``, ``f2`` in the three ways."""
        for detection in (self.total, *self.entities):
            group = (("entity", detection.entity),) if detection.entity else ()
            for way in _SUFFIX:
                yield from _measures(detection.by(way), way, group)


def evaluate(
    gold: Sequence[Labelled],
    found: Sequence[Sequence[Hit]],
    *,
    same: Mapping[str, str] = SAME,
) -> Quality:
    """Compare what was found in texts with what people marked in them.

    Parameters
    ----------
    gold : sequence of Labelled
        The texts and the spans that people marked.
    found : sequence of sequence of Hit
        What was found in each, in the same order.
    same : mapping of str to str
        Kinds that count as another in the figures by kind, both where marked and where found.

    Raises
    ------
    ValueError
        If ``found`` is not as long as ``gold``.
    """
    texts = tuple(zip((g.spans for g in gold), found, strict=True))
    kinds = sorted({same.get(p.entity, p.entity) for pair in texts for side in pair for p in side})
    by_kind = {kind: _of_kind(texts, kind, same) for kind in kinds}
    return Quality(
        texts=len(texts),
        total=_detection("", texts),
        entities=tuple(_detection(kind, part) for kind, part in by_kind.items()),
        false_hits=tuple((i, h) for i, (g, f) in enumerate(texts) for h in f if not _touches(h, g)),
        misses=tuple((i, s) for i, (g, f) in enumerate(texts) for s in g if not _touches(s, f)),
    )


_Texts = Sequence[tuple[Sequence[Span], Sequence[Hit]]]


def _of_kind(texts: _Texts, kind: str, same: Mapping[str, str]) -> _Texts:
    """Give of each text what is of one kind; texts without it are left out."""
    parts = (
        (
            [s for s in gold if same.get(s.entity, s.entity) == kind],
            [h for h in found if same.get(h.entity, h.entity) == kind],
        )
        for gold, found in texts
    )
    return [(gold, found) for gold, found in parts if gold or found]


def _detection(entity: str, texts: _Texts) -> Detection:
    return Detection(
        entity=entity,
        overlap=_agreement(texts, _touches),
        exact=_agreement(texts, _equals),
        character=_characters(texts),
    )


def _agreement(texts: _Texts, agrees: Callable[[_Place, Iterable[_Place]], bool]) -> Agreement:
    return Agreement(
        gold=sum(len(gold) for gold, _ in texts),
        found=sum(len(found) for _, found in texts),
        right=sum(agrees(hit, gold) for gold, found in texts for hit in found),
        recalled=sum(agrees(span, found) for gold, found in texts for span in gold),
    )


def _characters(texts: _Texts) -> Agreement:
    marked = found = both = 0
    for gold, hits in texts:
        ours, theirs = _positions(hits), _positions(gold)
        marked += len(theirs)
        found += len(ours)
        both += len(ours & theirs)
    return Agreement(gold=marked, found=found, right=both, recalled=both)


def _positions(places: Iterable[_Place]) -> set[int]:
    return {position for place in places for position in range(place.start, place.end)}


def _touches(place: _Place, others: Iterable[_Place]) -> bool:
    return any(place.start < o.end and o.start < place.end for o in others)


def _equals(place: _Place, others: Iterable[_Place]) -> bool:
    return any((place.start, place.end) == (o.start, o.end) for o in others)


def _measures(counts: Agreement, way: Way, group: Pairs) -> Iterator[Measure]:
    noun = "character" if way == "character" else "span"
    no_found = "" if counts.found else f"No {noun} was found."
    no_gold = "" if counts.gold else f"No {noun} is marked."
    suffix, intervals = _SUFFIX[way], way != "character"
    yield _share("precision" + suffix, counts.right, counts.found, group, no_found, intervals)
    yield _share("recall" + suffix, counts.recalled, counts.gold, group, no_gold, intervals)
    for name, value in (("f1", counts.f1), ("f2", counts.f2)):
        yield Measure(
            name=name + suffix,
            value=value,
            unit="share",
            n=counts.gold,
            group=group,
            reason=no_gold or no_found,
        )


def _share(name: str, part: int, whole: int, group: Pairs, reason: str, intervals: bool) -> Measure:
    """Make a share; the characters of a span are right or wrong together: no interval."""
    if not whole:
        return Measure(name=name, value=None, unit="share", n=0, group=group, reason=reason)
    low, high = wilson_interval(part, whole) if intervals else (None, None)
    return Measure(
        name=name,
        value=part / whole,
        unit="share",
        n=whole,
        group=group,
        low=low,
        high=high,
        method="wilson" if intervals else "exact",
    )
