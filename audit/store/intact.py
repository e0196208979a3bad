"""Whether the rows of a version are those that were written: looked at once, and told when not.

The manifest has their digest. A process makes it anew once for each state of the file, as its
number, size and time say; after that, a check costs a look at these.
"""

import hashlib
import os
import stat
from pathlib import Path

from audit.errors import WorkspaceError
from audit.model import Column, Manifest
from audit.store.engine import Engine
from audit.store.table import describe

_State = tuple[int, int, int, str, int, tuple[Column, ...]]
_seen: dict[str, _State] = {}
"""By path: the state that was found whole."""


def sha256(path: Path) -> str:
    """Give the digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_rows(path: Path, manifest: Manifest, engine: Engine) -> None:
    """Raise WorkspaceError where a file is not the one that the manifest is of.

    A file that is not there is no matter of this: the version may have been deleted meanwhile.
    """
    try:
        found = path.lstat()
        if _seen.get(str(path)) == _state(found, manifest):
            return
        as_large = stat.S_ISREG(found.st_mode) and found.st_size == manifest.size_bytes
        if not as_large or sha256(path) != manifest.sha256:
            raise damaged(manifest.id, path.name)
        with engine.cursor() as cursor:
            held = describe(cursor, path)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"Version {manifest.id} cannot be read: {os.strerror(error.errno or 0)}."
        raise WorkspaceError(message) from error
    if held != (manifest.columns, manifest.rows):
        raise damaged(manifest.id, "manifest")
    _seen[str(path)] = _state(found, manifest)


def written(path: Path, manifest: Manifest) -> None:
    """Take note of a file that was just made, with its manifest: it is as it was written."""
    _seen[str(path)] = _state(path.lstat(), manifest)


def _state(found: os.stat_result, manifest: Manifest) -> _State:
    told = (manifest.sha256, manifest.rows, manifest.columns)
    return (found.st_ino, found.st_size, found.st_mtime_ns, *told)


def damaged(id_: str, name: str, *, instead: str = "") -> WorkspaceError:
    """Say that a file of a version is not as it was written, and what to do."""
    message = f"Version {id_} is damaged: its {name} is not as it was written."
    hint = f"Delete it (evenhand delete {id_}), and load the file or apply the recipe again."
    return WorkspaceError(message, hint=instead or hint)
