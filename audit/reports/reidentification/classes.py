"""Equivalence classes: rows with the same quasi-identifiers, counted in one statement.

Two values are the same as DuckDB compares them: NaN equals NaN, 0.0 equals -0.0, and blank
text is a value like any other. Missing is NULL alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from audit.errors import ColumnError
from audit.model import Scalar
from audit.reports.reidentification import arrow, wildcards
from audit.reports.reidentification.coding import (
    Codes,
    Flags,
    Ints,
    dense,
    keys,
    least,
    single,
    totals,
)
from audit.reports.reidentification.options import MissingRule
from audit.store import Table

if TYPE_CHECKING:
    import pyarrow as pa

_AS_THEY_ARE = frozenset(
    {
        *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"),
        *("UBIGINT", "FLOAT", "DOUBLE", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP"),
    }
)
"""Types of which Arrow tells equal values as DuckDB does, with decimals; others become text."""

_NESTED = ("STRUCT", "MAP", "UNION", "VARIANT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What rows are grouped by: a column, as it is or made coarser."""

    column: str
    sql: str = "{cell}"
    """SQL with the place ``{cell}`` for the column, any number of times."""
    values: tuple[Scalar, ...] = ()
    """For the ``?`` in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A column that must not be learned: its codes by group, and which value each code is."""

    column: str
    codes: Codes
    ranks: Ints | None
    """Place of each value, from code 1 on, in their order; -1: none. None where not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Rows counted by quasi-identifiers and attributes: one entry for each combination."""

    columns: tuple[str, ...]
    codes: tuple[Codes, ...]
    attributes: tuple[Attribute, ...]
    rows: Ints
    first: Ints
    """Number of the first row of each."""
    texts: tuple[tuple[str, ...], ...] = ()
    """The values of each quasi-identifier by code, from 1 on, where they were asked for."""


@dataclass(frozen=True)
class Classes:
    """Different combinations of quasi-identifiers, and how many rows each may be confused with."""

    columns: tuple[str, ...]
    codes: tuple[Codes, ...]
    rows: Ints
    """Rows with exactly these values."""
    first: Ints
    missing: MissingRule

    @cached_property
    def sizes(self) -> Ints:
        """Class size of the rows of each combination.

        Under the rule ``value`` its rows. Under ``wildcard`` all rows that agree with it
        wherever neither is missing, itself included: classes then overlap.
        """
        return self.rows if self.missing == "value" else wildcards.sizes(self.codes, self.rows)

    @property
    def incomplete(self) -> Flags:
        """Whether a value of the combination is missing."""
        found = np.zeros(len(self.rows), dtype=np.bool_)
        for column in self.codes:
            found |= column.missing
        return found

    def unique_by(self, which: Sequence[int], among: Flags) -> Flags:
        """Tell which combinations ``among`` them are of one row, by some columns alone."""
        whole = bool(among.all())
        chosen = tuple(self.codes[i] if whole else self.codes[i].of(among) for i in which)
        rows = self.rows if whole else self.rows[among]
        if self.missing == "value" or not any(column.missing.any() for column in chosen):
            return np.asarray(single(chosen, len(rows)) & (rows == 1))
        found, size = dense(*keys(chosen, len(rows)))
        one = least(found, np.arange(len(found), dtype=np.int64), size)
        counted = totals(found, rows, size)
        fitting = wildcards.sizes(tuple(column.of(one) for column in chosen), counted)
        return np.asarray(fitting[found] == 1)

    def without(self, i: int) -> "Classes":
        """Leave the quasi-identifier ``i`` out."""
        kept = [j for j in range(len(self.codes)) if j != i]
        chosen = tuple(self.codes[j] for j in kept)
        columns = tuple(self.columns[j] for j in kept)
        return _grouped(columns, chosen, self.rows, self.first, self.missing)[0]


