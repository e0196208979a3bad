"""JSON Lines: an object a line, in UTF-8."""

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.format import counted

if TYPE_CHECKING:
    import pyarrow as pa


class JsonLinesWriter:
    """Writes one JSON object a line; a missing value is null."""

    def __init__(self, path: Path, schema: "pa.Schema") -> None:
        self._names = schema.names
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._encode = json.JSONEncoder(
            ensure_ascii=False, separators=(",", ":"), default=_told, allow_nan=True
        ).encode
        self._odd = 0

    def write(self, batch: "pa.RecordBatch") -> None:
        """Write rows."""
        columns = [array.to_pylist() for array in batch.columns]
        for row in zip(*columns, strict=True):
            line = self._encode(dict(zip(self._names, row, strict=True)))
            self._file.write(self._strict(line, row) + "\n")

    def close(self) -> tuple[str, ...]:
        """End the file."""
        self._file.close()
        if not self._odd:
            return ()
        return (
            f"{counted(self._odd, 'row')} hold NaN or infinity within a nested value: as text.",
        )

    def abandon(self) -> None:
        """Close without finishing."""
        self._file.close()

    def _strict(self, line: str, row: tuple[Any, ...]) -> str:
        """Write a row again whose nested values hold what JSON has no word for."""
        if "NaN" not in line and "Infinity" not in line:
            return line
        plain = [_finite(cell) for cell in row]
        if repr(plain) == repr(list(row)):
            return line
        self._odd += 1
        return self._encode(dict(zip(self._names, plain, strict=True)))


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    return [_finite(v) for v in value] if isinstance(value, list) else value


def _told(value: Any) -> str:
    """Say what JSON has no type for: dates and times in ISO 8601, exact decimals as text."""
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
