"""A sample of the rows."""

from typing import TYPE_CHECKING, Self

from pydantic import Field, model_validator

from audit.format import count
from audit.mending.change import Change, Context
from audit.mending.fields import Columns, Seed
from audit.mending.going import going_rows
from audit.mending.strata import allocated, strata
from audit.registry import Settings, remedy
from audit.store.table import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class SampleRows(Settings):
    """Draw a sample of the rows."""

    rows: int | None = Field(
        default=None, ge=1, le=10**12, title="Rows", description="How many are drawn."
    )
    share: float | None = Field(
        default=None, gt=0, le=1, title="Share", description="Which share of the rows is drawn."
    )
    by: Columns = Field(
        default=(),
        title="In the same shares by",
        description="Groups by these columns have the same shares in the sample; none: drawn "
        "from all rows alike.",
    )
    seed: Seed = 0

    @model_validator(mode="after")
    def _one_size(self) -> Self:
        """Refuse no size, and two."""
        if (self.rows is None) == (self.share is None):
            message = "give rows or share, one of them"
            raise ValueError(message)
        return self


@remedy("sample-rows", title="Draw a sample of the rows", family="filter")
def sample_rows(table: Table, step: SampleRows, context: Context) -> Change:
    """Draw rows at random, none twice; by columns, each group in its share (largest remainders).

    A group too small for one row of the sample may be left out; the note says how many are.
    """
    for name in step.by:
        table.type_of(name)
    n = table.n_rows
    size = step.rows if step.rows is not None else round((step.share or 0) * n)
    notes = []
    if size > n:
        notes.append(f"All rows were drawn: there are {count(n)}, fewer than {count(size)}.")
    if context.sampled and step.rows is not None:
        notes.append("The preview draws from a part of the rows; the step draws from all.")
    drawn, left_out = _drawn(table, step, min(size, n))
    if left_out:
        notes.append(f"{count(left_out)} groups are too small to have a row in the sample.")
    return Change(removed=going_rows(drawn, "not drawn"), notes=tuple(notes))


def _drawn(table: Table, step: SampleRows, size: int) -> "tuple[npt.NDArray[np.int64], int]":
    """Give the rows that are not drawn, and the number of groups without one that is."""
    import numpy as np

    rng = np.random.default_rng([step.seed, 20_261_123])
    others = np.ones(table.n_rows, dtype=bool)
    if not step.by:
        others[rng.choice(table.n_rows, size=size, replace=False)] = False
        return np.flatnonzero(others), 0
    group = strata(table, step.by)
    sizes = np.bincount(group)
    shares = allocated(sizes, size)
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(sizes)
    for k in np.flatnonzero(shares):
        members = order[ends[k] - sizes[k] : ends[k]]
        others[rng.choice(members, size=int(shares[k]), replace=False)] = False
    return np.flatnonzero(others), int((shares == 0).sum())
