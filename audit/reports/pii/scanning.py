"""One place after the other: its values are drawn, looked at, counted and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from audit.model import Progress
from audit.pii.columns import kind_of_name
from audit.pii.columns import reads as read
from audit.pii.special import special_category
from audit.pii.values import Reads, Verdict
from audit.registry import Parts
from audit.reports.pii.drawing import CHUNK, Chunk, Drawn, chunks, draw
from audit.reports.pii.kept import KeptChunk, kept_chunk
from audit.reports.pii.looking import Looker
from audit.reports.pii.matching import count_rows
from audit.reports.pii.options import Options
from audit.reports.pii.pieces import Pieces
from audit.reports.pii.places import Place
from audit.reports.pii.repeated_texts import TextsWithHits
from audit.reports.pii.tallies import Tally
from audit.reports.pii.values import Found, RepeatedTexts, ScannedColumn
from audit.reports.pii.verdicts import Gathered, called, typed, typed_verdict, without_names
from audit.store import Table
from audit.stretch import stretch

FEWEST_DIGITS = 8
"""Digits of a plain number, in a column of numbers that no name explains, from which it may be a
telephone number, an account or the like."""

FEWEST_KEPT = 1_000
"""Values of a chunk from which its hits are kept; fewer are looked at again as quickly."""


@dataclass(slots=True, kw_only=True)
class Work:
    """What one report looks with, and what it collects over all places."""

    table: Table
    options: Options
    looker: Looker
    parts: Parts
    free_text: frozenset[str]
    """Columns that somebody, or their looks, said are free text."""
    pieces: Pieces = field(default_factory=Pieces)
    drawn: list[Drawn] = field(default_factory=list)
    """By number of the place, among those looked at."""
    counted: list[bool] = field(default_factory=list)
    """By number of the place, whether what was found there is thought to be personal."""
    columns: list[ScannedColumn] = field(default_factory=list)
    texts: list[RepeatedTexts] = field(default_factory=list)
    special: dict[str, str] = field(default_factory=dict)
    """By column, its special category."""


def look_at(work: Work, place: Place, rows: int, progress: Progress) -> None:
    """Look at one place and collect what is found; ``rows`` of its column have a value."""
    if not place.source:
        _pass(work, place, rows)
        return
    options = work.options
    most = options.most_characters
    drawn = draw(work.table, place, sample=options.sample, seed=options.seed, most=most)
    number = len(work.drawn)
    work.drawn.append(drawn)
    work.pieces.begin(number)
    tally, gathered, texts = Tally(), Gathered(drawn), TextsWithHits()
    reads: Reads = "nothing"
    names = named = False
    for n, chunk in enumerate(chunks(work.table, drawn, most=most, size=CHUNK)):
        if n == 0:
            reads = read(chunk.texts, typed(place))
            names = work.looker.wants_names(reads, free_text=place.column in work.free_text)
        of, before = max(drawn.scanned, 1), n * CHUNK
        within = stretch(progress, before / of, (before + len(chunk)) / of)
        kept = _looked(work, place, f"place-{number}-{n}", chunk, within, names=names)
        named = kept.names and (named or n == 0)
        hits = kept.hits()
        tally.add(chunk, hits, timed_out=kept.timed_out, cut=kept.cut)
        gathered.add(chunk.texts, hits, kept.timed_out)
        work.pieces.add(chunk, hits)
        if reads == "prose":
            texts.add(chunk, hits)
    found = _found(work, drawn, tally)
    verdict = gathered.verdict(_shares(work, drawn, found))
    if names and not named:
        verdict = without_names(verdict, reads, work.looker.missing)
    column = _column(drawn, tally, reads, verdict, found, named=named)
    if drawn.sampled and _all_too_short(work, drawn):
        column = replace(column, values_scanned=drawn.values, note="")
    work.columns.append(column)
    work.counted.append(verdict.holds != "none")
    if work.counted[-1]:
        repeated = texts.repeated(work.table, drawn, near=options.near, seed=options.seed)
        work.texts += [repeated] if repeated is not None else []
    _note_special(work, place, gathered.special())


def _looked(
    work: Work, place: Place, name: str, chunk: Chunk, progress: Progress, *, names: bool
) -> KeptChunk:
    """Look at a chunk, or read what was found in it before the work was stopped."""
    possible = names and not work.looker.missing
    kept = work.parts.kept(name, KeptChunk)
    if kept is not None and (kept.values, kept.names) == (len(chunk), possible):
        return kept
    texts = _long_enough(work.options, place, chunk)
    scanned, named = work.looker.scan(texts, names=names, called=called(place), progress=progress)
    kept = kept_chunk(scanned, names=named)
    if named or len(chunk) >= FEWEST_KEPT:
        work.parts.keep(name, kept)
    return kept


def _may_be_too_short(options: Options, place: Place) -> bool:
    """Whether plain numbers may be too short to be anything personal by themselves.

    Not where the name of their column, or a pattern or word of the user's own, says otherwise.
    """
    own = options.patterns or options.deny
    return place.kind == "whole" and not own and kind_of_name(called(place)) is None


def _all_too_short(work: Work, drawn: Drawn) -> bool:
    """Whether no value of a place can hold anything, looked at or not."""
    if not _may_be_too_short(work.options, drawn.place):
        return False
    (longest,) = work.table.row(
        f"SELECT coalesce(max(length(v)), 0) FROM ({drawn.place.source})",  # noqa: S608
        c=drawn.place.column,
    )
    return bool(longest < FEWEST_DIGITS)


def _long_enough(options: Options, place: Place, chunk: Chunk) -> Sequence[str]:
    if not _may_be_too_short(options, place):
        return chunk.texts
    return [text if len(text) >= FEWEST_DIGITS else "" for text in chunk.texts]


def _column(
    drawn: Drawn,
    tally: Tally,
    reads: Reads,
    verdict: Verdict,
    found: tuple[Found, ...],
    *,
    named: bool,
) -> ScannedColumn:
    place = drawn.place
    return ScannedColumn(
        column=place.column,
        place=place.path,
        rows=drawn.rows,
        values=drawn.values,
        values_scanned=tally.scanned,
        timed_out=tally.timed_out,
        cut=tally.cut,
        reads=reads,
        names_scanned=named,
        found=found,
        verdict=verdict,
        note=_note(drawn),
    )


def _shares(work: Work, drawn: Drawn, found: Sequence[Found]) -> dict[str, float]:
    """Give the share of the rows with a value that hold each kind."""
    return {f.entity: (f.share.value or 0.0) * work.table.n_rows / drawn.rows for f in found}


def _found(work: Work, drawn: Drawn, tally: Tally) -> tuple[Found, ...]:
    rows_of = None
    ids = tally.ids()
    if drawn.place.many and ids:
        labels = dict(enumerate(ids))
        wanted = {label: ids[entity] for label, entity in labels.items()}
        counts = count_rows(work.table, [(drawn, wanted)])
        rows_of = {entity: counts[label] for label, entity in labels.items()}
    return tally.found(drawn, work.table.n_rows, work.pieces.different(), rows_of)


def _note(drawn: Drawn) -> str:
    if not drawn.sampled:
        return ""
    if drawn.by_rows:
        return f"The values of {drawn.scanned_rows:,} rows drawn at random were looked at."
    return f"{drawn.scanned:,} of {drawn.values:,} different values were looked at."


def _pass(work: Work, place: Place, rows: int) -> None:
    """Take note of a place in which there is nothing to look for, or nothing can be."""
    verdict = typed_verdict(work.table, place)
    unseen = place.kind == "other"
    reads: dict[str, Reads] = {"date": "dates", "decimal": "numbers", "boolean": "words"}
    work.columns.append(
        ScannedColumn(
            column=place.column,
            place=place.path,
            rows=rows,
            values=0,
            values_scanned=0,
            skipped=rows if unseen else 0,
            reads=reads.get(place.kind, "nothing") if rows else "nothing",
            names_scanned=False,
            verdict=verdict,
            note="Binary values are not looked at." if unseen else "",
        )
    )
    _note_special(work, place, special_category(called(place), ()))


def _note_special(work: Work, place: Place, category: str | None) -> None:
    if category is not None:
        work.special.setdefault(place.column, category)
