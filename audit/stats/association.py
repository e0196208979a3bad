"""How far two variables go together."""

from math import sqrt

import numpy as np

from audit.stats.arrays import Counts


def cramers_v(table: Counts) -> float | None:
    """Bias-corrected Cramér's V of a contingency table.

    Parameters
    ----------
    table : array of int of shape (r, c)
        Rows by category of one variable (down) and of the other (across).

    Returns
    -------
    float or None
        In [0, 1]; None where a variable has fewer than two categories that occur, or where
        there are too few rows to correct for the number of categories.

    Notes
    -----
    Bergsma (2013), *Journal of the Korean Statistical Society* 42(3), eq. 10. Uncorrected,
    V grows with the number of categories even where nothing is associated.

    Examples
    --------
    >>> cramers_v(np.array([[50, 0], [0, 50]]))
    1.0
    >>> cramers_v(np.array([[25, 25], [25, 25]]))
    0.0
    """
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n = int(table.sum())
    r, c = table.shape
    if min(r, c) < 2 or n < 2:
        return None
    down, across = table.sum(axis=1, dtype=np.float64), table.sum(axis=0, dtype=np.float64)
    expected = down[:, None] * (across[None, :] / n)
    phi2 = float(((table - expected) ** 2 / expected).sum()) / n
    corrected = max(0.0, phi2 - (r - 1) * (c - 1) / (n - 1))
    smaller = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    return min(1.0, sqrt(corrected / smaller)) if smaller > 1e-12 else None
