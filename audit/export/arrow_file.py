"""Arrow IPC files (Feather 2): for those who read them into memory as they are."""

from pathlib import Path
from typing import TYPE_CHECKING

from audit.sources.columns import plain_batch, plain_schema

if TYPE_CHECKING:
    import pyarrow as pa


class ArrowWriter:
    """Writes an Arrow IPC file, compressed with lz4 where columns repeat themselves."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        import pyarrow as pa

        self._schema, _ = plain_schema(schema)
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        self._writer = pa.ipc.new_file(str(path), self._schema, options=options)

    def write(self, batch: "pa.RecordBatch") -> None:
        """Write rows."""
        self._writer.write_batch(plain_batch(batch, self._schema))

    def close(self) -> tuple[str, ...]:
        """End the file."""
        self._writer.close()
        return ()

    def abandon(self) -> None:
        """Close without finishing."""
        self._writer.close()
