"""Versions are whole or absent, named by their content, and gone when deleted."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.errors import ColumnError, WorkspaceError
from audit.model import About, ColumnRole, LoadReport, Origin, Role, RoleMap
from audit.store import Workspace
from audit.store.codec import dump, read

CANARY = "canary-7f3a91-cafe"


def test_the_same_bytes_are_one_version_with_two_names(workspace, version_of):
    first = version_of({"a": [1, 2]}, name="one")
    second = version_of({"a": [1, 2]}, name="two")
    assert second.id == first.id == first.manifest.sha256[:16]
    assert len(workspace.versions()) == 1
    assert workspace.find("one").id == workspace.find("two").id == first.id


def test_names_given_at_the_same_time_are_all_kept(tmp_path):
    root, names, failed = tmp_path / "workspace", 12, []

    def load(who: str) -> None:
        space = Workspace.open(root)
        try:
            for i in range(names):
                with space.draft() as draft:
                    pq.write_table(pa.table({"a": [1]}), draft.data)
                    space.commit(draft, name=f"{who}{i}", origin=Origin()).set_about(About())
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            space.close()

    threads = [threading.Thread(target=load, args=(who,)) for who in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    space = Workspace.open(root)
    (version,) = space.versions()
    known = [version.manifest.name, *version.manifest.aliases]
    assert sorted(known) == sorted(f"{who}{i}" for who in "abc" for i in range(names))
    space.close()


def test_equal_rows_keep_their_own_account_of_what_was_lost(workspace):
    clean = LoadReport(found=2, loaded=2, rejected=0, skipped=0)
    blank = LoadReport(found=3, loaded=2, rejected=0, skipped=1)
    broken = LoadReport(found=3, loaded=2, rejected=1, skipped=0)
    ids = []
    for load, text in ((clean, ""), (blank, ""), (broken, "x"), (broken, "y"), (broken, "y")):
        with workspace.draft() as draft:
            pq.write_table(pa.table({"a": [1, 2]}), draft.data)
            if text:
                pq.write_table(pa.table({"record": [text]}), draft.rejected)
            made = workspace.commit(draft, name="n", origin=Origin(), load=load)
        again = workspace.find(made.id)
        assert again.manifest.load == load
        assert (again.rejected is not None) == bool(text)
        ids.append(made.id)
    assert len(set(ids)) == 4, "the last two are the same in everything"
    assert len({v.manifest.sha256 for v in workspace.versions()}) == 1


def test_other_bytes_are_another_version(workspace, version_of):
    assert version_of({"a": [1]}).id != version_of({"a": [2]}).id
    assert len(workspace.versions()) == 2


def test_the_newest_of_one_name_is_found(workspace, version_of):
    old = version_of({"a": [1]}, name="data")
    old.keep("manifest.json", replace(old.manifest, created="2001-01-01T00:00:00+00:00"))
    new = version_of({"a": [2]}, name="data")
    assert workspace.find("data").id == new.id
    assert workspace.find(old.id[:8]).id == old.id


def test_an_unknown_name_is_an_error_that_lists_what_there_is(workspace, version_of):
    version_of({"a": [1]}, name="people")
    with pytest.raises(WorkspaceError, match="people"):
        workspace.find("poeple")


def test_roles_and_purpose_are_kept_beside_the_version(workspace, version_of):
    version = version_of({"income": [1], "sex": ["F"]})
    roles = RoleMap(
        columns=(ColumnRole(column="sex", roles=(Role.SENSITIVE, Role.QUASI_IDENTIFIER)),),
        positive=">50K",
    )
    version.set_roles(roles)
    version.set_about(About(licence="CC BY 4.0", purpose="credit"))
    again = workspace.find(version.id)
    assert again.roles() == roles
    assert again.manifest.about.licence == "CC BY 4.0"
    assert again.manifest.sha256 == version.manifest.sha256


def test_a_role_for_an_unknown_column_is_an_error_with_the_nearest_name(version_of):
    version = version_of({"gender": ["F"]})
    roles = RoleMap(columns=(ColumnRole(column="gendr", roles=(Role.SENSITIVE,)),))
    with pytest.raises(ColumnError, match="gender"):
        version.set_roles(roles)


def test_lineage_names_the_children(workspace, version_of):
    parent = version_of({"a": [1, 2]})
    with workspace.draft() as draft:
        draft.data.write_bytes(version_of({"a": [1]}).data.read_bytes() + b"")
        with workspace.engine.cursor() as cursor:
            target = str(draft.data)
            cursor.execute(f"COPY (SELECT 7 AS b) TO '{target}' (FORMAT parquet)")
        child = workspace.commit(draft, name="child", origin=Origin(parent=parent.id))
    assert [v.id for v in workspace.children(parent)] == [child.id]


def test_a_draft_that_fails_leaves_nothing(workspace, tmp_path):
    def fail() -> None:
        with workspace.draft() as draft:
            draft.data.write_bytes(b"half")
            message = "broken off"
            raise ValueError(message)

    with pytest.raises(ValueError, match="broken off"):
        fail()
    assert workspace.versions() == ()
    assert not list(workspace.root.rglob("data.parquet"))


def test_nothing_of_a_deleted_version_can_be_found_on_the_disk(workspace, version_of):
    version = version_of({"note": [CANARY], "b": [1]}, name="secret")
    version.keep("reports/x.json", About(purpose=CANARY))
    workspace.delete(version)
    assert workspace.versions() == ()
    for path in workspace.root.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes()
    with pytest.raises(WorkspaceError, match="deleted"):
        version.set_about(About())


def test_only_the_owner_can_read_the_files(workspace, version_of):
    version = version_of({"a": [1]})
    version.set_roles(RoleMap())
    for path in (workspace.root / "versions", version.folder, version.folder / "roles.json"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_damaged_manifest_hides_one_version_and_no_other(workspace, version_of):
    bad, good = version_of({"a": [1]}), version_of({"a": [2]})
    (bad.folder / "manifest.json").write_text("{")
    assert [v.id for v in workspace.versions()] == [good.id]


def test_a_folder_that_cannot_be_used_is_an_error_with_advice(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(WorkspaceError, match="--workspace"):
        Workspace.open(file / "below")


def test_values_survive_json():
    report = LoadReport(found=3, loaded=1, rejected=1, skipped=1, notes=("“quoted” \\ \n",))
    assert read(LoadReport, dump(report)) == report


WRITER = """
    import sys, pathlib
    import pyarrow as pa, pyarrow.parquet as pq
    from audit.model import Origin
    from audit.store import Workspace
    space = Workspace.open(pathlib.Path(sys.argv[1]))
    print("ready", flush=True)
    i = int(sys.argv[2])
    while True:
        i += 1
        with space.draft() as draft:
            pq.write_table(pa.table({"i": [i] * 20000}), draft.data)
            space.commit(draft, name=f"n{i}", origin=Origin(source="loop"))
