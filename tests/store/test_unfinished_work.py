"""Folders for unfinished work: kept while in use, gone afterwards, and a disk that refuses."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from audit.errors import WorkspaceError
from audit.store import Workspace, scratch
from audit.store.scratch import Scratch, sweep


def test_a_folder_swept_before_it_was_locked_is_made_again(tmp_path, monkeypatch):
    """Another process opens the workspace between the making of the folder and its lock."""
    real, swept = scratch.fcntl.flock, []

    def slow(lock, how):
        if not swept and how == scratch.fcntl.LOCK_EX:
            swept.append(True)
            sweep(tmp_path)
        real(lock, how)

    monkeypatch.setattr(scratch.fcntl, "flock", slow)
    made = Scratch(tmp_path)
    assert swept
    assert list(tmp_path.iterdir()) == [made.path]
    sweep(tmp_path)
    assert made.path.is_dir()


def test_what_is_left_of_a_delete_that_was_killed_is_swept(tmp_path, monkeypatch):
    made = Scratch(tmp_path)
    for name in ("version", "a", "z"):
        (made.path / name).mkdir()
        (made.path / name / "data.parquet").write_text("canary")

    def killed(path, **_):
        for file in filter(Path.is_file, Path(path).iterdir()):
            file.unlink()
        raise KeyboardInterrupt(path)

    monkeypatch.setattr(shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        made.remove()
    os.close(made._lock)
    monkeypatch.undo()
    sweep(tmp_path)
    assert not any(tmp_path.rglob("*"))


def test_a_link_among_unfinished_work_is_removed_and_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("keep")
    made = Scratch(tmp_path / "tmp")
    (made.path / "link").symlink_to(outside)
    made.remove()
    assert not made.path.exists()
    assert (outside / "mine.txt").read_text() == "keep"


def test_a_disk_that_cannot_be_written_is_an_error_with_advice(tmp_path, monkeypatch):
    Workspace.open(tmp_path).close()

    def refuse(self, *_, **__):
        raise OSError(errno.EROFS, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(WorkspaceError, match=r"Read-only file system(.|\n)*--workspace"):
        Scratch(tmp_path / "tmp")


def test_a_full_disk_at_the_last_step_leaves_no_version(workspace, version_of, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="No space left on device"):
        version_of({"a": [1]})
    assert workspace.versions() == ()
    assert len(list((workspace.root / "tmp").iterdir())) == 1, "the workspace's own"


def test_files_that_could_not_be_deleted_are_told(workspace, version_of, monkeypatch):
    version = version_of({"a": [1]})
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(WorkspaceError, match=version.id):
            workspace.delete(version)


def test_a_version_deleted_by_another_process_is_told_so(workspace, version_of):
    version = version_of({"a": [1]})
    other = Workspace.open(workspace.root)
    other.delete(other.find(version.id))
    other.close()
    with pytest.raises(WorkspaceError, match="deleted"):
        version.table.rows("SELECT * FROM {t}")
