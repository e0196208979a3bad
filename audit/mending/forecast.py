"""What resampling will do, before it is done: rows of each group and class, and label rates."""

from dataclasses import dataclass

from audit.mending.change import Context
from audit.mending.resampling import Resample
from audit.model import Pairs
from audit.store import Table


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
    """Say what a step of resampling would make of a table; nothing is drawn."""
    raise NotImplementedError
