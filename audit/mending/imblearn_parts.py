"""Parts for imbalanced-learn's samplers that do the same as its own in less time."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sklearn.neighbors import NearestNeighbors
    from sklearn.preprocessing import OneHotEncoder

_MOST_CELLS = 16_000_000
"""Cells of a matrix that are written out for neighbours to be found; 8 bytes each."""


def found_once(neighbours: int) -> "NearestNeighbors":
    """Give what finds the nearest rows, for samplers that are given the same rows time and again.

    Parameters
    ----------
    neighbours : int
        How many besides the row itself.
    """
    from sklearn.neighbors import NearestNeighbors

    class FoundOnce(NearestNeighbors):  # type: ignore[misc]  # without types
        """Finds the neighbours of rows the first time, and remembers them."""

        found: Any = None

        def __sklearn_clone__(self) -> "FoundOnce":
            """Stay the one that knows the neighbours: samplers clone what they are given."""
            return self

        def fit(self, X: Any, y: Any = None) -> "FoundOnce":  # noqa: N803 - as there
            """Take the rows, unless they were taken before."""
            return self if self.found is not None else super().fit(_dense(X), y)

        def kneighbors(self, X: Any, *, return_distance: bool) -> Any:  # noqa: N803
            """Give the nearest of the rows to each of them."""
            if self.found is None:
                self.found = super().kneighbors(_dense(X), return_distance=return_distance)
            return self.found

    return FoundOnce(n_neighbors=neighbours + 1)


def _dense(rows: Any) -> Any:
    """Write out a sparse matrix where there is room: neighbours are found in less time."""
    small = rows.shape[0] * rows.shape[1] <= _MOST_CELLS
    return rows.toarray() if hasattr(rows, "toarray") and small else rows


def quick_encoder() -> "OneHotEncoder":
    """Give an encoder of categories whose way back does not look at each row by itself."""
    import numpy as np
    from sklearn.preprocessing import OneHotEncoder

    class QuickEncoder(OneHotEncoder):  # type: ignore[misc]  # without types
        """Encodes whole numbers, each row with one 1 for each column."""

        def inverse_transform(self, X: Any) -> Any:  # noqa: N803 - as there
            """Give the numbers: that of the column in which the 1 stands."""
            X.sort_indices()
            sizes = [len(one) for one in self.categories_]
            values = np.concatenate(self.categories_)
            return values[X.indices.reshape(X.shape[0], len(sizes))]

    return QuickEncoder(handle_unknown="ignore", dtype=np.float64)
