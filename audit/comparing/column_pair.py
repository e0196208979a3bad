"""One column in two versions over one axis: the same bins, or the same values, counted in both."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from audit.errors import ParameterError
from audit.model import Column
from audit.reports.distribution.kinds import (
    UNPLACED,
    is_integer,
    kind_of,
    number_expression,
    text_expression,
)
from audit.store import Table

BINS = 30
MOST_VALUES = 12
_SPREAD = 10.0
"""A range so many times wider than the middle 98% of the values is cut to these."""
_BEYOND = 0.05
_LEAST_WIDTH = 1e-9
"""Of the values: bins that are narrower cannot be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The rows of one version over the bins or values."""

    rows: int
    missing: int
    counts: tuple[int, ...]
    other: int
    """Rows with a value that is in no bin: beyond the axis, not finite, or rarer than those shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPair:
    """A column before and after."""

    column: str
    kind: Literal["number", "date", "category"]
    edges: tuple[float, ...] = ()
    """Of numbers and of dates (microseconds since 1970): one more than there are bins."""
    values: tuple[str, ...] = ()
    """Of anything else: the most frequent of both versions, by their mean share."""
    before: Spread
    after: Spread


def column_pair(before: Table, after: Table, column: str) -> ColumnPair:
    """Count a column of both versions in common bins (numbers, dates) or values (all else).

    Raises
    ------
    ColumnError
        If one of them does not have the column.
    ParameterError
        If its cells cannot be counted: lists, bytes.
    """
    was = Column(name=column, type=before.type_of(column))
    now = Column(name=column, type=after.type_of(column))
    kinds = {kind_of(was), kind_of(now)}
    if kinds & {"nested", "binary"}:
        message = "Lists, records and bytes are not drawn beside each other."
        raise ParameterError(message)
    if kinds == {"number"} or kinds == {"date"}:
        found = _over_bins(before, after, was, now)
        if found is not None:
            return found
    return _over_values(before, after, was, now)


def _over_bins(before: Table, after: Table, was: Column, now: Column) -> ColumnPair | None:
    known = [r for t, c in ((before, was), (after, now)) if (r := _reach(t, c)) is not None]
    if not known:
        return None
    low, high = min(r[0] for r in known), max(r[1] for r in known)
    inner_low, inner_high = min(r[2] for r in known), max(r[3] for r in known)
    inner = inner_high - inner_low
    if inner > 0 and high - low > _SPREAD * inner:
        low = max(low, inner_low - inner * _BEYOND)
        high = min(high, inner_high + inner * _BEYOND)
    whole = is_integer(was.type) and is_integer(now.type)
    edges = _edges(low, high, whole=whole)
    return ColumnPair(
        column=was.name,
        kind="date" if kind_of(was) == "date" else "number",
        edges=edges,
        before=_binned(before, was, edges),
        after=_binned(after, now, edges),
    )


def _reach(table: Table, column: Column) -> tuple[float, float, float, float] | None:
    """Give least, greatest, and the ends of the middle 98% of what can be placed on an axis."""
    cell = _placed(column)
    found = table.row(
        f"""SELECT min(v), max(v), quantile_cont(v, 0.01), quantile_cont(v, 0.99)
        FROM (SELECT {cell} AS v FROM {{t}}) WHERE v IS NOT NULL""",  # noqa: S608
        c=column.name,
    )
    return None if found[0] is None else tuple(float(v) for v in found)  # type: ignore[return-value]


def _placed(column: Column) -> str:
    """Write SQL for the cell as a finite number; NULL for all else."""
    cell = number_expression(column, "{c}")
    number = f"CAST({cell} AS DOUBLE)"
    if kind_of(column) == "date":
        return f"CASE WHEN {cell} <> {UNPLACED} THEN {number} END"
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def _edges(low: float, high: float, *, whole: bool) -> tuple[float, ...]:
    """Cut a range into bins of one width; whole numbers into bins of as many of them each."""
    if whole:
        first, last = int(low), int(high)
        wide = max(1, -(-(last - first + 1) // BINS))
        bins = -(-(last - first + 1) // wide)
        return tuple(float(first + i * wide) for i in range(bins + 1))
    step = high / BINS - low / BINS
    inner = tuple(low + i * step for i in range(1, BINS))
    edges = (low, *inner, high)
    if all(a < b for a, b in pairwise(edges)):
        return edges
    pad = max(0.5, abs(low) * _LEAST_WIDTH)
    return (low - pad, high + pad)


def _binned(table: Table, column: Column, edges: Sequence[float]) -> Spread:
    """Count rows by bin; a bin is closed on the left, the last one on both sides."""
    cell = _placed(column)
    low, high, bins = edges[0], edges[-1], len(edges) - 1
    found = table.rows(
        f"""SELECT missing, i, count(*) FROM (
            SELECT gone AS missing, CASE WHEN v >= ? AND v <= ?
                THEN least(CAST(floor((v / 2 - ?) / ? * ?) AS BIGINT), ?) END AS i
            FROM (SELECT {{c}} IS NULL AS gone, {cell} AS v FROM {{t}}))
        GROUP BY ALL""",  # noqa: S608
        [low, high, low / 2, high / 2 - low / 2, bins, bins - 1],  # halves: no overflow
        c=column.name,
    )
    counts = [0] * bins
    missing = other = 0
    for gone, i, n in found:
        if gone:
            missing += n
        elif i is None:
            other += n
        else:
            counts[max(i, 0)] += n
    return Spread(rows=table.n_rows, missing=missing, counts=tuple(counts), other=other)


def _over_values(before: Table, after: Table, was: Column, now: Column) -> ColumnPair:
    known = [_most_frequent(before, was), _most_frequent(after, now)]
    weight: dict[str, float] = {}
    for table, found in zip((before, after), known, strict=True):
        for value, n in found:
            weight[value] = weight.get(value, 0.0) + n / max(table.n_rows, 1)
    values = tuple(sorted(weight, key=lambda v: (-weight[v], v))[:MOST_VALUES])
    return ColumnPair(
        column=was.name,
        kind="category",
        values=values,
        before=_valued(before, was, values),
        after=_valued(after, now, values),
    )


def _most_frequent(table: Table, column: Column) -> list[tuple[str, int]]:
    cell = text_expression(column, "{c}")
    return table.rows(
        f"""SELECT {cell} AS v, count(*) AS n FROM {{t}} WHERE {{c}} IS NOT NULL
        GROUP BY 1 ORDER BY n DESC, v LIMIT {MOST_VALUES * 2}""",  # noqa: S608
        c=column.name,
    )


def _valued(table: Table, column: Column, values: Sequence[str]) -> Spread:
    cell = text_expression(column, "{c}")
    whens = " ".join(f"WHEN ? THEN {i}" for i in range(len(values)))
    place = f"CASE {cell} {whens} END" if values else "NULL"
    found = table.rows(
        f"SELECT {{c}} IS NULL, {place}, count(*) FROM {{t}} GROUP BY ALL",  # noqa: S608
        list(values),
        c=column.name,
    )
    counts = [0] * len(values)
    missing = other = 0
    for gone, i, n in found:
        if gone:
            missing += n
        elif i is None:
            other += n
        else:
            counts[i] += n
    return Spread(rows=table.n_rows, missing=missing, counts=tuple(counts), other=other)
