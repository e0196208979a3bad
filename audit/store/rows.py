"""Which rows, and a page of them: the one translation of a ``Where`` into SQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from audit.errors import ParameterError
from audit.model import RowTest, Scalar, Where
from audit.store.table import Table
from audit.store.texts import BLANK, NUMBER_TEXT, PADDED

MOST_ROWS = 1000
"""Rows in one view at the most; further ones are on the next page."""

_NUMERIC = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL",
)
_TEMPORAL = ("DATE", "TIME", "TIMESTAMP", "INTERVAL")
_PLAIN = {
    "missing": "{cell} IS NULL",
    "present": "{cell} IS NOT NULL",
    "blank": BLANK,
    "padded": PADDED,
    "number-text": NUMBER_TEXT,
    "not-number-text": f"NOT {NUMBER_TEXT} AND NOT {BLANK}",
    "not-finite": "NOT isfinite({cell})",
}
"""Tests without a value; ``cell`` is a place for a name, ``text`` the cell as text."""

_COMPARE = {"equal": "=", "at-least": ">=", "below": "<"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A stretch of the rows that pass a test."""

    columns: tuple[str, ...]
    numbers: tuple[int, ...]
    """Row numbers within the version, from 0."""
    rows: tuple[tuple[Any, ...], ...]
    offset: int
    total: int
    """Rows that pass the test in all."""


def is_numeric(type_: str) -> bool:
    """Whether a DuckDB type holds numbers."""
    return type_.startswith(_NUMERIC) and not type_.endswith("]")


def is_temporal(type_: str) -> bool:
    """Whether a DuckDB type holds dates or times."""
    return type_.startswith(_TEMPORAL) and not type_.endswith("]")


def is_text(type_: str) -> bool:
    """Whether a DuckDB type holds text."""
    return type_ == "VARCHAR" or type_.startswith("ENUM")


def count(table: Table, where: Where) -> int:
    """Count the rows that pass ``where``."""
    condition, values, names = compile_where(table, where)
    with _fitting(where):
        (found,) = table.row(f"SELECT count(*) FROM {{t}} WHERE {condition}", values, **names)  # noqa: S608
    return int(found)


def page(
    table: Table,
    where: Where,
    *,
    columns: Sequence[str] | None = None,
    order_by: str | None = None,
    descending: bool = False,
    offset: int = 0,
    limit: int = 100,
) -> Page:
    """Fetch a page of the rows that pass ``where``, at most :data:`MOST_ROWS` of them.

    Rows come in the order of the file, or by ``order_by`` with missing values last.
    """
    if not 1 <= limit <= MOST_ROWS:
        message = f"A page holds 1 to {MOST_ROWS} rows, not {limit}."
        raise ParameterError(message)
    shown = tuple(columns if columns is not None else (c.name for c in table.columns))
    condition, values, names = compile_where(table, where)
    keys = {f"s{i}": name for i, name in enumerate(shown)}
    order = "{row}"
    if order_by is not None:
        keys["o"] = order_by
        order = f"{{o}} {'DESC' if descending else 'ASC'} NULLS LAST, {{row}}"
    listed = ", ".join(_fetched(f"{{s{i}}}", table.type_of(n)) for i, n in enumerate(shown))
    with _fitting(where):
        rows = table.rows(
            f"SELECT {{row}}, {listed} FROM {{t}} WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608
            [*values, limit, offset],
            **names,
            **keys,
        )
    return Page(
        columns=shown,
        numbers=tuple(r[0] for r in rows),
        rows=tuple(r[1:] for r in rows),
        offset=offset,
        total=count(table, where),
    )


@contextmanager
def _fitting(where: Where) -> Iterator[None]:
    """Turn a test that its column's type does not allow into an error with advice."""
    try:
        yield
    except (
        duckdb.BinderException,
        duckdb.ConversionException,
        duckdb.InvalidInputException,
        duckdb.OutOfRangeException,
    ) as error:
        if not where.tests:
            raise
        names = sorted({repr(name) for test in where.tests for name in test.columns})
        message = f"A filter does not fit the kind of values in {', '.join(names)}."
        raise ParameterError(message, hint="Remove the filter, or choose another value.") from error


def _fetched(cell: str, type_: str) -> str:
    """Write how a cell is fetched: moments as text, which need no time zone library."""
    return f"CAST({cell} AS VARCHAR)" if "WITH TIME ZONE" in type_ else cell


