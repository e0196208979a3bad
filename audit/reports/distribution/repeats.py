"""Equal rows: found by a hash of each row, then verified cell by cell."""

from dataclasses import replace
from math import log2

import numpy as np

from audit.reports.distribution.values import Column
from audit.store import Table

PART_CELLS = 10_000_000
"""Cells of different rows that are held at once while candidates are verified."""

MOST_NAMED = 200_000
"""Hashes that are named one by one; where more are shared, all rows are verified."""


def duplicate_rows(table: Table) -> int:
    """Count the rows beyond the first of each set of equal rows, exactly.

    Missing equals missing, NaN equals NaN and 0.0 equals -0.0.

    Notes
    -----
    Equal rows have equal hashes, so a table whose hashes all differ has no duplicates, and
    nothing else needs reading. Otherwise the rows that share a hash are grouped by all their
    cells. Memory: 8 bytes a row, and the different rows among the candidates, in parts.
    """
    if not table.columns or table.n_rows < 2:
        return max(0, table.n_rows - 1) if not table.columns else 0
    names = table.keys([c.name for c in table.columns])
    listed = ", ".join(f"{{{key}}}" for key in names)
    hashes = table.arrays(f"SELECT hash({listed}) AS h FROM {{t}}", **names)["h"]  # noqa: S608
    hashes.sort()
    same = hashes[1:] == hashes[:-1]
    again = int(same.sum())
    if not again:
        return 0
    shared = np.unique(hashes[1:][same])
    different = table.n_rows - again
    candidates = again + len(shared)
    del hashes, same
    # To pick rows out by their hash pays only where most rows are left out.
    if len(shared) <= MOST_NAMED and candidates * 2 < table.n_rows:
        condition, values, size = (
            f"hash({listed}) IN (SELECT unnest(?))",
            [shared.tolist()],
            len(shared),
        )
    else:
        condition, values, size, candidates = "true", [], different, table.n_rows
    parts = size * len(table.columns) // PART_CELLS + 1
    found = 0
    for part in range(parts):
        (n,) = table.row(
            f"""SELECT count(*) FROM (
                SELECT DISTINCT {listed} FROM {{t}}
                WHERE {condition} AND hash({listed}) % {parts} = {part})""",  # noqa: S608
            values,
            **names,
        )
        found += int(n)
    return candidates - found


def confirm_keys(table: Table, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Make sure of the columns that seem to hold a different value in every row.

    Where an estimate of the different values comes near the number of rows, the hashes of
    all values are compared: if they all differ, so do the values, and their number is exact.
    """
    return tuple(_confirmed(table, c) if _seems_key(c) else c for c in columns)


_NEAR = 0.9
"""Five standard errors of the estimate, and some, below the number of rows."""


def _seems_key(column: Column) -> bool:
    estimated = column.distinct_method != "exact"
    return estimated and column.missing == 0 and column.distinct >= _NEAR * column.n


def _confirmed(table: Table, column: Column) -> Column:
    hashes = table.arrays("SELECT hash({c}) AS h FROM {t}", c=column.name)["h"]
    hashes.sort()
    if (hashes[1:] == hashes[:-1]).any():
        return column
    n = column.n
    return replace(
        column,
        distinct=n,
        distinct_method="exact",
        distinct_error=0.0,
        entropy=log2(n),
        mode_share=1 / n,
        top_method="exact",
        reasons=tuple(r for r in column.reasons if not r.startswith("Entropy")),
    )
