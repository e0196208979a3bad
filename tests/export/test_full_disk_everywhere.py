"""A disk that takes no more: an error with advice, no half file, and what was there stays."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from audit import runner
from audit.cli.output import write_text
from audit.errors import ParameterError, WorkspaceError
from audit.export.data import export
from audit.export.formats import FORMATS

ROWS = 12_000
WORK = """
import json, resource, sys
from pathlib import Path
from audit import runner
from audit.errors import AuditError
from audit.export.data import export
from audit.export.formats import FORMATS
from audit.export.splits import Split
from audit.store import Workspace

root = Path(sys.argv[1])
space = Workspace.open(root / "workspace")
version = space.find("people")
runner.roles(version)
before = sorted(str(p) for p in root.rglob("*"))
step = runner.make_step("filter-rows", {"where": "n > 5"})
recipe = runner.Recipe(steps=(step, runner.make_step("drop-columns", {"columns": ["t"]})))
work = {
    "apply": lambda: runner.apply(version, recipe, workspace=space),
    "removed": lambda: runner.preview(version, recipe, workspace=space),
    "split": lambda: export(version, root / "x.csv", FORMATS["csv"], split=Split()),
    **{
        name: lambda f=f: export(version, root / f"x{f.suffix}", f)
        for name, f in FORMATS.items()
    },
}
said = {}
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
for name, do in work.items():
    try:
        do()
        said[name] = "done"
    except AuditError as error:
        said[name] = str(error)
    except Exception as error:
        said[name] = repr(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
left = sorted({str(p) for p in root.rglob("*")} - set(before))
whole = version.table.row("SELECT count(*), sum({n}) FROM {t}", n="n")
known = len(space.versions())
print(json.dumps({"said": said, "left": left, "rows": [int(v) for v in whole], "known": known}))
"""
"""The kernel refuses to let a file grow, as it does on a full disk."""


@pytest.fixture
def version(workspace):
    table = pa.table({"n": list(range(ROWS)), "t": [f"canary {i * 7919}" for i in range(ROWS)]})
    return runner.load(table, workspace=workspace, name="people")


def test_a_file_that_cannot_grow_is_told_and_leaves_nothing(workspace, version, tmp_path):
    command = [sys.executable, "-c", WORK, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    for name, said in told["said"].items():
        assert "cannot be written: File too large.\nFree some space" in said, (name, said)
    assert told["left"] == []
    assert told["rows"] == [ROWS, ROWS * (ROWS - 1) // 2]
    assert told["known"] == 1
    assert "canary" not in done.stdout + done.stderr


@pytest.mark.parametrize("id_", sorted(FORMATS))
def test_a_file_that_must_not_be_written_stays(version, tmp_path, monkeypatch, id_):
    path = tmp_path / f"mine{FORMATS[id_].suffix}"
    path.write_text("mine")

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", denied)
    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr("zipfile.ZipFile.__init__", denied)
    monkeypatch.setattr("pyarrow.ipc.new_file", denied)
    with pytest.raises(WorkspaceError, match="Permission denied"):
        export(version, path, FORMATS[id_])
    monkeypatch.undo()
    assert path.read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_the_versions_own_file_is_not_written_over(version):
    with pytest.raises(ParameterError, match="own file"):
        export(version, version.data, FORMATS["parquet"])
    assert version.table.row("SELECT count(*) FROM {t}") == (ROWS,)


def test_a_text_that_is_not_whole_is_removed(tmp_path, monkeypatch):
    path = tmp_path / "told.json"

    def full(self, text, **_):
        os.close(os.open(self, os.O_CREAT | os.O_WRONLY))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ParameterError, match="No space left"):
        write_text(str(path), "text")
    assert not path.exists()


def test_a_recipe_whose_roles_cannot_be_kept_makes_no_version(workspace, version, monkeypatch):
    """They belong to it: with roles guessed anew it would be another."""
    runner.roles(version)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    recipe = runner.Recipe(steps=(runner.make_step("drop-columns", {"columns": ["t"]}),))
    monkeypatch.setattr("audit.store.workspace.Version.set_roles", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        runner.apply(version, recipe, workspace=workspace)
    assert [v.id for v in workspace.versions()] == [version.id]
