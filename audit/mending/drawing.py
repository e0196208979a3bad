"""Drawing rows by cell, with a seed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt


def rows_by_cell(
    cells: "npt.NDArray[np.int32]", size: int
) -> "Iterator[tuple[int, npt.NDArray[np.int64]]]":
    """Give the rows of each cell that has some, ascending, cell by cell."""
    import numpy as np

    narrow = cells.astype(np.uint16) if size <= np.iinfo(np.uint16).max else cells
    order = np.argsort(narrow, kind="stable")
    ends = np.cumsum(np.bincount(cells, minlength=size))
    for cell in range(size):
        start = int(ends[cell - 1]) if cell else 0
        if ends[cell] > start:
            yield cell, order[start : int(ends[cell])]


def draw(
    cells: "npt.NDArray[np.int32]", then: "npt.NDArray[np.int64]", seed: int
) -> "npt.NDArray[np.int32]":
    """Say how often each row is taken, so that each cell has the rows it is to have.

    Parameters
    ----------
    cells : array
        Number of the cell for each row.
    then : array
        Rows that each cell is to have; 0 for a cell without rows.
    seed : int
        The same seed draws the same rows.

    Notes
    -----
    Every row of a cell is taken floor(then / rows) times; those that are taken once more are
    drawn without replacement. So no row is dropped where rows are repeated, and repeats differ
    by one at the most.
    """
    import numpy as np

    times = np.zeros(len(cells), dtype=np.int32)
    for cell, rows in rows_by_cell(cells, len(then)):
        base, extra = divmod(int(then[cell]), len(rows))
        times[rows] = base
        if extra:
            chosen = np.random.default_rng([seed, cell]).permutation(len(rows))[:extra]
            times[rows[chosen]] += 1
    return times
