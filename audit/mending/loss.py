"""What anonymizing costs: how much less a table says afterwards.

Classes are given by their sizes f over N rows. The smaller a number, the more is kept.
"""

import numpy as np
import numpy.typing as npt

Sizes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def average_class_size(sizes: Sizes, k: int) -> float:
    """Measure N / (J k) of J classes: 1 is the least there can be (LeFevre et al. 2006)."""
    return float(sizes.sum()) / (len(sizes) * k)


def discernibility(sizes: Sizes, *, suppressed: int = 0, rows: int | None = None) -> int:
    """Measure sum f^2 + N x suppressed (Bayardo and Agrawal 2005).

    Parameters
    ----------
    sizes : array
        Rows of each class that stays.
    suppressed : int
        Rows that were taken away.
    rows : int, optional
        N; by default all of these.
    """
    whole = int(sizes.sum()) + suppressed if rows is None else rows
    return sum(int(size) ** 2 for size in sizes.tolist()) + whole * suppressed


def il1s(before: Floats, after: Floats) -> float | None:
    """Measure the mean of |x - x'| / (sqrt(2) s) of one column of numbers (Yancey et al. 2002).

    Parameters
    ----------
    before, after : array
        Numbers of the same rows; a range is the number in its middle.

    Returns
    -------
    float or None
        None where the numbers do not differ among themselves (s = 0), or are fewer than two.
    """
    if len(before) < 2:
        return None
    s = float(np.std(before, ddof=1))
    return float(np.mean(np.abs(before - after)) / (np.sqrt(2) * s)) if s else None


def ncp_of_numbers(low: Floats, high: Floats, rows: Sizes, whole: float) -> float:
    """Measure the mean width of the ranges of all rows, as a share of the whole range.

    The normalised certainty penalty of Xu et al. (2006); ``low`` and ``high`` of each class,
    ``rows`` its size.
    """
    return float(np.sum((high - low) * rows) / (rows.sum() * whole)) if whole else 0.0


def ncp_of_categories(listed: Sizes, rows: Sizes, distinct: int) -> float:
    """Measure the mean of (m - 1) / (distinct - 1) over rows, m values standing in a cell."""
    if distinct < 2:
        return 0.0
    return float(np.sum((listed - 1) * rows) / (rows.sum() * (distinct - 1)))
