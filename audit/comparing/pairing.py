"""Which row of one version is which row of the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.comparing.values import Relation

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

NONE = -1
"""Stands for the row before of a row after that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How the rows of two versions belong together."""

    relation: Relation
    of: "npt.NDArray[np.int64]"
    """For each row after its row before, ascending but for :data:`NONE`; empty for other data."""
    before: int
    """Rows before."""
    after: int
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Names of columns that are called otherwise afterwards."""
    note: str = ""
    """What rows are paired by, where that is not told by the relation alone."""

    @property
    def are_paired(self) -> bool:
        """Whether it is known which row is which."""
        return self.relation != "other data"

    def first(self) -> "npt.NDArray[np.int64]":
        """Give, ascending, the rows after that are the first of their row before."""
        import numpy as np

        at = np.flatnonzero(self.of >= 0)
        _, first = np.unique(self.of[at], return_index=True)
        found: npt.NDArray[np.int64] = at[np.sort(first)]
        return found

    def there(self) -> "npt.NDArray[np.bool_]":
        """Tell for each row before whether it is still there."""
        import numpy as np

        kept = np.zeros(self.before, dtype=bool)
        kept[self.of[self.of >= 0]] = True
        return kept

    def later_name(self, column: str) -> str:
        """Give the name that a column of 'before' has afterwards."""
        return self.renamed.get(column, column)


def other_data(before: int, after: int) -> Rows:
    """Pair nothing."""
    import numpy as np

    return Rows(relation="other data", of=np.empty(0, np.int64), before=before, after=after)


def same_rows(rows: int) -> Rows:
    """Pair rows by their number."""
    import numpy as np

    return Rows(relation="same rows", of=np.arange(rows, dtype=np.int64), before=rows, after=rows)


def composed(
    lineage: "npt.NDArray[np.int64]", parents: "npt.NDArray[np.int64]"
) -> "npt.NDArray[np.int64]":
    """Follow rows one version further back: ``parents`` is the lineage of the parent."""
    import numpy as np

    found = np.full(len(lineage), NONE, dtype=np.int64)
    has = lineage >= 0
    found[has] = parents[lineage[has]]
    return found


def by_ancestor(
    before: "npt.NDArray[np.int64]", after: "npt.NDArray[np.int64]", ancestors: int
) -> "npt.NDArray[np.int64]":
    """Pair rows that come from one row of a common ancestor: the first 'before' of each.

    Parameters
    ----------
    before, after : array of int
        For each row its row in the ancestor.
    ancestors : int
        Rows of the ancestor.
    """
    import numpy as np

    place = np.full(ancestors + 1, NONE, dtype=np.int64)
    at = np.flatnonzero(before >= 0)[::-1]
    place[before[at]] = at
    found: npt.NDArray[np.int64] = place[after]
    return found
