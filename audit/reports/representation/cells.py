"""Cells counted once: rows by the levels of some columns, several tables in one scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import frexp

import numpy as np
import numpy.typing as npt

from audit.errors import ParameterError
from audit.reports.representation.axes import level_codes, level_names
from audit.reports.representation.group_values import Axis
from audit.store import Table

Array = npt.NDArray[np.float64]

_LARGEST_WEIGHT = 1e140
"""The squares of larger ones, added up, may be more than any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A contingency table: one axis per column, one cell for each combination of levels."""

    axes: tuple[Axis, ...]
    n: npt.NDArray[np.int64]
    """Rows; of the shape of the axes."""
    weight: Array
    """Sum of weights; the rows where there is no weight column."""
    weight_squared: Array
    """Sum of squared weights; the rows where there is no weight column."""

    def over(self, *columns: str) -> "Cells":
        """Add up everything but ``columns``, which become the axes in this order."""
        names = [axis.column for axis in self.axes]
        kept = [names.index(column) for column in columns]
        gone = tuple(i for i in range(len(names)) if i not in kept)
        order = [sorted(kept).index(i) for i in kept]

        def summed(array: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
            return np.asarray(array.sum(axis=gone)).transpose(order)

        return Cells(
            axes=tuple(self.axes[i] for i in kept),
            n=summed(self.n).astype(np.int64),
            weight=summed(self.weight).astype(np.float64),
            weight_squared=summed(self.weight_squared).astype(np.float64),
        )


def count_cells(
    table: Table, sets: Sequence[Sequence[Axis]], *, weight: str | None = None
) -> tuple[Cells, ...]:
    """Count the cells of several contingency tables in one scan.

    Parameters
    ----------
    table : Table
        The version.
    sets : sequence of sequence of Axis
        The tables: each one's axes, of different columns.
    weight : str, optional
        Column of weights. Rows without a weight, or with a negative one, weigh nothing.

    Returns
    -------
    tuple of Cells
        One per set, in the same order.

    Notes
    -----
    One statement with grouping sets. Weights are added as decimals, so that neither the order
    of rows nor the number of threads changes the sum.
    """
    if not sets:
        return ()
    axes = list({axis.column: axis for axes in sets for axis in axes}.values())
    place = {axis.column: f"a{i}" for i, axis in enumerate(axes)}
    codes, values = level_codes(table, axes)
    scale = weight_scale(table, weight) if weight else 1.0
    weighed = f", {weight_sql(scale)} AS w" if weight else ""
    sums = f", {weight_sums(scale)}" if weight else ""
    wanted = {frozenset(place[a.column] for a in axes_of) for axes_of in sets}
    grouping = ", ".join(f"({', '.join(sorted(one))})" for one in sorted(wanted, key=sorted))
    found = table.arrays(
        f"""WITH coded AS (SELECT {", ".join(codes) or "0 AS a0"}{weighed} FROM {{t}})
        SELECT {", ".join(place.values())}, count(*) AS n{sums}
        FROM coded GROUP BY GROUPING SETS ({grouping})""",  # noqa: S608
        values,
        **level_names(axes),
        **({"w": weight} if weight else {}),
    )
    present = {key: ~np.ma.getmaskarray(found[key]) for key in place.values()}
    return tuple(_dense(axes_of, place, found, present, bool(weight)) for axes_of in sets)


def weight_scale(table: Table, weight: str) -> float:
    """Find a power of two that no weight is larger than, to divide them by: 1 for no weights."""
    (most,) = table.row(
        "SELECT max(CAST({w} AS DOUBLE)) FILTER (isfinite(CAST({w} AS DOUBLE))) FROM {t}", w=weight
    )
    if most is None or most <= 0:
        return 1.0
    if most > _LARGEST_WEIGHT:
        message = f"The weights in {weight!r} are too large to be added up."
        raise ParameterError(message, hint=f"They may be as large as {_LARGEST_WEIGHT:.0e}.")
    return 2.0 ** frexp(most)[1]


def weight_sql(scale: float) -> str:
    """Write SQL for the weight of a row, from the column ``{w}``, divided by ``scale``.

    A decimal below 1, so that sums are exact and cannot overflow.
    """
    number = "CAST({w} AS DOUBLE)"
    scaled = f"CAST({number} / {scale!r} AS DECIMAL(38, 14))"
    return f"CASE WHEN {number} > 0 AND isfinite({number}) THEN {scaled} ELSE 0 END"


def weight_sums(scale: float) -> str:
    """Write SQL for the sum of the weights ``w`` and of their squares, as they were."""
    return f"sum(w)::DOUBLE * {scale!r} AS w, sum(w * w)::DOUBLE * {scale * scale!r} AS ww"


def _dense(
    axes: Sequence[Axis],
    place: dict[str, str],
    found: dict[str, npt.NDArray[np.generic]],
    present: dict[str, npt.NDArray[np.bool_]],
    weighted: bool,
) -> Cells:
    """Pick the rows of one grouping set: those in which exactly its columns are not NULL."""
    own = {place[axis.column] for axis in axes}
    mine = np.logical_and.reduce([there == (key in own) for key, there in present.items()])
    shape = tuple(axis.size for axis in axes)
    at = tuple(np.asarray(found[place[a.column]][mine]).astype(np.int64) for a in axes)

    def filled(name: str) -> Array:
        array = np.zeros(shape)
        array[at] = np.ma.filled(found[name][mine].astype(np.float64), 0.0)
        return array

    n = filled("n")
    return Cells(
        axes=tuple(axes),
        n=n.astype(np.int64),
        weight=filled("w") if weighted else n,
        weight_squared=filled("ww") if weighted else n,
    )
