"""Whether two files hold the same rows in the same order, told by all cells that both have."""

from audit.model import Column
from audit.store import Table

_MOST = 0.5
"""Part of the columns of either side that both must have, and of the rows that must differ."""


def equal_columns(before: Table, after: Table) -> tuple[str, ...]:
    """List the columns that both have where all their cells are equal row by row, else nothing.

    Returns
    -------
    tuple of str
        Empty, too, where equal cells would not show that rows are the same: where these are less
        than half of the columns of a side, and where less than half of the rows differ from each
        other. Columns that number the rows show nothing.

    Notes
    -----
    A sum over hashes of 64 bits of all cells of a row with its number: one scan of each side,
    and nothing is held.
    """
    later = set(after.columns)
    shared = [c for c in before.columns if c in later]
    known = {c.name for c in after.columns}
    if before.n_rows != after.n_rows or not before.n_rows:
        return ()
    if any(c.name in known and c not in later for c in before.columns):
        return ()
    if len(shared) < _MOST * max(len(before.columns), len(after.columns)):
        return ()
    names = tuple(c.name for c in shared)
    if not _tell_rows_apart(before, shared) or _sums(before, names) != _sums(after, names):
        return ()
    return names


def _sums(table: Table, names: tuple[str, ...]) -> tuple[int, int]:
    keys = table.keys(names)
    cells = ", ".join(f"{{{key}}}" for key in keys)
    total, mixed = table.row(
        f"SELECT sum(h::HUGEINT), bit_xor(h) FROM (SELECT hash({{row}}, {cells}) AS h FROM {{t}})",  # noqa: S608
        **keys,
    )
    return int(total), int(mixed)


def _tell_rows_apart(table: Table, columns: list[Column]) -> bool:
    told = [c.name for c in columns if not _numbers_rows(table, c)]
    if not told:
        return False
    keys = table.keys(told)
    cells = ", ".join(f"{{{key}}}" for key in keys)
    (different,) = table.row(f"SELECT count(DISTINCT hash({cells})) FROM {{t}}", **keys)  # noqa: S608
    return bool(different >= _MOST * table.n_rows)


def _numbers_rows(table: Table, column: Column) -> bool:
    """Whether whole numbers go up by one from row to row."""
    if "INT" not in column.type or column.type == "INTERVAL":
        return False
    low, high, there = table.row(
        "SELECT min({c}::HUGEINT - {row}), max({c}::HUGEINT - {row}), count({c}) FROM {t}",
        c=column.name,
    )
    return bool(there == table.n_rows and low == high)
