"""Reading a source in this process: what it gives, as plain values to assert on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit.model import LoadReport
from audit.sources import Limits
from audit.sources.peek import duckdb_type
from audit.sources.work import load_here


@dataclass
class Read:
    """A load with everything it left behind."""

    report: LoadReport
    kind: str
    options: dict[str, str]
    table: pa.Table
    rejects: list[dict[str, Any]]
    folder: Path

    @property
    def counts(self) -> tuple[int, int, int, int]:
        r = self.report
        return r.found, r.loaded, r.rejected, r.skipped

    @property
    def types(self) -> dict[str, str]:
        return {f.name: duckdb_type(f.type) for f in self.table.schema}

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        columns = [c.to_pylist() for c in self.table.columns]
        return list(zip(*columns, strict=True))


@pytest.fixture
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Read]:
    """Load a path, or the text or bytes of a file called ``name``."""

    def load(
        what: Path | str | bytes,
        /,
        *,
        name: str = "table.csv",
        kind: str | None = None,
        limits: Limits | None = None,
        **options: Any,
    ) -> Read:
        folder = tmp_path_factory.mktemp("load")
        (folder / "scratch").mkdir()
        (folder / "draft").mkdir()
        path = what if isinstance(what, Path) else folder / name
        if not isinstance(what, Path):
            path.write_bytes(what if isinstance(what, bytes) else what.encode())
        draft = folder / "draft"
        loaded = load_here(
            path,
            draft,
            folder / "scratch",
            kind=kind,
            options=options,
            limits=limits or Limits(threads=2),
        )
        rejected = draft / "rejected.parquet"
        return Read(
            report=loaded.report,
            kind=loaded.kind,
            options=dict(loaded.options),
            table=pq.read_table(draft / "data.parquet"),
            rejects=pq.read_table(rejected).to_pylist() if rejected.exists() else [],
            folder=draft,
        )

    return load
