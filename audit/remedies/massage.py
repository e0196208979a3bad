"""Labels changed where they are least sure, until groups have the positive one equally often."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted as counted_noun
from audit.format import percent
from audit.mending.cells import Grid, cut_notes, label_of, placed, read_grid
from audit.mending.change import Change, Computed, Context
from audit.mending.fields import Bins, ColumnName, Columns, Seed
from audit.mending.learnable import Learnable, learnable
from audit.mending.ranking import Ranked, nearest, rank
from audit.mending.targets import shared_out
from audit.model import Role, Scalar
from audit.registry import Settings, remedy
from audit.reports.representation.reference import is_real
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

MARK = "label_changed"


class Massage(Settings):
    """Change labels, until each group has the positive one equally often."""

    by: Columns = Field(
        default=(),
        title="Groups by",
        description="Up to three columns, which meet; none: the sensitive ones.",
    )
    label: ColumnName = Field(
        default="", title="Label", description="Of two classes; none: the column of that role."
    )
    bins: Bins = {}
    seed: Seed = 0


@remedy("massage", title="Change labels to equal rates (massaging)", family="rebalance", fast=False)
def massage(table: Table, step: Massage, context: Context) -> Change:
    """Change labels nearest the boundary, until each group has the overall label rate.

    After Kamiran and Calders (2012): a logistic regression that does not see the groups ranks
    the rows. In groups below the overall rate the rows without the positive label that rank
    highest get it; in groups above it those with it that rank lowest lose it. As many labels are
    positive afterwards as before. The column ``label_changed`` marks the rows.

    What is changed is what the data say happened. Reweighing and resampling leave that alone.
    """
    import numpy as np

    label = label_of(context.roles, step.label)
    if label is None:
        message = "Massaging needs a label, and no column has that role."
        raise ParameterError(message, hint="Name the label in the step, or give it the role.")
    by = step.by or context.roles.having(Role.SENSITIVE)
    if not [c for c in by if c != label]:
        message = "No column says which groups there are."
        raise ParameterError(message, hint="Name one to three columns: by: [sex].")
    _check_mark(table)
    grid, cells = placed(table, read_grid(table, context.roles, by, label=label, bins=step.bins))
    values = _two_values(grid)
    wanted = _wanted(grid)
    rows = np.flatnonzero(grid.real().ravel()[cells])
    what = _seen(table, context, (label, *by))
    positive = cells % grid.counts.shape[1] == grid.positive
    ranked = rank(
        table, what, rows=rows, positive=positive, seed=step.seed, progress=context.progress
    )
    raised, lowered = _chosen(grid, cells, wanted, ranked.scores, step.seed)
    return Change(
        computed=(_relabelled(table, label, values, raised, lowered),),
        notes=(*cut_notes(grid), *_notes(grid, label, ranked, raised, lowered)),
    )


def _check_mark(table: Table) -> None:
    type_ = next((c.type for c in table.columns if c.name == MARK), "BOOLEAN")
    if type_ != "BOOLEAN":
        message = f"There is a column {MARK!r} already, and it marks no rows."
        raise ParameterError(message, hint="Rename it first: the step needs that name.")


def _two_values(grid: Grid) -> tuple[Scalar, Scalar]:
    """Give the positive value of the label and the other one."""
    assert grid.classes is not None
    levels = [level for level in grid.classes.levels if is_real(level)]
    if len(levels) != 2 or grid.positive is None or {v.kind for v in levels} != {"value"}:
        message = f"Massaging needs a label of two values; {grid.classes.column!r} has others."
        raise ParameterError(message, hint="Reweigh or resample instead: these take any label.")
    chosen = grid.classes.levels[grid.positive]
    (other,) = (level for level in levels if level is not chosen)
    return chosen.test.values[0], other.test.values[0]


def _seen(table: Table, context: Context, never: tuple[str, ...]) -> Learnable:
    """Give the columns that the ranking sees: neither label nor groups nor what is sensitive."""
    apart = {*never, MARK, *context.roles.having(Role.SENSITIVE)}
    found = learnable(table, context.roles, ())
    columns = tuple(c for c in found.columns if c.column not in apart)
    if not columns:
        message = "There is no other column by which rows could be ranked."
        raise ParameterError(message, hint="Reweigh instead: that needs none.")
    return Learnable(columns=columns, left_out=found.left_out)


def _wanted(grid: Grid) -> "npt.NDArray[np.int64]":
    """Count the positive labels that each group is to have."""
    import numpy as np

    real = np.where(grid.real(), grid.counts, 0)
    groups = real.sum(axis=1)
    total = int(real[:, grid.positive].sum())
    if not 0 < total < int(groups.sum()):
        message = "All rows have the same label: there is nothing to make equal."
        raise ParameterError(message, hint="Choose a label that differs between rows.")
    return shared_out(total, groups / groups.sum(), groups)


def _chosen(
    grid: Grid,
    cells: "npt.NDArray[np.int32]",
    wanted: "npt.NDArray[np.int64]",
    scores: "npt.NDArray[np.float64]",
    seed: int,
) -> "tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]":
    """Choose the rows that get the positive label, and those that lose it."""
    import numpy as np

    classes = grid.counts.shape[1]
    real = grid.real()
    raised, lowered = np.zeros(len(cells), dtype=bool), np.zeros(len(cells), dtype=bool)
    for g in np.flatnonzero(real.any(axis=1)).tolist():
        more = int(wanted[g]) - int(grid.counts[g, grid.positive])
        if not more:
            continue
        others = real[g] & (np.arange(classes) != grid.positive)
        at = int(np.flatnonzero(others)[0]) if more > 0 else int(grid.positive or 0)
        rows = np.flatnonzero(cells == g * classes + at)
        found = nearest(rows, scores, abs(more), highest=more > 0, seed=(seed, 2, g))
        (raised if more > 0 else lowered)[found] = True
    return raised, lowered


def _relabelled(
    table: Table,
    label: str,
    values: tuple[Scalar, Scalar],
    raised: "npt.NDArray[np.bool_]",
    lowered: "npt.NDArray[np.bool_]",
) -> Computed:
    import pyarrow as pa

    type_ = table.arrow("SELECT {l} FROM {t} LIMIT 0", l=label).schema.field(0).type
    marked = any(c.name == MARK for c in table.columns)
    return Computed(
        needs=(label, MARK) if marked else (label,),
        types={label: type_, MARK: pa.bool_()},
        function=_function(label, type_, values, raised, lowered),
    )


def _function(
    label: str,
    type_: "pa.DataType",
    values: tuple[Scalar, Scalar],
    raised: "npt.NDArray[np.bool_]",
    lowered: "npt.NDArray[np.bool_]",
) -> "Callable[[pa.RecordBatch, int], Mapping[str, pa.Array]]":
    import pyarrow as pa
    import pyarrow.compute as pc

    yes, no = (pa.scalar(value).cast(type_) for value in values)

    def relabel(batch: "pa.RecordBatch", at: int) -> "Mapping[str, pa.Array]":
        up = pa.array(raised[at : at + batch.num_rows])
        down = pa.array(lowered[at : at + batch.num_rows])
        changed = pc.or_(up, down)
        if MARK in batch.schema.names:
            changed = pc.or_(changed, pc.fill_null(batch.column(MARK), False))
        own = pc.if_else(up, yes, pc.if_else(down, no, batch.column(label)))
        return {label: own, MARK: changed}

    return relabel


def _notes(
    grid: Grid,
    label: str,
    ranked: Ranked,
    raised: "npt.NDArray[np.bool_]",
    lowered: "npt.NDArray[np.bool_]",
) -> Iterator[str]:
    import numpy as np

    real = np.where(grid.real(), grid.counts, 0)
    rate = float(real[:, grid.positive].sum() / real.sum())
    yield (
        f"Labels were changed: {counted_noun(int(raised.sum()), 'row')} got the positive value of "
        f"{label!r}, {int(lowered.sum()):,} lost it. {MARK!r} marks them. Each group has it in "
        f"{percent(rate)} of its rows now."
    )
    apart = int(grid.counts.sum() - real.sum())
    if apart:
        yield f"{counted_noun(apart, 'row')} lack a label or a group: they stay as they are."
    if ranked.trained < int(real.sum()):
        yield f"The ranking was learnt from {ranked.trained:,} rows, drawn by the seed."
    if not ranked.settled:
        yield "The logistic regression had not fully settled when it was stopped."
