"""Rows that are the same as another row: by hash first, then exactly."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from audit.store.table import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FEW_DIFFERENT = 0.5
"""Share of different rows below which they are counted at once: most rows would be candidates."""


def copies(
    table: Table,
    columns: Sequence[str],
    *,
    keep: Literal["first", "last", "best"] = "first",
    by: str = "",
    highest: bool = True,
) -> "npt.NDArray[np.int64]":
    """Give the rows that equal another row in some columns, but for one of each set.

    Parameters
    ----------
    table : Table
        Whose rows are compared; missing equals missing.
    columns : sequence of str
        What is compared.
    keep : {'first', 'last', 'best'}
        Which row of a set is not given; 'best': the one with the highest value in ``by``, or the
        lowest; missing values come last, the first of several.
    """
    import numpy as np

    if not table.n_rows:
        return np.empty(0, np.int64)
    keys = table.keys(columns)
    listed = ", ".join(f"{{{key}}}" for key in keys)
    if keep != "best" and _few_different(table, listed, keys):
        which = "min" if keep == "first" else "max"
        kept = table.arrays(
            f"SELECT {which}({{row}}) AS r FROM {{t}} GROUP BY {listed}",  # noqa: S608 - keys of columns
            **keys,
        )
        others = np.ones(table.n_rows, dtype=bool)
        others[kept["r"].astype(np.int64)] = False
        return np.flatnonzero(others)
    order = {"first": "{row}", "last": "{row} DESC"}.get(keep, "")
    if keep == "best":
        keys["by"] = by
        order = f"{_known(table, by)} {'DESC' if highest else 'ASC'} NULLS LAST, {{row}}"
    found = table.arrays(
        f"""SELECT r FROM (
            SELECT {{row}} AS r, row_number() OVER (PARTITION BY {listed} ORDER BY {order}) AS k
            FROM {{t}}
            WHERE hash({listed}) IN (
                SELECT hash({listed}) FROM {{t}} GROUP BY 1 HAVING count(*) > 1))
        WHERE k > 1""",  # noqa: S608 - keys of columns
        **keys,
    )
    return np.sort(found["r"].astype(np.int64))


def _few_different(table: Table, listed: str, keys: dict[str, str]) -> bool:
    (different,) = table.row(
        f"SELECT approx_count_distinct(hash({listed})) FROM {{t}}",  # noqa: S608 - keys of columns
        **keys,
    )
    return bool(different < _FEW_DIFFERENT * table.n_rows)


def _known(table: Table, name: str) -> str:
    """Write a cell to sort by; what is no number counts as missing."""
    if table.type_of(name) in ("FLOAT", "DOUBLE"):
        return "CASE WHEN isnan({by}) THEN NULL ELSE {by} END"
    return "{by}"
