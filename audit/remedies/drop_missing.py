"""Rows that lack a value."""

from pydantic import Field

from audit.mending.change import Change, Context, Removed
from audit.mending.fields import Columns
from audit.registry import Settings, remedy
from audit.store.table import Table


class DropMissing(Settings):
    """Drop rows that lack a value."""

    columns: Columns = Field(
        default=(), title="Columns", description="Where a value is needed; none: in every column."
    )


@remedy("drop-missing", title="Drop rows that lack a value", family="filter")
def drop_missing(table: Table, step: DropMissing, context: Context) -> Change:
    """Drop the rows that lack a value in one of the columns; the first of these is the reason."""
    import numpy as np

    del context
    columns = step.columns or tuple(c.name for c in table.columns)
    keys = table.keys(columns)
    first = " ".join(f"WHEN {{c{i}}} IS NULL THEN {i}" for i in range(len(columns)))
    lacking = " OR ".join(f"{{c{i}}} IS NULL" for i in range(len(columns)))
    found = table.arrays(
        f"SELECT {{row}} AS r, CAST(CASE {first} END AS INTEGER) AS why "  # noqa: S608
        f"FROM {{t}} WHERE {lacking} ORDER BY r",
        **keys,
    )
    removed = Removed(
        rows=found["r"].astype(np.int64),
        why=found["why"].astype(np.int32),
        reasons=tuple(f"{name} is missing" for name in columns),
    )
    return Change(removed=removed)
