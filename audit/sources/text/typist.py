"""Texts in, typed columns out: types from the first rows, proven on every further one."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from audit.sources.base import Sink
from audit.sources.facts import Fact, convert, observe, type_of

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_ROWS = 122_880
"""Rows looked at before anything is written; as many as a row group has."""
_PARALLEL_ROWS = 1024
_ENOUGH_ROWS = 16_384
_ENOUGH_BYTES = 32 << 20


class Typist:
    """Writes batches of texts to a sink with the types their values allow.

    As soon as a value contradicts a type, writing stops and the rest of the source is only
    looked at; :attr:`settled` is then False, and a second reading with the ``facts`` found,
    which are those of all rows, cannot fail.
    """

    def __init__(
        self,
        sink: Sink,
        names: Sequence[str],
        *,
        facts: Sequence[Fact] | None = None,
        all_text: bool = False,
        missing: Sequence[str] = (),
        threads: int = 1,
        first_rows: int = FIRST_ROWS,
    ) -> None:
        self._sink = sink
        self._names = list(names)
        self.facts = [Fact.TEXT] * len(names) if all_text else list(facts or [Fact(0)] * len(names))
        self._missing = tuple(missing)
        self._certain = all_text or facts is not None
        self._types: list[pa.DataType] = []
        self._gathered: list[pa.RecordBatch] = []
        self._waiting: list[pa.RecordBatch] = []
        self._waiting_rows = 0
        self._first_rows = 0 if self._certain else first_rows
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self.rows = 0
        self.cleared = 0
        """Cells that held a text which stands for no value."""
        self.settled = True

    def put(self, batch: "pa.RecordBatch") -> None:
        """Take a batch of string columns in the order of the names; empty texts are NULL."""
        self.rows += batch.num_rows
        self._gathered.append(batch)
        rows = sum(b.num_rows for b in self._gathered)
        if rows >= _ENOUGH_ROWS or sum(b.nbytes for b in self._gathered) >= _ENOUGH_BYTES:
            self._take()

    def _take(self) -> None:
        """Work on what was gathered: a few large batches are cheaper than many small ones."""
        import pyarrow as pa

        if not self._gathered:
            return
        one = len(self._gathered) == 1
        batch = self._gathered[0] if one else pa.concat_batches(self._gathered)
        self._gathered = []
        if self._missing:
            batch = self._cleared(batch)
        if not self._certain:
            self._observe(batch)
        if not self._types:
            self._waiting.append(batch)
            self._waiting_rows += batch.num_rows
            if self._waiting_rows >= self._first_rows:
                self._begin()
        elif self.settled:
            self._write(batch)

    def _cleared(self, batch: "pa.RecordBatch") -> "pa.RecordBatch":
        import pyarrow as pa
        import pyarrow.compute as pc

        codes, none, arrays = pa.array(self._missing), pa.scalar(None, pa.string()), []
        for column in batch.columns:
            hits = pc.is_in(pc.utf8_trim_whitespace(column), value_set=codes)
            self.cleared += pc.sum(hits).as_py() or 0
            arrays.append(pc.if_else(hits, none, column))
        return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)

    def finish(self) -> None:
        """Write what waits; to be called once, after the last batch."""
        self._take()
        if not self._types:
            self._begin()
        if self._pool:
            self._pool.shutdown()

    def _begin(self) -> None:
        import pyarrow as pa

        self._types = [type_of(f) for f in self.facts]
        self._sink.start(pa.schema(list(zip(self._names, self._types, strict=True))))
        waiting, self._waiting = self._waiting, []
        for batch in waiting:
            self._write(batch)

    def _observe(self, batch: "pa.RecordBatch") -> None:
        self.facts = self._each(batch.num_rows, observe, batch.columns, self.facts)
        if self._types and self.settled:
            self.settled = [type_of(f) for f in self.facts] == self._types

    def _write(self, batch: "pa.RecordBatch") -> None:
        import pyarrow as pa

        arrays = self._each(batch.num_rows, convert, batch.columns, self._types)
        self._sink.write(pa.RecordBatch.from_arrays(arrays, names=self._names))

    def _each(self, rows: int, function: Any, *columns: Any) -> list[Any]:
        run = self._pool.map if self._pool and rows >= _PARALLEL_ROWS else map
        return list(run(function, *columns))
