"""Run a command and measure it as a whole process: seconds, and memory at its peak."""

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY_S = 0.02
"""How often memory is looked at."""

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one command."""

    wall_s: float
    """From starting the process to its end, interpreter and imports included."""
    peak_bytes: int
    """Resident memory of the process and its descendants together, at its highest."""
    inner_s: float | None = None
    """What the command printed as the seconds of its work alone."""
    error: str = ""
    """Why it counts for nothing; empty where it ended well."""


def run(
    command: Sequence[str],
    *,
    timeout_s: float,
    env: Mapping[str, str] | None = None,
    reads_inner: bool = False,
) -> Run:
    """Run ``command`` to its end and measure it.

    Memory is the larger of two figures: the most that one process of it held, as the kernel
    counted it, and the most that all of them held together, looked at every 20 ms. Pages
    that processes share count in each of them, which is to the disadvantage of commands that
    use several. The kernel's count begins with what the measuring process held when it
    started the command: it counts only where it is more than that, and the process that
    measures imports nothing large.

    Parameters
    ----------
    command : sequence of str
        Program and arguments; no shell.
    timeout_s : float
        The command is ended after so many seconds.
    env : mapping, optional
        Its environment; by default this process's.
    reads_inner : bool
        Whether the first line of its standard output is a number of seconds.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=env, process_group=0
        )
        watch = _Watch(process.pid, begun + timeout_s)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - begun
        watch.end()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        inner_s, error = None, _error(process.returncode, err.read(), late=watch.late)
        if reads_inner and not error:
            inner_s = float(out.readline())
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counted_bytes = usage.ru_maxrss * 1024 if usage.ru_maxrss > own else 0
    peak_bytes = max(counted_bytes, watch.peak_bytes)
    return Run(wall_s=wall_s, peak_bytes=peak_bytes, inner_s=inner_s, error=error)


def _error(code: int, err: bytes, *, late: bool) -> str:
    if late:
        return "took too long"
    if code == 0:
        return ""
    lines = err.decode(errors="replace").strip().splitlines()
    # The last line tells what went wrong; those before it hold paths of this machine.
    sys.stderr.write("\n".join(lines[-20:]) + "\n")
    return f"ended with {code}"


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until told to end."""

    def __init__(self, pid: int, deadline: float) -> None:
        super().__init__(daemon=True)
        self.peak_bytes = 0
        self.late = False
        self._pid = pid
        self._deadline = deadline
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(EVERY_S):
            self.peak_bytes = max(self.peak_bytes, sum(map(resident_bytes, tree(self._pid))))
            if time.perf_counter() > self._deadline and not self.late:
                self.late = True
                os.killpg(self._pid, 9)

    def end(self) -> None:
        self._ended.set()
        self.join()


def tree(pid: int) -> list[int]:
    """Return ``pid`` and the ids of its living descendants."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue
    return found


def resident_bytes(pid: int) -> int:
    """Return the resident memory of a process; 0 if it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0
