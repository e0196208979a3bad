"""The one place where SQL meets names: a version as a table one can ask."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import ColumnError
from audit.model import Column, Scalar

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from audit.store.engine import Engine

Value = Scalar | Sequence[int]
"""What may stand for ``?``: a cell, or a list of whole numbers for ``unnest``."""

ROW = "file_row_number"
"""The stable number of a row within its version, from 0; available as ``{row}``."""

_PLACE = re.compile(r"\{(\w+)\}")


def quote_name(name: str) -> str:
    """Quote an identifier for DuckDB; any text is a name."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Quote a string literal for DuckDB, for the few places that take no parameter."""
    return "'" + text.replace("'", "''") + "'"


class Table:
    """A version one can query. Statements name columns through ``{}`` and values through ``?``.

    ``{t}`` is the version, ``{row}`` its row number, any other ``{key}`` the quoted column
    given as keyword argument ``key``; the column must exist.

    Examples
    --------
    ``table.rows("SELECT {g}, count(*) FROM {t} WHERE {a} >= ? GROUP BY 1", [18], g="sex", a="age")``
    """

    def __init__(
        self, engine: "Engine", path: Path, *, id_: str, columns: tuple[Column, ...], n_rows: int
    ) -> None:
        self.engine = engine
        self.id = id_
        self.columns = columns
        self.n_rows = n_rows
        self._path = path
        self._from = f"read_parquet({quote_text(str(path))})"
        self._names = {c.name for c in columns}

    @property
    def size_bytes(self) -> int:
        """Size of the file that holds the rows."""
        return self._path.stat().st_size

    def remove(self) -> None:
        """Delete the file: of a table that was written on the way to another."""
        self._path.unlink(missing_ok=True)

    def only(self, names: Sequence[str]) -> "Table":
        """Give the same rows with some of the columns, in the order of the table."""
        columns = tuple(c for c in self.columns if c.name in names)
        return Table(self.engine, self._path, id_=self.id, columns=columns, n_rows=self.n_rows)

    def type_of(self, name: str) -> str:
        """DuckDB type of the column ``name``; raises ColumnError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column.type
        raise ColumnError.unknown(name, [c.name for c in self.columns])

    def keys(self, names: Sequence[str]) -> dict[str, str]:
        """Keys ``c0``, ``c1``, … for many columns at once, to be passed as keywords."""
        return {f"c{i}": name for i, name in enumerate(names)}

    def rows(
        self, sql: str, values: Sequence[Value] = (), /, **names: str
    ) -> list[tuple[Any, ...]]:
        """Run a statement and fetch all of its rows. For aggregates and pages, not for tables."""
        with self.engine.cursor() as cursor:
            return cursor.execute(self._statement(sql, names), list(values)).fetchall()

    def row(self, sql: str, values: Sequence[Value] = (), /, **names: str) -> tuple[Any, ...]:
        """Run a statement that gives exactly one row."""
        (row,) = self.rows(sql, values, **names)
        return row

    def arrow(self, sql: str, values: Sequence[Value] = (), /, **names: str) -> "pa.Table":
        """Run a statement and fetch its rows as one Arrow table."""
        with self.engine.cursor() as cursor:
            statement = self._statement(sql, names)
            return cursor.sql(statement, params=list(values)).to_arrow_table()

    def batches(
        self, sql: str, values: Sequence[Value] = (), /, *, size: int, **names: str
    ) -> "Iterator[pa.RecordBatch]":
        """Run a statement and fetch its rows as Arrow batches of at most ``size``, one by one."""
        with self.engine.cursor() as cursor:
            statement = self._statement(sql, names)
            yield from cursor.sql(statement, params=list(values)).to_arrow_reader(size)

    def arrays(
        self, sql: str, values: Sequence[Value] = (), /, **names: str
    ) -> "dict[str, npt.NDArray[np.generic]]":
        """Run a statement and fetch its columns as numpy arrays, masked where values are missing.

        For numbers: text comes as Python objects. No Arrow library is loaded.
        """
        with self.engine.cursor() as cursor:
            found = cursor.execute(self._statement(sql, names), list(values)).fetchnumpy()
            return dict(found)

    def _statement(self, sql: str, names: dict[str, str]) -> str:
        known = {"t": self._from, "row": ROW}
        for key, name in names.items():
            if name not in self._names:
                raise ColumnError.unknown(name, [c.name for c in self.columns])
            known[key] = quote_name(name)
        return _PLACE.sub(lambda match: known[match[1]], sql)


def table_of(engine: "Engine", path: Path, *, id_: str) -> Table:
    """Open a Parquet file as a table."""
    with engine.cursor() as cursor:
        columns, n_rows = describe(cursor, path)
    return Table(engine, path, id_=id_, columns=columns, n_rows=n_rows)


def describe(cursor: "duckdb.DuckDBPyConnection", path: Path) -> tuple[tuple[Column, ...], int]:
    """Columns and row count of a Parquet file, from its footer."""
    where = quote_text(str(path))
    columns = cursor.execute(f"DESCRIBE SELECT * FROM read_parquet({where})").fetchall()  # noqa: S608
    found = cursor.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata({where})").fetchone()  # noqa: S608
    n_rows = int(found[0]) if found and found[0] is not None else 0
    return tuple(Column(name=c[0], type=c[1]) for c in columns), n_rows
