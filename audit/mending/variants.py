"""Values that differ in case or white space only, and the spelling that most rows have."""

from collections.abc import Sequence

from audit.reports.distribution.textual import FLAGGED, FOLDED
from audit.store.table import Table

MOST_DIFFERENT = 100_000
"""Columns with more different values than this are no categories, and are not compared."""

Spellings = dict[str, dict[str, str]]
"""Column -> spelling -> what it becomes."""


def suggested_map(table: Table, columns: Sequence[str]) -> Spellings:
    """Say for each rarer spelling which one takes its place: the most frequent of its kind.

    Parameters
    ----------
    table : Table
        Where the values are counted.
    columns : sequence of str
        Columns of text.

    Returns
    -------
    dict
        By column: spellings and what they become, as the check *spelling-variants* sees them
        (equal but for case and white space). Of equally frequent spellings the first in the
        order of characters stays. Columns without variants, or with too many different values
        to be compared, are left out.
    """
    few = comparable(table, columns)
    found = {name: _rarer(table, name) for name in columns if name in few}
    return {name: spellings for name, spellings in found.items() if spellings}


def comparable(table: Table, columns: Sequence[str]) -> tuple[str, ...]:
    """Give the columns with few enough different values to compare them all."""
    if not columns:
        return ()
    asked = ", ".join(f"approx_count_distinct({{c{i}}})" for i in range(len(columns)))
    row = table.row(f"SELECT {asked} FROM {{t}}", **table.keys(columns))  # noqa: S608
    return tuple(n for n, k in zip(columns, row, strict=True) if k <= MOST_DIFFERENT)


def _rarer(table: Table, column: str) -> dict[str, str]:
    rows = table.rows(
        f"""WITH c AS (
            SELECT {{c}} AS v, count(*) AS k FROM {{t}} WHERE {{c}} IS NOT NULL GROUP BY 1),
        f AS (SELECT {FLAGGED} FROM c),
        g AS (SELECT v, k, {FOLDED} AS g FROM f),
        h AS (SELECT v, first(v) OVER (PARTITION BY g ORDER BY k DESC, v) AS usual FROM g)
        SELECT v, usual FROM h WHERE v <> usual ORDER BY usual, v""",  # noqa: S608
        c=column,
    )
    return dict(rows)
