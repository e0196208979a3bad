"""Scores of rows, fetched once: everything that rests on a score is computed from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.format import counted, number
from audit.model import Scalar
from audit.reports.representation.axes import code
from audit.reports.representation.cells import Array, weight_scale, weight_sql, weight_sums
from audit.reports.representation.group_values import Axis
from audit.reports.representation.model.confusion import Confusion
from audit.reports.representation.model.sides import Sides
from audit.store import Table

Codes = npt.NDArray[np.int64]

_MOST_SCORES = 200_000
_FEWER = 4
"""Rows are added up while fetching if that leaves at most one in so many."""


def added(at: Codes, values: npt.NDArray[Any], size: int) -> Array:
    """Add up values by where they belong, in their order: places are below ``size``."""
    sums: Array = np.bincount(at, values, minlength=size).astype(np.float64)
    return sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Rows with a label and a score, or equal ones together; sorted by score."""

    axes: tuple[Axis, ...]
    codes: tuple[npt.NDArray[np.int32], ...]
    """Level of each axis."""
    positive: npt.NDArray[np.bool_]
    """Whether the label is."""
    score: Array
    n: npt.NDArray[np.int64]
    weight: Array
    weight_squared: Array
    weighted: bool = False
    basis: str = ""
    """``sample:200000`` where not all rows were scored."""

    @property
    def rows(self) -> int:
        """Rows in all."""
        return int(self.n.sum())

    @property
    def probabilities(self) -> bool:
        """Whether all scores lie in [0, 1]."""
        return bool(len(self.score)) and self.score[0] >= 0 and self.score[-1] <= 1

    def method(self, how: str) -> str:
        """Name a method."""
        before = f"{self.basis}; " if self.basis else ""
        return f"{before}{how}{'; weighted' if self.weighted else ''}"

    def groups(self, axes: Sequence[Axis]) -> tuple[Codes, int]:
        """Tell which group of some axes each row is in, the first axis slowest; and how many."""
        columns = [axis.column for axis in self.axes]
        found, size = np.zeros(len(self.score), dtype=np.int64), 1
        for axis in axes:
            found = found * axis.size + self.codes[columns.index(axis.column)]
            size *= axis.size
        return found, size


class Thresholded:
    """Decisions from scores: positive from a threshold on."""

    def __init__(self, scored: Scored, threshold: float, note: str = "") -> None:
        self.scored = scored
        self.threshold = threshold
        self.note = note
        self._cell = 2 * (~scored.positive).astype(np.int64) + (scored.score < threshold)

    def confusion(self, axes: tuple[Axis, ...]) -> Confusion:
        """Give the confusion counts of all groups of some axes, the first axis slowest."""
        groups, size = self.scored.groups(axes)
        at = groups * 4 + self._cell

        n, weight, squared = (
            added(at, values, 4 * size).reshape(size, 4)
            for values in (self.scored.n, self.scored.weight, self.scored.weight_squared)
        )
        return Confusion(
            n=n.astype(np.int64),
            weight=weight,
            weight_squared=squared,
            weighted=self.scored.weighted,
        )


