"""The reading process that is started early: used once, replaced when dead, never left behind."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit import ahead
from audit.sources import load


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n")
    (tmp_path / "draft").mkdir()
    ahead.drop()
    return path


def test_the_process_that_waits_is_the_one_that_reads(file, monkeypatch):
    ahead.start()
    (waiting,) = ahead._waiting
    monkeypatch.setattr(ahead, "_started", lambda: pytest.fail("another one was started"))
    assert load(file, file.parent / "draft").report.loaded == 1
    assert waiting.poll() is not None
    assert not ahead._waiting


def test_a_process_that_died_while_it_waited_is_replaced(file):
    ahead.start()
    (waiting,) = ahead._waiting
    waiting.kill()
    waiting.communicate()
    assert load(file, file.parent / "draft").report.loaded == 1


def test_a_process_that_is_not_needed_ends_with_the_command(tmp_path):
    script = "from audit import ahead; ahead.start(); print(ahead._waiting[0].pid)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True
    )
    left = Path("/proc") / done.stdout.strip()
    patience = time.monotonic() + 20
    while left.exists() and time.monotonic() < patience:
        time.sleep(0.05)
    assert not left.exists()


def test_starting_early_imports_nothing_slow():
    script = (
        "import sys, audit.cli; print([m for m in sys.modules if m.startswith('audit.')"
        " or m in ('numpy', 'duckdb', 'pydantic', 'typer')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['audit.ahead', 'audit.cli']"


def test_a_command_that_reads_nothing_leaves_no_process(monkeypatch, capfd):
    from audit.cli import main

    monkeypatch.setattr(sys, "argv", ["evenhand", "audit"])
    with pytest.raises(SystemExit):
        main()
    assert not ahead._waiting
