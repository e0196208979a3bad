"""Weights that make the label independent of groups."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.cells import Grid, counted, cut_notes, label_of, name_of, read_grid
from audit.mending.change import Change, Context
from audit.mending.fields import Bins, ColumnName, Columns, Into
from audit.mending.weighing import (
    check_into,
    weighed,
    weight_cells,
    weight_column,
    weight_notes,
    weight_roles,
)
from audit.model import Role
from audit.registry import Settings, remedy
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

_TOLD = 8


class Reweigh(Settings):
    """Weigh rows, so that each group has the label equally often."""

    by: Columns = Field(
        default=(),
        title="Groups by",
        description="Up to three columns, which meet; none: the sensitive ones. The label alone "
        "gives all its classes the same weight.",
    )
    label: ColumnName = Field(
        default="", title="Label", description="None: the column of that role."
    )
    into: Into = "weight"
    bins: Bins = {}


@remedy("reweigh", title="Reweigh groups and labels", family="rebalance")
def reweigh(table: Table, step: Reweigh, context: Context) -> Change:
    """Give each row the weight n_g n_y / (n n_gy) of its group g and label y.

    After Kamiran and Calders (2012): with these weights the label is independent of the
    groups, and weighted label rates are equal. No row is added, dropped or changed. A class
    that no row of a group has cannot be weighed; it is named. With the label alone, the weight
    of class y is n / (classes n_y).
    """
    label = label_of(context.roles, step.label)
    if label is None:
        message = "Reweighing needs a label, and no column has that role."
        raise ParameterError(message, hint="Name the label in the step, or give it the role.")
    by = step.by or context.roles.having(Role.SENSITIVE)
    if not by:
        message = "No column says which groups there are."
        raise ParameterError(message, hint="Name one to three columns: by: [sex].")
    check_into(table, context.roles, step.into)
    weight = weight_column(table, context.roles)
    grid = counted(table, read_grid(table, context.roles, by, label=label, bins=step.bins))
    factors = _factors(grid, weighed(table, grid, weight))
    return Change(
        cells=(weight_cells(table, grid, factors, into=step.into, weight=weight),),
        roles=weight_roles(context.roles, step.into),
        notes=(*_notes(grid), *weight_notes(grid, grid.real(), weight)),
    )


def _factors(grid: Grid, sums: "Numbers") -> "Numbers":
    """Give the factor of each cell; 1 where it is no group of people."""
    import numpy as np

    real = grid.real() & (sums > 0)
    sums = np.where(real, sums, 0.0)
    total = float(sums.sum())
    classes = sums.sum(axis=0, keepdims=True)
    expected = sums.sum(axis=1, keepdims=True) * (classes / (total or 1.0))
    if not grid.axes:
        expected = np.full(sums.shape, total / max(1, int((classes > 0).sum())))
    factors: Numbers = np.divide(expected, sums, out=np.ones_like(sums), where=real)
    return factors


def _notes(grid: Grid) -> Iterator[str]:
    yield from cut_notes(grid)
    there = grid.counts.any(axis=1, keepdims=True) & grid.counts.any(axis=0, keepdims=True)
    empty = (grid.real() & there & (grid.counts == 0)).ravel()
    if empty.any():
        named = [name_of(c) for c, is_empty in zip(grid.cells(), empty, strict=True) if is_empty]
        more = f", and {len(named) - _TOLD:,} more" if len(named) > _TOLD else ""
        yield (
            f"No row is {', '.join(named[:_TOLD])}{more}: what is not there cannot be weighed, "
            "and label rates of these groups stay apart."
        )
    if int((grid.counts * grid.real()).any(axis=0).sum()) < 2:
        yield "The label has one class at the most: all weights are alike."
