"""What resampling will do, before it is done: rows of each group and class, and label rates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.format import counted as counted_noun
from audit.format import percent
from audit.mending.cells import Grid, counted, cut_notes, label_of, name_of, read_grid
from audit.mending.change import Context
from audit.mending.fields import Amount
from audit.mending.named_groups import check_groups
from audit.mending.population import columns_of, reference_rows
from audit.mending.raking import TOLERANCE
from audit.mending.resampling import Resample
from audit.mending.targets import EMPTY, Plan, plan
from audit.model import Pairs, Role, RoleMap
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_TOLD = 8
"""Cells that a note names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellForecast:
    """One group, or one class of a group."""

    levels: Pairs
    """(column, value), the label last where it counts."""
    rows: int
    """Now."""
    wanted: int
    """What the target asks for; as many as now where it does not speak of this cell."""
    then: int
    most_times: int
    """How often one of its rows stands in the result at the most."""
    why: str = ""
    """Why what is wanted is not reached; empty where it is."""

    @property
    def reached(self) -> bool:
        """Whether there will be as many rows as wanted."""
        return self.then == self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupForecast:
    """One group, over all classes of the label."""

    levels: Pairs
    rows: int
    then: int
    rate: float | None = None
    """Share of positive labels now, of the rows that have a label; None: no positive class, or
    no rows."""
    rate_then: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The table that a step of resampling makes, counted beforehand."""

    columns: tuple[str, ...]
    """Of the cells: those of the groups, then the label where it counts."""
    label: str | None
    positive: str | None
    """Name of the positive class."""
    rows: int
    then: int
    removed: int
    copied: int
    cells: tuple[CellForecast, ...]
    groups: tuple[GroupForecast, ...]
    disparate_impact: float | None
    """Lowest label rate of a group divided by the highest, of rows, without weights."""
    disparate_impact_then: float | None
    notes: tuple[str, ...] = ()
    """What the user has to know: empty groups, targets that are not reached and why."""

    @property
    def reached(self) -> bool:
        """Whether every cell gets the rows that are wanted."""
        return all(cell.reached for cell in self.cells)


def forecast_of(table: Table, step: Resample, context: Context) -> Forecast:
    """Say what a step of resampling would make of a table; nothing is drawn.

    Raises
    ------
    ParameterError
        If a parameter does not fit the table: the same as when the step is carried out.
    """
    grid = counted(table, grid_of(table, step, context.roles))
    check_named(grid, step, context)
    return forecast(grid, step, weighted=context.roles.stated(Role.WEIGHT) is not None)


def check_named(grid: Grid, step: Resample, context: Context) -> None:
    """Refuse names of groups that no row is of; a sample may lack some that others have."""
    if not context.sampled:
        by_hand = step.target == "shares"
        check_groups(grid, reference_rows(_amounts(step)), context.roles, by_hand=by_hand)


def _amounts(step: Resample) -> tuple[Amount, ...] | str:
    """Give the amounts by group that a step aims at, where it has some."""
    return {"reference": step.reference, "shares": step.shares}.get(step.target, ())


def grid_of(table: Table, step: Resample, roles: RoleMap) -> Grid:
    """Find the groups and classes that a step speaks of."""
    rows = reference_rows(_amounts(step))
    by = step.by or columns_of(rows) or roles.having(Role.SENSITIVE)
    label = label_of(roles, step.label)
    if label in by or step.target in ("equal-rates", "independent"):
        if label is None:
            message = "Equal label rates need a label, and no column has that role."
            raise ParameterError(message, hint="Name the label in the step, or give it the role.")
    else:
        label = None
    if not by:
        message = "No column says which groups there are."
        raise ParameterError(message, hint="Name one to three columns: by: [sex].")
    return read_grid(table, roles, by, label=label, bins=step.bins, rows=rows)


def forecast(grid: Grid, step: Resample, *, weighted: bool = False) -> Forecast:
    """Say what a step makes of counted rows: exactly what the remedy does then.

    Parameters
    ----------
    grid : Grid
        Rows of each cell.
    step : Resample
        The parameters.
    weighted : bool
        Whether the table has weights, which is said in a note.
    """
    planned = plan(grid, step)
    now, then = grid.counts, planned.then
    cells = _cells(grid, planned)
    groups, impact, impact_then = _groups(grid, planned)
    return Forecast(
        columns=grid.columns,
        label=grid.classes.column if grid.classes else None,
        positive=grid.positive_name,
        rows=int(now.sum()),
        then=int(then.sum()),
        removed=int((now - then).clip(0).sum()),
        copied=int((then - now).clip(0).sum()),
        cells=cells,
        groups=groups,
        disparate_impact=impact,
        disparate_impact_then=impact_then,
        notes=(*_notes(grid, planned, cells, weighted=weighted), *_unused(grid, step)),
    )


def _cells(grid: Grid, planned: Plan) -> tuple[CellForecast, ...]:
    """Tell of the cells that rows are in or are wanted in."""
    columns = (grid.counts, planned.wanted, planned.then, planned.why)
    told = zip(grid.cells(), *(c.ravel().tolist() for c in columns), strict=True)
    return tuple(
        CellForecast(
            levels=levels,
            rows=rows,
            wanted=wanted,
            then=then,
            most_times=-(-then // rows) if rows else 0,
            why=why,
        )
        for levels, rows, wanted, then, why in told
        if rows or wanted
    )


def _groups(
    grid: Grid, planned: Plan
) -> tuple[tuple[GroupForecast, ...], float | None, float | None]:
    """Tell of the groups over all classes, and of the ratio of their label rates."""
    now, then = grid.counts, planned.then
    before, after = _rates(grid, now), _rates(grid, then)
    groups = tuple(
        GroupForecast(
            levels=levels,
            rows=int(now[g].sum()),
            then=int(then[g].sum()),
            rate=before[g],
            rate_then=after[g],
        )
        for g, levels in enumerate(grid.groups())
        if now[g].any() or planned.wanted[g].any()
    )
    return groups, _impact(before), _impact(after)


def _rates(grid: Grid, counts: "npt.NDArray[np.int64]") -> list[float | None]:
    """Give the label rate of each group; None where there is none, or it is no group of people."""
    import numpy as np

    if grid.positive is None:
        return [None] * len(counts)
    real = np.where(grid.real(), counts, 0)
    return [float(r[grid.positive] / r.sum()) if r.sum() else None for r in real]


def _impact(rates: list[float | None]) -> float | None:
    known = [rate for rate in rates if rate is not None]
    return min(known) / max(known) if len(known) > 1 and max(known) > 0 else None


def _notes(
    grid: Grid, planned: Plan, cells: tuple[CellForecast, ...], *, weighted: bool
) -> Iterator[str]:
    yield from cut_notes(grid)
    apart = int(grid.counts[~planned.targeted].sum())
    if apart:
        yield (
            f"{counted_noun(apart, 'row')} of groups that the target does not speak of (a value is "
            "missing, or not in the population): they stay as they are."
        )
    empty = [c for c in cells if c.why == EMPTY]
    if empty:
        yield f"No row is {_listed(empty, plain=True)}: what is not there cannot be drawn."
    for why in dict.fromkeys(c.why for c in cells if c.why and c.why != EMPTY):
        yield f"Not as many rows as wanted, for {why}: {_listed([c for c in cells if c.why == why])}."
    if planned.missed > TOLERANCE:
        yield (
            "The shares of the population cannot all be reached together by rows that are there: "
            f"one of them is missed by {percent(planned.missed, 2)}."
        )
    if weighted:
        yield "Rows were counted without their weights; copies have the weight of their row."


def _unused(grid: Grid, step: Resample) -> Iterator[str]:
    """Say which parameters another target would have made use of."""
    for name, given in (("shares", step.shares), ("reference", step.reference)):
        if given and step.target != name:
            yield f"The target is {step.target}: {name!r} was not made use of."
    if step.label and grid.classes is None:
        yield f"The target is {step.target}, of groups without the label: 'label' was not made use of."


def _listed(cells: Sequence[CellForecast], *, plain: bool = False) -> str:
    """Name the first of the cells, with rows there will be and rows wanted."""
    told = [
        name_of(c.levels) + ("" if plain else f" ({c.then:,} of {c.wanted:,})")
        for c in cells[:_TOLD]
    ]
    more = f", and {len(cells) - _TOLD:,} more" if len(cells) > _TOLD else ""
    return ", ".join(told) + more
