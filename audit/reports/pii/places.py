"""Where a table holds text that can be looked at: columns, places in nested values, in JSON."""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model import Column
from audit.reports.pii.json_places import IsPersonal, json_places, json_rows
from audit.reports.pii.shapes import Kind, leaves
from audit.store import Table

LEAST_WHOLE = 1_000_000
"""A column of decimal numbers is looked at where all are whole and one is as large as this:
telephone numbers and the like, which became decimal because some are missing."""

_MOST_EXACT = 2**53
"""Whole numbers up to this size are exact as decimal ones: most numbers of cards are, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A column, or a place within its values."""

    column: str
    path: str
    type: str
    """DuckDB type of the column."""
    kind: Kind
    source: str
    """SQL that gives row numbers ``r`` and texts ``v``; ``{c}`` is the column. Empty where there
    is nothing to look at."""
    many: bool
    """Whether a row may have several values there."""

    @property
    def title(self) -> str:
        """The column, with the place within it."""
        return self.column + self.path


def places(table: Table, is_personal: IsPersonal) -> tuple[Place, ...]:
    """Give the places of all columns, in their order.

    ``is_personal`` tells which keys of JSON are personal data and no names of fields.

    Two statements for all columns together find those of JSON text and those of whole numbers
    that are kept as decimal ones; of each column of JSON text one more finds its paths.
    """
    whole = _whole_numbers(table)
    texts = [c.name for c in table.columns if c.type == "VARCHAR" or c.type == "JSON"]
    json = json_rows(table, texts)
    return tuple(p for c in table.columns for p in _of_column(table, c, whole, json, is_personal))


def _of_column(
    table: Table,
    column: Column,
    whole: frozenset[str],
    json: dict[str, tuple[int, int]],
    is_personal: IsPersonal,
) -> Iterator[Place]:
    if column.name in json:
        found = json_places(table, column.name, *json[column.name], is_personal)
        for path, source, many in found:
            yield Place(
                column=column.name,
                path=path,
                type=column.type,
                kind="text",
                source=source,
                many=many,
            )
        return
    for leaf in leaves(column.type):
        kind = leaf.kind
        sql = leaf.sql
        if column.name in whole:
            kind, sql = "whole", f"CAST({sql} AS BIGINT)"
        yield Place(
            column=column.name,
            path=leaf.path,
            type=column.type,
            kind=kind,
            source=_source(sql, many=leaf.many) if kind in ("text", "whole") else "",
            many=leaf.many,
        )


def _source(sql: str, *, many: bool) -> str:
    if not many:
        return f"SELECT {{row}} AS r, CAST({sql} AS VARCHAR) AS v FROM {{t}}"  # noqa: S608
    inner = f"SELECT {{row}} AS r, unnest({sql}) AS v FROM {{t}}"  # noqa: S608
    return f"SELECT r, CAST(v AS VARCHAR) AS v FROM ({inner})"  # noqa: S608


def _whole_numbers(table: Table) -> frozenset[str]:
    """Find columns of decimal numbers that are all whole, and large enough to mean something."""
    asked = [c.name for c in table.columns if c.type in ("DOUBLE", "FLOAT")]
    if not asked or not table.n_rows:
        return frozenset()
    tests = ", ".join(
        f"coalesce(bool_and({{c{i}}} = trunc({{c{i}}}) AND abs({{c{i}}}) < {_MOST_EXACT}) "
        f"AND max(abs({{c{i}}})) >= {LEAST_WHOLE}, false)"
        for i in range(len(asked))
    )
    found = table.row(f"SELECT {tests} FROM {{t}}", **table.keys(asked))  # noqa: S608
    return frozenset(name for name, yes in zip(asked, found, strict=True) if yes)
