"""The sink: what a source hands over becomes the Parquet of a version."""

from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import SourceError
from audit.model import Reject
from audit.sources.base import MOST_REJECTS, Watch
from audit.sources.columns import plain_batch, plain_schema
from audit.store.parquet import ParquetWriter

if TYPE_CHECKING:
    import pyarrow as pa

RECORD_CHARACTERS = 2_000


class ParquetSink:
    """Writes what a source hands over to ``data`` and, if there are any, rejects to ``rejected``."""

    def __init__(self, data: Path, rejected: Path, watch: Watch) -> None:
        self.loaded = 0
        self.rejected = 0
        self.notes: tuple[str, ...] = ()
        self._data, self._rejects_file, self._watch = data, rejected, watch
        self._rejects: list[Reject] = []
        self._schema: pa.Schema | None = None
        self._writer: ParquetWriter | None = None

    def start(self, schema: "pa.Schema") -> None:
        """Begin (again) with these columns."""
        self.abandon()
        self.loaded = self.rejected = 0
        self._rejects = []
        self._schema, self.notes = plain_schema(schema)
        self._writer = ParquetWriter(self._data, self._schema)

    def write(self, batch: "pa.RecordBatch") -> None:
        """Take records; a row group is written as soon as it is full."""
        if batch.num_rows == 0:
            return
        self.loaded += batch.num_rows
        self._watch.records = self.loaded
        if self._writer is None:
            raise RuntimeError("write before start")  # noqa: EM101
        self._writer.write(plain_batch(batch, self._schema))

    def reject(self, reject: Reject) -> None:
        """Count a reject; keep it unless there are too many already."""
        self.rejected += 1
        if len(self._rejects) < MOST_REJECTS:
            self._rejects.append(reject)

    def progress(self, share: float) -> None:
        """Tell the watcher."""
        self._watch(share)

    def finish(self) -> tuple[str, ...]:
        """Write what is left and close; gives the notes about columns and rejects."""
        if self._writer is None:
            message = "There is no table in the file."
            raise SourceError(message, hint="Check that it is the file you meant.")
        self._writer.close()
        self._writer = None
        return (*self.notes, *self._keep_rejects())

    def abandon(self) -> None:
        """Close without finishing; nothing is kept."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None
            self._data.unlink(missing_ok=True)

    def _keep_rejects(self) -> tuple[str, ...]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._rejects:
            return ()
        columns = {
            "line": pa.array([r.line for r in self._rejects], pa.int64()),
            "column": pa.array([r.column for r in self._rejects], pa.string()),
            "reason": pa.array([r.reason for r in self._rejects], pa.string()),
            "record": pa.array([r.record[:RECORD_CHARACTERS] for r in self._rejects], pa.string()),
        }
        pq.write_table(
            pa.table(columns), self._rejects_file, compression="zstd", store_schema=False
        )
        if self.rejected == len(self._rejects):
            return ()
        return (f"Only the first {MOST_REJECTS:,} rejected records are kept to be looked at.",)
