"""One column before and after over one axis: bars that touch, or pairs of bars by value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.representation.names import share
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, figure, plain, small, visible
from audit.format import count, number, percent, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from audit.comparing.column_pair import ColumnPair, Spread

HEIGHT = 280
_TOP, _FOOT = 40, 44
_TICKS = 6
_THIN = 0.3


def distributions(pair: ColumnPair, *, p: Palette = LIGHT) -> Picture:
    """Draw both distributions over one axis, as shares of the rows that are there.

    Grey bars are before. After is a line over them where there are bins, a bar of its own where
    there are values.
    """
    if pair.kind == "category":
        return _by_value(pair, p)
    return _by_bin(pair, p)


def _shares(spread: Spread) -> list[float]:
    present = spread.rows - spread.missing
    return [n / present if present else 0.0 for n in spread.counts]


def _by_bin(pair: ColumnPair, p: Palette) -> Picture:
    was, now = _shares(pair.before), _shares(pair.after)
    drawn = figure(p, height=HEIGHT, margin={"l": 52, "r": 12, "t": _TOP, "b": _FOOT})
    edges = pair.edges
    hovers = _hovers(pair, was, now)
    drawn.add_bar(
        x=[(a + b) / 2 for a, b in pairwise(edges)],
        y=was,
        width=[(b - a) * 0.96 for a, b in pairwise(edges)],
        marker={"color": p.context, "line": {"width": 0}},
        hovertext=hovers,
        hoverinfo="text",
        textposition="none",
    )
    _outline(drawn, edges, now, p)
    _axes(drawn, pair, max([*was, *now], default=0.0) or 1.0, p)
    drawn.add_annotation(
        text=small("▒ before   ", p.muted) + small("━ after", p.data),
        x=0,
        xref="paper",
        xanchor="left",
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=14,
    )
    return Picture(drawn, _bins_in_words(pair, was, now))


def _outline(drawn: go.Figure, edges: Sequence[float], now: Sequence[float], p: Palette) -> None:
    xs = [edges[0], *(x for edge in edges[1:-1] for x in (edge, edge)), edges[-1]]
    ys = [y for value in now for y in (value, value)]
    drawn.add_scatter(
        x=[xs[0], *xs, xs[-1]],
        y=[0.0, *ys, 0.0],
        mode="lines",
        line={"color": p.data, "width": 2, "shape": "linear"},
        hoverinfo="skip",
    )


def _axes(drawn: go.Figure, pair: ColumnPair, top: float, p: Palette) -> None:
    edges = pair.edges
    bins = len(edges) - 1
    every = max(1, -(-bins // _TICKS))
    named = [edges[i] for i in range(0, bins + 1, every)]
    span = edges[-1] - edges[0]
    drawn.update_xaxes(
        range=[edges[0] - span * 0.01, edges[-1] + span * 0.01],
        tickvals=named,
        ticktext=[plain(edge_text(pair, x)) for x in named],
        title={"text": plain(visible(pair.column))},
    )
    drawn.update_yaxes(
        range=[0, top * 1.05], showgrid=True, gridcolor=p.grid, nticks=5, tickformat=".0%"
    )
    if top < _THIN / 10:
        drawn.update_yaxes(tickformat=".1%")
    ground = {"color": p.zero, "width": 1}
    drawn.add_shape(type="line", x0=0, x1=1, xref="paper", y0=0, y1=0, line=ground)


def edge_text(pair: ColumnPair, value: float) -> str:
    """Write the edge of a bin: a number, or a day."""
    if pair.kind == "number":
        return number(value)
    try:
        day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)
    except OverflowError:
        return number(value)
    return day.date().isoformat()


def _hovers(pair: ColumnPair, was: Sequence[float], now: Sequence[float]) -> list[str]:
    ends = pairwise(pair.edges)
    return [
        plain(
            f"{edge_text(pair, a)} to {edge_text(pair, b)}: {percent(x)} before, {percent(y)} after"
        )
        for (a, b), x, y in zip(ends, was, now, strict=True)
    ]


def _bins_in_words(pair: ColumnPair, was: Sequence[float], now: Sequence[float]) -> str:
    most = max(range(len(was)), key=lambda i: abs(now[i] - was[i]), default=None)
    begun = (
        f"Distribution of {visible(pair.column)} over {len(was)} bins from "
        f"{edge_text(pair, pair.edges[0])} to {edge_text(pair, pair.edges[-1])}, before and after."
    )
    if most is None or was[most] == now[most]:
        return f"{begun} They are the same."
    low, high = (edge_text(pair, pair.edges[most + k]) for k in (0, 1))
    return (
        f"{begun} Most moved {low} to {high}: {percent(was[most])} before, "
        f"{percent(now[most])} after."
    )


def _by_value(pair: ColumnPair, p: Palette) -> Picture:
    was, now = _shares(pair.before), _shares(pair.after)
    rows = Rows(
        [visible(v) for v in pair.values],
        p,
        notes=[
            f"{count(a)} → {count(b)}"
            for a, b in zip(pair.before.counts, pair.after.counts, strict=True)
        ],
        columns=[("before", 54), ("after", 54), ("change", 70)],
        above=16,
        below=8,
    )
    top = max([*was, *now], default=0.0) or 1.0
    rows.figure.update_xaxes(visible=False, range=[0, top])
    rows.zero()
    marks.add_key(rows, "grey: before, blue: after")
    for values, shift, colour in ((was, -0.14, p.context), (now, 0.14, p.data)):
        _bars(rows, pair, values, shift, colour)
    for i, (a, b) in enumerate(zip(was, now, strict=True)):
        rows.values(i, [share(a), share(b), points(b - a)], strong=p.ink)
    said = "; ".join(
        f"{visible(v)} {percent(a)} to {percent(b)}"
        for v, a, b in zip(pair.values, was, now, strict=True)
    )
    return Picture(
        marks.finish(rows),
        f"Values of {visible(pair.column)}, share of the rows with a value, before to after: "
        f"{said or 'none'}.",
    )


def _bars(rows: Rows, pair: ColumnPair, values: Sequence[float], shift: float, colour: str) -> None:
    rows.figure.add_bar(
        x=list(values),
        y=[i + shift for i in range(len(values))],
        width=0.26,
        orientation="h",
        marker={"color": colour, "line": {"width": 0}},
        hovertext=[
            plain(f"{visible(v)}: {percent(x)}") for v, x in zip(pair.values, values, strict=True)
        ],
        hoverinfo="text",
        textposition="none",
    )
