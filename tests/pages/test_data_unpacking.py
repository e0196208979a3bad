"""What has to be unpacked is unpacked in the workspace, where a crash leaves nothing for good."""

import gzip
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from audit import runner
from audit.store import Workspace
from audit.ui import load_desk


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "people.db")) as database:
        database.execute("CREATE TABLE people (name TEXT)")
        database.execute("INSERT INTO people VALUES ('Jane Canary')")
        database.commit()
    path = tmp_path / "people.db.gz"
    path.write_bytes(gzip.compress((tmp_path / "people.db").read_bytes()))
    return path


@pytest.fixture
def _no_temporary_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is none"))


@pytest.mark.usefixtures("_no_temporary_folder")
def test_preview_and_load_write_nothing_outside_the_workspace(
    workspace: Workspace, packed: Path
) -> None:
    before = set((workspace.root / "tmp").iterdir())
    assert load_desk._preview(packed, workspace, None, {}).rows == (("Jane Canary",),)
    assert runner.load(packed, workspace=workspace).manifest.rows == 1
    assert set((workspace.root / "tmp").iterdir()) == before
