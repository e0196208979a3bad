"""Several processes at one workspace: whole versions or none, and errors that say what happened."""

import json
import os
import subprocess
import sys

import pyarrow as pa
import pytest

from audit import runner
from audit.store import Workspace

ROWS = 3_000
WORK = """
import json, sys, time
from pathlib import Path
from audit import runner
from audit.errors import AuditError
from audit.export.data import export
from audit.export.formats import FORMATS
from audit.store import Workspace

root, what = Path(sys.argv[1]), sys.argv[2]
space = Workspace.open(root)
runner.make_step("drop-columns", {"columns": ["t"]})
import pyarrow.compute, pyarrow.parquet
print("ready", flush=True)
sys.stdin.readline()
said, done = [], 0
until = time.monotonic() + float(sys.argv[3])
turn = 0
while time.monotonic() < until:
    turn += 1
    try:
        if what in ("same", "other"):
            floor = turn % 4 + (0.5 if what == "other" else 0)
            steps = [("filter-rows", {"where": f"n > {floor}"}), ("drop-columns", {"columns": ["t"]})]
            recipe = runner.Recipe(steps=tuple(runner.make_step(*step) for step in steps))
            made = runner.apply(space.find("people"), recipe, workspace=space)
            assert made.table.row("SELECT count(*), min({n}) FROM {t}", n="n")[0] == made.manifest.rows
        elif what == "delete":
            for version in space.versions():
                if version.manifest.origin.parent:
                    space.delete(version)
            time.sleep(0.01)
        elif what == "delete all":
            time.sleep(0.3)
            for version in space.versions():
                space.delete(version)
        elif what == "export":
            path = root.parent / "out.csv"
            for version in space.versions():
                try:
                    (file,) = export(version, path, FORMATS["csv"])
                    assert file.rows == version.manifest.rows
                finally:
                    if path.exists():
                        lines = path.read_text().count("\\n")
                        assert lines == version.manifest.rows + 1, "a half file was left"
                        path.unlink()
        done += 1
    except AuditError as error:
        said.append(str(error))
    except BaseException as error:
        said.append("BUG " + repr(error))
print(json.dumps({"said": sorted(set(said)), "done": done}))
"""
pytestmark = pytest.mark.slow
TOLD = ("has been deleted", "is not there any more", "There is no dataset 'people'")


def at_once(folder, jobs, seconds):
    """Run jobs at the same time in processes of their own; give what each said."""
    root = folder / "workspace"
    space = Workspace.open(root)
    table = pa.table({"n": list(range(ROWS)), "t": [f"canary {i}" for i in range(ROWS)]})
    runner.roles(runner.load(table, workspace=space, name="people"))
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    children = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(root), job, str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for job in jobs
    ]
    for child in children:
        child.stdout.readline()
    for child in children:
        child.stdin.write("\n")
        child.stdin.flush()
    ended = [child.communicate(timeout=120) for child in children]
    assert [err for _, err in ended if err] == []
    for version in space.versions():
        assert version.table.row("SELECT count(*) FROM {t}")[0] == version.manifest.rows
        assert version.roles() is not None
        assert version.manifest.origin.parent is None or runner.applied(version) is not None
    whole = {v.id for v in space.versions()}
    assert {p.name for p in (root / "versions").iterdir()} == whole
    space.close()
    Workspace.open(root).close()
    assert list((root / "tmp").iterdir()) == []
    return [json.loads(out) for out, _ in ended], len(whole)


def test_the_same_and_other_recipes_at_once_make_each_version_once(tmp_path):
    said, versions = at_once(tmp_path, ["same", "same", "other"], 0.6)
    assert [s["said"] for s in said] == [[], [], []]
    assert versions <= 9
    assert all(s["done"] for s in said)


def test_what_is_deleted_meanwhile_is_told_and_leaves_nothing_half(tmp_path):
    said, versions = at_once(tmp_path, ["same", "export", "delete", "delete all"], 0.6)
    for told in (message for s in said for message in s["said"]):
        assert any(words in told for words in TOLD), told
    assert versions <= 5
