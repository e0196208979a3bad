"""Folders for work that is not finished: locked while in use, swept once their owner is gone."""

import fcntl
import os
import shutil
import uuid
from pathlib import Path

_LOCK = ".lock"


class Scratch:
    """A private folder below ``parent`` that no other process sweeps while this one lives."""

    def __init__(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = parent / uuid.uuid4().hex
        self.path.mkdir(mode=0o700)
        self._lock = os.open(self.path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Delete the folder and what is in it; harmless when it has been moved away."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)


def sweep(parent: Path) -> None:
    """Delete the folders that a process left when it was killed."""
    if not parent.is_dir():
        return
    for folder in parent.iterdir():
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(lock)