def compile_where(table: Table, where: Where) -> tuple[str, list[Scalar], dict[str, str]]:
    """Turn ``where`` into a condition with ``{}`` names, its values and its names."""
    parts: list[str] = []
    values: list[Scalar] = []
    names: dict[str, str] = {}
    for i, test in enumerate(where.tests):
        whole = () if test.op == "numbered" else tuple(c.name for c in table.columns)
        asked = test.columns or whole
        keys = {f"w{i}_{j}": name for j, name in enumerate(asked)}
        part, own = _compile(table, test, tuple(keys))
        parts.append(f"({part})")
        values += own
        names |= keys
    joined = (" OR " if where.any else " AND ").join(parts)
    return joined or "true", values, names


def _compile(table: Table, test: RowTest, keys: tuple[str, ...]) -> tuple[str, list[Scalar]]:
    if test.op == "numbered":
        return f"{{row}} IN ({', '.join('?' * len(test.values)) or 'NULL'})", list(test.values)
    if test.op in ("repeat", "repeated"):
        return _copies(keys, "k > 1" if test.op == "repeat" else "n > 1"), []
    if len(test.columns) != 1:
        message = f"The test {test.op!r} takes one column, not {len(test.columns)}."
        raise ParameterError(message)
    cell, type_ = f"{{{keys[0]}}}", table.type_of(test.columns[0])
    text = cell if is_text(type_) else f"CAST({cell} AS VARCHAR)"
    if test.op in _PLAIN:
        return _PLAIN[test.op].format(cell=cell, text=text), []
    if test.op == "contains":
        return f"contains(lower({text}), lower(?))", [str(test.values[0])]
    if test.op in ("in", "not-in"):
        return _membership(cell, text, type_, test)
    return _comparison(cell, text, type_, test)


def _place(cell: str, text: str, type_: str) -> tuple[str, str]:
    """Give the left side and the placeholder of a comparison with a value of any kind."""
    if is_numeric(type_):
        return cell, "?"
    if type_ == "BOOLEAN" or is_temporal(type_):
        return cell, f"CAST(? AS {type_})"
    return text, "CAST(? AS VARCHAR)"


def _membership(cell: str, text: str, type_: str, test: RowTest) -> tuple[str, list[Scalar]]:
    left, place = _place(cell, text, type_)
    given: list[Scalar] = [v for v in test.values if v is not None]
    part = f"{left} IN ({', '.join([place] * len(given))})" if given else "false"
    inside = f"coalesce({part}, false)"
    if None in test.values:
        inside = f"({inside} OR {cell} IS NULL)"
    return (inside if test.op == "in" else f"NOT {inside}"), _numbers(type_, given)


def _comparison(cell: str, text: str, type_: str, test: RowTest) -> tuple[str, list[Scalar]]:
    left, place = _place(cell, text, type_)
    values = _numbers(type_, list(test.values))
    if test.op in _COMPARE:
        return f"{left} {_COMPARE[test.op]} {place}", values[:1]
    if test.op == "between":
        return f"{left} >= {place} AND {left} <= {place}", values[:2]
    if test.op == "from-to":
        return f"{left} >= {place} AND {left} < {place}", values[:2]
    return f"{left} < {place} OR {left} > {place}", values[:2]


def _numbers(type_: str, values: list[Scalar]) -> list[Scalar]:
    """Values that came as text (from a URL) as the numbers a numeric column compares with."""
    if not is_numeric(type_):
        return values
    try:
        return [_number(v) if isinstance(v, str) else v for v in values]
    except ValueError as error:
        message = "A column of numbers can only be compared with numbers."
        raise ParameterError(message) from error


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def _copies(keys: tuple[str, ...], which: str) -> str:
    """Rows equal to another row: candidates by hash first, then exactly."""
    listed = ", ".join(f"{{{k}}}" for k in keys)
    return f"""{{row}} IN (
        SELECT r FROM (
            SELECT {{row}} AS r, row_number() OVER same AS k, count(*) OVER (PARTITION BY {listed}) AS n
            FROM {{t}}
            WHERE hash({listed}) IN (
                SELECT hash({listed}) FROM {{t}} GROUP BY 1 HAVING count(*) > 1)
            WINDOW same AS (PARTITION BY {listed} ORDER BY {{row}}))
        WHERE {which})"""  # noqa: S608
