"""Synthetic rows of rare labels."""

from collections.abc import Iterator, Sequence
from math import floor
from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted as counted_noun
from audit.mending.cells import Grid, cut_notes, label_of, name_of, placed, read_grid
from audit.mending.change import Cells, Change, Context
from audit.mending.drawing import rows_by_cell
from audit.mending.equal_rows import equal_rows
from audit.mending.fields import Bins, ColumnName, Columns, MostGrowth, Seed
from audit.mending.learnable import Learnable, LeftOut, learnable
from audit.mending.synthesis import MOST_NOMINAL_SEEDS, MOST_SEEDS, synthesize
from audit.registry import Settings, remedy
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

MARK = "synthetic"
MOST_NEW = 500_000
"""Synthetic rows are held in memory until they are written."""
_TOLD = 8


class Smote(Settings):
    """Add synthetic rows, until each group has all labels equally often."""

    by: Columns = Field(
        default=(),
        title="Groups by",
        description="Labels are made equal within each group of up to three columns; none: over "
        "the whole table.",
    )
    label: ColumnName = Field(
        default="", title="Label", description="None: the column of that role."
    )
    neighbours: int = Field(
        default=5,
        ge=1,
        le=100,
        title="Neighbours",
        description="A synthetic row lies between a row and one of so many like it.",
    )
    most_growth: MostGrowth = 3.0
    bins: Bins = {}
    seed: Seed = 0


@remedy("smote", title="Add synthetic rows (SMOTE)", family="rebalance", fast=False)
def smote(table: Table, step: Smote, context: Context) -> Change:
    """Add synthetic rows of the rarer labels, until a group has all labels equally often.

    SMOTE for numbers, SMOTENC for numbers and categories, SMOTEN for categories. A synthetic
    row lies between two rows of the same group and label that are alike, and lacks values as
    often as they do. It has no value at all in columns that identify or describe people, nor in
    predictions, scores and weights: there a missing value gives away what is synthetic, and so
    the label, so drop such columns before a model learns. The column ``synthetic`` marks new
    rows.
    """
    label = label_of(context.roles, step.label)
    if label is None:
        message = "SMOTE needs a label, and no column has that role."
        raise ParameterError(message, hint="Name the label in the step, or give it the role.")
    marked = _mark(table)
    grid = read_grid(table, context.roles, step.by, label=label, bins=step.bins)
    grid, cells = placed(table, grid)
    what = learnable(table, context.roles, (label, *step.by))
    what = Learnable(
        columns=tuple(c for c in what.columns if c.column != MARK),
        left_out=tuple(c for c in what.left_out if c.column != MARK),
    )
    lacking = _lacking(grid, step)
    work = _Work(table, what, step)
    added = work.run(cells, grid, lacking.ravel(), context)
    return Change(
        cells=marked,
        added=added,
        notes=(
            *cut_notes(grid),
            *_unmade(grid, lacking, work.made),
            *_said(table, work, what, added),
        ),
    )


def _mark(table: Table) -> tuple[Cells, ...]:
    """Add the column that marks synthetic rows, unless an earlier step did."""
    type_ = next((c.type for c in table.columns if c.name == MARK), None)
    if type_ not in (None, "BOOLEAN"):
        message = f"There is a column {MARK!r} already, and it marks no rows."
        raise ParameterError(message, hint="Rename it first: the step needs that name.")
    return () if type_ else (Cells(column=MARK, sql="FALSE"),)


def _lacking(grid: Grid, step: Smote) -> "npt.NDArray[np.int64]":
    """Count the rows that each cell lacks to as many as the largest class of its group has."""
    import numpy as np

    real, now = grid.real(), grid.counts
    largest = np.where(real, now, 0).max(axis=1, keepdims=True, initial=0)
    lacking: npt.NDArray[np.int64] = np.where(real, largest - now, 0)
    allowed = min(MOST_NEW, floor((step.most_growth - 1) * int(now.sum()) + 1e-9))
    total = int(lacking[now > 0].sum())
    return lacking if total <= allowed else lacking * allowed // total


