"""Missing numbers from the rows that are most alike (k nearest neighbours)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.mending.bounds import finite
from audit.mending.change import Computed
from audit.mending.scales import Scale, fit
from audit.store.table import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa
    from sklearn.impute import KNNImputer

MOST_ROWS = 10_000
"""Rows among which neighbours are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """An imputer that is fitted, and the columns it looks at."""

    features: tuple[str, ...]
    scales: dict[str, Scale]
    imputer: "KNNImputer"
    rows: int
    """Rows it was fitted on; 0 where no column has a number."""

    def filling(self, column: str, *, whole: bool) -> Computed:
        """Fill the missing cells of a column; where numbers are whole, the nearest whole one."""
        import pyarrow as pa

        def fill(batch: "pa.RecordBatch", _: int) -> "Mapping[str, pa.Array]":
            return {column: self._filled(batch, column, whole=whole)}

        type_ = pa.int64() if whole else pa.float64()
        return Computed(needs=self.features, types={column: type_}, function=fill)

    def _filled(self, batch: "pa.RecordBatch", column: str, *, whole: bool) -> "pa.Array":
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        at = self.features.index(column)
        old = batch.column(at)
        if pa.types.is_floating(old.type):
            old = pc.if_else(pc.is_nan(old), pa.scalar(None, old.type), old)
        old = old.cast(pa.int64() if whole else pa.float64(), safe=False)
        rows = np.flatnonzero(old.is_null().to_numpy(zero_copy_only=False))
        if not len(rows):
            return old
        taken = batch.take(pa.array(rows))
        cells = np.column_stack([_floats(taken.column(i)) for i in range(len(self.features))])
        shifts, widths = self._shifts()
        made = self.imputer.transform((cells - shifts) / widths)[:, at] * widths[at] + shifts[at]
        values = np.full(batch.num_rows, np.nan)
        values[rows] = np.rint(made) if whole else made
        told = pa.array(values, from_pandas=True)
        return pc.coalesce(old, told.cast(old.type, safe=False))

    def _shifts(self) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]":
        import numpy as np

        pairs = np.array([self.scales[name] for name in self.features])
        return pairs[:, 0], pairs[:, 1]


def fit_neighbours(
    table: Table, features: Sequence[str], *, neighbours: int, seed: int
) -> Neighbours:
    """Fit scikit-learn's KNNImputer on a sample of rows, each column scaled to deviation 1.

    Parameters
    ----------
    table : Table
        Where the rows are from.
    features : sequence of str
        Columns of numbers, each with a finite number at least.
    neighbours : int
        How many rows the mean is taken of.
    seed : int
        Of the sample, where there are more than :data:`MOST_ROWS` rows.
    """
    import numpy as np
    from sklearn.impute import KNNImputer

    scales = fit(table, features, "standard")
    names = tuple(name for name in features if name in scales)
    imputer = KNNImputer(n_neighbors=neighbours, keep_empty_features=True)
    if not names:
        return Neighbours(features=(), scales={}, imputer=imputer, rows=0)
    where = ""
    chosen: list[int] = []
    if table.n_rows > MOST_ROWS:
        drawn = np.random.default_rng([seed]).choice(table.n_rows, size=MOST_ROWS, replace=False)
        chosen = sorted(int(i) for i in drawn)
        where = "WHERE {row} IN (SELECT unnest(?))"
    asked = ", ".join(f"{finite(f'{{c{i}}}')} AS v{i}" for i in range(len(names)))
    found = table.arrays(
        f"SELECT {asked} FROM {{t}} {where} ORDER BY {{row}}",  # noqa: S608
        [chosen] if where else [],
        **table.keys(names),
    )
    cells = np.column_stack([_plain(found[f"v{i}"]) for i in range(len(names))])
    pairs = np.array([scales[name] for name in names])
    imputer.fit((cells - pairs[:, 0]) / pairs[:, 1])
    return Neighbours(features=names, scales=scales, imputer=imputer, rows=len(cells))


def _plain(values: "npt.NDArray[np.generic]") -> "npt.NDArray[np.float64]":
    import numpy as np

    numbers = np.ma.getdata(values).astype(np.float64, copy=True)
    numbers[np.ma.getmaskarray(values)] = np.nan
    return numbers


def _floats(column: "pa.Array") -> "npt.NDArray[np.float64]":
    """Give the cells as numbers; what is missing or not finite as NaN."""
    import numpy as np
    import pyarrow as pa

    cells = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    return np.where(np.isfinite(cells), cells, np.nan)
