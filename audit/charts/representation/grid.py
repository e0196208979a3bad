"""Cells of two columns, placed: which levels stand where, and which are left out."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.representation.names import find
from audit.charts.template import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.reports.representation.group_values import Combination, Group

MOST_ROWS, MOST_COLUMNS = 20, 8
"""Levels that are drawn, those with most rows: eight columns of numbers fit into 480 pixels."""
WIDE = 6
"""Up to so many columns the order of the combination is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell with rows: its place, and what is known of it."""

    at: int
    x: int
    y: int
    name: str
    value: float | None
    n: int
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The levels across and down, and the cells that have rows."""

    across: tuple[str, ...]
    down: tuple[str, ...]
    cells: tuple[Cell, ...]
    hidden: int
    """Cells with rows that are not drawn."""


def place(
    combination: Combination,
    free: Sequence[str],
    fixed: tuple[str, str] | None,
    name: str,
    label_class: str,
    min_group: int,
) -> Grid:
    """Place the groups; levels keep their order, and their place whatever level is fixed."""
    placed = [(i, g, dict(g.levels)) for i, g in enumerate(combination.groups)]
    orders = [_in_order(_runs(combination, column)) for column in free]
    down, across = free
    if len(orders[1]) > WIDE and len(orders[0]) < len(orders[1]):
        down, across = across, down
        orders.reverse()
    here = [(i, g, at) for i, g, at in placed if fixed is None or at[fixed[0]] == fixed[1]]
    levels = [
        _largest(order, column, here, most)
        for order, column, most in zip(
            orders, (down, across), (MOST_ROWS, MOST_COLUMNS), strict=True
        )
    ]
    cells = []
    for i, g, at in here:
        if at[down] in levels[0] and at[across] in levels[1] and g.n:
            rate = find(g.estimates, name, label_class=label_class)
            n = g.n if rate is None or name == "group_share" else min(rate.n, g.n)
            cells.append(
                Cell(
                    at=i,
                    x=levels[1].index(at[across]),
                    y=levels[0].index(at[down]),
                    name=f"{visible(at[down])} × {visible(at[across])}",
                    value=rate.value if rate else None,
                    n=n,
                    few=n < min_group,
                )
            )
    hidden = sum(1 for _, g, _ in here if g.n) - len(cells)
    return Grid(across=levels[1], down=levels[0], cells=tuple(cells), hidden=hidden)


def _runs(combination: Combination, column: str) -> Iterable[list[str]]:
    """Give the levels of ``column`` as they follow each other while all other levels stay."""
    runs: dict[tuple[str, ...], list[str]] = {}
    for group in combination.groups:
        others = tuple(name for c, name in group.levels if c != column)
        runs.setdefault(others, []).append(dict(group.levels)[column])
    return runs.values()


def _in_order(runs: Iterable[Sequence[str]]) -> list[str]:
    """Join lists that lack some of the levels into one that has all of them in order.

    Lists that contradict each other give the levels as they are met first.

    Examples
    --------
    >>> _in_order([["b", "d"], ["a", "b", "c"], ["c", "d"]])
    ['a', 'b', 'c', 'd']
    """
    follows: dict[str, set[str]] = {}
    for run in runs:
        for before, level in zip((None, *run), run, strict=False):
            follows.setdefault(level, set()).update(() if before is None else (before,))
    try:
        return list(TopologicalSorter(follows).static_order())
    except CycleError:
        return list(follows)


def _largest(
    order: Sequence[str],
    column: str,
    here: Sequence[tuple[int, Group, dict[str, str]]],
    most: int,
) -> tuple[str, ...]:
    rows = dict.fromkeys(order, 0)
    for _, g, at in here:
        rows[at[column]] += g.n
    return tuple(order[i] for i in marks.chosen([(-rows[level],) for level in order], most))
