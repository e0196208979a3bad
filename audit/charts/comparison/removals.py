"""Who was filtered out: the share of each group's rows that is gone, against that of all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import WIDTH, group_name, of_many, row_name, times, too_few
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, visible
from audit.format import count, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.comparing.values import GroupRemoval
    from audit.model import Measure

MOST = 10
"""Groups in one picture."""
_COLUMNS = (("removed", 56), ("× overall", 66))
_LEAST_REACH = 0.01
_NARROW, _LEAST_PLOT = 340, 40
"""Pixels that the picture has where it stands beside another one, and its plot at least."""


def removal_rates(
    removals: Sequence[GroupRemoval],
    overall: Measure,
    *,
    p: Palette = LIGHT,
    most: int = MOST,
) -> Picture:
    """Draw the share of each group's rows that is gone, with its interval, and that of all rows.

    Parameters
    ----------
    removals : sequence of GroupRemoval
        The most affected first; of many the first are drawn. Each mark carries ``[position]``
        as ``customdata``.
    overall : Measure
        The share of all rows.
    p : Palette
        Colours.
    most : int
        Groups at the most.

    Notes
    -----
    ◆ lost more than all rows by more than chance, ● less, ○ is not told apart from them.
    """
    shown = list(removals[:most])
    rows = Rows(
        [row_name(r.group) for r in shown],
        p,
        notes=[f"{_where(r)} · {count(r.removed)} of {count(r.rows)}" for r in shown],
        columns=_COLUMNS,
        above=18,
        below=34,
        width=WIDTH,
    )
    base = overall.value
    ends = [v for r in shown for v in (r.share.value, r.share.high) if r.verdict != "too few"]
    top = max([v for v in [*ends, base] if v is not None] + [_LEAST_REACH]) * 1.06
    beside = rows.left + rows.right
    room = max(_NARROW - beside, _LEAST_PLOT) / max(marks.NARROWEST - beside, 1)
    title = "share of the group's rows removed"
    marks.share_axis(rows, 0.0, min(top, 1.04), title=title, room=min(room, 0.99))
    rows.zero()
    if base is not None:
        late = base / top > 0.5
        marks.add_threshold(
            rows,
            base,
            f"all rows {percent(base)}",
            p.muted,
            side="left" if late else "right",
            dash="solid",
        )
    _draw(rows, shown, top)
    marks.say_how_many(rows, len(shown), len(removals), "groups")
    said = "; ".join(map(_sentence, shown)) or "no groups"
    return Picture(
        marks.finish(rows),
        f"Share of rows removed by group, with 95% intervals{of_many(len(shown), len(removals))}; "
        f"{percent(base)} of all rows: {said}.",
    )


def _draw(rows: Rows, shown: Sequence[GroupRemoval], top: float) -> None:
    p = rows.p
    drawn: list[Mark] = []
    hatched: list[tuple[int, str, tuple[object, ...]]] = []
    tracks: list[tuple[int, float | None, float | None]] = []
    for i, r in enumerate(shown):
        if r.verdict == "too few" or r.share.value is None:
            hatched.append((i, _sentence(r), (i,)))
            rows.values(i, ["–", "too few"], strong=p.muted)
            continue
        colour, symbol = {
            "more": (p.worse, "diamond"),
            "less": (p.ink, "circle"),
            "as all": (p.muted, "circle-open"),
        }[r.verdict]
        tracks.append((i, 0.0, float(r.share.value)))
        drawn.append(
            Mark(
                row=i,
                x=float(r.share.value),
                low=r.share.low,
                high=r.share.high,
                colour=colour,
                symbol=symbol,
                hover=_sentence(r),
                data=(i,),
            )
        )
        strong = p.ink if r.verdict == "as all" else colour
        rows.values(i, [percent(r.share.value), times(r.ratio.value)], strong=strong)
    marks.add_lines(rows.figure, tracks, p.grid, width=5)
    marks.add_hatches(rows, hatched, (0.0, top * 0.32))
    marks.add_marks(rows, drawn)


def _where(removal: GroupRemoval) -> str:
    """Name the columns of a group: values alone do not say what they are of."""
    return " × ".join(visible(column) for column, _ in removal.group)


def _sentence(removal: GroupRemoval) -> str:
    name = group_name(removal.group)
    if removal.verdict == "too few" or removal.share.value is None:
        return too_few(name, removal.rows)
    told = {"more": "more than all rows", "less": "less than all rows"}.get(
        removal.verdict, "not told apart from all rows"
    )
    return (
        f"{name} {percent(removal.share.value)} "
        f"({marks.span(removal.share.low, removal.share.high)}, "
        f"{count(removal.removed)} of {count(removal.rows)} rows), {told}"
    )
