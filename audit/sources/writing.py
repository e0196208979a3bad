"""The sink: record batches in, our own Parquet out, the same bytes whatever the threads.

pyarrow writes, not DuckDB: DuckDB's row groups depend on the number of threads, and a
version's id is the hash of its bytes.
"""

import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import SourceError
from audit.model import Reject
from audit.sources.base import MOST_REJECTS, Watch
from audit.sources.columns import plain_batch, plain_schema

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 122_880
"""Rows of a row group: what one thread of DuckDB scans."""
RECORD_CHARACTERS = 2_000
_SAMPLE_ROWS = 10_000


class ParquetSink:
    """Writes what a source hands over to ``data`` and, if there are any, rejects to ``rejected``."""

    def __init__(self, data: Path, rejected: Path, watch: Watch) -> None:
        self.loaded = 0
        self.rejected = 0
        self.notes: tuple[str, ...] = ()
        self._data, self._rejects_file, self._watch = data, rejected, watch
        self._rejects: list[Reject] = []
        self._schema: pa.Schema | None = None
        self._writer: _Writer | None = None
        self._pending: list[pa.RecordBatch] = []
        self._pending_rows = 0

    def start(self, schema: "pa.Schema") -> None:
        """Begin (again) with these columns."""
        self.abandon()
        self.loaded = self.rejected = self._pending_rows = 0
        self._rejects, self._pending = [], []
        self._schema, self.notes = plain_schema(schema)
        self._writer = _Writer(self._data, self._schema)

    def write(self, batch: "pa.RecordBatch") -> None:
        """Take records; a row group is written as soon as it is full."""
        if batch.num_rows == 0:
            return
        self.loaded += batch.num_rows
        self._watch.records = self.loaded
        self._pending.append(plain_batch(batch, self._schema))
        self._pending_rows += batch.num_rows
        while self._pending_rows >= GROUP_ROWS:
            self._group(GROUP_ROWS)

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
        if self._pending_rows:
            self._group(self._pending_rows)
        self._writer.close()
        self._writer = None
        return (*self.notes, *self._keep_rejects())

    def abandon(self) -> None:
        """Close without finishing; nothing is kept."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None
            self._data.unlink(missing_ok=True)

    def _group(self, rows: int) -> None:
        import pyarrow as pa

        table = pa.Table.from_batches(self._pending, self._schema)
        if self._writer is None:
            raise RuntimeError("write before start")  # noqa: EM101
        self._writer.put(table.slice(0, rows))
        self._pending = table.slice(rows).to_batches()
        self._pending_rows = table.num_rows - rows

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


def encodings(first: "pa.Table") -> dict[str, str]:
    """Choose how numbers are written that differ from row to row; others have a dictionary.

    A dictionary of values that hardly repeat costs time and space. Decided by the first
    rows, so that the bytes depend on the data alone.
    """
    import pyarrow.compute as pc
    import pyarrow.types as t

    chosen = {}
    for field in first.schema:
        whole, real = t.is_integer(field.type), t.is_floating(field.type)
        if not (whole or real) or first.num_rows < _SAMPLE_ROWS or "." in field.name:
            continue
        distinct = pc.count_distinct(first[field.name].slice(0, _SAMPLE_ROWS)).as_py()
        if distinct > _SAMPLE_ROWS / 2:
            chosen[field.name] = "DELTA_BINARY_PACKED" if whole else "BYTE_STREAM_SPLIT"
    return chosen


def leaves(schema: "pa.Schema") -> list[str]:
    """List the paths of the columns as Parquet has them, those within nested ones included."""
    import io

    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(schema.empty_table(), sink, store_schema=False)
    parquet = pq.ParquetFile(sink).schema
    return [parquet.column(i).path for i in range(len(parquet))]


class _Writer:
    """A Parquet file written by a thread of its own, a row group behind the reader."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        self._path, self._schema = path, schema
        self._file: Any = None
        self._queue: queue.Queue[pa.Table | None] = queue.Queue(maxsize=1)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def put(self, table: "pa.Table") -> None:
        self._raise()
        self._queue.put(table)

    def close(self) -> None:
        self._end()
        self._raise()
        if self._file is None:
            self._open(self._schema.empty_table())
        self._file.close()

    def abandon(self) -> None:
        self._end()
        if self._file is not None:
            self._file.close()

    def _open(self, first: "pa.Table") -> None:
        import pyarrow.parquet as pq

        plain = encodings(first)
        self._file = pq.ParquetWriter(
            self._path,
            self._schema,
            compression="zstd",
            compression_level=1,
            store_schema=False,
            use_dictionary=[n for n in leaves(self._schema) if n not in plain],
            column_encoding=plain or None,
        )

    def _end(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while (table := self._queue.get()) is not None:
            if self._error is None:
                try:
                    if self._file is None:
                        self._open(table)
                    self._file.write_table(table, row_group_size=GROUP_ROWS)
                except BaseException as error:  # noqa: BLE001 - raised again by the reader's thread
                    self._error = error
