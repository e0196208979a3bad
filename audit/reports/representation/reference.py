"""The population that groups are held against: stated, weighted, or uniform."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from audit.model import RowTest
from audit.reports.representation.cells import Cells
from audit.reports.representation.group_values import MISSING, REST, Axis, Level
from audit.reports.representation.options import ReferenceRow

Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Shares of the reference population; ask :meth:`shares` for those of some columns."""

    name: str
    rows: tuple[ReferenceRow, ...] = ()
    weighed: tuple[Cells, ...] = ()
    """Cells whose weights are the population."""

    def shares(self, axes: Sequence[Axis]) -> Shares | None:
        """Give the population's shares over ``axes``; None where nothing is known of them.

        The array has the shape of the axes and sums to 1. Levels of missing values have no
        share. Of several margins that hold these columns the one with the fewest others counts.
        """
        if self.weighed:
            return self._from_weights(axes)
        if self.rows:
            return self._from_rows(axes)
        return _uniform(axes)

    def _from_weights(self, axes: Sequence[Axis]) -> Shares | None:
        columns = [axis.column for axis in axes]
        for cells in self.weighed:
            if set(columns) <= {axis.column for axis in cells.axes}:
                return _normal(cells.over(*columns).weight * _real(axes))
        return None

    def _from_rows(self, axes: Sequence[Axis]) -> Shares | None:
        wanted = {axis.column for axis in axes}
        margins = {frozenset(c for c, _ in row.group) for row in self.rows}
        holding = sorted((m for m in margins if wanted <= m), key=lambda m: (len(m), sorted(m)))
        if not holding:
            return None
        amounts = np.zeros([axis.size for axis in axes])
        for row in self.rows:
            given = dict(row.group)
            if frozenset(given) != holding[0]:
                continue
            at = [position_of(axis, given[axis.column]) for axis in axes]
            if all(i is not None for i in at):
                amounts[tuple(at)] += row.amount
        return _normal(amounts)


def with_reference_levels(axis: Axis, rows: Sequence[ReferenceRow]) -> Axis:
    """Add the groups that only the reference population has: nobody of them is in the data.

    Where rare values are one group already, they belong to it.
    """
    names = {level.name for level in axis.levels}
    if axis.edges or REST in names:
        return axis
    given = dict.fromkeys(v for row in rows for c, v in row.group if c == axis.column)
    numeric = any(isinstance(v, int | float) for level in axis.levels for v in level.test.values)
    absent = tuple(
        _absent(axis.column, value, number=_number(value) if numeric else None)
        for value in given
        if position_of(axis, value) is None and (not numeric or _number(value) is not None)
    )
    there = [level for level in axis.levels if level.kind != "missing"]
    missing = [level for level in axis.levels if level.kind == "missing"]
    return replace(axis, levels=(*there, *absent, *missing)) if absent else axis


def _absent(column: str, value: str, *, number: float | None) -> Level:
    test = RowTest(op="equal", columns=(column,), values=(value if number is None else number,))
    return Level(name=value, kind="value", test=test)


def is_real(level: Level) -> bool:
    """Whether a level is a group of people, and not what is missing or left over."""
    return level.kind not in ("missing", "rest")


def position_of(axis: Axis, value: str) -> int | None:
    """Find the level that a value of the reference population belongs to; None where there is none."""
    names = axis.names()
    if value in names:
        return names.index(value)
    number = _number(value)
    if number is not None and axis.edges:
        return bisect_right(axis.edges, number)
    if number is not None:
        for i, name in enumerate(names):
            if _number(name) == number:
                return i
    return names.index(REST) if REST in names else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _real(axes: Sequence[Axis]) -> npt.NDArray[np.bool_]:
    """Tell the cells in which no level is one of missing values."""
    there = np.ones([axis.size for axis in axes], dtype=bool)
    for i, axis in enumerate(axes):
        known = np.array([level.name != MISSING for level in axis.levels])
        there &= known.reshape([-1 if j == i else 1 for j in range(len(axes))])
    return there


def _uniform(axes: Sequence[Axis]) -> Shares | None:
    """Give equal shares to all groups; what is missing or left over has none."""
    shares = np.ones([axis.size for axis in axes])
    for i, axis in enumerate(axes):
        real = np.array([is_real(level) for level in axis.levels], dtype=np.float64)
        shares *= real.reshape([-1 if j == i else 1 for j in range(len(axes))])
    return _normal(shares)


def _normal(amounts: Shares) -> Shares | None:
    total = amounts.sum()
    return amounts / total if total > 0 else None
