"""``evenhand apply``: a recipe carried out on a file, and the result taken away."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audit.cli.commands import app
from audit.cli.output import say, write_json, write_text
from audit.cli.progress import Line
from audit.cli.sources import Kind, Read, WorkspaceOption, find_or_load
from audit.cli.text import plain
from audit.errors import ParameterError, WorkspaceError
from audit.format import counted
from audit.store import Version, Workspace, codec

if TYPE_CHECKING:
    from audit.mending.effects import Effect
    from audit.runner import Applied

STANDARD = "-"
_MOST_REASONS = 5
_MOST_COLUMNS = 8


@app.command()
def apply(
    source: Annotated[str, typer.Argument(help="File, folder, glob or name of a dataset.")],
    recipe: Annotated[Path, typer.Option(help="YAML with the steps.")],
    output: Annotated[
        str | None,
        typer.Option(help="File: .parquet, .csv, .jsonl, .xlsx or .arrow; - for CSV on stdout."),
    ] = None,
    removed: Annotated[
        Path | None, typer.Option(help="File for the rows that went, with step and reason.")
    ] = None,
    remember: Annotated[
        Path | None,
        typer.Option(help="File for the recipe with what its steps learnt from this data."),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="File for before and after.")] = None,
    json_file: Annotated[str | None, typer.Option("--json", help="File, or - for stdout.")] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="File with the secret key (or EVENHAND_KEY).")
    ] = None,
    any_source: Annotated[
        bool, typer.Option("--any-source", help="Even if the recipe was made for other data.")
    ] = False,
    name: Annotated[str | None, typer.Option(help="Name to keep the result under.")] = None,
    kind: Kind = None,
    read: Read = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Apply a recipe. The result is kept in the workspace, as is what it was made from."""
    from audit import runner

    _refuse_clashes(source, output, json_file)
    _refuse_no_folder(output, removed, remember, html, json_file)
    steps = runner.Recipe.read(recipe)
    progress = Line()
    space = Workspace.open(workspace)
    try:
        before = find_or_load(space, source, progress, kind=kind, read=read)
        after = runner.apply(
            before,
            steps,
            workspace=space,
            name=name,
            key=runner.find_key(space, key_file),
            any_source=any_source,
            progress=progress,
        )
        record = runner.applied(after)
        if record is None:
            message = f"Version {after.id} was deleted while it was to be written."
            raise WorkspaceError(message, hint="Apply the recipe again.")
        notes = [*_write(after, output, space, progress)]
        if removed is not None:
            notes += _write_removed(after, removed, space)
        if remember is not None:
            write_text(str(remember.expanduser()), record.recipe)
        if html is not None:
            _write_html(before, after, html, space, progress)
    finally:
        progress.done()
        space.close()
    if json_file is not None:
        write_json(json_file, _document(before, after, record))
    if STANDARD not in (json_file, output):
        say(*_summary(before, after, record), *(f"  {plain(note)}" for note in notes))


def _refuse_clashes(source: str, output: str | None, json_file: str | None) -> None:
    """Raise before any work where a file would be written over what it is made of."""
    from audit.export.formats import format_of

    if output == json_file == STANDARD:
        message = "--output and --json cannot both go to standard output."
        raise ParameterError(message)
    if output is None or output == STANDARD:
        return
    path = Path(output).expanduser()
    format_of(path)
    place = Path(source).expanduser()
    if place.exists() and path.exists() and path.samefile(place):
        message = f"{path.name} is the source: it would be written over."
        raise ParameterError(message, hint="Give another file with --output.")


def _refuse_no_folder(*files: str | Path | None) -> None:
    """Raise before any work where a file is to be written into a folder that is not there."""
    for file in files:
        if file is None or file == STANDARD:
            continue
        path = Path(file).expanduser()
        if not path.parent.is_dir():
            message = f"{path} cannot be written: there is no folder {path.parent}."
            raise ParameterError(message, hint="Make the folder, or name another file.")


def _write(
    version: Version, output: str | None, space: Workspace, progress: Line
) -> tuple[str, ...]:
    from audit.export.data import export
    from audit.export.formats import FORMATS, format_of

    if output is None:
        return ()
    if output != STANDARD:
        path = Path(output).expanduser()
        (done,) = export(version, path, format_of(path), progress=progress)
        return (f"{path.name}: {counted(done.rows, 'row')}", *done.notes)
    with space.scratch() as folder:
        (done,) = export(version, folder / "data.csv", FORMATS["csv"], progress=progress)
        with done.path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
    return ()


def _write_removed(version: Version, path: Path, space: Workspace) -> tuple[str, ...]:
    from audit import runner
    from audit.export.data import export_table
    from audit.export.formats import format_of

    place = path.expanduser()
    with space.scratch() as folder:
        table = runner.removed_rows(version, workspace=space, folder=folder)
        done = export_table(table, place, format_of(place))
    return (f"{place.name}: {counted(done.rows, 'removed row')}", *done.notes)


def _write_html(
    before: Version, after: Version, path: Path, space: Workspace, progress: Line
) -> None:
    from audit import runner
    from audit.export.comparison_html import render

    found = runner.compare(before, after, workspace=space, progress=progress)
    write_text(str(path.expanduser()), render(found))


def _document(before: Version, after: Version, record: "Applied") -> dict[str, Any]:
    return {
        "schema_version": 1,
        "before": {
            "version": before.id,
            "name": before.manifest.name,
            "rows": before.manifest.rows,
        },
        "after": {
            "version": after.id,
            "name": after.manifest.name,
            "rows": after.manifest.rows,
            "sha256": after.manifest.sha256,
        },
        "steps": [codec.plain(effect) for effect in record.effects],
        "recipe": record.recipe,
    }


def _summary(before: Version, after: Version, record: "Applied") -> Iterator[str]:
    """Say what each step did."""
    yield f"{plain(before.manifest.name)}: {counted(before.manifest.rows, 'row')}"
    for effect in record.effects:
        yield f"  {effect.position}. {effect.title}: {_did(effect)}"
        for reason, rows in effect.reasons[:_MOST_REASONS]:
            yield f"       {plain(reason)}: {counted(rows, 'row')}"
        yield from _cells(effect)
        for note in effect.notes:
            yield f"       {plain(note)}"
    yield (
        f"{plain(after.manifest.name)}: {counted(after.manifest.rows, 'row')}, version {after.id}"
    )


def _cells(effect: "Effect") -> Iterator[str]:
    """Say in which columns cells differ now, for two steps of one remedy look alike else."""
    cells = effect.changed_cells
    if not cells:
        return
    told = [f"“{plain(column)}” {n:,}" for column, n in cells[:_MOST_COLUMNS]]
    more = len(cells) - len(told)
    rest = f" and {counted(more, 'more column')}" if more > 0 else ""
    yield f"       cells changed: {', '.join(told)}{rest}"


def _did(effect: "Effect") -> str:
    told = [
        f"{counted(rows, 'row')} {what}"
        for what, rows in (
            ("removed", effect.removed),
            ("changed", effect.changed),
            ("copied", effect.copied),
            ("added", effect.added),
        )
        if rows
    ]
    for what, columns in (
        ("new", effect.columns_added),
        ("gone", effect.columns_removed),
        ("renamed", effect.columns_renamed),
    ):
        if columns:
            told.append(f"{counted(len(columns), 'column')} {what}")
    return ", ".join(told) or "nothing to do"
