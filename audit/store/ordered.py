"""All rows of a table in their order, batch by batch."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audit.store.table import Table, Value

if TYPE_CHECKING:
    import pyarrow as pa


def in_order(
    table: Table, sql: str, values: Sequence[Value] = (), /, *, size: int, **names: str
) -> "Iterator[tuple[int, pa.RecordBatch]]":
    """Run a statement that gives something of every row, and fetch it in the order of the rows.

    The engine keeps the order by itself, but not behind all it makes of an expression. Each batch is
    looked at: where its rows are not those that follow, what is left is asked for again, sorted;
    sorting always would cost every reader.

    Parameters
    ----------
    table : Table
        Whose rows.
    sql : str
        Its first column is the row number, ``{row} AS r``; it leaves no row out.
    values, names
        As for :meth:`Table.rows`.
    size : int
        Rows of a batch at the most.

    Yields
    ------
    int, pyarrow.RecordBatch
        The number of the first row, and the rows, with their numbers as first column.
    """
    at = 0
    for statement in (sql, f"SELECT * FROM ({sql}) WHERE r >= ? ORDER BY r"):  # noqa: S608
        given = values if statement == sql else [*values, at]
        for batch in table.batches(statement, given, size=size, **names):
            if not _follows(batch, at):
                break
            yield at, batch
            at += batch.num_rows
        else:
            return
    message = "rows came out of their order"
    raise RuntimeError(message)


def _follows(batch: "pa.RecordBatch", at: int) -> bool:
    """Whether the rows of a batch are those from number ``at`` on."""
    import numpy as np

    rows = np.asarray(batch.column(0))
    return bool((rows == np.arange(at, at + len(rows))).all())
