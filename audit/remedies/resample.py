"""Rows drawn anew, until groups and labels have the shares that are wanted."""

from audit.mending.cells import placed
from audit.mending.change import Change, Context, Removed
from audit.mending.drawing import draw
from audit.mending.forecast import check_named, forecast, grid_of
from audit.mending.resampling import Resample
from audit.mending.targets import plan
from audit.model import Role
from audit.registry import remedy
from audit.store import Table


@remedy("resample", title="Resample groups and labels", family="rebalance")
def resample(table: Table, step: Resample, context: Context) -> Change:
    """Repeat or drop rows, so that groups and labels have the shares that are wanted.

    Rows that are repeated are repeated as evenly as possible; which ones are taken once more,
    and which ones go, is drawn with the seed. The forecast says beforehand what comes out.
    """
    import numpy as np

    grid, cells = placed(table, grid_of(table, step, context.roles))
    check_named(grid, step, context)
    planned = plan(grid, step)
    times = draw(cells, planned.then.ravel(), step.seed)
    gone = np.flatnonzero(times == 0)
    weighted = context.roles.stated(Role.WEIGHT) is not None
    told = forecast(grid, step, weighted=weighted)
    columns = ", ".join(grid.columns)
    return Change(
        removed=Removed(
            rows=gone,
            why=np.zeros(len(gone), dtype=np.int32),
            reasons=(f"not drawn: fewer rows of its group by {columns} are wanted",),
        )
        if len(gone)
        else None,
        times=np.maximum(times, 1),
        notes=told.notes,
    )
