"""Columns as groups: which levels a column has, and the SQL that says which level a row is in."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf, isfinite

from audit.format import number
from audit.model import RowTest, Scalar
from audit.pii.looks import personal_among
from audit.reports.column_names import is_age
from audit.reports.representation.group_values import MISSING, NOT_FINITE, REST, Axis, Level
from audit.reports.representation.hiding import SMALLEST_COUNT
from audit.store import Table
from audit.store.rows import is_numeric

FEW_NUMBERS = 12
"""Numbers with at most this many different values are codes, and groups as they are."""
_AGES = (18.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0)
_OLDEST = 125
_BINS = 5
_EXTREME = 0.005
_GIVEN = frozenset({MISSING, REST, NOT_FINITE})


def axis_of(
    table: Table, column: str, *, edges: tuple[float, ...] | None = None, most_groups: int = 20
) -> Axis:
    """Find the groups of a column.

    Parameters
    ----------
    table : Table
        The version.
    column : str
        Its name; ColumnError where there is none.
    edges : tuple of float, optional
        Inner edges to cut numbers by, increasing; by default decades of life for ages, else
        rounded quintiles. A column with few different numbers is not cut unless edges are given.
    most_groups : int
        Values that are groups of their own; all others are one group, the rest.

    Returns
    -------
    Axis
        Values by falling number of rows (ties by value), or bins in order; then the rest, then
        the missing ones, each only where rows have it.
    """
    type_ = table.type_of(column)
    if is_numeric(type_):
        if edges:
            return _bins(table, column, tuple(sorted(set(edges))))
        (distinct,) = table.row("SELECT approx_count_distinct({c}) FROM {t}", c=column)
        if distinct > 2 * FEW_NUMBERS:
            return _bins(table, column, _default_edges(table, column))
        found = _counts(table, column, FEW_NUMBERS + 1)
        if len([v for v, _ in found if v is not None]) > FEW_NUMBERS:
            return _bins(table, column, _default_edges(table, column))
    return _values(table, column, most_groups)


def code(axis: Axis, key: str, type_: str) -> tuple[str, list[Scalar]]:
    """Write SQL for the position of the level that a row is in, and the values it needs.

    ``key`` is the place of the column in the statement (``a`` for ``{a}``), ``type_`` its type.
    Never NULL: every row of the version is in one level.
    """
    parts: list[str] = []
    values: list[Scalar] = []
    cell = _cell(key, type_)
    for position, level in enumerate(axis.levels):
        if level.kind == "missing":
            parts.insert(0, f"WHEN {{{key}}} IS NULL THEN {position}")
        elif level.test.op == "not-finite":
            parts.insert(0, f"WHEN NOT isfinite({{{key}}}) THEN {position}")
        elif level.kind == "value":
            parts.append(f"WHEN {cell} = ? THEN {position}")
            values.append(level.test.values[0])
        elif level.kind == "bin" and position < len(axis.edges):
            parts.append(f"WHEN {{{key}}} < ? THEN {position}")
            values.append(axis.edges[position])
    rest = (i for i, a in enumerate(axis.levels) if a.kind == "rest" and a.test.op == "not-in")
    last = next(rest, len(axis.edges))
    return (f"CASE {' '.join(parts)} ELSE {last} END" if parts else f"{last}"), values


def level_codes(table: Table, axes: Sequence[Axis]) -> tuple[list[str], list[Scalar]]:
    """Write SQL for the levels as ``a0``, ``a1``, … from ``{k0}``, ``{k1}``, and so on."""
    parts = [code(axis, f"k{j}", table.type_of(axis.column)) for j, axis in enumerate(axes)]
    codes = [f"{expression} AS a{j}" for j, (expression, _) in enumerate(parts)]
    return codes, [value for _, own in parts for value in own]


def level_names(axes: Sequence[Axis]) -> dict[str, str]:
    """Give the columns that :func:`level_codes` speaks of."""
    return {f"k{j}": axis.column for j, axis in enumerate(axes)}


def _cell(key: str, type_: str) -> str:
    if is_numeric(type_) or type_ == "VARCHAR":
        return f"{{{key}}}"
    return f"CAST({{{key}}} AS VARCHAR)"


def _counts(table: Table, column: str, most: int) -> list[tuple[Scalar, int]]:
    cell = _cell("c", table.type_of(column))
    return [
        (value, int(n))
        for value, n in table.rows(
            f"""SELECT v, n FROM (SELECT {cell} AS v, count(*) AS n FROM {{t}} GROUP BY 1)
            ORDER BY v IS NULL DESC, n DESC, v LIMIT {int(most) + 1}""",  # noqa: S608
            c=column,
        )
    ]


def _values(table: Table, column: str, most_groups: int) -> Axis:
    found = _counts(table, column, most_groups + 1)
    missing = any(value is None for value, _ in found)
    values = [_plain(value) for value, _ in found if value is not None]
    values = [v for v in values if not isinstance(v, float) or isfinite(v)]
    # A telephone number that got among the groups is one of nobody: its row is in the rest.
    personal = personal_among(v for v, n in found if isinstance(v, str) and n < SMALLEST_COUNT)
    kept = [v for v in values[:most_groups] if v not in personal]
    more = len(values) > len(kept)
    levels = [
        Level(name=_name(v), kind="value", test=RowTest(op="equal", columns=(column,), values=(v,)))
        for v in kept
    ]
    if more:
        test = RowTest(op="not-in", columns=(column,), values=(*kept, None))
        levels.append(Level(name=REST, kind="rest", test=test))
    note = f"Values rarer than the {most_groups} most frequent ones are one group." if more else ""
    return Axis(column=column, levels=(*levels, *_apart(table, column, missing)), note=note)


def _plain(value: Scalar) -> Scalar:
    """Give numbers that DuckDB has types of its own for (decimals) as floats."""
    return value if isinstance(value, str | bool | int | float) else float(str(value))


def _name(value: Scalar) -> str:
    """Name the rows of a value; a text that reads as a name given here is put in quotes."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return f'"{value}"' if str(value).strip('"') in _GIVEN else str(value)


