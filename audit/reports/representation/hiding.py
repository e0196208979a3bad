"""Which groups are so small that they are not shown, and which others would give them away."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations as choose

from audit.model import Pairs
from audit.reports.representation.group_values import Combination

SMALLEST_COUNT = 10
"""Fewer rows than this are not shown."""


def hidden(sizes: Sequence[tuple[Pairs, int]], before: Collection[Pairs] = ()) -> frozenset[Pairs]:
    """Tell which cells of a table must not be shown, those among them that would give others away.

    Parameters
    ----------
    sizes : sequence of (levels, rows)
        All cells, each named by its (column, level) pairs.
    before : collection of levels
        Cells hidden elsewhere: what is a part of them would add up to them, and goes too.

    Returns
    -------
    frozenset
        The levels of cells of 1 to 9 rows. Where a line of the table (all levels but one
        fixed) would have a single hidden cell, which its sum gives away, or hidden cells of
        fewer than ten rows together, the smallest other cell of the line is hidden too, until
        no line has any.
    """
    gone = {
        levels
        for levels, n in sizes
        if 0 < n < SMALLEST_COUNT or any(part in before for part in _parts(levels))
    }
    lines: dict[Pairs, list[tuple[int, Pairs]]] = {}
    for levels, n in sizes:
        for column, _ in levels:
            fixed = tuple(pair for pair in levels if pair[0] != column)
            lines.setdefault((*fixed, (column, "")), []).append((n, levels))
    changed = bool(gone)
    while changed:
        changed = False
        for line in lines.values():
            shown = sorted(cell for cell in line if cell[1] not in gone and cell[0])
            unseen = [n for n, levels in line if levels in gone and n]
            if shown and unseen and (len(unseen) == 1 or sum(unseen) < SMALLEST_COUNT):
                gone.add(shown[0][1])
                changed = True
    return frozenset(gone)


def _parts(levels: Pairs) -> Iterator[Pairs]:
    """Give the groups that a group is a part of, and itself."""
    return (p for size in range(1, len(levels) + 1) for p in choose(levels, size))


def hidden_groups(combinations: Iterable[Combination]) -> frozenset[Pairs]:
    """Tell which groups are hidden, those of fewer columns first."""
    gone: frozenset[Pairs] = frozenset()
    for combination in sorted(combinations, key=lambda c: len(c.columns)):
        gone |= hidden([(g.levels, g.n) for g in combination.groups], gone)
    return gone
