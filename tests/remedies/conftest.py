from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from audit import runner
from audit.mending.effects import Effect
from audit.store import Version, Workspace


@dataclass(frozen=True)
class Mended:
    """What a recipe made of a table."""

    before: Version
    version: Version
    table: pa.Table
    effects: tuple[Effect, ...]

    @property
    def effect(self) -> Effect:
        return self.effects[-1]

    def column(self, name: str) -> list[Any]:
        return self.table[name].to_pylist()


Mend = Callable[..., Mended]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    space = Workspace.open(tmp_path / "workspace")
    yield space
    space.close()


@pytest.fixture
def mended(workspace: Workspace) -> Mend:
    """``mended(data, ("drop-missing", {"columns": ["age"]}), …, roles={...}, key=b"…")``."""

    def mend(
        data: pa.Table | Mapping[str, list[Any]],
        *steps: tuple[str, Mapping[str, Any]],
        roles: Mapping[str, Any] | None = None,
        key: bytes | None = None,
    ) -> Mended:
        table = data if isinstance(data, pa.Table) else pa.table(dict(data))
        version = runner.load(table, workspace=workspace)
        if roles:
            runner.state_roles(version, dict(roles))
        recipe = runner.Recipe(steps=tuple(runner.make_step(r, dict(p)) for r, p in steps))
        given = {} if key is None else {"key": lambda: key}
        made = runner.apply(version, recipe, workspace=workspace, **given)
        record = runner.applied(made)
        assert record is not None
        rows = made.table.arrow("SELECT * FROM {t}")
        return Mended(before=version, version=made, table=rows, effects=record.effects)

    return mend
