"""``evenhand export``: a dataset of the workspace as a file, whole or in parts."""

from pathlib import Path
from typing import Annotated

import typer

from audit.cli.commands import app
from audit.cli.output import say
from audit.cli.progress import Line
from audit.cli.sources import Kind, Read, WorkspaceOption, find_or_load
from audit.cli.text import plain
from audit.errors import ParameterError
from audit.format import counted
from audit.store import Workspace


@app.command()
def export(
    source: Annotated[str, typer.Argument(help="File, folder, glob or name of a dataset.")],
    output: Annotated[Path, typer.Option(help="File: .parquet, .csv, .jsonl, .xlsx or .arrow.")],
    spreadsheet: Annotated[
        bool, typer.Option("--spreadsheet", help="CSV in which no text is run as a formula.")
    ] = False,
    split: Annotated[
        str | None, typer.Option(help="Shares of train, validation and test: 0.8,0.1,0.1")
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option(help="Column whose rows stay in one part.")
    ] = None,
    label: Annotated[
        str | None, typer.Option(help="Column whose values are spread alike over the parts.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the parts.")] = 0,
    kind: Kind = None,
    read: Read = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Write a dataset to a file; with --split to three, none of which knows a row of another."""
    from audit.export import data
    from audit.export.formats import FORMATS, format_of
    from audit.export.splits import Split
    from audit.runner.mappings import validated

    path = output.expanduser()
    format_ = format_of(path)
    if spreadsheet and format_.id != "csv":
        message = "--spreadsheet is for CSV."
        raise ParameterError(message, hint="Give a file that ends in .csv.")
    given = {"person": tuple(person or ()), "label": label, "seed": seed}
    parts = None
    if split is not None:
        parts = validated(Split, given | _shares(split), "option of export", "--split")
    progress = Line()
    space = Workspace.open(workspace)
    try:
        version = find_or_load(space, source, progress, kind=kind, read=read)
        chosen = FORMATS["csv-spreadsheet"] if spreadsheet else format_
        done = data.export(version, path, chosen, split=parts, progress=progress)
    finally:
        progress.done()
        space.close()
    for file in done:
        say(f"{plain(file.path.name)}: {counted(file.rows, 'row')}")
        say(*(f"  {plain(note)}" for note in file.notes))


def _shares(text: str) -> dict[str, float]:
    parts = text.replace("/", ",").split(",")
    try:
        train, validation, test = (float(part) for part in parts)
    except ValueError as error:
        message = f"--split takes three shares, not {text!r}."
        raise ParameterError(message, hint="For example: --split 0.8,0.1,0.1") from error
    return {"train": train, "validation": validation, "test": test}
