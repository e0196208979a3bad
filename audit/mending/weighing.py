"""Weights by cell: rows are counted with those they have, and given new ones."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.format import counted as counted_noun
from audit.mending.cells import Grid, cell_sql
from audit.mending.change import Cells
from audit.model import ColumnRole, Role, RoleMap
from audit.reports.representation.cells import weight_scale, weight_sql
from audit.store import Table
from audit.store.rows import is_numeric

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

_REASON = "weights made by a step"


def weight_column(table: Table, roles: RoleMap) -> str | None:
    """Name the column of weights that somebody stated; a guess does not count."""
    column = roles.stated(Role.WEIGHT)
    if column is not None and not is_numeric(table.type_of(column)):
        message = f"The weights in {column!r} are no numbers."
        raise ParameterError(message, hint="Make them numbers first, or take the role away.")
    return column


def weighed(table: Table, grid: Grid, weight: str | None) -> "Numbers":
    """Add up the weights of each cell; rows where there are none.

    Weights are added as decimals: no order of rows changes the sum.
    """
    import numpy as np

    if weight is None:
        return grid.counts.astype(np.float64)
    sql, values, names = cell_sql(table, grid)
    scale = weight_scale(table, weight)
    found = table.arrays(
        f"""SELECT c, sum(w)::DOUBLE * {scale!r} AS w
        FROM (SELECT {sql} AS c, {weight_sql(scale)} AS w FROM {{t}}) GROUP BY 1""",  # noqa: S608
        values,
        w=weight,
        **names,
    )
    sums = np.zeros(grid.counts.size)
    sums[np.asarray(found["c"]).astype(np.int64)] = np.ma.filled(found["w"], 0.0)
    return sums.reshape(grid.counts.shape)


def check_into(table: Table, roles: RoleMap, into: str) -> None:
    """Refuse to write weights over a column that holds something else."""
    if any(c.name == into for c in table.columns) and into != roles.stated(Role.WEIGHT):
        message = f"There is a column {into!r} already, and it is not the one of weights."
        hint = "Choose another name (into), or give that column the role weight."
        raise ParameterError(message, hint=hint)


def weight_cells(
    table: Table, grid: Grid, factors: "Numbers", *, into: str, weight: str | None
) -> Cells:
    """Write the weights: the factor of the cell, times the weight that a row has already."""
    sql, values, names = cell_sql(table, grid)
    # With an exponent a number is a DOUBLE, and comes out as it went in.
    listed = ", ".join(f"{factor:.17e}" for factor in factors.ravel().tolist())
    sql = f"[{listed}][{sql} + 1]"
    if weight is not None:
        own = "CAST({w} AS DOUBLE)"
        sql = f"CASE WHEN {own} > 0 AND isfinite({own}) THEN {own} ELSE 0e0 END * {sql}"
        names = {**names, "w": weight}
    return Cells(column=into, sql=f"CAST({sql} AS DOUBLE)", values=values, names=names)


def weight_roles(roles: RoleMap, into: str) -> tuple[ColumnRole, ...]:
    """Give the new column the role of weights, and take it from those that had it."""
    others = tuple(
        ColumnRole(
            column=c.column,
            roles=tuple(r for r in c.roles if r is not Role.WEIGHT),
            reason=f"its weights are part of {into!r} now" if c.confirmed else c.reason,
            confirmed=c.confirmed,
        )
        for c in roles.columns
        if Role.WEIGHT in c.roles and c.column != into
    )
    new = ColumnRole(column=into, roles=(Role.WEIGHT,), reason=_REASON, confirmed=True)
    return (*others, new)


def weight_notes(grid: Grid, asked: "npt.NDArray[np.bool_]", weight: str | None) -> Iterator[str]:
    """Say which rows keep their weight, and that weights were multiplied."""
    apart = int(grid.counts[~asked].sum())
    if apart:
        kept = "keep the weight they have" if weight else "have the weight 1"
        yield (
            f"{counted_noun(apart, 'row')} belong to no group here (a value is missing, or not in "
            f"the population): they {kept}."
        )
    if weight:
        yield f"The weights in {weight!r} count: the new ones are those times a factor."
