"""Folders for work that is not finished: locked while in use, swept once their owner is gone."""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from audit.errors import WorkspaceError

_LOCK = ".lock"


@contextmanager
def writable(name: str) -> Iterator[None]:
    """Turn what the disk refuses (it is full, read-only, another's) into an error with advice."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            # Not of the disk: what an Arrow reader passes on of the engine may quote a cell.
            raise
        message = f"{name} cannot be written: {os.strerror(error.errno)}."
        hint = "Free some space on the disk, or choose another folder with --workspace."
        raise WorkspaceError(message, hint=hint) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other threads and processes that ask for the same ``folder`` waiting."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Scratch:
    """A private folder below ``parent`` that no other process sweeps while this one lives."""

    def __init__(self, parent: Path) -> None:
        with writable("The workspace"):
            parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            while not self._made(parent / uuid.uuid4().hex):
                pass

    def _made(self, path: Path) -> bool:
        """Make and lock the folder; False if another process swept it before it was locked."""
        path.mkdir(mode=0o700)
        try:
            lock = os.open(path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        except FileNotFoundError:
            return False
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (path / _LOCK).exists():
            os.close(lock)
            return False
        self.path, self._lock = path, lock
        return True

    def remove(self) -> None:
        """Delete the folder and what is in it; harmless when it has been moved away."""
        _remove(self.path)
        os.close(self._lock)


def sweep(parent: Path) -> None:
    """Delete the folders that a process left when it was killed."""
    if not parent.is_dir():
        return
    for folder in parent.iterdir():
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR)
        except OSError:
            # Killed between making the folder and locking it, or just before it was gone.
            with suppress(OSError):
                folder.rmdir()
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(folder)
        except BlockingIOError:
            pass
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    """Delete a folder, its lock last: what is left by a kill midway is still swept."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != _LOCK:
            with suppress(OSError):
                path.unlink()
    if not folder.is_dir() or {p.name for p in folder.iterdir()} <= {_LOCK}:
        shutil.rmtree(folder, ignore_errors=True)
