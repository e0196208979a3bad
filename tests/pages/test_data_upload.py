"""An upload is a private file that does not outlive its use; its name is never a path."""

import gc
import io
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.store import Workspace
from audit.ui.load_upload import base_name, discard, spool, typed


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../x", "x"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\a\\people.csv", "people.csv"),
        ("..", "upload"),
        ("", "upload"),
        ("a\nb\x00.csv", "ab.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        ("people.csv", "people.csv"),
    ],
)
def test_the_name_of_an_upload_is_reduced_to_a_base_name(sent: str, kept: str) -> None:
    assert base_name(sent) == kept


@given(st.text(max_size=400))
def test_every_name_becomes_one_component_that_a_file_system_takes(sent: str) -> None:
    kept = base_name(sent)
    assert Path(kept).name == kept
    assert kept not in ("", ".", "..")
    assert len(kept.encode(errors="surrogatepass")) <= 200


def test_a_long_name_keeps_its_ending() -> None:
    assert base_name("é" * 300 + ".parquet").endswith("é.parquet")


def test_an_upload_is_written_whole_and_for_this_user_alone(workspace: Workspace) -> None:
    chosen = spool(io.BytesIO(b"a,b\n1,2\n"), "../../people.csv", workspace)
    assert chosen.path.read_bytes() == b"a,b\n1,2\n"
    assert chosen.name == chosen.path.name == "people.csv"
    assert workspace.root / "tmp" in chosen.path.parents
    assert stat.S_IMODE(chosen.path.stat().st_mode) == 0o600
    discard(chosen)


def test_a_discarded_upload_leaves_nothing_behind(workspace: Workspace) -> None:
    before = set((workspace.root / "tmp").iterdir())
    chosen = spool(io.BytesIO(b"secret"), "a.csv", workspace)
    discard(chosen)
    discard(chosen)
    assert set((workspace.root / "tmp").iterdir()) == before


def test_an_upload_goes_when_the_session_that_held_it_does(workspace: Workspace) -> None:
    path = spool(io.BytesIO(b"secret"), "a.csv", workspace).path
    gc.collect()
    assert not path.exists()


def test_a_full_disk_leaves_no_half_written_upload(workspace: Workspace) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(28, "No space left on device")

    before = set((workspace.root / "tmp").iterdir())
    with pytest.raises(OSError, match="No space"):
        spool(Failing(), "a.csv", workspace)
    assert set((workspace.root / "tmp").iterdir()) == before


def test_discarding_what_was_typed_in_deletes_nothing(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("a\n1\n")
    discard(typed(f' "{mine}" '))
    assert mine.exists()


def test_nothing_typed_is_no_source() -> None:
    assert typed("  ") is None
