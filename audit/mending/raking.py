"""Iterative proportional fitting on cells: counts are scaled until their margins are the wanted ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.mending.population import Margin

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

TOLERANCE = 1e-6
MOST_ROUNDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Raked:
    """Cells after fitting."""

    fitted: "npt.NDArray[np.float64]"
    """Of the shape of the axes; sums to 1."""
    rounds: int
    missed: tuple[float, ...]
    """For each margin its largest distance from what was wanted, in shares."""


def rake(
    counts: "npt.NDArray[np.float64]",
    margins: Sequence[Margin],
    *,
    tolerance: float = TOLERANCE,
    most_rounds: int = MOST_ROUNDS,
) -> Raked:
    """Scale cells until their margins are those wanted (Deming and Stephan 1940).

    Parameters
    ----------
    counts : array
        Rows or weights, one axis for each column; cells of 0 stay 0.
    margins : sequence of Margin
        What is wanted; one margin over all axes makes it post-stratification.
    tolerance : float
        Largest distance of a margin's share from the one wanted at which it is reached.
    most_rounds : int
        Rounds over all margins at the most.

    Notes
    -----
    Where a group that is wanted has no row its share cannot be given to it; the others keep
    their proportions, and the distance says how much is missing.
    """
    import numpy as np

    cells = counts / max(1e-300, float(counts.sum()))
    missed: tuple[float, ...] = ()
    rounds = 0
    while rounds < most_rounds:
        rounds += 1
        before = cells
        for margin in margins:
            sums = sums_over(cells, margin)
            with np.errstate(divide="ignore", invalid="ignore"):
                factor = np.where(sums > 0, margin.shares / sums, 0.0)
            cells = cells * _spread(factor, margin, cells.ndim)
        total = float(cells.sum())
        if total <= 0:
            break
        cells = cells / total
        missed = distances(cells, margins)
        if max(missed) <= tolerance or np.abs(cells - before).max() <= tolerance * 1e-6:
            break
    return Raked(fitted=cells, rounds=rounds, missed=missed or (1.0,) * len(margins))


def distances(cells: "npt.NDArray[np.float64]", margins: Sequence[Margin]) -> tuple[float, ...]:
    """Give for each margin the largest distance of a share from the one wanted."""
    import numpy as np

    return tuple(float(np.abs(sums_over(cells, m) - m.shares).max()) for m in margins)


def inside(shape: tuple[int, ...], margins: Sequence[Margin]) -> "npt.NDArray[np.bool_]":
    """Tell the cells of which all margins speak."""
    import numpy as np

    found = np.ones(shape, dtype=bool)
    for margin in margins:
        found &= _spread(margin.named, margin, len(shape))
    return found


def sums_over(cells: "npt.NDArray[np.float64]", margin: Margin) -> "npt.NDArray[np.float64]":
    """Add cells up to the axes of a margin."""
    import numpy as np

    others = tuple(i for i in range(cells.ndim) if i not in margin.at)
    return np.asarray(cells.sum(axis=others))


def _spread(array: "npt.NDArray[Any]", margin: Margin, axes: int) -> "npt.NDArray[Any]":
    """Give an array over some axes the shape of all of them."""
    import numpy as np

    others = tuple(i for i in range(axes) if i not in margin.at)
    return np.expand_dims(array, others)
