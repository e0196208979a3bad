"""One column split by the groups of another: small multiples on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts.cells import Cell, draw
from audit.charts.template import LIGHT, Palette, Picture, figure, plain, small, visible, wrap
from audit.format import count, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.distribution.detail import Group, Split

_ROW, _TOP, _FOOT, _LEFT, _CELL = 58, 8, 26, 150, 30
_TICKS = 7


def split_bars(split: Split, bins: Sequence[str], *, p: Palette = LIGHT) -> Picture:
    """Draw how each group spreads over the bins of a column, as shares of the group's rows.

    Parameters
    ----------
    split : Split
        At most five groups, which keep colours that stay apart, and the rest in grey.
    bins : sequence of str
        Names of the bins or values, in order.
    p : Palette
        Colours.
    """
    groups = split.groups
    margin = {"l": _LEFT, "r": 12, "t": _TOP, "b": _FOOT}
    drawn = figure(p, height=_TOP + _ROW * len(groups) + _FOOT, margin=margin, bargap=0.08)
    shares = [[n / g.rows if g.rows else 0.0 for n in g.counts] for g in groups]
    top = max((s for row in shares for s in row), default=0) or 1.0
    colours = iter(p.categorical)
    for i, group in enumerate(groups):
        base = len(groups) - 1 - i
        drawn.add_bar(
            x=list(range(len(bins))),
            y=[s / top * 0.86 for s in shares[i]],
            base=[base] * len(bins),
            marker={"color": p.context if group.is_rest else next(colours), "line": {"width": 0}},
            hovertemplate=[
                f"{plain(group_name(group))}, {plain(b)}: {percent(s)} ({count(n)} rows)<extra></extra>"
                for b, s, n in zip(bins, shares[i], group.counts, strict=True)
            ],
        )
        line = {"color": p.zero, "width": 1}
        drawn.add_shape(type="line", x0=0, x1=1, xref="paper", y0=base, y1=base, line=line)
        drawn.add_annotation(
            text=f"{plain(wrap(group_name(group), 20, 1)[0])}<br>"
            + small(f"n = {count(group.rows)}", p.muted),
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-_LEFT,
            y=base + 0.42,
            align="left",
        )
    drawn.update_layout(barmode="overlay")
    drawn.update_yaxes(visible=False, range=[0, max(len(groups), 1)])
    every = max(1, -(-len(bins) // _TICKS))
    drawn.update_xaxes(
        range=[-0.6, len(bins) - 0.4],
        tickvals=list(range(0, len(bins), every)),
        ticktext=[plain(wrap(b, 14, 1)[0]) for b in bins[::every]],
    )
    said = "; ".join(_most(group, bins, row) for group, row in zip(groups, shares, strict=True))
    return Picture(drawn, f"{split.column} within each group of {split.by}: {said or 'no rows'}.")


def split_cells(split: Split, values: Sequence[str], *, p: Palette = LIGHT) -> Picture:
    """Draw the share of each group's rows that has each value, the number in the cell."""
    groups = split.groups
    heads = [wrap(group_name(g), 12, 2) for g in groups]
    head = 16 * (max((len(lines) for lines in heads), default=1) + 1) + 10
    height = head + _CELL * len(values) + 6
    drawn = figure(p, height=height, margin={"l": _LEFT, "r": 2, "t": head, "b": 6})
    shares = [[n / g.rows if g.rows else 0.0 for n in g.counts] for g in groups]
    top = max((s for row in shares for s in row), default=0) or 1.0
    cells = [
        Cell(
            x=x,
            y=y,
            depth=shares[x][y] / top,
            text=percent(shares[x][y]),
            hover=f"{plain(group_name(group))}, {plain(value)}: {count(group.counts[y])} rows",
        )
        for x, group in enumerate(groups)
        for y, value in enumerate(values)
    ]
    draw(drawn, cells, p, width=len(groups), height=len(values))
    drawn.update_xaxes(range=[-0.5, max(len(groups), 1) - 0.5], visible=False)
    drawn.update_yaxes(range=[len(values) - 0.5, -0.5], visible=False)
    for x, (lines, group) in enumerate(zip(heads, groups, strict=True)):
        named = "<br>".join(plain(line) for line in lines)
        drawn.add_annotation(
            text=f"{named}<br>{small(f'n = {count(group.rows)}', p.muted)}",
            x=x,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=2,
        )
    for y, value in enumerate(values):
        drawn.add_annotation(
            text=plain(wrap(value, 22, 1)[0]),
            x=0,
            xref="paper",
            xanchor="left",
            xshift=-_LEFT,
            y=y,
            align="left",
        )
    said = "; ".join(_most(g, values, row) for g, row in zip(groups, shares, strict=True))
    return Picture(drawn, f"{split.column} within each group of {split.by}: {said or 'no rows'}.")


def group_name(group: Group) -> str:
    """Name a group for people: its value, 'missing', or 'all others'."""
    if group.is_rest:
        return "all others"
    return "(missing)" if group.value is None else visible(group.value)


def _most(group: Group, bins: Sequence[str], shares: Sequence[float]) -> str:
    peak = max(range(len(bins)), key=lambda i: shares[i], default=None)
    if peak is None:
        return group_name(group)
    return f"{group_name(group)}: most often {bins[peak]} ({percent(shares[peak])})"
