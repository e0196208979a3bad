"""SQLite databases, with the reader of the standard library."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import quote

from pydantic import Field

from audit.errors import SourceError
from audit.registry import Settings, source
from audit.sources.base import Given, Sink, Sniffed, Tally
from audit.sources.cells import Kind, column, type_for
from audit.sources.opening import plain_file
from audit.store.table import quote_name

_ROWS = 20_000
_MAGIC = b"SQLite format 3\0"
_STORED = {"integer": Kind.WHOLE, "real": Kind.REAL, "text": Kind.TEXT, "blob": Kind.BYTES}
_EXACT = 2**53


class SqliteOptions(Settings):
    """What to read of a database."""

    table: str | None = Field(
        None, description="Name of the table or view; by default the largest."
    )


@source(
    "sqlite", title="SQLite", suffixes=(".sqlite", ".sqlite3", ".db", ".db3"), options=SqliteOptions
)
class Sqlite:
    """One table or view of an SQLite database, opened for reading only.

    SQLite lets every cell have a type of its own: a column of several kinds is text.
    ``SELECT count(*)`` is the independent count.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._path = plain_file(given.path, given.limits, given.scratch)
        self._wanted: str | None = getattr(given.options, "table", None)

    @staticmethod
    def recognises(head: bytes) -> bool:
        """Databases begin with 'SQLite format 3'."""
        return head.startswith(_MAGIC)

    def sniff(self) -> Sniffed:
        """Choose the table."""
        with self._open() as database:
            tables = _tables(database)
            chosen, reason = self._choose(database, tables)
        reasons = {"table": reason} if self._wanted is None else {}
        return Sniffed(options={"table": chosen}, reasons=reasons, choices=tuple(tables))

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:
        """Hand over the rows in the order of the table."""
        import pyarrow as pa

        with self._open() as database:
            table, _ = self._choose(database, _tables(database))
            listed = quote_name(table)
            names = [c[1] for c in database.execute(f"PRAGMA table_xinfo({listed})") if c[6] != 1]
            (found,) = database.execute(f"SELECT count(*) FROM {listed}").fetchone()  # noqa: S608
            types = [type_for(_kinds(database, listed, name)) for name in names]
            sink.start(pa.schema(list(zip(names, types, strict=True))))
            columns = ", ".join(map(quote_name, names))
            rows = database.execute(f"SELECT {columns} FROM {listed}")  # noqa: S608
            done = 0
            while part := rows.fetchmany(_ROWS if most is None else most):
                cells = zip(*part, strict=True)
                arrays = [column(c, t) for c, t in zip(cells, types, strict=True)]
                sink.write(pa.RecordBatch.from_arrays(arrays, names=names))
                done += len(part)
                sink.progress(done / max(found, 1))
        return Tally(found=found)

    def _choose(self, database: sqlite3.Connection, tables: list[str]) -> tuple[str, str]:
        if not tables:
            message = f"{self._given.name} has no tables."
            raise SourceError(message, hint="Check that it is the database you meant.")
        if self._wanted is None:
            sizes = {
                t: database.execute(f"SELECT count(*) FROM {quote_name(t)}").fetchone()[0]  # noqa: S608
                for t in tables
            }
            return max(tables, key=lambda t: sizes[t]), "It has the most rows."
        if self._wanted not in tables:
            message = f"There is no table {self._wanted!r}."
            raise SourceError(message, hint=f"Tables: {', '.join(tables[:20])}.")
        return self._wanted, ""

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        address = f"file:{quote(str(self._path))}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                database.text_factory = _text
                database.execute("PRAGMA trusted_schema = OFF")
                database.execute("PRAGMA query_only = ON")
                yield database
        except sqlite3.Error as error:
            message = f"{self._given.name} is a damaged or locked database."
            hint = "Close the program that uses it, or make a copy with '.backup'."
            raise SourceError(message, hint=hint) from error


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [r[0] for r in rows]


def _kinds(database: sqlite3.Connection, listed: str, name: str) -> Kind:
    cell = quote_name(name)
    found = Kind(0)
    for stored, big in database.execute(
        f"SELECT typeof({cell}), max(typeof({cell}) = 'integer' AND abs({cell} / 2) > {_EXACT // 2}) "  # noqa: S608
        f"FROM {listed} GROUP BY 1"
    ):
        if stored != "null":
            found |= Kind.WHOLE | Kind.BIG if big else _STORED[stored]
    return found


def _text(data: bytes) -> Any:
    """Text as UTF-8; what is none stays readable instead of ending the load."""
    return data.decode("utf-8", "backslashreplace")
