"""An upload on disk: a private file in the workspace's tmp, gone once nobody needs it."""

import os
import re
import shutil
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audit.store import Workspace
from audit.store.scratch import Scratch

_LONGEST_NAME_BYTES = 200
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Chosen:
    """What is about to be loaded: a place to read from and a name to show."""

    path: Path
    """A file, a folder or a glob."""
    name: str
    uploaded: bool = False


def base_name(given: str) -> str:
    r"""Reduce the name a browser sent to the name of a file in one folder.

    Folders, control characters and marks that turn the writing are dropped; the name is cut
    to 200 bytes with its ending kept. What is left of nothing is 'upload'.

    Examples
    --------
    >>> base_name("../../etc/x.csv"), base_name("C:\\data\\a.csv"), base_name("..")
    ('x.csv', 'a.csv', 'upload')
    """
    last = _UNSEEN.sub("", re.split(r"[/\\]", given)[-1]).strip()
    if not last.strip("."):
        return "upload"
    stem, ending = os.path.splitext(last)
    ending = ending if len(ending.encode()) <= 20 else ""
    room = _LONGEST_NAME_BYTES - len(ending.encode())
    if not ending:
        stem = last
    return stem.encode()[:room].decode(errors="ignore") + ending


def spool(file: BinaryIO, given_name: str, workspace: Workspace) -> Chosen:
    """Write an upload to a file that only this user can read.

    It is removed by :func:`discard`, when the session that holds it ends, or by the next
    start after a crash.

    Parameters
    ----------
    file : binary file
        What was uploaded.
    given_name : str
        The name the browser sent; not to be trusted.
    workspace : Workspace
        Whose folder for unfinished work is used.
    """
    scratch = Scratch(workspace.root / "tmp")
    name = base_name(given_name)
    path = scratch.path / "upload" / name
    path.parent.mkdir(mode=0o700)
    try:
        with open(path, "xb", opener=_private) as target:
            shutil.copyfileobj(file, target, 1 << 20)
    except BaseException:
        scratch.remove()
        raise
    chosen = Chosen(path=path, name=name, uploaded=True)
    _SPOOLED[chosen.path] = weakref.finalize(chosen, _remove, chosen.path, scratch)
    return chosen


def typed(text: str) -> Chosen | None:
    """Find the file, folder or glob that was typed in; None where nothing was."""
    given = text.strip().strip("\"'")
    if not given:
        return None
    path = Path(given).expanduser()
    return Chosen(path=path, name=path.name or str(path))


def discard(chosen: Chosen | None) -> None:
    """Remove the file of an upload; harmless for anything else."""
    if chosen is not None and chosen.path in _SPOOLED:
        _SPOOLED[chosen.path]()


_SPOOLED: dict[Path, "weakref.finalize[[Path, Scratch], Chosen]"] = {}


def _remove(path: Path, scratch: Scratch) -> None:
    _SPOOLED.pop(path, None)
    scratch.remove()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
