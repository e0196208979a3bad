"""All different texts of the places that are redacted, searched once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Context
from audit.mending.personal_look import Looked, at_once, look
from audit.mending.redaction.known import Known
from audit.model import Progress
from audit.pii.catalogue import entity
from audit.pii.column_words import agrees
from audit.pii.columns import kind_of_name
from audit.pii.values import Scanned
from audit.reports.pii.drawing import chunks, draw
from audit.reports.pii.json_places import OTHERS
from audit.reports.pii.looking import Looker
from audit.reports.pii.options import Options
from audit.reports.pii.places import Place
from audit.reports.pii.scanning import FEWEST_DIGITS
from audit.reports.pii.verdicts import called
from audit.store.table import Table
from audit.stretch import stretch

_SURE = 0.5
"""Score from which a hit of a kind that identifies a person counts anywhere."""
_LOOK = 0.1
"""Part of the work that the quick look is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A place, and what was found there."""

    place: Place
    whole: str | None = None
    """The kind that the place is made of: then every value is replaced, found or not."""
    names: bool = False
    """Whether names were looked for."""
    known: Known | None = None
    """None: the place is left as it is."""

    @property
    def has_anything(self) -> bool:
        """Whether something there is to be replaced."""
        known = self.known
        found = known is not None and (bool(known.entities) or known.any_late)
        return self.whole is not None or found


@dataclass(slots=True, kw_only=True)
class Search:
    """Looks at columns, then searches all texts in them."""

    table: Table
    looker: Looker
    options: Options
    entities: frozenset[str]
    """Kinds that are replaced; none: all."""
    named: bool
    """Whether somebody named the columns: then hits that the look takes for chance count."""
    notes: list[str] = field(default_factory=list)
    unsearched: int = 0
    """Cells, or values within them, that were not searched to their end."""

    def run(self, columns: tuple[str, ...], context: Context) -> Iterator[Searched]:
        """Yield all places of some columns, with what is to be replaced there."""
        progress = context.progress
        begin = stretch(progress, 0.0, _LOOK)
        found = look(self.table, self.looker, self.options, columns, context, begin)
        for i, looked in enumerate(found):
            a, b = (_LOOK + (1 - _LOOK) * (i + k) / len(found) for k in (0, 1))
            if self._counts(looked):
                yield self._searched(looked, stretch(progress, a, b, looked.place.title))
            else:
                yield Searched(place=looked.place)

    def wanted(self, kind: str) -> bool:
        """Whether pieces of a kind are replaced."""
        return not self.entities or any(
            kind == e or agrees(e, kind) or agrees(kind, e) for e in self.entities
        )

    def _counts(self, looked: Looked) -> bool:
        """Whether a place is searched; says so where hits in it are left."""
        place, found = looked.place, looked.found
        if looked.entity is not None and self.wanted(looked.entity):
            return True
        if place.kind == "other":
            self.notes.append(f"'{place.title}' holds bytes, which cannot be searched.")
        if not place.source:
            return False
        if self.named or found.verdict.holds != "none":
            return True
        if place.kind == "text" and any(not _is_sure(f.entity, f.score) for f in found.found):
            self.notes.append(
                f"Some of what was found in '{place.title}' seems to be there by chance, and "
                "stays. Name the column to replace it."
            )
        return place.kind == "text"

    def _searched(self, looked: Looked, progress: Progress) -> Searched:
        place, names = looked.place, looked.found.names_scanned
        whole = looked.entity
        if whole is not None and not self.wanted(whole):
            whole = None
        known = Known()
        if place.path == OTHERS:
            # There keys are among the values, and what holds for them holds for no other.
            whole = None
        if place.source and whole is None:
            self._fill(known, looked, progress)
        known.close()
        return Searched(place=place, whole=whole, names=names, known=known)

    def _fill(self, known: Known, looked: Looked, progress: Progress) -> None:
        place, most = looked.place, self.options.most_characters
        drawn = draw(self.table, place, sample=0, seed=0, most=most)
        done = 0
        for chunk in chunks(self.table, drawn, most=most, size=at_once(self.table, place, most)):
            of = max(drawn.values, 1)
            within = stretch(progress, done / of, min(1.0, (done + len(chunk)) / of))
            scanned, _ = self.looker.scan(
                [t if self._may_hold(place, t) else "" for t in chunk.texts],
                names=looked.found.names_scanned,
                called=called(place),
                progress=within,
            )
            late = sorted({*scanned.timed_out, *scanned.cut})
            self.unsearched += int(chunk.rows[late].sum())
            known.add(chunk.texts, self._only_wanted(scanned, looked))
            done += len(chunk)

    def _only_wanted(self, scanned: Scanned, looked: Looked) -> Scanned:
        """Leave out other kinds; where the look found nothing personal, also what is not sure."""
        all_count = self.named or looked.found.verdict.holds != "none"
        hits = tuple(
            tuple(
                h
                for h in hits
                if self.wanted(h.entity) and (all_count or _is_sure(h.entity, h.score))
            )
            for hits in scanned.hits
        )
        return replace(scanned, hits=hits)

    def _may_hold(self, place: Place, text: str) -> bool:
        """Whether a plain number is long enough to be anything personal by itself."""
        own = self.options.patterns or self.options.deny
        plain = place.kind == "whole" and not own and kind_of_name(called(place)) is None
        return not plain or len(text) >= FEWEST_DIGITS


def _is_sure(kind: str, score: float) -> bool:
    """Whether a hit counts even where the others around it say that there are none."""
    return entity(kind).direct and score >= _SURE


def refuse_unsearched(count: int) -> None:
    """Raise that texts could not be searched to their end, where there are any."""
    if count:
        message = f"{counted(count, 'text')} could not be searched to the end."
        hint = "Raise time_limit_s or most_characters, or replace such texts: unscanned: replace."
        raise ParameterError(message, hint=hint)
