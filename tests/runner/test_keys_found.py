import os
import stat
from pathlib import Path

import pytest

from audit.errors import ParameterError
from audit.runner.keys import VARIABLE, find_key, has_key, make_key
from audit.store import Workspace

GOOD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_without_a_key_an_error_says_how_to_get_one(workspace: Workspace) -> None:
    assert not has_key(workspace)
    with pytest.raises(ParameterError, match="EVENHAND_KEY"):
        find_key(workspace)()


def test_a_key_made_in_the_workspace_is_private_and_found(workspace: Workspace) -> None:
    path = make_key(workspace)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = find_key(workspace)()
    assert len(bytes.fromhex(key.decode())) == 32
    assert [p.name for p in workspace.root.glob("*key*")] == ["key"]


def test_a_key_that_is_there_is_never_replaced(workspace: Workspace) -> None:
    before = make_key(workspace).read_bytes()
    assert make_key(workspace).read_bytes() == before


def test_two_workspaces_have_different_keys(workspace: Workspace, tmp_path: Path) -> None:
    other = Workspace.open(tmp_path / "other")
    assert make_key(workspace).read_bytes() != make_key(other).read_bytes()
    other.close()


def test_file_before_environment_before_workspace(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = make_key(workspace).read_bytes().strip()
    file = written(tmp_path / "file", f"{GOOD} of a file\n")
    assert find_key(workspace)() == own
    monkeypatch.setenv(VARIABLE, GOOD)
    assert find_key(workspace)() == GOOD.encode()
    assert find_key(workspace, file)() == f"{GOOD} of a file".encode()


@pytest.mark.parametrize("text", ["", "sesame", "a" * 64, "abababababababababab", " \n" * 40])
def test_keys_that_are_soon_guessed_are_refused(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv(VARIABLE, text)
    for key in (find_key(workspace), find_key(workspace, written(tmp_path / "file", text))):
        with pytest.raises(ParameterError, match="16 characters") as caught:
            key()
        assert not text.strip() or text.strip() not in str(caught.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_files_that_others_may_read_are_refused_with_advice(
    workspace: Workspace, tmp_path: Path, mode: int
) -> None:
    file = written(tmp_path / "file", GOOD, mode)
    with pytest.raises(ParameterError, match="chmod 600") as caught:
        find_key(workspace, file)()
    assert GOOD not in str(caught.value)
    make_key(workspace).chmod(mode)
    with pytest.raises(ParameterError, match="chmod 600"):
        find_key(workspace)()


def test_a_file_that_is_not_there_or_too_large_is_an_error(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(ParameterError, match="cannot be read"):
        find_key(workspace, tmp_path / "absent")()
    with pytest.raises(ParameterError, match="cannot be read"):
        find_key(workspace, tmp_path)()
    large = written(tmp_path / "large", os.urandom(70_000).hex())
    with pytest.raises(ParameterError, match="too large"):
        find_key(workspace, large)()
