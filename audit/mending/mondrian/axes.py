"""A quasi-identifier as an axis along which classes are cut, and how wide classes are on it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.mending.coded import Coded
from audit.reports.reidentification.coding import Floats, Ints

_MOST_BITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Codes of one quasi-identifier: numbers in their order, categories the frequent ones first."""

    codes: npt.NDArray[np.int32]
    width: int
    """Number of codes."""
    positions: Floats | None
    """Where numbers lie, by code; None for categories, which are counted."""

    def spans(self, order: Ints, starts: Ints) -> Floats:
        """Measure how wide each segment of ``order`` is, as a share of all; 0: one value.

        Numbers by their range, categories by how many there are; of more than 64 categories by
        the stretch of their order.
        """
        codes = self.codes[order]
        if self.positions is None and self.width <= _MOST_BITS:
            bits = np.bitwise_or.reduceat(np.uint64(1) << codes.astype(np.uint64), starts)
            return self._share(np.bitwise_count(bits).astype(np.int64))
        low, high = np.minimum.reduceat(codes, starts), np.maximum.reduceat(codes, starts)
        if self.positions is None:
            return self._share(high.astype(np.int64) - low + 1)
        whole = float(self.positions[-1] / 2 - self.positions[0] / 2) or 1.0
        wide = (self.positions[high] / 2 - self.positions[low] / 2) / whole
        # Two numbers may lie at one place, as the infinite ones do: there is a cut between them.
        return np.asarray(np.where(high > low, np.maximum(wide, np.finfo(float).tiny), 0.0))

    def _share(self, there: Ints) -> Floats:
        """Give how many categories of all are there; 0 for a single one."""
        return np.asarray((there - 1) / max(1, self.width - 1))


def axis_of(column: Coded, which: Ints, weights: Ints) -> Axis:
    """Make an axis of a column.

    Parameters
    ----------
    column : Coded
        The column.
    which : array
        A row of each entry.
    weights : array
        Rows that each entry stands for.
    """
    codes = column.codes[which]
    rows = np.bincount(codes, weights=weights, minlength=column.width)
    if column.kind == "category":
        # A cut then parts the frequent from the rare, and what is left of either is narrow.
        order = np.argsort(-rows, kind="stable")
        places = np.empty(column.width, dtype=np.int32)
        places[order] = np.arange(column.width, dtype=np.int32)
        return Axis(codes=places[codes], width=int(np.count_nonzero(rows)), positions=None)
    positions = column.positions()
    if not rows[0]:
        positions[0] = positions[min(1, column.width - 1)]
    return Axis(codes=codes, width=column.width, positions=positions)
