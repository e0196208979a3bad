"""Kinds of files that data can be taken away in: what each can hold, and who writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from audit.errors import ParameterError
from audit.export.arrow_file import ArrowWriter
from audit.export.csv_file import CsvWriter
from audit.export.excel_file import ExcelWriter, check_size
from audit.export.json_lines import JsonLinesWriter
from audit.export.parquet_file import ParquetWriter
from audit.store import Table

if TYPE_CHECKING:
    import pyarrow as pa


class Writer(Protocol):
    """Writes rows to a file, batch by batch."""

    def write(self, batch: "pa.RecordBatch") -> None:
        """Write rows."""

    def close(self) -> tuple[str, ...]:
        """End the file; gives what the reader of it has to know."""

    def abandon(self) -> None:
        """Close without finishing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file."""

    id: str
    title: str
    suffix: str
    media_type: str
    open: Callable[[Path, "pa.Schema"], Writer]
    cell: Callable[[str, str], str]
    """Takes a place for a name and its DuckDB type; gives what is written of the cell, as SQL."""
    check: Callable[[Table], None] = lambda _table: None
    """Raises ParameterError for a table that the format cannot hold."""


def _plain(place: str, _type: str) -> str:
    return place


def _flat(place: str, type_: str) -> str:
    """Write what a line of text cannot hold: nested values as JSON, bytes as Base64."""
    if type_.endswith("]") or type_.startswith(("STRUCT", "MAP")):
        return f"CAST(to_json({place}) AS VARCHAR)"
    if type_ == "BLOB":
        return f"to_base64({place})"
    return f"CAST({place} AS VARCHAR)" if "WITH TIME ZONE" in type_ else place


def _strict(place: str, type_: str) -> str:
    """Write what JSON cannot say, as NaN and infinity, as null."""
    if type_ in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN isfinite({place}) THEN {place} END"
    return f"to_base64({place})" if type_ == "BLOB" else place


FORMATS = {
    f.id: f
    for f in (
        Format(
            id="parquet",
            title="Parquet",
            suffix=".parquet",
            media_type="application/vnd.apache.parquet",
            open=ParquetWriter,
            cell=_plain,
        ),
        Format(
            id="csv",
            title="CSV",
            suffix=".csv",
            media_type="text/csv",
            open=CsvWriter,
            cell=_flat,
        ),
        Format(
            id="csv-spreadsheet",
            title="CSV for spreadsheets",
            suffix=".csv",
            media_type="text/csv",
            open=lambda path, schema: CsvWriter(path, schema, neutral=True),
            cell=_flat,
        ),
        Format(
            id="jsonl",
            title="JSON Lines",
            suffix=".jsonl",
            media_type="application/x-ndjson",
            open=JsonLinesWriter,
            cell=_strict,
        ),
        Format(
            id="excel",
            title="Excel",
            suffix=".xlsx",
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            open=ExcelWriter,
            cell=_flat,
            check=check_size,
        ),
        Format(
            id="arrow",
            title="Arrow",
            suffix=".arrow",
            media_type="application/vnd.apache.arrow.file",
            open=ArrowWriter,
            cell=_plain,
        ),
    )
}
"""By id."""


def format_of(path: Path) -> Format:
    """Choose the format by the ending of a file's name."""
    alike = {".feather": "arrow", ".ipc": "arrow", ".ndjson": "jsonl", ".pq": "parquet"}
    suffix = path.suffix.lower()
    for known in FORMATS.values():
        if suffix == known.suffix or alike.get(suffix) == known.id:
            return known
    message = f"{path.name} does not say in which format it is to be written."
    endings = ", ".join(dict.fromkeys(f.suffix for f in FORMATS.values()))
    raise ParameterError(message, hint=f"Use one of these endings: {endings}.")