class _Work:
    """Makes the rows of one cell after the other."""

    def __init__(self, table: Table, what: Learnable, step: Smote) -> None:
        self._table, self._what, self._step = table, what, step
        self.made: dict[int, int] = {}
        self.sampled = False

    def run(
        self,
        cells: "npt.NDArray[np.int32]",
        grid: Grid,
        lacking: "npt.NDArray[np.int64]",
        context: Context,
    ) -> "list[pa.Table]":
        import numpy as np

        added = []
        for cell, rows in rows_by_cell(cells, grid.counts.size):
            context.progress(cell / grid.counts.size, "making synthetic rows")
            if not lacking[cell] or len(rows) < 2:
                continue
            rng = np.random.default_rng([self._step.seed, cell])
            others = () if self._what.numbers else np.flatnonzero(cells != cell)
            added.append(self._one(cell, rows, others, int(lacking[cell]), rng))
        return added

    def _one(
        self,
        cell: int,
        rows: "npt.NDArray[np.int64]",
        others: "npt.NDArray[np.int64] | tuple[()]",
        n: int,
        rng: "np.random.Generator",
    ) -> "pa.Table":
        import numpy as np
        import pyarrow as pa

        most = MOST_SEEDS if self._what.numbers else MOST_NOMINAL_SEEDS
        self.sampled |= len(rows) > most
        found = synthesize(
            self._fetched(_few(rows, most, rng)),
            self._fetched(_few(np.asarray(others, dtype=np.int64), most, rng)),
            self._what,
            n=n,
            neighbours=self._step.neighbours,
            seed=[self._step.seed, cell],
        )
        self.made[cell] = n
        return found.append_column(MARK, pa.array(np.ones(n, dtype=bool)))

    def _fetched(self, rows: "npt.NDArray[np.int64]") -> "pa.Table":
        names = [c.column for c in self._what.columns]
        listed = ", ".join(f"{{c{i}}}" for i in range(len(names)))
        found = self._table.arrow(
            f"SELECT {listed} FROM {{t}} WHERE {{row}} IN (SELECT unnest(?)) ORDER BY {{row}}",  # noqa: S608
            [rows.tolist()],
            **self._table.keys(names),
        )
        return found.rename_columns(names)


def _few(
    rows: "npt.NDArray[np.int64]", most: int, rng: "np.random.Generator"
) -> "npt.NDArray[np.int64]":
    return rows if len(rows) <= most else rng.choice(rows, size=most, replace=False)


def _unmade(grid: Grid, lacking: "npt.NDArray[np.int64]", made: dict[int, int]) -> Iterator[str]:
    """Name cells of which there are too few rows, and say what a cap keeps away."""
    asked = [i for i, n in enumerate(lacking.ravel().tolist()) if n and i not in made]
    names = grid.cells()
    there = grid.counts.any(axis=1).repeat(grid.counts.shape[1])
    told = [name_of(names[i]) for i in asked if there[i]]
    if told:
        more = f", and {len(told) - _TOLD:,} more" if len(told) > _TOLD else ""
        yield (
            f"Fewer than two rows are {', '.join(told[:_TOLD])}{more}: nothing lies between them, "
            "and no row was made."
        )
    from_ = sum(made.values())
    full = sum(
        int(grid.counts[i // grid.counts.shape[1]][grid.real()[i // grid.counts.shape[1]]].max())
        - int(grid.counts.ravel()[i])
        for i in made
    )
    if from_ < full:
        yield f"{from_:,} of {full:,} rows were made: the table may not grow further."


def _said(table: Table, work: _Work, what: Learnable, added: "Sequence[pa.Table]") -> Iterator[str]:
    if not added:
        yield "No synthetic row was made."
        return
    new = sum(t.num_rows for t in added)
    yield f"{counted_noun(new, 'row')} are synthetic: {MARK!r} marks them. {_whose(table, added)}"
    if what.left_out:
        yield _empty(what.left_out)
    if work.sampled:
        most = MOST_SEEDS if what.numbers else MOST_NOMINAL_SEEDS
        yield f"Of larger groups {most:,} rows were drawn to make synthetic ones of."


def _whose(table: Table, added: "Sequence[pa.Table]") -> str:
    """Say how many synthetic rows are the same as a row that somebody is behind."""
    import pyarrow as pa

    equal = equal_rows(table, pa.concat_tables(added).drop_columns(MARK))
    if not equal:
        return "None of them equals a row that was there in all columns that were learnt."
    does, is_ = ("equals", "is") if equal == 1 else ("equal", "are")
    return (
        f"{equal:,} of them {does} a row that was there in all columns that were learnt: what "
        f"{'it says' if equal == 1 else 'they say'} {is_} true of somebody."
    )


def _empty(left_out: Sequence[LeftOut]) -> str:
    """Name the columns that are empty in synthetic rows, and why, and what to do."""
    told = [f"“{name_of((('', c.column),))}” ({c.why})" for c in left_out[:_TOLD]]
    more = f" and {len(left_out) - _TOLD:,} more" if len(left_out) > _TOLD else ""
    them = "it" if len(left_out) == 1 else "them"
    return (
        f"Every synthetic row has no value in {', '.join(told)}{more}. Missing values there give "
        f"away which rows are synthetic, and so the label: drop {them} before a model learns, or "
        "change the role where it is wrong."
    )
