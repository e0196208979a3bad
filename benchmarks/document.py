"""Results as Markdown for people and as JSON for scripts, with what they were measured on."""

import os
import platform
from dataclasses import asdict
from importlib.metadata import version

from benchmarks import peers
from benchmarks.data import TABLES
from benchmarks.figures import Row, Spread, rows, verdict
from benchmarks.model import Benchmark
from benchmarks.pairs import Runs

_VERDICTS = {True: "reached", False: "MISSED", None: "NOT MEASURED"}


def machine() -> dict[str, str]:
    """Tell what the figures were measured on: no host name and no path."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    own = ("evenhand", "duckdb", "pandas", "polars", "pyarrow")
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in own},
    }


def as_json(benchmark: Benchmark, runs: Runs, *, date: str) -> dict[str, object]:
    """Return everything that was measured, run by run."""
    return {
        "benchmark": benchmark.id,
        "date": date,
        "machine": machine(),
        "peers": _peer_versions(benchmark),
        "rows": [asdict(row) for row in rows(benchmark, runs)],
        "targets": [asdict(verdict(target, runs)) for target in benchmark.targets],
        "runs": [
            {"case": case, "contender": contender, **asdict(run)}
            for (case, contender), found in runs.items()
            for run in found
        ],
    }


def as_markdown(benchmark: Benchmark, runs: Runs, *, date: str) -> str:
    """Return one table for each case, and the targets with what was measured."""
    facts = machine()
    titles = {c.id: c.title for c in benchmark.contenders}
    lines = [
        f"# {benchmark.id}: {benchmark.title}",
        "",
        benchmark.about,
        "",
        f"{date}. {facts.pop('cores')} cores, {facts.pop('memory')}, {facts.pop('system')}; "
        + ", ".join(f"{name} {number}" for name, number in facts.items())
        + "".join(f", {name} {number}" for name, number in _peer_versions(benchmark).items())
        + ". Median (least to most) of paired, interleaved runs; ratio = theirs / ours, pair by "
        "pair: above 1, ours is better.",
    ]
    figures = rows(benchmark, runs)
    for case in benchmark.cases:
        table = TABLES[case.table]
        lines += [
            "",
            f"## {case.id}",
            "",
            f"{table.rows:,} rows, {table.columns} columns: {table.properties}.",
            "",
            "| | runs | whole process, s | work alone, s | peak memory, MB | ratio |",
            "|---|---|---|---|---|---|",
            *(_line(titles, row) for row in figures if row.case == case.id),
        ]
    if benchmark.targets:
        lines += ["", "## Targets", "", "| target | measured | |", "|---|---|---|"]
        for target in benchmark.targets:
            judged = verdict(target, runs)
            lines.append(f"| {judged.target} | {judged.figure} | {_VERDICTS[judged.reached]} |")
    return "\n".join(lines) + "\n"


def _peer_versions(benchmark: Benchmark) -> dict[str, str]:
    names = sorted({c.peer for c in benchmark.contenders if c.peer is not None})
    return {name: peers.version(name) for name in names}


def _line(titles: dict[str, str], row: Row) -> str:
    runs = str(row.wall_s.n if row.wall_s else 0)
    if row.errors:
        runs += f", others {'; '.join(row.errors)}"
    cells = [
        titles[row.contender],
        runs,
        _cell(row.wall_s, 1, ".2f"),
        _cell(row.inner_s, 1, ".3f"),
        _cell(row.peak_bytes, 1e-6, ",.0f"),
        _cell(row.ratio, 1, ".2f"),
    ]
    return f"| {' | '.join(cells)} |"


def _cell(spread: Spread | None, scale: float, form: str) -> str:
    if spread is None:
        return ""
    middle, least, most = (
        format(value * scale, form) for value in (spread.median, spread.least, spread.most)
    )
    return middle if spread.n == 1 else f"{middle} ({least} to {most})"