"""


def _start_writer(root: Path, begin: int) -> subprocess.Popen[str]:
    script = [sys.executable, "-c", textwrap.dedent(WRITER), str(root), str(begin)]
    writer = subprocess.Popen(script, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def test_killed_at_any_moment_every_version_seen_is_whole(tmp_path):
    root = tmp_path / "workspace"
    for round_ in range(4):
        writer = _start_writer(root, round_ * 100_000)
        time.sleep(0.15 + 0.07 * round_)
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        space = Workspace.open(root)
        for version in space.versions():
            assert version.table.row("SELECT count(*) FROM {t}") == (20_000,)
        assert len(list((root / "tmp").iterdir())) == 1, "what the killed one left is swept"
        space.close()
    assert space.root == root


def test_a_folder_whose_owner_was_killed_before_it_could_lock_it_is_swept(tmp_path):
    left = tmp_path / "workspace" / "tmp" / "left"
    left.mkdir(parents=True)
    Workspace.open(tmp_path / "workspace").close()
    assert not left.exists()


def test_two_processes_share_a_workspace(tmp_path):
    root = tmp_path / "workspace"
    writers = [_start_writer(root, begin) for begin in (0, 10_000_000)]
    space = Workspace.open(root)
    names: set[int] = set()
    patience = time.monotonic() + 30
    while names != {0, 1} and time.monotonic() < patience:
        time.sleep(0.1)
        names = {int(v.manifest.name[1:]) // 10_000_000 for v in space.versions()}
    space.close()
    for writer in writers:
        assert writer.poll() is None, "a writer failed"
        writer.kill()
        writer.communicate()
    assert names == {0, 1}


def test_the_running_process_keeps_its_drafts_while_another_opens_the_workspace(tmp_path):
    root = tmp_path / "workspace"
    first = Workspace.open(root)
    with first.draft() as draft:
        second = Workspace.open(root)
        assert draft.folder.is_dir()
        second.close()
    first.close()


def test_parquet_is_read_with_any_column_name(version_of):
    names = ['a"" ; DROP TABLE d; --', "{t} {0}", "{row}", "file_row_number x", "ä\n€", "c0"]
    version = version_of(pa.table({name: [i] for i, name in enumerate(names)}))
    assert [c.name for c in version.manifest.columns] == names
    for i, name in enumerate(names):
        assert version.table.row("SELECT {n} FROM {t}", n=name) == (i,)
