"""A cheap first look that tells how each column is best read, and a stated sample of rows."""

from dataclasses import dataclass

from audit.model import Column
from audit.reports.distribution.kinds import ARRAY_KINDS, kind_of, text_expression
from audit.store import Table

BLOCKS, BLOCK_ROWS = 32, 2048
"""The sample of the first look: as many stretches of rows, evenly spread over the file."""

FEW_SHARE = 0.05
"""A column with fewer different values per row of the sample has few altogether."""

ROWS_PER_VALUE = 5
"""Where a value has fewer rows than this, grouping does not pay any more."""

MOST_TEXT_BYTES = 64 * 2**20
"""Different texts that are counted in memory, all of one column together."""

BATCH = 200
"""Columns in one statement; planning takes longer per column beyond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is known of a column before it is measured."""

    few: bool
    """Whether its different values can all be counted by value."""
    distinct: int
    """An estimate."""


def batches(columns: tuple[Column, ...], size: int = BATCH) -> list[tuple[Column, ...]]:
    """Cut a list of columns into parts of at most ``size``."""
    return [columns[i : i + size] for i in range(0, len(columns), size)]


def sample_condition(n_rows: int) -> str:
    """Write the condition for the rows of the first look, from the row number alone.

    Whole stretches, so that the reader can skip what lies between; the same for the same
    number of rows.
    """
    if n_rows <= BLOCKS * BLOCK_ROWS:
        return "true"
    starts = [i * (n_rows - BLOCK_ROWS) // (BLOCKS - 1) for i in range(BLOCKS)]
    return " OR ".join(f"{{row}} BETWEEN {s} AND {s + BLOCK_ROWS - 1}" for s in starts)


def look(table: Table, *, exact_rows: int, counted_values: int) -> dict[str, Look]:
    """Tell for each column whether its values can be counted one by one."""
    if table.n_rows <= exact_rows:
        return {c.name: Look(few=True, distinct=table.n_rows) for c in table.columns}
    rows = min(table.n_rows, BLOCKS * BLOCK_ROWS)
    first = _estimate(table, table.columns, sample_condition(table.n_rows))
    few = {
        name: Look(few=True, distinct=distinct)
        for name, (distinct, _) in first.items()
        if distinct <= rows * FEW_SHARE and distinct <= counted_values
    }
    rest = tuple(c for c in table.columns if c.name not in few)
    limit = min(counted_values, table.n_rows // ROWS_PER_VALUE)
    second = _estimate(table, rest, "true")
    return few | {
        column.name: Look(
            few=_is_few(column, *second[column.name], max(exact_rows, limit)), distinct=d
        )
        for column in rest
        for d in (second[column.name][0],)
    }


def _is_few(column: Column, distinct: int, text_bytes: float, limit: int) -> bool:
    if kind_of(column) in ARRAY_KINDS:
        return distinct <= limit
    return distinct <= limit and distinct * (text_bytes + 16) <= MOST_TEXT_BYTES


def _estimate(
    table: Table, columns: tuple[Column, ...], condition: str
) -> dict[str, tuple[int, float]]:
    """Estimate different values, and mean bytes of text, by column."""
    found: dict[str, tuple[int, float]] = {}
    for part in batches(columns):
        asked = []
        for i, column in enumerate(part):
            plain = kind_of(column) in ARRAY_KINDS
            text = f"{{c{i}}}" if plain else text_expression(column, f"{{c{i}}}")
            asked.append(f"approx_count_distinct({text})")
            asked.append("0" if plain else f"avg(strlen({text}))")
        row = table.row(
            f"SELECT {', '.join(asked)} FROM {{t}} WHERE {condition}",  # noqa: S608
            **table.keys([c.name for c in part]),
        )
        for i, column in enumerate(part):
            found[column.name] = (int(row[2 * i]), float(row[2 * i + 1] or 0))
    return found
