"""Versions that somebody changed, or a disk did: told by name, never believed, never followed."""

import json
import os
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit import runner
from audit.errors import AuditError, WorkspaceError
from audit.export.data import export
from audit.export.formats import FORMATS
from audit.export.splits import Split
from audit.runner.export_shelf import ShelfFile, on_shelf, put_on_shelf
from audit.runner.pairs_of_rows import related
from audit.store import intact

ROWS = 500
RECIPE = runner.Recipe(steps=(runner.make_step("filter-rows", {"where": "n > 9"}),))


@pytest.fixture
def version(workspace):
    table = pa.table({"n": list(range(ROWS)), "t": [f"canary {i}" for i in range(ROWS)]})
    return runner.load(table, workspace=workspace, name="people")


def flipped(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)


def shorter(path):
    path.write_bytes(path.read_bytes()[:-9])


def others(path):
    pq.write_table(pa.table({"n": [1], "t": ["x"]}), path)


def linked(path):
    away = path.parents[3] / "away.parquet"
    shutil.move(path, away)
    path.symlink_to(away)


def folder(path):
    path.unlink()
    path.mkdir()


def pipe(path):
    path.unlink()
    os.mkfifo(path)


DAMAGE = (flipped, shorter, others, linked, folder, pipe)


@pytest.mark.parametrize("damage", DAMAGE)
def test_rows_that_are_not_as_written_are_told_by_every_reader(
    workspace, version, tmp_path, damage
):
    damage(version.data)
    out = tmp_path / "out"
    out.mkdir()
    readers = [
        lambda v: runner.apply(v, RECIPE, workspace=workspace),
        lambda v: runner.preview(v, RECIPE, workspace=workspace),
        lambda v: runner.run(v, reports=["distribution"]),
        *(
            lambda v, f=f: export(v, out / f"x{f.suffix}", f)
            for f in map(FORMATS.get, ("parquet", "excel"))
        ),
    ]
    for read in readers:
        with pytest.raises(WorkspaceError, match=f"{version.id} is damaged: its data") as caught:
            read(workspace.find("people"))
        assert f"evenhand delete {version.id}" in caught.value.hint
    assert list(out.iterdir()) == []
    workspace.delete(workspace.find(version.id))
    assert workspace.versions() == ()
    if damage is linked:
        assert (workspace.root.parent / "away.parquet").exists()


def test_the_digest_is_made_once_for_each_state_of_the_file(workspace, version, monkeypatch):
    calls = []
    monkeypatch.setattr(intact, "_seen", {})
    monkeypatch.setattr(
        intact, "sha256", lambda path: calls.append(path) or version.manifest.sha256
    )
    for _ in range(3):
        assert workspace.find("people").table.row("SELECT count(*) FROM {t}") == (ROWS,)
    assert len(calls) == 1


@pytest.mark.parametrize(
    "changes",
    [{"rows": 10**30}, {"rows": 7}, {"columns": [{"name": "canary", "type": "BIGINT"}]}],
)
def test_a_manifest_that_says_something_else_of_the_rows_is_told(workspace, version, changes):
    rewrite(version.folder / "manifest.json", changes)
    with pytest.raises(WorkspaceError, match=f"{version.id} is damaged: its manifest"):
        runner.apply(workspace.find(version.id), RECIPE, workspace=workspace)


@pytest.mark.parametrize("id_", ["../../../elsewhere", "*", "0123456789abcdef", ""])
def test_a_manifest_that_calls_itself_otherwise_is_not_followed(workspace, version, id_):
    victim = workspace.root.parent / "elsewhere"
    victim.mkdir()
    other = runner.apply(version, RECIPE, workspace=workspace)
    kept = other.folder / "comparisons" / f"{other.id}-x.json"
    kept.parent.mkdir()
    kept.write_text("{}")
    rewrite(version.folder / "manifest.json", {"id": id_})
    assert [v.id for v in workspace.versions()] == [other.id]
    with pytest.raises(WorkspaceError, match=f"{version.id} is damaged: its manifest") as caught:
        workspace.find(version.id)
    assert str(version.folder) in caught.value.hint
    assert victim.exists()
    assert kept.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": 7}', '{"rows": "many"}', "null"])
