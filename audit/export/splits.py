"""Parts for training, validation and test, such that none knows a row of another.

Rows that are copies of each other, and rows of one person, go to the same part: a model tested on
what it was trained on looks better than it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from audit.errors import ParameterError
from audit.format import counted, percent
from audit.registry import Settings
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PARTS = ("train", "validation", "test")
_FAR = 0.02
"""Distance of a part's share from the one asked for, from which it is told."""


class Split(Settings):
    """How rows are parted."""

    train: float = Field(default=0.8, ge=0, le=1, title="Train")
    validation: float = Field(default=0.1, ge=0, le=1, title="Validation")
    test: float = Field(default=0.1, ge=0, le=1, title="Test")
    person: tuple[str, ...] = Field(
        default=(),
        title="Person",
        description="Columns that name a person, an account, a household: each of them by itself "
        "keeps its rows together.",
    )
    label: str | None = Field(
        default=None, title="Label", description="Its values are spread alike over the parts."
    )
    seed: int = Field(default=0, ge=0, title="Seed")

    @model_validator(mode="after")
    def _add_up(self) -> "Split":
        if abs(self.train + self.validation + self.test - 1) > 1e-6:
            message = "The shares of the parts must add up to 1"
            raise ValueError(message)
        return self

    @property
    def shares(self) -> tuple[float, float, float]:
        """Shares in the order of :data:`PARTS`."""
        return self.train, self.validation, self.test


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Which part each row is in, and what became of the shares."""

    parts: "npt.NDArray[np.int8]"
    """0 train, 1 validation, 2 test."""
    largest: int
    """Rows of the largest group that stays together."""
    shares: tuple[float, float, float]
    """Those asked for."""
    label: str | None = None
    """The column whose values were spread."""

    @property
    def rows(self) -> tuple[int, ...]:
        """Rows of each part."""
        return tuple(int((self.parts == i).sum()) for i in range(len(PARTS)))

    def notes(self) -> dict[int, tuple[str, ...]]:
        """Say for each part which share was asked for and which it has, and why they differ.

        Empty where all are near what was asked for.
        """
        whole = len(self.parts)
        got = [rows / max(1, whole) for rows in self.rows]
        if all(abs(g - asked) <= _FAR for g, asked in zip(got, self.shares, strict=True)):
            return {}
        told = {
            i: (f"{percent(g)} of the rows; {percent(asked)} were asked for.",)
            for i, (g, asked) in enumerate(zip(got, self.shares, strict=True))
            if asked
        }
        first = min(told)
        why = f"The shares are not those asked for: {self._why()}."
        return told | {first: (*told[first], why)}

    def check(self) -> None:
        """Raise where a part that was asked for has no row: nothing can be tested on that."""
        pairs = zip(PARTS, self.rows, self.shares, strict=True)
        empty = [part for part, rows, asked in pairs if asked and not rows]
        if empty:
            message = f"The part {' and the part '.join(empty)} would have no row: {self._why()}."
            hint = "Ask for a larger share of it or none, or keep together by other columns."
            raise ParameterError(message, hint=hint)

    def _why(self) -> str:
        whole = len(self.parts)
        if 1 < self.largest > _FAR * whole:
            return (
                f"the largest group of rows that stay together (copies, rows of one person, rows "
                f"made of one row) has {self.largest:,} of {counted(whole, 'row')}"
            )
        if self.label is not None:
            return f"{self.label!r} has values of few rows, which go to one part each"
        return f"there are only {counted(whole, 'row')}"


def assign(
    table: Table, split: Split, *, origins: "npt.NDArray[np.int64] | None" = None
) -> Assigned:
    """Give each row its part.

    Groups of rows that belong together are shuffled with the seed and laid side by side, within
    each value of the label (that of the group's first row); where they lie decides.

    Parameters
    ----------
    table : Table
        The rows.
    split : Split
        How they are parted.
    origins : numpy.ndarray of int64, shape (rows,), optional
        Which row of another table each was made of (-1: of none): those of one belong together.

    Raises
    ------
    ParameterError
        If there is no row, or the label has too many values.
    """
    import numpy as np

    if not table.n_rows:
        message = "There is no row to be parted."
        raise ParameterError(message, hint="Export it whole.")
    group = _together(table, split, origins)
    first = np.unique(group, return_index=True)[1]
    stratum = _strata(table, split)[first]
    sizes = np.bincount(group)
    order = np.random.default_rng(split.seed).permutation(len(sizes))
    part = np.zeros(len(sizes), dtype=np.int8)
    bounds = np.cumsum(split.shares)[:-1]
    for value in np.unique(stratum):
        mine = order[stratum[order] == value]
        ends = np.cumsum(sizes[mine])
        middle = (ends - sizes[mine] / 2) / max(1, ends[-1])
        part[mine] = np.searchsorted(bounds, middle, side="right")
    return Assigned(
        parts=part[group], largest=int(sizes.max()), shares=split.shares, label=split.label
    )


def _together(
    table: Table, split: Split, origins: "npt.NDArray[np.int64] | None"
) -> "npt.NDArray[np.int64]":
    """Give each row the number of its group: copies, and rows that share a person."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    rows = table.n_rows
    links = [_linked(table, [c.name for c in table.columns], present=False)]
    links += [_linked(table, [name], present=True) for name in split.person]
    if origins is not None:
        links.append(_of_one_origin(origins))
    one = np.concatenate([a for a, _ in links])
    other = np.concatenate([b for _, b in links])
    if not len(one):
        return np.arange(rows, dtype=np.int64)
    graph = coo_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(rows, rows))
    _, labels = connected_components(graph, directed=False)
    # Numbered in the order of their first rows, so that the draw depends on the rows alone.
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    groups: npt.NDArray[np.int64] = rank[inverse]
    return groups


