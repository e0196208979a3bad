"""Numbers that stand for a missing value, as the distribution report tells them."""

from collections.abc import Sequence

from audit.mending.bounds import finite
from audit.reports.distribution.tokens import (
    NEGATIVE_CODES,
    POSITIVE_CODES,
    number_codes,
)
from audit.store.table import Table

_CODES = ", ".join(repr(code) for code in (*NEGATIVE_CODES, *POSITIVE_CODES))


def coded_numbers(table: Table, columns: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Find the codes among the numbers of each column; columns without one are left out.

    A first scan looks whether a column holds any number that can be a code at all.
    """
    if not columns:
        return {}
    asked = ", ".join(
        f"coalesce(bool_or(TRY_CAST({{c{i}}} AS DOUBLE) IN ({_CODES})), false)"
        for i in range(len(columns))
    )
    row = table.row(f"SELECT {asked} FROM {{t}}", **table.keys(columns))  # noqa: S608
    found = {n: _codes(table, n) for n, may in zip(columns, row, strict=True) if may}
    return {name: codes for name, codes in found.items() if codes}


def told(column: str, done: str) -> str:
    """Say that a column holds codes, what was done about them, and what mends them."""
    return (
        f"{column!r} holds numbers that look like codes for a missing value; {done}. "
        "Make them missing first: replace-null-tokens."
    )


def _codes(table: Table, column: str) -> tuple[float, ...]:
    import numpy as np

    found = table.arrays(
        f"""SELECT v, count(*) AS k FROM (SELECT {finite("{c}")} AS v FROM {{t}})
        WHERE v IS NOT NULL GROUP BY v ORDER BY v""",  # noqa: S608
        c=column,
    )
    values = np.ma.getdata(found["v"]).astype(np.float64, copy=False)
    counts = np.ma.getdata(found["k"]).astype(np.int64, copy=False)
    return tuple(float(values[i]) for i in number_codes(values, counts))
