"""The harness measures what it says; tried on tiny tables and without any peer."""

import json
import os
import platform
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

from benchmarks import __main__ as command_line
from benchmarks import data, figures, pairs, peers
from benchmarks.document import as_json, as_markdown
from benchmarks.measure import Run, run
from benchmarks.model import OURS, Benchmark, Case, Ceiling, Contender, Linear, Ratio
from benchmarks.suite import BENCHMARKS, SUMMARIZE

ROOT = Path(__file__).parents[2]
TINY = "adult-2k"


def script(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / f"{name}.py"
    path.write_text(text)
    return str(path)


def ended(seconds: float, *, error: str = "") -> Run:
    return Run(wall_s=seconds, peak_bytes=1_000_000, inner_s=seconds / 2, error=error)


@pytest.fixture
def recording(tmp_path: Path) -> Benchmark:
    """Two contenders that write down when they ran, and print the seconds of their work."""
    log = tmp_path / "log"
    code = (
        "import sys\n"
        f"with open({str(log)!r}, 'a') as f: f.write(sys.argv[2] + '\\n')\n"
        "assert open(sys.argv[1]).readline().startswith('age,')\n"
        "print(0.25)\n"
    )
    path = script(tmp_path, "contender", code)
    contenders = tuple(
        Contender(
            id=id_,
            title=id_.title(),
            command=("{python}", path, "{data}", id_),
            reads_inner=True,
        )
        for id_ in (OURS, "other")
    )
    return Benchmark(
        id="tiny",
        title="Tiny",
        about="Nothing much.",
        contenders=contenders,
        cases=(Case(table=TINY, form="csv"),),
        targets=(Ratio(peer="other", at_least=1000, case=f"{TINY}.csv"),),
    )


# --- measuring -----------------------------------------------------------------------------


def test_a_run_tells_the_seconds_of_the_process_and_those_the_command_printed(tmp_path):
    path = script(tmp_path, "sleeper", "import time; time.sleep(.3); print(0.125)")
    once = run([sys.executable, path], timeout_s=30, reads_inner=True)
    assert 0.3 < once.wall_s < 10
    assert once.inner_s == 0.125
    assert not once.error


def test_memory_of_a_child_process_counts_together_with_its_parents(tmp_path):
    code = (
        "import subprocess, sys, time\n"
        "held = bytearray(80_000_000); held[::4096] = b'x' * len(held[::4096])\n"
        "if len(sys.argv) == 1: subprocess.run([sys.executable, __file__, 'child'])\n"
        "else: time.sleep(1)\n"
    )
    once = run([sys.executable, script(tmp_path, "greedy", code)], timeout_s=30)
    assert 160e6 < once.peak_bytes < 260e6


def test_memory_of_the_measuring_process_is_not_the_commands(tmp_path):
    held = b"x" * 300_000_000
    once = run(
        [sys.executable, script(tmp_path, "sleeper", "import time; time.sleep(.3)")], timeout_s=30
    )
    assert 1e6 < once.peak_bytes < len(held) / 3


def test_a_command_that_fails_or_takes_too_long_counts_for_nothing(tmp_path, capfd):
    fails = script(tmp_path, "fails", "raise SystemExit('no luck')")
    sleeps = script(tmp_path, "sleeps", "import time; time.sleep(60)")
    assert run([sys.executable, fails], timeout_s=30).error == "ended with 1"
    assert "no luck" in capfd.readouterr().err
    assert run([sys.executable, sleeps], timeout_s=0.5).error == "took too long"


def test_the_measuring_process_imports_nothing_large():
    """The kernel's peak of a child begins with what its parent held."""
    code = (
        "import sys, benchmarks.__main__\n"
        "print(sorted({'numpy', 'pandas', 'pyarrow', 'duckdb', 'audit'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert found.stdout.decode().strip() == "[]"


# --- tables --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["adult-1m", "mixed-1m", "wide-100"])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_has_its_rows_and_columns_and_the_same_bytes_each_time(name, form, tmp_path):
    table = replace(data.TABLES[name], rows=1_234)
    first = data.make(table, form, tmp_path / "first")
    again = data.make(table, form, tmp_path / "again")
    assert first.read_bytes() == again.read_bytes()
    read = pq.read_table(first) if form == "parquet" else pc.read_csv(first)
    assert (read.num_rows, read.num_columns) == (1_234, table.columns)


def test_chunks_of_a_table_differ(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "CHUNK_ROWS", 500)
    table = pq.read_table(
        data.make(replace(data.TABLES["wide-10"], rows=1_000), "parquet", tmp_path)
    )
    assert table.num_rows == 1_000
    assert not table.slice(0, 500).equals(table.slice(500))


def test_a_table_that_is_there_is_not_made_again_and_none_is_left_half_made(tmp_path):
    path = data.make(data.TABLES[TINY], "csv", tmp_path)
    made = path.stat().st_mtime_ns
    assert data.make(data.TABLES[TINY], "csv", tmp_path).stat().st_mtime_ns == made
    broken = replace(data.TABLES[TINY], name="broken", chunks=lambda _rows, _columns: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        data.make(broken, "parquet", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


# --- pairs and figures ---------------------------------------------------------------------


def test_contenders_take_turns_and_leave_nothing_behind(recording, tmp_path):
    said: list[str] = []
    folder = tmp_path / "data"
    folder.mkdir()
    runs = pairs.measure(recording, repeats=3, say=said.append, folder=folder)
    log = (tmp_path / "log").read_text().split()
    assert log == [OURS, "other", "other", OURS, OURS, "other"]
    assert Counter(len(found) for found in runs.values()) == {3: 2}
    assert {once.inner_s for found in runs.values() for once in found} == {0.25}
    assert len(said) == 6
    assert [p.name for p in folder.iterdir()] == [f"{TINY}.csv"]


def test_a_ratio_is_taken_pair_by_pair_and_a_failed_run_makes_no_pair():
    runs = {
        ("t.csv", OURS): [ended(1), ended(2), ended(1), ended(4)],
        ("t.csv", "other"): [ended(3), ended(2), ended(9, error="ended with 1"), ended(20)],
    }
    assert figures.ratios(runs, "t.csv", "other", "wall_s") == [3, 1, 5]
    assert figures.ratios(runs, "t.csv", "other", "inner_s") == [3, 1, 5]
    assert figures.spread([3, 1, 5]) == figures.Spread(median=3, least=1, most=5, n=3)
    assert figures.ratios(runs, "t.csv", OURS, "wall_s") == []


@pytest.mark.parametrize(
    ("target", "figure", "reached"),
    [
        (Ratio(peer="other", at_least=3, case="t.csv"), "3", True),
        (Ratio(peer="other", at_least=3.1, case="t.csv"), "3", False),
        (Ratio(peer="absent", at_least=1, case="t.csv"), "not measured", None),
        (Ceiling(limit=1.1e6, case="t.csv"), "1 MB", True),
        (Ceiling(limit=1e6, case="t.csv"), "1 MB", False),
        (Ceiling(limit=1e9, case="t.csv", contender="shaky"), "not measured", None),
    ],
)
def test_a_target_is_reached_missed_or_not_measured(target, figure, reached):
    runs = {
        ("t.csv", OURS): [ended(1), ended(2)],
        ("t.csv", "other"): [ended(3), ended(6)],
        ("t.csv", "shaky"): [ended(1), ended(1, error="took too long")],
    }
    judged = figures.verdict(target, runs)
    assert (judged.figure, judged.reached) == (figure, reached)


@pytest.mark.parametrize(("last", "reached"), [(200, True), (400, False)])
def test_growth_is_linear_or_not(last, reached):
    target = Linear(
        cases=("adult-50k.parquet", "adult-1m.parquet", "adult-10m.parquet"), over="rows"
    )
    runs = {
        ("adult-50k.parquet", OURS): [ended(1)],
        ("adult-1m.parquet", OURS): [ended(20)],
        ("adult-10m.parquet", OURS): [ended(last)],
    }
    assert figures.verdict(target, runs).reached is reached


def test_results_show_a_missed_target_and_no_trace_of_the_machine(recording, tmp_path):
    key = (f"{TINY}.csv", OURS), (f"{TINY}.csv", "other")
    runs = {key[0]: [ended(1), ended(2)], key[1]: [ended(3), ended(4, error="ended with 1")]}
    text = as_markdown(recording, runs, date="2026-01-02")
    assert "| MISSED |" in text
    assert "| Other | 1, others ended with 1 | 3.00 | 1.500 | 1 | 3.00 |" in text
    assert "2,000 rows, 15 columns" in text
    everything = text + json.dumps(as_json(recording, runs, date="2026-01-02"))
    assert str(tmp_path) not in everything
    assert str(ROOT) not in everything
    assert platform.node() not in everything


# --- the suite and its command -------------------------------------------------------------


@pytest.mark.parametrize("benchmark", BENCHMARKS.values(), ids=list(BENCHMARKS))
def test_a_benchmark_names_only_what_there_is(benchmark):
    ids = {c.id for c in benchmark.contenders}
    cases = {c.id for c in benchmark.cases}
    assert OURS in ids
    assert len(ids) == len(benchmark.contenders)
    assert all(c.table in data.TABLES for c in benchmark.cases)
    assert all(t.contenders <= ids and t.tables <= cases for t in benchmark.targets)
    for contender in benchmark.contenders:
        scripts = [part for part in contender.command if part.startswith("{contenders}")]
        assert all(
            (ROOT / "benchmarks" / part.strip("{}").replace("}", "")).exists() for part in scripts
        )
        if contender.peer is not None:
            assert peers.version(contender.peer) != "not pinned"


def small(table):
    """Name a table of the same kind that takes no time; else any that does not."""
    kind = table.partition("-")[0]
    alike = [t for t in data.TABLES.values() if t.name.startswith(kind) and t.rows <= 2_000]
    return min(alike, key=lambda t: t.rows).name if alike else TINY


OWN = {
    (tuple(c.command), form): (c, form, small(benchmark.cases[0].table))
    for benchmark in BENCHMARKS.values()
    for c in benchmark.contenders
    for form in c.forms
    if c.peer is None
}


_MODELS = ("Presidio, ", "evenhand, names")


def marks(contender):
    """Mark what takes long however few rows: MetricFrame's hundred resamples, models to load."""
    slow = contender.command[-1] == "100" or contender.title.startswith(_MODELS)
    return [pytest.mark.slow] if slow else []


@pytest.mark.parametrize(
    ("contender", "form", "table"),
    [
        pytest.param(c, form, table, id=f"{c.title}-{form}", marks=marks(c))
        for c, form, table in OWN.values()
    ],
)
def test_every_contender_of_our_own_environment_runs(contender, form, table, tmp_path):
    path = data.make(data.TABLES[table], form, tmp_path)
    once = pairs.run_once(contender, Path(sys.executable), path, timeout_s=300)
    assert not once.error
    assert (once.inner_s is not None) == contender.reads_inner


def test_every_package_of_a_peer_is_pinned():
    for path in peers.LISTS.glob("*.txt"):
        lines = path.read_text().splitlines()
        assert lines
        assert all(line.partition("==")[2] for line in lines)


def test_targets_go_with_the_contenders_they_need():
    benchmark = BENCHMARKS["distribution-cli"]
    alone = benchmark.only([OURS, "skrub-polars"], None)
    assert [t.peer for t in alone.targets] == ["skrub-polars"]
    assert benchmark.only(None, None) == benchmark
    assert benchmark.only(None, ["nothing.csv"]).targets == ()


def test_the_command_measures_prints_and_keeps(monkeypatch, capsys, tmp_path):
    ours = replace(SUMMARIZE, id=OURS)
    tiny = Benchmark(
        id="tiny",
        title="Tiny",
        about="SUMMARIZE against itself.",
        contenders=(ours, SUMMARIZE),
        cases=(Case(table=TINY),),
        targets=(Ratio(peer=SUMMARIZE.id, at_least=1000, case=f"{TINY}.parquet"),),
    )
    monkeypatch.setitem(BENCHMARKS, "tiny", tiny)
    monkeypatch.setattr(command_line, "RESULTS", tmp_path)
    assert command_line.main(["tiny", "--repeats", "2", "--json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert [
        len([r for r in printed["runs"] if r["contender"] == c]) for c in (OURS, SUMMARIZE.id)
    ] == [2, 2]
    assert all(r["inner_s"] > 0 and r["wall_s"] > r["inner_s"] for r in printed["runs"])
    assert printed["targets"][0]["reached"] is False
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".json", ".md"]


def test_the_command_lists_and_refuses_what_it_does_not_know(capsys):
    assert command_line.main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(BENCHMARKS)
    with pytest.raises(SystemExit):
        command_line.main(["laod"])
    assert "no benchmark 'laod'" in capsys.readouterr().err


def test_peers_never_share_the_environment_of_the_project():
    assert peers.FOLDER.name in (ROOT / ".gitignore").read_text()
    assert os.path.commonpath([peers.FOLDER, ROOT]) == str(ROOT)
    assert all(
        c.peer for b in BENCHMARKS.values() for c in b.contenders if "profile_" in str(c.command)
    )
