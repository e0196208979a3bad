"""Whether two files hold the same rows in the same order, told by all cells that both have."""

from audit.model import Column
from audit.reports.distribution.kinds import is_integer, kind_of
from audit.store import Table

_MOST = 0.5
"""Part of the columns of either side that both must have, and of the rows that must differ."""
_WIDEST = "HUGEINT"
"""Numbers from which none can be taken away without leaving the type: they number no rows."""


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
    and nothing is held. Where the sums are equal, two more scans tell whether rows differ.
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
    if _sums(before, names) != _sums(after, names) or not _tell_rows_apart(before, shared):
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
    numbering = _numbering(table, columns)
    told = [c.name for c in columns if c.name not in numbering]
    if not told:
        return False
    keys = table.keys(told)
    cells = ", ".join(f"{{{key}}}" for key in keys)
    (different,) = table.row(f"SELECT count(DISTINCT hash({cells})) FROM {{t}}", **keys)  # noqa: S608
    return bool(different >= _MOST * table.n_rows)


def _numbering(table: Table, columns: list[Column]) -> set[str]:
    """Find the columns of whole numbers that go up by one from row to row, in one scan."""
    numbers = [c for c in columns if kind_of(c) == "number" and is_integer(c.type)]
    whole = [c.name for c in numbers if not c.type.endswith(_WIDEST)]
    if not whole:
        return set()
    keys = table.keys(whole)
    asked = ", ".join(
        f"count({{{key}}}) = count(*) "
        f"AND min({{{key}}}::HUGEINT - {{row}}) = max({{{key}}}::HUGEINT - {{row}})"
        for key in keys
    )
    found = table.row(f"SELECT {asked} FROM {{t}}", **keys)  # noqa: S608
    return {name for name, numbers in zip(whole, found, strict=True) if numbers}
