"""Weights that bring groups to their shares of a reference population."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.format import percent
from audit.mending import raking
from audit.mending.cells import Grid, counted, cut_notes, name_of, read_grid
from audit.mending.change import Change, Context
from audit.mending.fields import Bins, Into, Reference
from audit.mending.named_groups import check_groups
from audit.mending.population import Margin, columns_of, margins_of, reference_rows
from audit.mending.weighing import (
    check_into,
    weighed,
    weight_cells,
    weight_column,
    weight_notes,
    weight_roles,
)
from audit.registry import Settings, remedy
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

_MOST_COLUMNS = 12
_TOLD = 8


class Rake(Settings):
    """Weigh rows, so that groups have their shares of a population."""

    reference: Reference = Field(
        default=(),
        title="Reference population",
        description="Amounts by group: of one column at a time, or of columns that meet.",
    )
    into: Into = "weight"
    tolerance: float = Field(
        default=raking.TOLERANCE,
        gt=0,
        lt=0.1,
        title="Tolerance",
        description="How far a share may be from the one wanted.",
    )
    most_rounds: int = Field(
        default=raking.MOST_ROUNDS,
        ge=1,
        le=100_000,
        title="Rounds at most",
        description="Of fitting.",
    )
    most_weight: float | None = Field(
        default=None,
        gt=1,
        title="Largest weight",
        description="Factors beyond this many times their mean are cut; shares are then missed.",
    )
    bins: Bins = {}


@remedy("rake", title="Weigh to a reference population", family="rebalance")
def rake(table: Table, step: Rake, context: Context) -> Change:
    """Weigh rows until groups have the shares they have in a reference population.

    Iterative proportional fitting on cells (Deming and Stephan 1940) where shares are given
    for one column at a time; post-stratification where they are given for columns that meet.
    Weights are 1 on average, or keep the sum of the weights that are there.
    """
    import numpy as np

    rows = reference_rows(step.reference)
    if not rows:
        message = "Raking needs a reference population, and there is none."
        hint = "Name a file of groups and amounts, or the one the report compares with."
        raise ParameterError(message, hint=hint)
    check_into(table, context.roles, step.into)
    weight = weight_column(table, context.roles)
    grid = read_grid(
        table,
        context.roles,
        columns_of(rows),
        label=None,
        bins=step.bins,
        rows=rows,
        most_columns=_MOST_COLUMNS,
    )
    grid = counted(table, grid)
    if not context.sampled:
        check_groups(grid, rows, context.roles, by_hand=False)
    margins = margins_of(rows, grid.axes)
    shape = tuple(axis.size for axis in grid.axes)
    asked = raking.inside(shape, margins) & grid.real().reshape(shape)
    sums = np.where(asked, weighed(table, grid, weight).reshape(shape), 0.0)
    if not sums.any():
        message = "No row belongs to a group of the reference population."
        raise ParameterError(message, hint="Its values must be written as those of the columns.")
    raked = raking.rake(sums, margins, tolerance=step.tolerance, most_rounds=step.most_rounds)
    factors, cut = _factors(sums, raked, asked, step.most_weight)
    told = (
        *cut_notes(grid),
        *_misses(grid, margins, sums, raked, step),
        *_nothing(margins, sums, grid),
        *_cut(cut, factors, sums, margins),
        *weight_notes(grid, asked.reshape(grid.counts.shape), weight),
    )
    return Change(
        cells=(weight_cells(table, grid, factors, into=step.into, weight=weight),),
        roles=weight_roles(context.roles, step.into),
        notes=told,
    )


def _factors(
    sums: "Numbers", raked: raking.Raked, asked: "npt.NDArray[np.bool_]", most: float | None
) -> "tuple[Numbers, int]":
    """Give the factor of each cell, 1 on average, and how many of them were cut."""
    import numpy as np

    there = asked & (sums > 0)
    total = float(sums.sum())
    factors = np.ones_like(sums)
    factors[there] = raked.fitted[there] * (total / sums[there])
    if most is None or not (over := there & (factors > most)).any():
        return factors, 0
    factors[over] = most
    factors[there] *= total / float((sums * factors)[there].sum())
    return factors, int(over.sum())


def _misses(
    grid: Grid, margins: Sequence[Margin], sums: "Numbers", raked: raking.Raked, step: Rake
) -> Iterator[str]:
    """Name the margins that are not reached, and why."""
    for margin, missed in zip(margins, raked.missed, strict=True):
        if missed <= step.tolerance:
            continue
        names = " × ".join(name_of((("", grid.axes[i].column),)) for i in margin.at)
        empty = _named(grid, margin, (margin.shares > 0) & (raking.sums_over(sums, margin) == 0))
        why = (
            f"no row is {empty}"
            if empty
            else f"it takes more than {step.most_rounds:,} rounds"
            if raked.rounds >= step.most_rounds
            else "with the groups that have no row, shares cannot be reached together"
        )
        yield f"The shares by {names} are missed by up to {percent(missed, 2)}: {why}."


def _nothing(margins: Sequence[Margin], sums: "Numbers", grid: Grid) -> Iterator[str]:
    for margin in margins:
        none = margin.named & (margin.shares == 0) & (raking.sums_over(sums, margin) > 0)
        if named := _named(grid, margin, none):
            yield f"The population has nobody who is {named}: these rows weigh nothing."


def _cut(cut: int, factors: "Numbers", sums: "Numbers", margins: Sequence[Margin]) -> Iterator[str]:
    if cut:
        weighted = factors * sums
        missed = max(raking.distances(weighted / weighted.sum(), margins))
        yield (
            f"Weights of {cut:,} groups were cut: shares are missed by up to "
            f"{percent(missed, 2)} then."
        )


def _named(grid: Grid, margin: Margin, which: "npt.NDArray[np.bool_]") -> str:
    """Name some of the groups of a margin."""
    import numpy as np

    found = np.argwhere(which)
    named = [
        " × ".join(
            name_of(((grid.axes[i].column, grid.axes[i].levels[at].name),))
            for i, at in zip(margin.at, place, strict=True)
        )
        for place in found[:_TOLD].tolist()
    ]
    more = f", and {len(found) - _TOLD:,} more" if len(found) > _TOLD else ""
    return ", ".join(named) + more