def test_what_is_no_manifest_is_told_when_it_is_asked_for_or_made_again(workspace, version, text):
    made = runner.apply(version, RECIPE, workspace=workspace)
    (made.folder / "manifest.json").write_text(text)
    for ask in (
        lambda: workspace.find(made.id),
        lambda: runner.apply(version, RECIPE, workspace=workspace),
    ):
        with pytest.raises(WorkspaceError, match=f"{made.id} is damaged: its manifest"):
            ask()
    assert [v.id for v in workspace.versions()] == [version.id]


def test_a_manifest_that_blocks_or_never_ends_is_none(workspace, version):
    for make in (os.mkfifo, lambda path: path.symlink_to("/dev/zero")):
        (version.folder / "manifest.json").unlink()
        make(version.folder / "manifest.json")
        assert workspace.versions() == ()


def test_roles_and_the_account_are_not_made_up_where_they_are_damaged(workspace, version):
    made = runner.apply(version, RECIPE, workspace=workspace)
    for name, ask in (("roles.json", runner.roles), ("applied.json", runner.applied)):
        for text in ("{", '{"columns": 7, "effects": 7}', "[[]]"):
            (made.folder / name).write_text(text)
            with pytest.raises(WorkspaceError, match=f"{made.id} is damaged: its {name}"):
                ask(made)
        (made.folder / name).unlink()
        (made.folder / name).symlink_to(version.data)
        with pytest.raises(WorkspaceError, match="damaged"):
            ask(made)


@pytest.mark.parametrize("rows", [[10**12], [-5], [3, 3], [7, 2], ["a"], [1.5], [None]])
def test_lineage_and_removed_rows_that_cannot_be_are_told(workspace, version, tmp_path, rows):
    made = runner.apply(version, RECIPE, workspace=workspace)
    table = pa.table({"row": rows, "step": [1] * len(rows), "reason": ["x"] * len(rows)})
    pq.write_table(table, made.folder / "removed.parquet")
    long = (rows * ROWS)[: made.manifest.rows]
    pq.write_table(pa.table({"row": long}), made.folder / "lineage.parquet")
    asks = [
        lambda: runner.removed_rows(made, workspace=workspace, folder=workspace.root / "tmp"),
        lambda: related(version, made, workspace),
    ]
    for ask in asks[: 1 if rows in ([3, 3], [7, 2]) else 2]:
        with pytest.raises(WorkspaceError, match=f"{made.id} is damaged"):
            ask()
    (made.folder / "lineage.parquet").write_bytes(b"PAR1 canary PAR1")
    with pytest.raises(WorkspaceError, match="damaged: its lineage"):
        export(made, tmp_path / "x.csv", FORMATS["csv"], split=Split())


def test_files_of_other_places_are_not_handed_out(workspace, version, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("canary")

    def write(at):
        (at / "x.csv").write_text("a\n")
        return (ShelfFile(path=at / "x.csv", rows=1),)

    (file,) = put_on_shelf(version, "csv", write, workspace=workspace)
    assert on_shelf(version, "csv") == (file,)
    (index,) = (version.folder / "exports").glob("*.json")
    told = index.read_text()
    index.write_text(told.replace(str(file.path), str(secret)))
    assert on_shelf(version, "csv") is None
    index.write_text(told)
    file.path.unlink()
    file.path.symlink_to(secret)
    assert on_shelf(version, "csv") is None


def rewrite(path, changes):
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | changes))


def test_nothing_that_is_damaged_is_another_kind_of_error(workspace, version):
    for path in version.folder.rglob("*.json"):
        path.write_bytes(b"\xff\x00" * 9)
    for ask in (
        workspace.versions,
        lambda: workspace.find("people"),
        lambda: runner.roles(version),
    ):
        try:
            ask()
        except AuditError as error:
            assert str(error).strip()  # noqa: PT017 - any expected error will do, no other
