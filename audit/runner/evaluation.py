"""How well personal data is found in a labelled sample: for the page and the command line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit import registry
from audit.model import Progress, silent
from audit.pii.catalogue import ENTITIES, wanted
from audit.pii.measuring import SAME, Quality, evaluate, read_labelled
from audit.pii.options import ScanOptions
from audit.pii.values import Labelled
from audit.runner.policy import Policy, report_settings
from audit.store import codec

SCHEMA_VERSION = 1
_REPORT = "pii"
"""The report whose options hold: what is measured is what it finds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a search for personal data finds of what people marked. It holds no text."""

    file: str
    quality: Quality
    timed_out: int
    """Texts on which a pattern or the model took too long: what is in them was not found."""
    cut: int
    """Texts of which only the beginning was looked at."""
    not_looked_for: tuple[str, ...]
    """Kinds that are marked in the sample and that the options leave out."""


def evaluate_file(
    path: Path, options: ScanOptions | None = None, progress: Progress = silent, *, workers: int = 0
) -> Evaluation:
    """Look for personal data in a labelled sample and compare it with what people marked.

    Parameters
    ----------
    path : Path
        The sample, see :func:`audit.pii.labelled.read_labelled`.
    options : ScanOptions, optional
        What is looked for. Where they name no kinds, these are the usual ones and those that
        the sample marks: who marks dates wants them found.
    progress : Progress
        Told how far it is.
    workers : int
        Processes; 0: one per core.

    Raises
    ------
    SourceError
        If the sample cannot be read.
    ParameterError
        If the options cannot be used, as a model that is not installed.
    """
    from audit.pii.scanner import Scanner

    gold = read_labelled(path)
    chosen = _with_marked(options or ScanOptions(), gold)
    with Scanner(chosen, workers=workers) as scanner:
        found = scanner.scan([g.text for g in gold], names=True, progress=progress)
    looked_for = (*wanted(chosen.entities, chosen.countries), *_own(chosen))
    return Evaluation(
        file=path.name,
        quality=evaluate(gold, found.hits),
        timed_out=len(found.timed_out),
        cut=len(found.cut),
        not_looked_for=_missing(gold, looked_for),
    )


def scan_options(policy: Policy, changes: Mapping[str, Any]) -> ScanOptions:
    """Give the options of the report on personal data: a policy's, and what differs this time."""
    spec = registry.find("report", _REPORT, registry.reports())
    settings = report_settings(spec, {**policy.reports.get(_REPORT, {}), **changes})
    # What else the report has, the size of its sample say, means nothing here.
    kept = settings.model_dump(include=set(ScanOptions.model_fields), exclude_defaults=True)
    return ScanOptions.model_validate(kept)


def evaluation_document(evaluation: Evaluation) -> dict[str, Any]:
    """Build what ``pii-eval --json`` writes: the measures as those of an audit are written."""
    measures = evaluation.quality.measures()
    return {
        "schema_version": SCHEMA_VERSION,
        "file": evaluation.file,
        "texts": evaluation.quality.texts,
        "timed_out": evaluation.timed_out,
        "cut": evaluation.cut,
        "not_looked_for": list(evaluation.not_looked_for),
        "measures": [
            {"report": "pii-eval", **codec.plain(m), "group": dict(m.group)} for m in measures
        ],
    }


def _with_marked(options: ScanOptions, gold: Sequence[Labelled]) -> ScanOptions:
    """Look for the kinds that are marked as well, where none are named."""
    if options.entities is not None:
        return options
    usual = wanted(None, options.countries)
    missing = (kind for kind in _missing(gold, usual) if kind in ENTITIES)
    return options.model_copy(update={"entities": (*usual, *missing)})


def _own(options: ScanOptions) -> Iterator[str]:
    """Yield the kinds of the user's own lists and patterns."""
    yield from options.deny
    yield from (pattern.entity for pattern in options.patterns)


def _missing(gold: Sequence[Labelled], looked_for: Iterable[str]) -> tuple[str, ...]:
    """Give the kinds that are marked and are not among those looked for."""
    # A birth date is a date; but who looks for it does not look for every date.
    known = {SAME.get(kind, kind) for kind in looked_for if kind != "DATE_OF_BIRTH"}
    marked = {SAME.get(span.entity, span.entity) for text in gold for span in text.spans}
    return tuple(sorted(marked - known))
