"""Parquet as versions are written."""

from pathlib import Path
from typing import TYPE_CHECKING

from audit.sources.columns import plain_batch, plain_schema
from audit.store import parquet

if TYPE_CHECKING:
    import pyarrow as pa


class ParquetWriter:
    """Writes Parquet: the same bytes for the same rows as a version has."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        self._schema, _ = plain_schema(schema)
        self._writer = parquet.ParquetWriter(path, self._schema)

    def write(self, batch: "pa.RecordBatch") -> None:
        """Write rows."""
        self._writer.write(plain_batch(batch, self._schema))

    def close(self) -> tuple[str, ...]:
        """End the file."""
        self._writer.close()
        return ()

    def abandon(self) -> None:
        """Close without finishing."""
        self._writer.abandon()
