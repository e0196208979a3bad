"""Files that were written to be fetched: kept beside the version until the next ones are."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from audit.store import Version, Workspace
from audit.store.scratch import writable

SHELF = "exports"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfFile:
    """A file that can be fetched."""

    path: Path
    rows: int
    part: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    files: tuple[ShelfFile, ...] = ()


Write = Callable[[Path], tuple[ShelfFile, ...]]
"""Writes files to a folder."""


def on_shelf(version: Version, what: str) -> tuple[ShelfFile, ...] | None:
    """Give the files that were written for ``what``; None where there are none."""
    kept = version.kept(f"{SHELF}/{_name(what)}.json", _Shelf)
    if kept is None or not all(_lies_here(file.path, version) for file in kept.files):
        return None
    return kept.files


def put_on_shelf(
    version: Version, what: str, write: Write, *, workspace: Workspace
) -> tuple[ShelfFile, ...]:
    """Write files for ``what`` and keep them, in the place of those kept before.

    They lie in the version's folder, so that deleting it deletes them; under a temporary name
    until they are whole.
    """
    shelf = version.folder / SHELF
    with workspace.scratch() as folder:
        made = write(folder)
        with writable("The export"):
            rmtree(shelf, ignore_errors=True)
            shelf.mkdir(mode=0o700)
            for file in made:
                file.path.rename(shelf / file.path.name)
    files = tuple(
        ShelfFile(path=shelf / f.path.name, rows=f.rows, part=f.part, notes=f.notes) for f in made
    )
    version.keep(f"{SHELF}/{_name(what)}.json", _Shelf(files=files))
    return files


def _lies_here(path: Path, version: Version) -> bool:
    """Whether a file is there, and in no other place: it is handed out."""
    return path.parent == version.folder / SHELF and path.is_file() and not path.is_symlink()


def _name(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest()[:12]