def _apart(table: Table, column: str, missing: bool) -> tuple[Level, ...]:
    """Make the levels of rows whose value is no group: none at all, and no finite number."""
    levels: list[Level] = []
    if table.type_of(column) in ("FLOAT", "DOUBLE"):
        (strange,) = table.row("SELECT count_if(NOT isfinite({c})) FROM {t}", c=column)
        if strange:
            test = RowTest(op="not-finite", columns=(column,))
            levels.append(Level(name=NOT_FINITE, kind="rest", test=test))
    if missing:
        levels.append(missing_level(column))
    return tuple(levels)


def missing_level(column: str) -> Level:
    """Make the level of the rows without a value."""
    test = RowTest(op="missing", columns=(column,))
    return Level(name=MISSING, kind="missing", test=test)


def _bins(table: Table, column: str, edges: tuple[float, ...]) -> Axis:
    missing, whole = table.row(
        """SELECT count(*) - count(x), bool_and(x = floor(x)) FILTER (isfinite(x))
        FROM (SELECT CAST({c} AS DOUBLE) AS x FROM {t})""",
        c=column,
    )
    whole = bool(whole) and all(e.is_integer() for e in edges)
    levels = bin_levels(column, edges, whole=whole)
    return Axis(column=column, levels=(*levels, *_apart(table, column, bool(missing))), edges=edges)


def bin_levels(column: str, edges: tuple[float, ...], *, whole: bool) -> tuple[Level, ...]:
    """Make the levels between ``edges``; of whole numbers the ends are named as they are met.

    Examples
    --------
    >>> [level.name for level in bin_levels("age", (25.0, 45.0), whole=True)]
    ['under 25', '25-44', '45 and over']
    >>> [level.name for level in bin_levels("x", (0.5, 1.5), whole=False)]
    ['under 0.5', '0.5 to under 1.5', '1.5 and over']
    """
    if not edges:
        everything = RowTest(op="present", columns=(column,))
        return (Level(name="all values", kind="bin", test=everything),)
    first, last = edges[0], edges[-1]
    below = RowTest(op="below", columns=(column,), values=(first,))
    levels = [Level(name=f"under {number(first)}", kind="bin", test=below)]
    for low, high in pairwise(edges):
        plain = whole and low >= 0
        name = (
            f"{number(low)}-{number(high - 1)}"
            if plain and high - low > 1
            else number(low)
            if plain
            else f"{number(low)} to under {number(high)}"
        )
        test = RowTest(op="from-to", columns=(column,), values=(low, high))
        levels.append(Level(name=name, kind="bin", test=test))
    above = RowTest(op="at-least", columns=(column,), values=(last,))
    levels.append(Level(name=f"{number(last)} and over", kind="bin", test=above))
    return tuple(levels)


def _default_edges(table: Table, column: str) -> tuple[float, ...]:
    shares = [_EXTREME, *(i / _BINS for i in range(1, _BINS)), 1 - _EXTREME]
    cell = "CAST({c} AS DOUBLE)"
    low, high, found = table.row(
        f"""SELECT min(x), max(x), quantile_cont(x, {shares}) FROM (
            SELECT {cell} AS x FROM {{t}} WHERE isfinite({cell}))""",  # noqa: S608
        c=column,
    )
    if found is None or low == high:
        return ()
    least, *cuts, most = found
    # A few impossible ages do not make a column something else.
    if is_age(column, [c.name for c in table.columns]) and least >= 0 and most <= _OLDEST:
        return tuple(e for e in _AGES if least < e <= most)
    rounded = {_round(cut, most - least) for cut in cuts if isfinite(cut)}
    return tuple(sorted(e for e in rounded if low < e <= high))


def _round(value: float, span: float) -> float:
    """Round to the size of a hundredth of the span: edges that people can say."""
    step = 10.0 ** len(str(int(span / 20))) / 10 if 20 <= span < inf else 0.0
    return round(value / step) * step if step else float(f"{value:.3g}")