def read_scores(
    table: Table, axes: tuple[Axis, ...], label: Sides, column: str, weight: str | None
) -> Scored:
    """Fetch the scores of all rows that have one and a label.

    Equal rows (the same groups, label and score) are added up while fetching where that
    leaves few, else rows are fetched one by one, which costs less than adding them up.
    """
    (distinct,) = table.row("SELECT approx_count_distinct({c}) FROM {t}", c=column)
    cells = 2 * int(distinct) * int(np.prod([axis.size for axis in axes], dtype=np.float64))
    together = int(distinct) <= _MOST_SCORES and cells * _FEWER <= table.n_rows
    parts, values, names = expressions(table, axes, label)
    scale = weight_scale(table, weight) if weight else 1.0
    if weight:
        parts["w"], names["w"] = weight_sql(scale), weight
    cell = "CAST({s} AS DOUBLE)"
    listed = ", ".join(f"{sql} AS {name}" for name, sql in {**parts, "s": cell}.items())
    keys = ", ".join(name for name in (*parts, "s") if name != "w")
    sums = f", {weight_sums(scale)}" if weight else ""
    alone = f", w::DOUBLE * {scale!r} AS w" if weight else ""
    found = table.arrays(
        f"""WITH coded AS (SELECT {listed} FROM {{t}})
        SELECT {keys}{f", count(*) AS n{sums}" if together else alone}
        FROM coded WHERE {labelled(label)} AND isfinite(s)
        {f"GROUP BY {keys} ORDER BY {keys}" if together else ""}""",  # noqa: S608
        values,
        **names,
        s=column,
    )
    return scored_of(axes, label, found, weighted=weight is not None)


def expressions(
    table: Table, axes: Sequence[Axis], label: Sides
) -> tuple[dict[str, str], list[Scalar], dict[str, str]]:
    """Write SQL for the groups and the label of a row, with its values and names.

    ``a0``, ``a1``, ... and ``y``, of the label, are levels.
    """
    parts: dict[str, str] = {}
    values: list[Scalar] = []
    names: dict[str, str] = {}
    for i, axis in enumerate((*axes, label.axis)):
        sql, own = code(axis, f"k{i}", table.type_of(axis.column))
        values += own
        names[f"k{i}"] = axis.column
        parts["y" if i == len(axes) else f"a{i}"] = sql
    return parts, values, names


def labelled(label: Sides) -> str:
    """Write the condition on ``y`` that a row has a label."""
    return f"y IN ({', '.join(map(str, (*label.positive, *label.negative)))})"


def scored_of(
    axes: tuple[Axis, ...],
    label: Sides,
    found: Mapping[str, npt.NDArray[Any]],
    *,
    weighted: bool,
    basis: str = "",
) -> Scored:
    """Sort rows by score; of equal scores the order is that of the rows."""
    score = np.asarray(found["s"], dtype=np.float64)
    order = np.argsort(score, kind="stable")

    def sorted_(name: str, type_: type) -> npt.NDArray[Any]:
        return np.ma.filled(found[name], 0)[order].astype(type_)

    n = sorted_("n", np.int64) if "n" in found else np.ones(len(order), dtype=np.int64)
    weight = sorted_("w", np.float64) if weighted else n.astype(np.float64)
    squared = sorted_("ww", np.float64) if "ww" in found else weight**2 if weighted else weight
    return Scored(
        axes=axes,
        codes=tuple(sorted_(f"a{i}", np.int32) for i in range(len(axes))),
        positive=np.isin(sorted_("y", np.int32), label.positive),
        score=score[order],
        n=n,
        weight=weight,
        weight_squared=squared,
        weighted=weighted,
        basis=basis,
    )


def thresholded(scored: Scored, stated: float | None) -> Thresholded:
    """Choose from which score on a prediction is positive, and note how where it is not plain.

    As stated; else 0.5 where all scores lie in [0, 1]; else the score from which on as many
    rows are selected as have a positive label, or as nearly as equal scores allow (the
    higher one of two that are as near).
    """
    if stated is not None or scored.probabilities or not len(scored.score):
        return Thresholded(scored, 0.5 if stated is None else stated)
    different, first = np.unique(scored.score, return_index=True)
    selected = scored.rows - np.cumsum(scored.n)[first] + scored.n[first]
    wanted = int(scored.n[scored.positive].sum())
    off = np.abs(selected - wanted)
    best = len(off) - 1 - int(np.argmin(off[::-1]))
    chosen = float(different[best])
    note = (
        f"Scores are not all between 0 and 1: predictions are positive from {number(chosen)} on, "
        f"which selects {counted(int(selected[best]), 'row')} "
        f"where {wanted:,} have a positive label."
    )
    return Thresholded(scored, chosen, note)
