"""Run the contenders of a benchmark in turn, again and again, so that each run has its pair."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import data, peers
from benchmarks.measure import Run, run
from benchmarks.model import Benchmark, Case, Contender

CONTENDERS = Path(__file__).parent / "contenders"
Runs = dict[tuple[str, str], list[Run]]
"""By case and contender; the i-th runs of all contenders of a case belong together."""


def measure(
    benchmark: Benchmark, *, repeats: int, say: Callable[[str], None], folder: Path = data.FOLDER
) -> Runs:
    """Run every contender of every case ``repeats`` times, interleaved.

    Whoever began a round comes last in the next one, so that nobody always runs on a warm
    or a tired machine. The file is read once beforehand, so that all find it in memory.
    """
    runs: Runs = {}
    for case in benchmark.cases:
        path = prepare(case, folder)
        taking_part = [c for c in benchmark.contenders if case.form in c.forms]
        pythons = {
            c.id: Path(sys.executable) if c.peer is None else peers.python(c.peer)
            for c in taking_part
        }
        warm(path)
        for i in range(repeats):
            turn = i % len(taking_part)
            for contender in [*taking_part[turn:], *taking_part[:turn]]:
                once = run_once(contender, pythons[contender.id], path, benchmark.timeout_s)
                runs.setdefault((case.id, contender.id), []).append(once)
                say(f"{benchmark.id} {case.id} {i + 1}/{repeats} {contender.id}: {words(once)}")
    return runs


def prepare(case: Case, folder: Path = data.FOLDER) -> Path:
    """Make the table of a case where it is not there; in a process of its own (see measure)."""
    path = data.TABLES[case.table].path(case.form, folder)
    if not path.exists():
        print(f"Making {path.name} …", file=sys.stderr)
        command = [sys.executable, "-m", "benchmarks.data", case.table, case.form, str(folder)]
        subprocess.run(command, check=True, cwd=data.ROOT.parent)
    return path


def warm(path: Path) -> None:
    """Read a file to its end, so that it lies in the machine's memory."""
    with path.open("rb", buffering=0) as file:
        while file.read(2**22):
            pass


def run_once(contender: Contender, python: Path, path: Path, timeout_s: float) -> Run:
    """Run one contender with a scratch folder of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=path.parent) as scratch:
        places = {
            "python": str(python),
            "contenders": str(CONTENDERS),
            "data": str(path),
            "scratch": scratch,
        }
        command = [part.format_map(places) for part in contender.command]
        return run(command, timeout_s=timeout_s, reads_inner=contender.reads_inner)


def words(once: Run) -> str:
    """Describe a run in a line."""
    if once.error:
        return once.error
    inner = "" if once.inner_s is None else f", work {once.inner_s:.3f} s"
    return f"{once.wall_s:.2f} s{inner}, {once.peak_bytes / 1e6:.0f} MB"
