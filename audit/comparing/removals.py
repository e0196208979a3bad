"""Who was filtered out: the share of each group that is not there any more."""

from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from math import exp
from typing import TYPE_CHECKING, Literal

from audit.comparing.pairing import Rows
from audit.comparing.values import GroupRemoval
from audit.comparing.verdicts import RATE, RATIO
from audit.model import Measure, Pairs
from audit.reports.representation.axes import level_codes, level_names
from audit.reports.representation.group_values import Axis
from audit.stats import benjamini_hochberg, part_ratio_interval, two_proportions_p, wilson_interval
from audit.store import Table
from audit.store.ordered import in_order

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_NAME, _RATIO = "removal_share", "removal_ratio"
_BATCH = 200_000
_LEVEL = 0.05
"""Of p-values, corrected by Benjamini and Hochberg, below which a group is told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which groups are told."""

    axes: tuple[Axis, ...]
    """Columns whose groups are told one by one."""
    meeting: tuple[str, ...] = ()
    """Columns of which each two are told where their groups meet, too."""
    min_group: int = 100


def overall(rows: Rows) -> Measure | None:
    """Measure the share of all rows that went; None where rows are not paired."""
    if not rows.are_paired:
        return None
    there = int(rows.there().sum())
    return _share(rows.before - there, rows.before)


def removals(table: Table, rows: Rows, wanted: Wanted) -> tuple[GroupRemoval, ...]:
    """Measure which groups went more often than all rows, the most affected first.

    Parameters
    ----------
    table : Table
        The version before: groups are those that its rows had.
    rows : Rows
        Which of them are still there.
    wanted : Wanted
        Which groups are told.

    Returns
    -------
    tuple of GroupRemoval
        Empty where rows are not paired, or none went.
    """
    if not rows.are_paired or not wanted.axes:
        return ()
    gone = ~rows.there()
    total = int(gone.sum())
    if not total:
        return ()
    groups = [
        (pairs, (int(went[i]), int(counts[i])))
        for axes, counts, went in _counted(table, gone, wanted)
        for i, pairs in enumerate(_names(axes))
        if counts[i]
    ]
    every = total, rows.before
    surely = _other_than_chance([own for _, own in groups], every, wanted.min_group)
    found = [
        _removal(pairs, own, every, min_group=wanted.min_group, sure=sure)
        for (pairs, own), sure in zip(groups, surely, strict=True)
    ]
    return tuple(sorted(found, key=_most_affected))


def _names(axes: tuple[Axis, ...]) -> list[Pairs]:
    levels = product(*([(axis.column, level.name) for level in axis.levels] for axis in axes))
    return [tuple(pairs) for pairs in levels]


def _other_than_chance(
    groups: list[tuple[int, int]], every: tuple[int, int], min_group: int
) -> list[bool]:
    """Test each group against all other rows; many are tested, and the number is corrected for."""
    p_values = [
        two_proportions_p(removed, rows, every[0] - removed, every[1] - rows)
        if rows >= min_group
        else None
        for removed, rows in groups
    ]
    return [p is not None and p < _LEVEL for p in benjamini_hochberg(p_values)]


def _counted(
    table: Table, gone: "npt.NDArray[np.bool_]", wanted: Wanted
) -> "list[tuple[tuple[Axis, ...], npt.NDArray[np.int64], npt.NDArray[np.int64]]]":
    """Count all rows, and those that went, by group; rows go by once."""
    import numpy as np

    asked = _combinations(wanted)
    sizes = [int(np.prod([axis.size for axis in axes])) for axes in asked]
    tallies = [(np.zeros(n, np.int64), np.zeros(n, np.int64)) for n in sizes]
    codes, values = level_codes(table, wanted.axes)
    place = {axis.column: i for i, axis in enumerate(wanted.axes)}
    sql = f"SELECT {{row}} AS r, {', '.join(codes)} FROM {{t}}"  # noqa: S608
    for at, batch in in_order(table, sql, values, size=_BATCH, **level_names(wanted.axes)):
        went = gone[at : at + batch.num_rows]
        own = [column.to_numpy(zero_copy_only=False) for column in batch.columns[1:]]
        for axes, size, (every, removed) in zip(asked, sizes, tallies, strict=True):
            group = np.zeros(batch.num_rows, np.int64)
            for axis in axes:
                group = group * axis.size + own[place[axis.column]]
            every += np.bincount(group, minlength=size)
            removed += np.bincount(group[went], minlength=size)
    return [(axes, *tally) for axes, tally in zip(asked, tallies, strict=True)]


def _combinations(wanted: Wanted) -> list[tuple[Axis, ...]]:
    meet = [axis for axis in wanted.axes if axis.column in wanted.meeting]
    return [*((axis,) for axis in wanted.axes), *combinations(meet, 2)]


def _removal(
    group: Pairs, own: tuple[int, int], every: tuple[int, int], *, min_group: int, sure: bool
) -> GroupRemoval:
    removed, rows = own
    if rows < min_group:
        reason = f"Too few rows to tell (n = {rows:,})."
        none = partial(
            Measure,
            value=None,
            n=rows,
            columns=tuple(column for column, _ in group),
            group=group,
            reason=reason,
        )
        return GroupRemoval(
            group=group,
            rows=rows,
            removed=removed,
            share=none(name=_NAME, unit="share"),
            ratio=none(name=_RATIO, unit="ratio"),
            verdict="too few",
        )
    share = _share(removed, rows, group)
    ratio = _ratio(own, every, group)
    return GroupRemoval(
        group=group,
        rows=rows,
        removed=removed,
        share=share,
        ratio=ratio,
        verdict=_verdict(share, ratio, every[0] / every[1]) if sure else "as all",
    )


def _share(removed: int, rows: int, group: Pairs = ()) -> Measure:
    columns = tuple(column for column, _ in group)
    if not rows:
        return Measure(
            name=_NAME, value=None, unit="share", n=0, columns=columns, reason="There are no rows."
        )
    low, high = wilson_interval(removed, rows)
    return Measure(
        name=_NAME,
        value=removed / rows,
        unit="share",
        n=rows,
        columns=columns,
        group=group,
        low=low,
        high=high,
        method="wilson",
    )


def _ratio(own: tuple[int, int], every: tuple[int, int], group: Pairs) -> Measure:
    low, high = part_ratio_interval(*own, *every)
    return Measure(
        name=_RATIO,
        value=(own[0] / own[1]) / (every[0] / every[1]),
        unit="ratio",
        n=own[1],
        columns=tuple(column for column, _ in group),
        group=group,
        low=low,
        high=high,
        method="log-normal (delta method); against all rows, of which the group is a part",
    )


def _verdict(share: Measure, ratio: Measure, usual: float) -> Literal["more", "less", "as all"]:
    """Tell by the interval of the ratio; where it has none, by that of the share.

    Shares within a point, and ratios within 5%, are called as that of all rows.
    """
    assert share.value is not None
    if abs(share.value - usual) < RATE:
        return "as all"
    assert ratio.value is not None
    assert share.low is not None
    assert share.high is not None
    low, high = ratio.low, ratio.high
    if low is None or high is None:
        low, high = share.low / usual, share.high / usual
    if low > 1 and ratio.value > exp(RATIO):
        return "more"
    return "less" if high < 1 and ratio.value < exp(-RATIO) else "as all"


def _most_affected(removal: GroupRemoval) -> tuple[object, ...]:
    order = {"more": 0, "as all": 1, "less": 2, "too few": 3}[removal.verdict]
    return order, -(removal.ratio.value or 0.0), len(removal.group), removal.group
