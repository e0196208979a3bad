"""Repeated rows by group: found by a hash of each row, then verified cell by cell."""

from collections.abc import Sequence

from audit.reports.distribution.looks import sample_condition
from audit.reports.distribution.repeats import MOST_NAMED, PART_CELLS
from audit.reports.representation.axes import level_codes, level_names
from audit.reports.representation.group_values import Axis
from audit.reports.representation.quality_counts import by_axis
from audit.store import Table

_DIFFERENT = 0.75
"""Share of different rows in a sample below which all rows are compared, cell by cell; hashing
them first would leave few of them out."""


def repeats(table: Table, axes: Sequence[Axis]) -> dict[str, list[int]]:
    """Count the rows that repeat an earlier row, by the levels of each sensitive column.

    Missing equals missing, NaN equals NaN and 0.0 equals -0.0. Equal rows are in the same
    group, so those of a group are its rows less its different rows.

    Notes
    -----
    Rows with a hash of their own have no copy. Where few rows share theirs, these alone are
    compared; where many do, all are, which takes one statement less. Memory: the different
    rows, in parts.
    """
    names = table.keys([c.name for c in table.columns])
    listed = ", ".join(f"{{{key}}}" for key in names)
    rows, different = table.row(
        f"SELECT count(*), approx_count_distinct(hash({listed})) FROM {{t}} "  # noqa: S608
        f"WHERE {sample_condition(table.n_rows)}",
        **names,
    )
    if different < _DIFFERENT * rows:
        return _repeats(table, axes, "true", [], _most_different(table, different / rows))
    shared = table.arrays(
        f"""SELECT h FROM (SELECT hash({listed}) AS h FROM {{t}})
        GROUP BY h HAVING count(*) > 1 ORDER BY h""",  # noqa: S608
        **names,
    )["h"]
    if len(shared) > MOST_NAMED:
        return _repeats(table, axes, "true", [], table.n_rows - len(shared))
    if not len(shared):
        return {axis.column: [0] * axis.size for axis in axes}
    condition = f"hash({listed}) IN (SELECT unnest(?))"
    return _repeats(table, axes, condition, [shared.tolist()], len(shared))


def _most_different(table: Table, share: float) -> int:
    """Estimate how many rows are different, from a sample where that is few enough to hold."""
    most = int(share * table.n_rows)
    if most * len(table.columns) <= PART_CELLS:
        return most
    names = table.keys([c.name for c in table.columns])
    listed = ", ".join(f"{{{key}}}" for key in names)
    (different,) = table.row(f"SELECT approx_count_distinct(hash({listed})) FROM {{t}}", **names)  # noqa: S608
    return int(different)


def _repeats(
    table: Table, axes: Sequence[Axis], condition: str, values: list[list[int]], different: int
) -> dict[str, list[int]]:
    names = table.keys([c.name for c in table.columns])
    listed = ", ".join(f"{{{key}}}" for key in names)
    codes, given = level_codes(table, axes)
    places = range(len(axes))
    parts = different * len(table.columns) // PART_CELLS + 1
    totals = {axis.column: [0] * axis.size for axis in axes}
    for part in range(parts):
        chosen = f"{condition} AND hash({listed}) % {parts} = {part}" if parts > 1 else condition
        found = table.rows(
            f"""SELECT {", ".join(f"a{j}" for j in places)}, sum(n - 1) FROM (
                SELECT {", ".join(codes)}, count(*) AS n FROM {{t}} WHERE {chosen}
                GROUP BY {listed} HAVING count(*) > 1)
            GROUP BY GROUPING SETS ({", ".join(f"(a{j})" for j in places)})""",  # noqa: S608
            [*given, *values],
            **names,
            **level_names(axes),
        )
        for axis, levels in zip(axes, by_axis(found, axes, 1), strict=True):
            counts = totals[axis.column]
            totals[axis.column] = [n + int(k) for n, (k,) in zip(counts, levels, strict=True)]
    return totals
