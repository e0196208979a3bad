"""What all tests share: the real data, a workspace, and versions made from frames."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import settings

from audit.model import Origin
from audit.store import Version, Workspace

# What passes once passes again, on slow machines too. For other examples:
# pytest --hypothesis-profile=default
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Give the path of a file of the shared real data; skip, saying so, where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"the shared real data ({name}) is absent")
        return path

    return find


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    space = Workspace.open(tmp_path / "workspace")
    yield space
    space.close()


@pytest.fixture
def version_of(workspace: Workspace) -> Callable[..., Version]:
    """Make a version of an Arrow table, a pandas frame or a dict of columns."""

    def make(data: Any, *, name: str = "test") -> Version:
        if isinstance(data, dict):
            table = pa.table(data)
        elif isinstance(data, pa.Table):
            table = data
        else:
            table = pa.Table.from_pandas(data, preserve_index=False)
        with workspace.draft() as draft:
            pq.write_table(table, draft.data)
            return workspace.commit(draft, name=name, origin=Origin(source="test"))

    return make
