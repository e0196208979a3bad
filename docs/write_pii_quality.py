"""Write docs/pii-quality.md: ``python docs/write_pii_quality.py generated_large.json``.

The file is tests/data/generated_large.json of microsoft/presidio-research. Presidio runs beside
ours, as it is shipped, with the same model; that takes a minute.
"""

import logging
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.pii.catalogue import DEFAULT_ENTITIES
from audit.pii.labelled import read_labelled
from audit.pii.measuring import SAME, Detection, Quality, Way, evaluate
from audit.pii.options import DEFAULT_MODEL, ScanOptions
from audit.pii.scanner import Scanner
from audit.pii.values import Hit, Labelled

PAGE = Path(__file__).with_name("pii-quality.md")
SEED = 4
WAYS: tuple[tuple[Way, str], ...] = (
    ("overlap", "overlapping spans"),
    ("exact", "exact spans"),
    ("character", "characters"),
)

_HEAD = """# How well personal data is found

Written by `python docs/write_pii_quality.py generated_large.json`; do not edit. The file is
`tests/data/generated_large.json` of microsoft/presidio-research (MIT): made-up sentences, cards
and addresses with the places of their personal data, many in small letters. Half of the texts,
drawn with a fixed seed, were looked at while names and rules were made; **the other half was not,
and its figures are the ones that count.** Both halves come from the same sentence patterns with
other values; no rule knows a sentence of the file. Real texts will differ: measure yours with
`evenhand pii-eval FILE`.

A found span is right if it shares a character with a marked one; *any kind* asks for no more,
the figures by kind ask for the same kind. Exact spans have the same first and last character.
F2 counts recall twice as much as precision. Presidio is version {presidio} as shipped, with the same
language model ({model}); where its hits overlap each other, each counts.
"""

_MISSED = """
## What is still missed

Seen in the half that was looked at:

- **Organisations** whose name is made of ordinary words and has no legal form ("the … office",
  a name of one invented word in the middle of a sentence), above all in texts without capital
  letters. The model takes some magazines, bands and films for them, which the file does not mark.
- **First names alone** that no list has and the model does not know, mostly at the start of a
  sentence or in small letters; and names that are ordinary words (Mark, Sage, Rose) where
  nothing beside them says name: finding those would find the words as well.
- **Small places** below 15,000 people in running text, in small letters, without 'in' or 'from'.
- **Job titles** (TITLE) have no finder of their own: by themselves they point at nobody. They are
  found where they stand within a name.
- **Dates and times** in words ('last night') are passed over on purpose; dates in figures are
  found where the kind DATE_TIME is asked for.
- By kind, places and organisations look worse than they are found: the file marks the town within
  an address as a place of its own, which is part of the address here, and invented names of
  companies read as people or places. 'Found as any kind' counts what is found at all.
- By exact spans an address often differs from the marks: the file marks house number, street,
  flat, place and postal code as pieces, ours is one address.

English is what model, titles and cues know; lists of names and places are of many countries.
"""


def main(path: Path) -> None:
    """Measure both halves, ours and Presidio's, and write the page."""
    gold = read_labelled(path)
    halves = split(gold)
    ours = [quality(half) for half in halves]
    theirs = [evaluate(half, presidio(half)) for half in halves]
    PAGE.write_text("\n".join(page(ours, theirs)), encoding="utf-8")


def split(gold: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Give the half that was looked at and the half that was not, always the same."""
    order = list(range(len(gold)))
    random.Random(SEED).shuffle(order)  # noqa: S311 - a draw of texts, not a secret
    middle = len(gold) // 2
    first, second = sorted(order[:middle]), sorted(order[middle:])
    return [gold[i] for i in first], [gold[i] for i in second]


def quality(gold: Sequence[Labelled]) -> Quality:
    """Measure ours, with the usual kinds and those that the file marks."""
    marked = {span.entity for labelled in gold for span in labelled.spans}
    kinds = dict.fromkeys((*DEFAULT_ENTITIES, *sorted({SAME.get(m, m) for m in marked})))
    with Scanner(ScanOptions(entities=tuple(kinds)), workers=1) as scanner:
        found = scanner.scan([labelled.text for labelled in gold], names=True)
    return evaluate(gold, found.hits)


def presidio(gold: Sequence[Labelled]) -> list[list[Hit]]:
    """Give what Presidio finds, as it is shipped."""
    os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""
    logging.disable(logging.CRITICAL)
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"lang_code": "en", "model_name": DEFAULT_MODEL}
    configuration = {"nlp_engine_name": "spacy", "models": [model]}
    engine = AnalyzerEngine(
        nlp_engine=NlpEngineProvider(nlp_configuration=configuration).create_engine()
    )
    return [
        [
            Hit(entity=r.entity_type, start=r.start, end=r.end, score=r.score, recognizer="")
            for r in engine.analyze(labelled.text, "en")
        ]
        for labelled in gold
    ]


def page(ours: Sequence[Quality], theirs: Sequence[Quality]) -> Iterator[str]:
    """Yield the lines of the page."""
    from importlib import metadata

    yield _HEAD.format(presidio=metadata.version("presidio-analyzer"), model=DEFAULT_MODEL)
    yield "## Any kind of personal data\n"
    yield "| half | compared by | ours: precision | recall | F1 | F2 | Presidio: precision | recall | F2 |"
    yield "| --- | --- " + "| ---: " * 7 + "|"
    halves = ("looked at", "**not looked at**")
    for half, mine, other in zip(halves, ours, theirs, strict=True):
        for way, words in WAYS:
            a, b = mine.total.by(way), other.total.by(way)
            figures = (a.precision, a.recall, a.f1, a.f2, b.precision, b.recall, b.f2)
            yield f"| {half} | {words} | " + " | ".join(map(_figure, figures)) + " |"
    for half, mine, other in zip(halves, ours, theirs, strict=True):
        yield f"\n## By kind, in the half {half.strip('*')}\n"
        yield from _by_kind(mine, other)
    yield _MISSED


def _by_kind(ours: Quality, theirs: Quality) -> Iterator[str]:
    """Yield a table of the kinds that are marked, the most frequent first."""
    yield (
        "| kind | marked | ours: precision | recall | F1 | F2 | F2 exact | F2 characters "
        "| found as any kind | Presidio: precision | recall | F2 |"
    )
    yield "| --- " + "| ---: " * 11 + "|"
    marked = [d for d in ours.entities if d.overlap.gold]
    for mine in sorted(marked, key=lambda d: (-d.overlap.gold, d.entity)):
        other = theirs.of(mine.entity)
        a = mine.overlap
        figures = (
            *(a.precision, a.recall, a.f1, a.f2, mine.exact.f2, mine.character.f2),
            1 - _missed(ours, mine) / a.gold,
            *((other.overlap.precision, other.overlap.recall, other.overlap.f2) if other else ()),
        )
        yield f"| {mine.entity} | {a.gold} | " + " | ".join(map(_figure, figures)) + " |"


def _missed(quality_: Quality, kind: Detection) -> int:
    """Count the marked spans of a kind that nothing found overlaps, of whatever kind."""
    return sum(SAME.get(span.entity, span.entity) == kind.entity for _, span in quality_.misses)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
