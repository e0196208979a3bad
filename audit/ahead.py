"""The reading process, started before anything slow is imported.

Starting Python and importing Arrow takes the reading process a third of a second, in which
this one can import what it needs itself. So this module imports next to nothing, and the
command line calls :func:`start` first of all. A process that is not used is dropped, and would
in any case end with this one: it reads its standard input until that closes.
"""

import os
import subprocess
import sys
from pathlib import Path

_waiting: list["subprocess.Popen[bytes]"] = []


def start() -> None:
    """Start a reading process that waits for its request."""
    _waiting.append(_started())


def take() -> "subprocess.Popen[bytes]":
    """Give the process that waits, or a new one."""
    while _waiting:
        process = _waiting.pop()
        if process.poll() is None:
            return process
    return _started()


def drop() -> None:
    """End the process that waits, if nobody took it."""
    while _waiting:
        with _waiting.pop() as process:
            process.kill()


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "audit.sources.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """Offer the same packages as here, and no module of the folder we happen to stand in."""
    home = str(Path(__file__).parents[1])
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"}
