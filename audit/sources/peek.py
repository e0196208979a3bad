"""The first records of a source as text, for a person to look at before loading."""

from typing import TYPE_CHECKING, Any

from audit.model import Column, Reject
from audit.sources.columns import plain_batch, plain_schema

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 50
_CELL_CHARACTERS = 500


class Enough(Exception):  # noqa: N818 - not a failure
    """The preview is full."""


class PreviewSink:
    """Keeps the first :data:`ROWS` records; raises :class:`Enough` once it has them."""

    def __init__(self) -> None:
        self.columns: tuple[Column, ...] = ()
        self.rows: list[tuple[str | None, ...]] = []
        self.rejected = 0
        self.notes: tuple[str, ...] = ()
        self._schema: pa.Schema | None = None

    def start(self, schema: "pa.Schema") -> None:
        """Begin (again) with these columns."""
        self.rows, self.rejected = [], 0
        self._schema, self.notes = plain_schema(schema)
        self.columns = tuple(Column(name=f.name, type=duckdb_type(f.type)) for f in self._schema)

    def write(self, batch: "pa.RecordBatch") -> None:
        """Keep what is still wanted."""
        part = plain_batch(batch.slice(0, ROWS - len(self.rows)), self._schema)
        columns = [[_text(v) for v in _values(c)] for c in part.columns]
        self.rows += list(zip(*columns, strict=True))
        if len(self.rows) >= ROWS:
            raise Enough

    def reject(self, _reject: Reject) -> None:
        """Count it."""
        self.rejected += 1

    def progress(self, _share: float) -> None:
        """Nobody watches a preview."""


def duckdb_type(type_: "pa.DataType") -> str:
    """Give the name DuckDB has for a type that :mod:`audit.sources.columns` lets through."""
    import pyarrow as pa
    import pyarrow.types as t

    plain = {
        "bool": "BOOLEAN",
        "int8": "TINYINT",
        "int16": "SMALLINT",
        "int32": "INTEGER",
        "int64": "BIGINT",
        "uint8": "UTINYINT",
        "uint16": "USMALLINT",
        "uint32": "UINTEGER",
        "uint64": "UBIGINT",
        "float": "FLOAT",
        "double": "DOUBLE",
        "string": "VARCHAR",
        "binary": "BLOB",
        "date32[day]": "DATE",
        "time64[us]": "TIME",
        "timestamp[us]": "TIMESTAMP",
        "timestamp[ns]": "TIMESTAMP_NS",
    }
    if t.is_decimal(type_):
        return f"DECIMAL({type_.precision},{type_.scale})"
    if t.is_timestamp(type_) and type_.tz:
        return "TIMESTAMP WITH TIME ZONE"
    if isinstance(type_, pa.MapType):
        return f"MAP({duckdb_type(type_.key_type)}, {duckdb_type(type_.item_type)})"
    if isinstance(type_, pa.ListType):
        return f"{duckdb_type(type_.value_type)}[]"
    if isinstance(type_, pa.StructType):
        from audit.store.table import quote_name

        parts = ", ".join(f"{quote_name(f.name)} {duckdb_type(f.type)}" for f in type_)
        return f"STRUCT({parts})"
    return plain.get(str(type_), str(type_).upper())


def _values(column: "pa.Array") -> list[Any]:
    import pyarrow as pa
    import pyarrow.types as t

    if t.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.string())
    values: list[Any] = column.to_pylist()
    return values


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        import json

        return json.dumps(value, default=str, ensure_ascii=False)[:_CELL_CHARACTERS]
    if isinstance(value, bytes):
        return value[: _CELL_CHARACTERS // 2].hex()
    return str(value)[:_CELL_CHARACTERS]
