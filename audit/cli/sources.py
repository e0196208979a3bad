"""Which data a command means: a file that is read, or a dataset of the workspace."""

from pathlib import Path
from typing import Annotated

import typer

from audit.cli.progress import Line
from audit.errors import ParameterError, SourceError, WorkspaceError
from audit.store import Version, Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", help="Folder of the datasets (or EVENHAND_WORKSPACE)."),
]
Kind = Annotated[str | None, typer.Option(help="Kind of source: csv, parquet, …")]
Read = Annotated[list[str] | None, typer.Option(help="How to read it: delimiter=;")]


def find_or_load(
    space: Workspace,
    source: str,
    progress: Line,
    *,
    name: str | None = None,
    kind: str | None = None,
    read: list[str] | None = None,
) -> Version:
    """Find or load: what is on the disk is a file, anything else the name of a dataset."""
    from audit.runner import load

    if not source.strip():
        message = "The source has no name."
        raise SourceError(message, hint="Give a file, a folder, a pattern or a dataset's name.")
    options = _pairs(read or [])
    is_place = Path(source).expanduser().exists() or any(c in source for c in "*?[/")
    if not is_place:
        try:
            return space.find(source)
        except WorkspaceError as error:
            message = f"There is no file and no dataset called {source!r}."
            raise SourceError(message, hint=error.hint) from error
    path = Path(source).expanduser()
    return load(path, workspace=space, name=name, kind=kind, options=options, progress=progress)


def _pairs(given: list[str]) -> dict[str, object]:
    pairs: dict[str, object] = {}
    for text in given:
        key, equals, value = text.partition("=")
        if not equals:
            message = f"--read takes NAME=VALUE, not {text!r}."
            raise ParameterError(message, hint="For example: --read 'delimiter=;'")
        pairs[key] = value
    return pairs