def _of_one_origin(
    origins: "npt.NDArray[np.int64]",
) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """Link each row to the first that was made of the same row."""
    import numpy as np

    _, first, inverse = np.unique(origins, return_index=True, return_inverse=True)
    firsts = first[inverse]
    later = np.flatnonzero((firsts != np.arange(len(origins))) & (origins >= 0))
    return later.astype(np.int64), firsts[later].astype(np.int64)


def _linked(
    table: Table, columns: Sequence[str], *, present: bool
) -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """Link each row that repeats an earlier one in ``columns`` to the first of them."""
    import numpy as np

    keys = table.keys(columns)
    listed = ", ".join(f"{{{k}}}" for k in keys)
    where = " AND ".join(f"{{{k}}} IS NOT NULL" for k in keys) if present else "true"
    found = table.arrays(
        f"SELECT r, f FROM (SELECT {{row}} AS r, min({{row}}) OVER (PARTITION BY {listed}) AS f "  # noqa: S608
        f"FROM {{t}} WHERE {where} AND hash({listed}) IN "
        f"(SELECT hash({listed}) FROM {{t}} GROUP BY 1 HAVING count(*) > 1)) WHERE r > f ORDER BY r",
        **keys,
    )
    return found["r"].astype(np.int64), found["f"].astype(np.int64)


def _strata(table: Table, split: Split) -> "npt.NDArray[np.int64]":
    """Give each row the number of its label's value."""
    import numpy as np

    if split.label is None:
        return np.zeros(table.n_rows, dtype=np.int64)
    found = table.arrays(
        "SELECT dense_rank() OVER (ORDER BY {l}) AS v, {row} AS r FROM {t} ORDER BY r",
        l=split.label,
    )
    strata = found["v"].astype(np.int64)
    if len(np.unique(strata)) > max(20, table.n_rows // 20):
        message = f"The label {split.label!r} has too many values to be spread alike."
        raise ParameterError(message, hint="Leave it out, or cut it into bins first.")
    return strata