def read_cells(
    table: Table,
    by: Sequence[Key],
    attributes: Sequence[str] = (),
    *,
    ordered: Sequence[str] = (),
    texts: bool = False,
) -> Cells:
    """Count the rows by quasi-identifiers and attributes, in one statement.

    Parameters
    ----------
    table : Table
        The version.
    by : sequence of Key
        The quasi-identifiers; at least one.
    attributes : sequence of str
        Other columns.
    ordered : sequence of str
        Those among ``attributes`` whose values are to be ranked.
    texts : bool
        Whether the quasi-identifiers are compared, and given, as text.
    """
    refuse_nested(table, [*(k.column for k in by), *attributes])
    whole = [*by, *(Key(column=a) for a in attributes)]
    names = table.keys([k.column for k in whole])
    terms = [
        _term(table, key, f"{{c{i}}}", text=texts and i < len(by)) for i, key in enumerate(whole)
    ]
    listed = ", ".join(f"{term} AS k{i}" for i, term in enumerate(terms))
    found = table.arrow(
        f"SELECT {listed}, count(*) AS n, min({{row}}) AS r FROM {{t}} "  # noqa: S608
        f"GROUP BY {', '.join(str(i + 1) for i in range(len(whole)))}",
        [value for key in whole for value in key.values],
        **names,
    )
    coded = arrow.coded([found.column(i) for i in range(len(whole))])
    rows, first = (arrow.whole_numbers(found.column(name)) for name in ("n", "r"))
    own, others = coded[: len(by)], coded[len(by) :]
    return Cells(
        columns=tuple(k.column for k in by),
        codes=tuple(codes for codes, _ in own),
        attributes=tuple(
            _attribute(name, codes, values, first, ranked=name in ordered)
            for name, (codes, values) in zip(attributes, others, strict=True)
        ),
        rows=rows,
        first=first,
        texts=tuple(tuple(values.to_pylist()) for _, values in own) if texts else (),
    )


def classes_of(cells: Cells, missing: MissingRule) -> tuple[Classes, Ints]:
    """Group cells by the quasi-identifiers alone; also give the class of each cell."""
    return _grouped(cells.columns, cells.codes, cells.rows, cells.first, missing)


def refuse_nested(table: Table, columns: Sequence[str]) -> None:
    """Refuse lists and structures, whose parts are columns of their own for this purpose."""
    for column in columns:
        type_ = table.type_of(column)
        if type_.endswith("]") or type_.startswith(_NESTED):
            message = f"{column!r} holds lists or structures: rows are not grouped by it."
            hint = "Make a column of each part that others may know, or take its role away."
            raise ColumnError(message, hint=hint)


def _grouped(
    columns: tuple[str, ...],
    codes: tuple[Codes, ...],
    rows: Ints,
    first: Ints,
    missing: MissingRule,
) -> tuple[Classes, Ints]:
    found, size = keys(codes, len(rows))
    found, size = dense(found, size)
    if size == len(rows):
        # As many classes as entries: each is one, and there is nothing to add up.
        found = np.arange(size, dtype=np.int64)
        return Classes(columns, codes, rows, first, missing), found
    lowest = least(found, first, size)
    one = np.empty(size, dtype=np.int64)
    is_first = first == lowest[found]
    one[found[is_first]] = np.flatnonzero(is_first)
    chosen = tuple(column.of(one) for column in codes)
    return Classes(columns, chosen, totals(found, rows, size), lowest, missing), found


def _term(table: Table, key: Key, cell: str, *, text: bool) -> str:
    term, type_ = key.sql.replace("{cell}", cell), table.type_of(key.column)
    if type_ in ("FLOAT", "DOUBLE") and key.sql == "{cell}":
        # DuckDB takes 0.0 and -0.0 for the same and gives either; Arrow and text tell them apart.
        term = f"CASE WHEN {term} = 0 THEN CAST(0 AS {type_}) ELSE {term} END"
    plain = key.sql != "{cell}" or type_ in _AS_THEY_ARE or type_.startswith("DECIMAL")
    return term if plain and not text else f"CAST({term} AS VARCHAR)"


def _attribute(
    name: str, codes: Codes, values: "pa.Array", first: Ints, *, ranked: bool
) -> Attribute:
    """Put the values in the order in which the rows bring them, whatever thread was first."""
    seen = least(codes.codes, first, codes.distinct + 1)[1:]
    order = np.argsort(seen, kind="stable")
    renumbered = np.zeros(codes.distinct + 1, dtype=np.int64)
    renumbered[order + 1] = np.arange(1, codes.distinct + 1)
    ranks = arrow.ranks(values)[order] if ranked else None
    codes = Codes(codes=renumbered[codes.codes], distinct=codes.distinct)
    return Attribute(column=name, codes=codes, ranks=ranks)
