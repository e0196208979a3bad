"""The rows that associations rest on: all of them, or a stated sample, as numbers and codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.model import Column as Described
from audit.reports.distribution.kinds import kind_of, number_expression
from audit.store import Table
from audit.store.table import Value

Matrix = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The rows that pairs are computed on, column by column."""

    numbers: dict[str, Matrix]
    """NaN where there is no finite number."""
    codes: dict[str, Codes]
    """Categories as 0, 1, …; -1 where missing."""
    rows: int
    method: str


def draw(table: Table, numbers: list[str], categories: list[str], rows: int) -> Sample:
    """Fetch the rows of the sample: all of them, or those whose hashed number is smallest."""
    described = {c.name: c for c in table.columns}
    names = [*numbers, *categories]
    asked = [_expression(described[n], f"{{c{i}}}") for i, n in enumerate(names)]
    cells, n = draw_cells(table, asked, rows, **table.keys(names))
    return Sample(
        numbers={name: floats(cells[i]) for i, name in enumerate(numbers)},
        codes={name: _codes(cells[i]) for i, name in enumerate(categories, start=len(numbers))},
        rows=n,
        method=f"sample:{n}" if n < table.n_rows else "exact",
    )


def draw_cells(
    table: Table, asked: Sequence[str], rows: int, values: Sequence[Value] = (), /, **names: str
) -> tuple[list[npt.NDArray[Any]], int]:
    """Fetch expressions on the rows of the sample, in the order of the file.

    Parameters
    ----------
    table : Table
        The version.
    asked : sequence of str
        SQL over the columns ``names``, with ``values`` for ``?``.
    rows : int
        Rows of the sample; all of them where the table has no more.

    Returns
    -------
    cells, n
        An array per expression, masked where missing; rows of the sample.
    """
    listed = ", ".join(f"{e} AS v{i}" for i, e in enumerate(asked))
    sampled = rows < table.n_rows
    share = min(1.0, (1.05 * rows + 100) / max(1, table.n_rows))
    found: dict[str, Any] = table.arrays(
        f"SELECT {listed}, hash({{row}}) AS h FROM {{t}}"  # noqa: S608
        + (f" WHERE hash({{row}}) < {int(share * (2**64 - 1))}" if sampled else ""),
        values,
        **names,
    )
    kept = np.sort(np.argsort(found["h"], kind="stable")[:rows]) if sampled else slice(None)
    return [found[f"v{i}"][kept] for i in range(len(asked))], len(found["h"][kept])


def _expression(column: Described, cell: str) -> str:
    if kind_of(column) == "number":
        return number_expression(column, cell)
    return f"CASE WHEN {cell} IS NOT NULL THEN hash({cell}) END"


def floats(cells: npt.NDArray[Any]) -> Matrix:
    """Give cells as numbers; NaN where there is no finite one."""
    values = np.ma.filled(cells.astype(np.float64), np.nan)
    values[~np.isfinite(values)] = np.nan
    return values


def _codes(cells: npt.NDArray[Any]) -> Codes:
    missing = np.ma.getmaskarray(cells)
    codes = np.full(len(cells), -1, dtype=np.int64)
    there = np.asarray(cells[~missing])
    # Sorting and looking up is several times faster than sorting with positions.
    codes[~missing] = np.searchsorted(np.unique(there), there)
    return codes
