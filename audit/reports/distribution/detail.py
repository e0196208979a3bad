"""One column in depth, asked for when somebody looks: split by another, examples, equal rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit.model import Column, Scalar
from audit.reports.distribution.kinds import kind_of, number_expression, text_expression
from audit.reports.distribution.looks import sample_condition
from audit.store import Table
from audit.store.rows import is_numeric


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The rows of one group, spread over the bins of a column."""

    value: str | None
    """The group's value as text; None where it is missing, and of the rest."""
    counts: tuple[int, ...]
    """Rows by bin."""
    other: int
    """Rows of the group in no bin: with another value, or with none."""
    is_rest: bool = False
    """Whether these are all groups beyond the largest ones, together."""

    @property
    def rows(self) -> int:
        """Rows of the group in all."""
        return sum(self.counts) + self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A column's histogram or frequent values, group by group, the largest group first."""

    column: str
    by: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualRows:
    """One set of equal rows."""

    count: int
    first_row: int
    """Number of the first of them, from 0."""
    cells: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualRowsPage:
    """A stretch of the sets of equal rows, the largest set first."""

    columns: tuple[str, ...]
    sets: tuple[EqualRows, ...]
    total: int
    """Sets in all."""


def histogram_by(
    table: Table,
    column: str,
    by: str,
    *,
    edges: Sequence[float] | None = None,
    values: Sequence[Scalar] | None = None,
    most_groups: int = 5,
) -> Split:
    """Count a column's bins or values within each group of another column.

    Parameters
    ----------
    table : Table
        The version.
    column, by : str
        What is split, and the column whose values are the groups.
    edges : sequence of float, optional
        Increasing edges of a histogram as the report gives them, for numbers.
    values : sequence of Scalar, optional
        Values to count, for anything else. Exactly one of the two is given.
    most_groups : int
        The largest groups; all others are added up as the rest.

    Raises
    ------
    ColumnError
        If a column does not exist.
    ValueError
        If both or neither of ``edges`` and ``values`` are given.
    """
    if (edges is None) == (values is None):
        message = "give either edges or values"
        raise ValueError(message)
    split, group = _column(table, column), _column(table, by)
    if edges is not None:
        place, given = _bin_of(split, edges)
        n_bins = len(edges) - 1
    else:
        place, given = _place_of(split, values or ())
        n_bins = len(values or ())
    shown = text_expression(group, "{g}")
    found = table.rows(
        f"""
        WITH large AS (
            SELECT {shown} AS g, count(*) AS n FROM {{t}} GROUP BY 1
            ORDER BY n DESC, g NULLS LAST LIMIT {int(most_groups)}),
        cells AS (SELECT {shown} AS g, {place} AS i FROM {{t}})
        SELECT l.n, l.g, l.n IS NULL, c.i, count(*)
        FROM cells AS c LEFT JOIN large AS l ON c.g IS NOT DISTINCT FROM l.g
        GROUP BY ALL ORDER BY l.n DESC NULLS LAST, l.g NULLS LAST, c.i""",  # noqa: S608
        given,
        c=column,
        g=by,
    )
    counted: dict[tuple[str | None, bool], list[int]] = {}
    for _, name, is_rest, i, n in found:
        counts = counted.setdefault((name, bool(is_rest)), [0] * (n_bins + 1))
        counts[n_bins if i is None or not 0 <= i < n_bins else i] += n
    groups = (
        Group(value=name, counts=tuple(counts[:-1]), other=counts[-1], is_rest=is_rest)
        for (name, is_rest), counts in counted.items()
    )
    return Split(column=column, by=by, groups=tuple(groups))


def examples(table: Table, column: str, *, n: int = 10, seed: int = 0) -> tuple[str, ...]:
    """Draw different values of a column, as text, from stretches all over the file.

    The same seed gives the same values. Personal data: show on demand, never log.
    """
    cell = text_expression(_column(table, column), "{c}")
    found = table.rows(
        f"""SELECT v FROM (
            SELECT DISTINCT {cell} AS v FROM {{t}}
            WHERE {{c}} IS NOT NULL AND ({sample_condition(table.n_rows)}))
        ORDER BY hash(v, ?), v LIMIT ?""",  # noqa: S608
        [seed, n],
        c=column,
    )
    return tuple(value for (value,) in found)


def duplicate_groups(table: Table, *, limit: int = 50, offset: int = 0) -> EqualRowsPage:
    """List the sets of equal rows: how many rows each has, the first of them, its cells."""
    names = table.keys([c.name for c in table.columns])
    columns = tuple(c.name for c in table.columns)
    if not names:
        return EqualRowsPage(columns=(), sets=(), total=0)
    listed = ", ".join(f"{{{key}}}" for key in names)
    found = table.rows(
        f"""SELECT count(*) OVER (), * FROM (
            SELECT count(*) AS "rows of the set", min({{row}}) AS "first of the set", {listed}
            FROM {{t}} WHERE hash({listed}) IN (
                SELECT hash({listed}) FROM {{t}} GROUP BY 1 HAVING count(*) > 1)
            GROUP BY {listed} HAVING count(*) > 1)
        ORDER BY 2 DESC, 3 LIMIT ? OFFSET ?""",  # noqa: S608
        [limit, offset],
        **names,
    )
    sets = tuple(EqualRows(count=r[1], first_row=r[2], cells=r[3:]) for r in found)
    return EqualRowsPage(columns=columns, sets=sets, total=found[0][0] if found else 0)


def _column(table: Table, name: str) -> Column:
    return Column(name=name, type=table.type_of(name))


def _bin_of(column: Column, edges: Sequence[float]) -> tuple[str, list[Scalar]]:
    """Write SQL for the number of the bin, from 0; bins as in ``values.Histogram``."""
    cell = number_expression(column, "{c}")
    inner = list(edges[1:-1])
    steps = " + ".join(["0", *(f"CAST({cell} >= ? AS INTEGER)" for _ in inner)])
    inside = f"{cell} >= ? AND {cell} <= ?"
    return f"CASE WHEN {inside} THEN {steps} END", [edges[0], edges[-1], *inner]


def _place_of(column: Column, values: Sequence[Scalar]) -> tuple[str, list[Scalar]]:
    """Write SQL for the position of the cell among ``values``, from 0."""
    if is_numeric(column.type):
        cell, place = "{c}", "?"
    elif kind_of(column) in ("boolean", "date", "time"):
        cell, place = "{c}", f"CAST(? AS {column.type})"
    else:
        cell, place = text_expression(column, "{c}"), "?"
    whens = " ".join(f"WHEN {cell} = {place} THEN {i}" for i in range(len(values)))
    return (f"CASE {whens} END" if values else "NULL"), list(values)
