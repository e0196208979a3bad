"""Groups of rows by their values, and how many of each a sample holds."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.store.table import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def strata(table: Table, columns: Sequence[str]) -> "npt.NDArray[np.int64]":
    """Give for each row the number of its group, in the order in which groups first appear.

    Missing is a value. Groups are told by a hash of 64 bits.
    """
    import numpy as np

    listed = ", ".join(f"{{c{i}}}" for i in range(len(columns)))
    found = table.arrays(
        f"SELECT h FROM (SELECT {{row}} AS r, hash({listed}) AS h FROM {{t}}) ORDER BY r",  # noqa: S608 - keys of columns
        **table.keys(columns),
    )
    _, first, which = np.unique(found["h"], return_index=True, return_inverse=True)
    ranks = np.empty(len(first), np.int64)
    ranks[np.argsort(first)] = np.arange(len(first))
    return ranks[which]


def allocated(sizes: "npt.NDArray[np.int64]", total: int) -> "npt.NDArray[np.int64]":
    """Share ``total`` out in proportion to ``sizes`` by largest remainders; ties to the first.

    Examples
    --------
    >>> import numpy as np
    >>> allocated(np.array([47, 16, 16, 12, 6, 3]), 10).tolist()
    [5, 2, 1, 1, 1, 0]
    """
    import numpy as np

    whole = int(sizes.sum())
    if not whole:
        return np.zeros(len(sizes), np.int64)
    shares, rest = np.divmod(sizes.astype(np.int64) * total, whole)
    largest = np.argsort(-rest, kind="stable")[: total - int(shares.sum())]
    shares[largest] += 1
    return np.asarray(shares, dtype=np.int64)
