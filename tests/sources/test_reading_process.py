"""The child: killed at once when asked, limited, silent about cells, the same bytes always."""

import os
import signal
import time
from pathlib import Path

import pytest

from audit import ahead
from audit.errors import ParameterError, SourceError, Stopped
from audit.sources import Limits, load, preview

ASKED = "The work was stopped."


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """About 50 MB, 600,000 records: enough to be stopped in the middle."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    line = "{},some words that fill the line,{}.25,2024-01-02,true,zürich,more words to fill it\n"
    with path.open("w") as out:
        out.write("id,text,number,day,flag,city,note\n")
        for start in range(0, 600_000, 10_000):
            out.write("".join(line.format(i, i % 977) for i in range(start, start + 10_000)))
    return path


@pytest.fixture
def draft(tmp_path) -> Path:
    folder = tmp_path / "draft"
    folder.mkdir()
    return folder


def children() -> set[str]:
    own = os.getpid()
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == own and fields[0] != "Z":
            found.add(stat.parent.name)
    return found


def test_the_bytes_do_not_depend_on_threads_and_progress_is_told(large, tmp_path):
    written, seen = set(), []
    for threads in (1, 2):
        folder = tmp_path / str(threads)
        folder.mkdir()
        loaded = load(
            large, folder, limits=Limits(threads=threads), progress=lambda *a: seen.append(a)
        )
        assert loaded.report.loaded == loaded.report.found == 600_000
        written.add((folder / "data.parquet").read_bytes())
    assert len(written) == 1
    assert all(0 <= share <= 1 for share, _ in seen)
    assert any(0.2 < share < 0.8 and note.endswith(" records") for share, note in seen)
    told = [(share, int(note.split()[0].replace(",", ""))) for share, note in seen if note]
    assert all(abs(share - records / 600_000) < 0.25 for share, records in told)
    assert seen[-1] == (1.0, "600,000 records")


def test_row_groups_have_the_size_that_one_thread_scans(large, draft):
    import pyarrow.parquet as pq

    load(large, draft)
    meta = pq.ParquetFile(draft / "data.parquet").metadata
    sizes = [meta.row_group(i).num_rows for i in range(meta.num_row_groups)]
    assert sizes == [122_880] * 4 + [108_480]
    assert pq.read_table(draft / "data.parquet")["id"].to_pylist() == list(range(600_000))


def test_stop_kills_the_child_at_once_and_leaves_nothing(large, draft):
    started: list[float] = []

    def stop(share, _note=""):
        if share > 0.05:
            started.append(time.monotonic())
            raise Stopped(ASKED)

    before = children()
    with pytest.raises(Stopped):
        load(large, draft, progress=stop)
    assert time.monotonic() - started[0] < 1.0
    assert children() == before
    assert list(draft.iterdir()) == []
    assert list(draft.parent.iterdir()) == [draft]


def test_stop_is_heard_even_before_the_child_says_anything(large, draft):
    calls = []

    def stop(share, _note=""):
        calls.append(share)
        raise Stopped(ASKED)

    with pytest.raises(Stopped):
        load(large, draft, progress=stop)
    assert len(calls) == 1


def test_a_killed_child_is_an_error_with_advice(large, draft):
    others = children()

    def kill(share, _note=""):
        if share > 0.05:
            for pid in children() - others:
                os.kill(int(pid), signal.SIGKILL)

    with pytest.raises(SourceError, match="reading process ended early") as raised:
        load(large, draft, progress=kill)
    assert raised.value.hint
    assert list(draft.iterdir()) == []


def test_a_memory_limit_is_a_clear_error(draft, tmp_path):
    path = tmp_path / "wide.json"
    with path.open("w") as out:
        out.write('[{"a": "' + "x" * 400_000_000 + '"}]')
    with pytest.raises(SourceError, match=r"not enough memory|ended early") as raised:
        load(path, draft, limits=Limits(memory_bytes=700 << 20))
    assert "memory" in str(raised.value)
    assert list(draft.iterdir()) == []


def test_a_file_larger_than_the_memory_limit_is_read_in_pieces(large, draft):
    limit = 1200 << 20
    loaded = load(large, draft, limits=Limits(memory_bytes=limit, threads=1))
    assert loaded.report.loaded == 600_000


def test_a_time_limit_is_a_clear_error(large, draft):
    with pytest.raises(SourceError, match="took longer than"):
        load(large, draft, limits=Limits(time_s=0.2))
    assert list(draft.iterdir()) == []


def test_errors_come_through_with_their_kind_and_advice(tmp_path, draft):
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,"2\n')
    with pytest.raises(SourceError, match="line 2 is never closed") as raised:
        load(path, draft)
    assert "quote" in raised.value.hint
    with pytest.raises(ParameterError, match="no option of delimited text 'delimeter'"):
        preview(path, options={"delimeter": ";"})
    assert list(draft.iterdir()) == []


def test_a_failed_load_leaves_no_rejects(tmp_path, draft):
    path = tmp_path / "t.csv"
    path.write_text("a,b,c\n1,2\n3,4\n5,6\n")
    with pytest.raises(SourceError, match="None of the 3 records"):
        load(path, draft, options={"skip_lines": 0, "delimiter": ",", "header": True})
    assert list(draft.iterdir()) == []


def test_no_error_quotes_a_cell(tmp_path, draft):
    secret = "canary-4711"
    files = {
        "open.csv": f'a,b\n1,"{secret}\n',
        "bad.json": f'[{{"a": "{secret}"}}, {{"a": {secret}]',
        "ragged.csv": f"a,b,c\n{secret},2\n{secret},3\n{secret},3\n",
        "scalar.json": f'"{secret}"',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        options = {"header": True, "skip_lines": 0} if name == "ragged.csv" else None
        with pytest.raises(SourceError) as raised:
            load(tmp_path / name, draft, options=options)
        chain = [raised.value, raised.value.__cause__]
        assert all(secret not in str(error) for error in chain), name


def test_modules_in_the_current_folder_are_not_run(tmp_path, draft, monkeypatch):
    trap = tmp_path / "trap"
    trap.mkdir()
    for name in ("audit", "json", "pyarrow", "pydantic"):
        (trap / f"{name}.py").write_text("raise SystemExit('hijacked')")
    (trap / "t.csv").write_text("a,b\n1,2\n")
    monkeypatch.chdir(trap)
    assert load(Path("t.csv"), draft).report.loaded == 1


def test_a_fault_of_ours_says_where_without_the_value(tmp_path, draft, monkeypatch):
    real = ahead._environment
    (tmp_path / "sitecustomize.py").write_text(
        "import audit.sources.csv as c\n"
        "def broken(self, reader, *, careful):\n    raise KeyError('canary-' + str(47 * 100 + 11))\n"
        "c.DelimitedText._pass = broken\n"
    )
    environment = {**real(), "PYTHONPATH": f"{tmp_path}:{real()['PYTHONPATH']}"}
    monkeypatch.setattr(ahead, "_environment", lambda: environment)
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SourceError, match=r"failed unexpectedly \(KeyError\)") as raised:
        load(tmp_path / "t.csv", draft)
    assert "sitecustomize.py" in str(raised.value.__cause__)
    assert "canary-4711" not in str(raised.value.__cause__)


def test_a_preview_of_a_large_file_is_quick_and_shows_text(large):
    began = time.monotonic()
    shown = preview(large)
    assert time.monotonic() - began < 5
    assert (len(shown.rows), len(shown.columns)) == (50, 7)
    assert shown.rows[1] == (
        "1",
        "some words that fill the line",
        "1.25",
        "2024-01-02",
        "true",
        "zürich",
        "more words to fill it",
    )
    assert [c.type for c in shown.columns] == [
        "BIGINT",
        "VARCHAR",
        "DOUBLE",
        "DATE",
        "BOOLEAN",
        "VARCHAR",
        "VARCHAR",
    ]
    assert shown.title == "Delimited text"


def test_stop_at_the_very_end_leaves_nothing_either(tmp_path, draft):
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")

    def stop(share, _note=""):
        if share == 1.0:
            raise Stopped(ASKED)

    with pytest.raises(Stopped):
        load(tmp_path / "t.csv", draft, progress=stop)
    assert list(draft.iterdir()) == []


def test_what_is_nested_without_end_is_refused_with_advice(tmp_path, draft):
    path = tmp_path / "deep.json"
    path.write_text('{"a":' * 5000)
    with pytest.raises(SourceError, match="nested too deeply"):
        load(path, draft)
