"""``evenhand pii-eval``: how well personal data is found in a labelled sample."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli.commands import app
from audit.cli.output import say, write_json
from audit.cli.progress import Line
from audit.cli.text import plain
from audit.format import NOT_DEFINED, counted

if TYPE_CHECKING:
    from audit.pii.measuring import Agreement, Way
    from audit.runner.evaluation import Evaluation

_HEAD = ("gold", "found", "precision", "recall", "F1", "F2")
_WIDTH = 10
_TOTAL = "any kind"
_WAYS: tuple[tuple[str, "Way"], ...] = (
    ("overlapping", "overlap"),
    ("exact", "exact"),
    ("by character", "character"),
)
_BY_KIND = ("overlap", "exact")


@app.command("pii-eval")
def pii_eval(
    file: Annotated[Path, typer.Argument(help="JSON list or lines of texts with their spans.")],
    json_file: Annotated[str | None, typer.Option("--json", help="File, or - for stdout.")] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="Option of the search: threshold=0.5"),
    ] = None,
    policy: Annotated[Path | None, typer.Option(help="YAML with options of the search.")] = None,
) -> None:
    """Measure how well personal data is found in texts that people labelled."""
    from audit.runner import Policy, read_change
    from audit.runner.evaluation import evaluate_file, evaluation_document, scan_options

    rules = Policy.read(policy) if policy else Policy()
    changes = [read_change(f"pii.{text.removeprefix('pii.')}") for text in set_ or []]
    options = scan_options(rules, {name: value for _, name, value in changes})
    progress = Line()
    try:
        result = evaluate_file(file.expanduser(), options, progress)
    finally:
        progress.done()
    if json_file is not None:
        write_json(json_file, evaluation_document(result))
    if json_file != "-":
        say(*_lines(result))


def _lines(result: "Evaluation") -> Iterator[str]:
    quality = result.quality
    yield f"{plain(result.file)}: {counted(quality.texts, 'text')}"
    kinds = [_TOTAL, *(plain(d.entity) for d in quality.entities)]
    width = max(map(len, kinds))
    for title, way in _WAYS:
        shown = (quality.total, *(quality.entities if way in _BY_KIND else ()))
        yield ""
        yield f"{title:<{width}}" + "".join(f"{word:>{_WIDTH}}" for word in _HEAD)
        for kind, detection in zip(kinds, shown, strict=False):
            yield f"{kind:<{width}}" + "".join(_cells(detection.by(way)))
    if result.not_looked_for:
        yield ""
        yield f"Marked, and not looked for: {', '.join(map(plain, result.not_looked_for))}."
    if result.timed_out:
        yield f"{counted(result.timed_out, 'text')} took too long: what they hold was not found."
    if result.cut:
        yield f"Of {counted(result.cut, 'text')} only the beginning was looked at."


def _cells(counts: "Agreement") -> Iterator[str]:
    yield from (f"{n:>{_WIDTH},}" for n in (counts.gold, counts.found))
    for share in (counts.precision, counts.recall, counts.f1, counts.f2):
        yield f"{NOT_DEFINED if share is None else f'{share:.3f}':>{_WIDTH}}"
