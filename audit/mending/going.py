"""Rows that go because of what stands in them, found in one scan."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.mending.change import Removed
from audit.store.table import Table, Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def going(
    table: Table, why: str, reasons: Sequence[str], values: Sequence[Value] = (), /, **names: str
) -> Removed:
    """Find the rows that go.

    Parameters
    ----------
    table : Table
        Whose rows are looked at.
    why : str
        SQL that gives the index of the reason for which a row goes, or NULL where it stays.
    reasons : sequence of str
        In words.
    values, names
        For places in the statement, as in :meth:`Table.rows`.
    """
    import numpy as np

    found = table.arrays(
        f"SELECT r, w FROM (SELECT {{row}} AS r, CAST({why} AS INTEGER) AS w FROM {{t}}) "  # noqa: S608 - an expression of a remedy
        "WHERE w IS NOT NULL",
        values,
        **names,
    )
    rows, which = found["r"].astype(np.int64), found["w"].astype(np.int32)
    if not (np.diff(rows) > 0).all():
        order = np.argsort(rows)
        rows, which = rows[order], which[order]
    return Removed(rows=rows, why=which, reasons=tuple(reasons))


def going_rows(rows: "npt.NDArray[np.int64]", reason: str) -> Removed:
    """Let rows go, told by their numbers in ascending order, all for one reason."""
    import numpy as np

    return Removed(rows=rows, why=np.zeros(len(rows), np.int32), reasons=(reason,))
