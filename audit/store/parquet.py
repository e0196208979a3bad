"""Parquet as versions are written: the same bytes for the same rows, whatever the threads.

pyarrow writes, not DuckDB: DuckDB's row groups depend on the number of threads, and a
version's id is the hash of its bytes.
"""

import queue
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.store.scratch import writable

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 122_880
"""Rows of a row group: what one thread of DuckDB scans."""
_SAMPLE_ROWS = 10_000


class ParquetWriter:
    """Writes record batches of one schema; a thread of its own is a row group behind.

    Parameters
    ----------
    path : Path
        The file; it is made with the first row group, or on closing.
    schema : pyarrow.Schema
        Of every batch.
    draft : bool, default False
        For work that is not kept: quick to write, larger, and not the same bytes everywhere.
    """

    def __init__(self, path: Path, schema: "pa.Schema", *, draft: bool = False) -> None:
        self.rows = 0
        self._path, self._schema, self._draft = path, schema, draft
        self._file: Any = None
        self._pending: list[pa.RecordBatch] = []
        self._pending_rows = 0
        self._queue: queue.Queue[pa.Table | None] = queue.Queue(maxsize=1)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def write(self, batch: "pa.RecordBatch") -> None:
        """Take rows; a row group is written as soon as it is full."""
        if batch.num_rows == 0:
            return
        self._pending.append(batch)
        self._pending_rows += batch.num_rows
        self.rows += batch.num_rows
        while self._pending_rows >= GROUP_ROWS:
            self._group(GROUP_ROWS)

    def close(self) -> None:
        """Write what is left, and the footer."""
        if self._pending_rows:
            self._group(self._pending_rows)
        self._end()
        self._raise()
        with writable("The table"):
            if self._file is None:
                self._open(self._schema.empty_table())
            self._file.close()

    def abandon(self) -> None:
        """Close without finishing: the file is not whole."""
        self._end()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _group(self, rows: int) -> None:
        import pyarrow as pa

        table = pa.Table.from_batches(self._pending, self._schema)
        self._raise()
        self._queue.put(table.slice(0, rows))
        self._pending = table.slice(rows).to_batches()
        self._pending_rows = table.num_rows - rows

    def _open(self, first: "pa.Table") -> None:
        import pyarrow.parquet as pq

        told = exact_leaves(self._schema)
        if self._draft:
            self._file = pq.ParquetWriter(
                self._path,
                self._schema,
                compression="none",
                store_schema=False,
                write_statistics=told,
            )
            return
        plain = encodings(first)
        self._file = pq.ParquetWriter(
            self._path,
            self._schema,
            compression="zstd",
            compression_level=1,
            store_schema=False,
            write_statistics=told,
            use_dictionary=[n for n in leaves(self._schema) if n not in plain],
            column_encoding=plain or None,
        )

    def _end(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            with writable("The table"):
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
    return [path for path, _ in _leaves(schema)]


def exact_leaves(schema: "pa.Schema") -> list[str]:
    """List the paths of the columns that least and greatest value are written of: all but floats.

    Parquet leaves NaN out of them, and DuckDB believes them: of a file that says 1 to 4 it answers
    that no value is NaN, and that none is above 4, without looking.
    """
    return [path for path, kind in _leaves(schema) if kind not in ("FLOAT", "DOUBLE")]


def _leaves(schema: "pa.Schema") -> list[tuple[str, str]]:
    import io

    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(schema.empty_table(), sink, store_schema=False)
    parquet = pq.ParquetFile(sink).schema
    columns = [parquet.column(i) for i in range(len(parquet))]
    return [(column.path, column.physical_type) for column in columns]
