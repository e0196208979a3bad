"""Marks on rows: a value with its interval, hatching where there is too little, named lines."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from audit.charts.template import Palette, clickable, plain, small, wrap
from audit.format import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from audit.charts.rows import Rows

HATCH = "/"
NARROWEST = 480
"""Pixels that a chart of rows has at least: what is written on it must fit there."""
_STEPS = (*(m * 10.0**e for e in range(-4, 0) for m in (1, 2, 5)), 1.0)
_LINE = 18
_MOST_TICKS = 5
_TITLE = 56
"""Letters of an axis title at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One value on a row."""

    row: int
    x: float
    colour: str
    symbol: str = "circle"
    low: float | None = None
    high: float | None = None
    hover: str = ""
    """As it is; escaped here."""
    data: tuple[object, ...] = ()
    """What a click on it hands over."""


def add_marks(rows: Rows, marks: Sequence[Mark], *, axis: str = "x", size: int = 10) -> None:
    """Draw marks over their intervals; all in one trace, so that a page of them stays quick."""
    for colour in dict.fromkeys(m.colour for m in marks):
        own = [m for m in marks if m.colour == colour and m.low is not None and m.high is not None]
        if own:
            joined = [(m.row, m.low, m.high) for m in own]
            add_lines(rows.figure, joined, colour, axis=axis)
    rows.figure.add_scatter(
        x=[m.x for m in marks],
        y=[m.row for m in marks],
        mode="markers",
        xaxis=axis,
        cliponaxis=False,
        customdata=[list(m.data) for m in marks],
        hovertext=[plain(m.hover) for m in marks],
        hoverinfo="skip" if rows.compact else "text",
        marker={
            "symbol": [m.symbol for m in marks],
            "size": size,
            "color": [m.colour for m in marks],
            "line": {"color": [m.colour for m in marks], "width": 2},
        },
    )


def add_lines(
    figure: go.Figure,
    lines: Sequence[tuple[int, float | None, float | None]],
    colour: str,
    *,
    axis: str = "x",
    width: int = 2,
) -> None:
    """Draw a line on each row: (row, from, to)."""
    figure.add_scatter(
        x=[x for _, low, high in lines for x in (low, high, None)],
        y=[y for row, _, _ in lines for y in (row, row, None)],
        mode="lines",
        line={"color": colour, "width": width},
        xaxis=axis,
        hoverinfo="skip",
    )


def add_ticks(rows: Rows, ticks: Sequence[tuple[int, float]], colour: str) -> None:
    """Draw upright strokes (row, x), for what a value is held against."""
    rows.figure.add_scatter(
        x=[x for _, x in ticks],
        y=[row for row, _ in ticks],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={"symbol": "line-ns", "size": 22, "line": {"color": colour, "width": 2}},
    )


def add_bars(
    rows: Rows,
    bars: Sequence[tuple[int, float, str, tuple[object, ...]]],
    colour: str,
    *,
    width: float = 0.3,
) -> None:
    """Draw bars from zero: (row, length, what the mouse is told, what a click hands over)."""
    rows.figure.add_bar(
        x=[x for _, x, _, _ in bars],
        y=[row for row, _, _, _ in bars],
        width=width,
        orientation="h",
        marker={"color": colour, "line": {"width": 0}},
        customdata=[list(data) for _, _, _, data in bars],
        hovertext=[plain(hover) for _, _, hover, _ in bars],
        hoverinfo="text",
        textposition="none",
    )


def add_hatches(
    rows: Rows,
    few: Sequence[tuple[int, str, tuple[object, ...]]],
    reach: tuple[float, float],
    *,
    axis: str = "x",
) -> None:
    """Draw a hatched bar on each row with too little for a verdict: (row, hover, data)."""
    p = rows.p
    rows.figure.add_bar(
        x=[reach[1] - reach[0]] * len(few),
        base=[reach[0]] * len(few),
        y=[row for row, _, _ in few],
        width=0.34,
        orientation="h",
        xaxis=axis,
        customdata=[list(data) for _, _, data in few],
        hovertext=[plain(hover) for _, hover, _ in few],
        hoverinfo="skip" if rows.compact else "text",
        textposition="none",
        marker={
            "color": p.wash,
            "pattern": {"shape": HATCH, "fgcolor": p.faint, "bgcolor": p.wash, "size": 5},
            "line": {"width": 0},
        },
    )


def add_threshold(
    rows: Rows,
    x: float,
    text: str,
    colour: str,
    *,
    side: Literal["left", "right"],
    dash: str = "dot",
    axis: str = "x",
    line: int = 0,
) -> None:
    """Draw a line over all rows and name it above: ``line`` 0 is the highest line of text.

    ``text`` is escaped here; without one the line has no name.
    """
    rows.figure.add_shape(
        type="line",
        x0=x,
        x1=x,
        xref=axis,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": colour, "width": 1.2, "dash": dash},
        layer="below",
    )
    if text:
        rows.figure.add_annotation(
            text=small(plain(text), colour),
            x=x,
            xref=axis,
            xanchor="right" if side == "left" else "left",
            xshift=-3 if side == "left" else 3,
            y=1,
            yref="paper",
            yanchor="top",
            yshift=rows.top - (0 if rows.compact else 6) - _LINE * line,
        )


def add_key(rows: Rows, text: str, *, x: float = 0, anchor: str = "left") -> None:
    """Say in the highest line what the marks are: 'bar data, tick reference'. Escaped here."""
    rows.figure.add_annotation(
        text=small(plain(text), rows.p.muted),
        x=x,
        xref="paper",
        xanchor=anchor,
        y=1,
        yref="paper",
        yanchor="top",
        yshift=rows.top - 6,
    )


def add_rule(rows: Rows, y: float) -> None:
    """Draw a hairline over the whole width, names and figures included."""
    line = {
        "type": "line",
        "y0": y,
        "y1": y,
        "line": {"color": rows.p.grid, "width": 1},
        "layer": "below",
        "xref": "paper",
    }
    rows.figure.add_shape(x0=0, x1=1, **line)
    rows.figure.add_shape(x0=-rows.left, x1=0, xsizemode="pixel", xanchor=0, **line)
    rows.figure.add_shape(x0=0, x1=rows.right, xsizemode="pixel", xanchor=1, **line)


def say_how_many(rows: Rows, shown: int, total: int, noun: str) -> None:
    """Write '20 of 40 groups' where rows were left out: below the axis, on a card where there is room."""
    if shown == total:
        return
    text = f"{shown} of {total:,}" if rows.compact else f"{shown} of {total:,} {noun}"
    above = rows.compact and rows.top > 12
    layout = rows.figure.layout
    if not rows.compact:
        layout.update(height=layout.height + _LINE, margin={"b": layout.margin.b + _LINE})
    rows.figure.add_annotation(
        text=small(plain(text), rows.p.muted),
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-rows.left,
        y=1 if above else 0,
        yref="paper",
        yanchor="bottom" if above else "top",
        yshift=0 if above else -2 if rows.compact else _LINE - layout.margin.b,
    )


def share_axis(rows: Rows, low: float, high: float, *, title: str = "", room: float = 1.0) -> None:
    """Give the axis of shares round ticks, so few that a narrow plot never crowds them.

    ``title`` is escaped here. ``room`` is the part of the plot's width that the axis has; where
    another axis follows, nothing is written near its end.
    """
    per_share = max(NARROWEST - rows.left - rows.right, 1) * room / (high - low)
    step = next((s for s in _STEPS if _fits(s, high, high - low, per_share)), _STEPS[-1])
    last = floor(high * (1.0 if room == 1.0 else 0.85) / step + 1e-9)
    ticks = [i * step for i in range(ceil(low / step - 1e-9), last + 1)]
    rows.figure.layout.xaxis.update(
        range=[low, high],
        tickvals=ticks,
        ticktext=[("−" if t < 0 else "") + _tick(abs(t), step) for t in ticks],
        visible=not rows.compact,
        title={"text": plain(wrap(title, _TITLE, 1)[0])},
    )


def _tick(share: float, step: float) -> str:
    return percent(share, 0 if not share or step >= 0.01 else 1 if step >= 0.001 else 2)


def _fits(step: float, high: float, span: float, per_share: float) -> bool:
    """Tell whether ticks ``step`` apart neither touch nor are more than the eye needs."""
    return span / step <= _MOST_TICKS and step * per_share >= 5.8 * len(_tick(high, step)) + 5


def chosen(ranks: Sequence[tuple[float, ...]], most: int) -> list[int]:
    """Choose the ``most`` positions of lowest rank; they keep their order."""
    best = sorted(range(len(ranks)), key=lambda i: (ranks[i], i))[:most]
    return sorted(best)


def span(low: float | None, high: float | None) -> str:
    """Write an interval of shares: '10.5%–11.4%'."""
    return "–" if low is None or high is None else f"{percent(low)}–{percent(high)}"


def finish(rows: Rows) -> go.Figure:
    """Let marks lie over each other and be clicked, and give the figure; call it last."""
    rows.figure.update_layout(barmode="overlay")
    if not rows.compact:
        react(rows.figure)
    return rows.finish()


def react(figure: go.Figure) -> None:
    """Let a click choose a bar or a mark without dimming the others."""
    clickable(figure)
    full = {"marker": {"opacity": 1}}
    figure.update_traces(selected=full, unselected=full, selector={"type": "scatter"})


def reading(p: Palette, *, worse: bool, apart: bool) -> tuple[str, str]:
    """Give colour and first channel of a verdict about a direction: worse, better, or none."""
    if not apart:
        return p.muted, "circle-open"
    return (p.worse, "triangle-left") if worse else (p.data, "triangle-right")
