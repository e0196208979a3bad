"""One column: a sketch of it, its histogram, its most frequent values."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from audit.charts.rows import Rows
from audit.charts.template import (
    LIGHT,
    Palette,
    Picture,
    clickable,
    figure,
    plain,
    small,
    visible,
)
from audit.format import count, number, percent

if TYPE_CHECKING:
    from collections.abc import Collection

    import plotly.graph_objects as go

    from audit.reports.distribution.values import Column, Histogram, Numbers

HEIGHT = 300
_TICKS = 6


def column_sketch(column: Column, *, p: Palette = LIGHT, height: int = 96) -> Picture:
    """Draw a histogram without axes: ends, median and missing share are written on it.

    Use it as a small multiple, up to twelve on a page; beyond that a table of columns draws
    its own small bars. The column must have numbers.
    """
    numbers = _numbers(column)
    bins = numbers.histogram
    low, high = bins.edges[0], bins.edges[-1]
    drawn = figure(p, height=height, margin={"l": 2, "r": 2, "t": 18, "b": 20})
    _bars(drawn, bins, p, chosen=(), log=False)
    span = (high - low) or 1.0
    drawn.update_xaxes(visible=False, range=[low - span * 0.01, high + span * 0.01])
    drawn.update_yaxes(visible=False, range=[0, max(bins.counts, default=1) * 1.02 or 1])
    drawn.update_traces(hoverinfo="skip", hovertemplate=None)
    _ground(drawn, p)
    median = _median(numbers)
    _line(drawn, median, f"median {number(median)}", p.ink, row=0, reach=(low, high))
    ends = ((0, numbers.minimum, "left"), (1, numbers.maximum, "right"))
    for x, value, anchor in ends:
        _below(drawn, x, small(number(value), p.muted), anchor)
    if column.missing:
        text = f"{percent(column.missing_share)} missing"
        _below(drawn, 0.5, small(text, p.worse), "center")
    return Picture(drawn, _histogram_words(column, numbers))


def histogram(
    column: Column,
    *,
    log: bool = False,
    chosen: Collection[tuple[float, float]] = (),
    p: Palette = LIGHT,
) -> Picture:
    """Draw the histogram of a column of numbers with its median and its outlier fences.

    Parameters
    ----------
    column : Column
        A column that has numbers.
    log : bool
        Whether to use the logarithmic bins; without effect where there are none.
    chosen : collection of (float, float)
        Edges of the bins that the rows below are narrowed to; the others are drawn grey.
    p : Palette
        Colours.

    Notes
    -----
    Each bar carries its edges as ``customdata``: (low, high, whether it is the last one).
    """
    numbers = _numbers(column)
    log = log and numbers.log_histogram is not None
    bins = numbers.log_histogram if log and numbers.log_histogram else numbers.histogram
    drawn = figure(p, height=HEIGHT, margin={"l": 56, "r": 12, "t": 46, "b": 44})
    _bars(drawn, bins, p, chosen=chosen, log=log)
    low, high = _place(bins.edges[0], log=log), _place(bins.edges[-1], log=log)
    span = (high - low) or 1.0
    ticks = _ticks(bins.edges[0], bins.edges[-1], log=log)
    drawn.update_xaxes(
        range=[low - span * 0.01, high + span * 0.01],
        tickvals=[_place(t, log=log) for t in ticks],
        ticktext=[number(t) for t in ticks],
        title={"text": plain(column.name) + (", logarithmic scale" if log else "")},
    )
    drawn.update_yaxes(
        range=[0, max(bins.counts, default=1) * 1.04 or 1],
        showgrid=True,
        gridcolor=p.grid,
        nticks=5,
        tickformat=",d",
    )
    _ground(drawn, p)
    reach = (bins.edges[0], bins.edges[-1])
    _line(drawn, _median(numbers), f"median {number(_median(numbers))}", p.ink, 0, reach, log=log)
    for fence in (numbers.fence_low, numbers.fence_high):
        if numbers.outliers and reach[0] < fence < reach[1]:
            _line(drawn, fence, f"fence {number(fence)}", p.worse, 1, reach, log=log, dash="dot")
    clickable(drawn)
    return Picture(drawn, _histogram_words(column, numbers))


def top_values(
    column: Column,
    *,
    most: int = 20,
    chosen: Collection[object] = (),
    p: Palette = LIGHT,
) -> Picture:
    """Draw the most frequent values of a column, with counts and shares of the rows.

    Each bar carries its value as ``customdata``, None where only its beginning is known. ``chosen`` values keep their colour while the
    others turn grey. What is not shown, and what is missing, is written below.
    """
    shown = column.top[:most]
    names = [visible(v.value) + ("…" if v.cut else "") for v in shown]
    rows = Rows(names, p, columns=[("rows", 76), ("share", 64)], below=8, tight=len(shown) > 8)
    drawn = rows.figure
    drawn.update_xaxes(visible=False, range=[0, max((v.count for v in shown), default=1)])
    rows.zero()
    colours = [p.data if not chosen or v.value in chosen else p.context for v in shown]
    drawn.add_bar(
        x=[v.count for v in shown],
        y=list(range(len(shown))),
        width=0.62,
        orientation="h",
        marker={"color": colours, "line": {"width": 0}},
        customdata=[[None if v.cut else v.value] for v in shown],
        hovertemplate=[
            f"{plain(name)}: {count(v.count)} rows<extra></extra>"
            for name, v in zip(names, shown, strict=True)
        ],
    )
    for i, v in enumerate(shown):
        rows.values(i, [count(v.count), percent(v.count / column.n if column.n else None)])
    clickable(drawn)
    said = "; ".join(
        f"{n} in {count(v.count)}" for n, v in zip(names[:10], shown[:10], strict=True)
    )
    many = "about " if column.distinct_method.startswith("approx") else ""
    return Picture(
        rows.finish(),
        f"Most frequent values of {column.name}, {len(shown)} of {many}{count(column.distinct)} "
        f"distinct ones, in {count(column.n)} rows: {said or 'none'}.",
    )


def _numbers(column: Column) -> Numbers:
    if column.numbers is None:
        message = "only a column of numbers has a histogram"
        raise ValueError(message)
    return column.numbers


def _median(numbers: Numbers) -> float:
    return next(value for q, value in numbers.quantiles if q == 0.5)


def _place(value: float, *, log: bool) -> float:
    return math.log10(value) if log and value > 0 else value


def _bars(
    drawn: go.Figure,
    bins: Histogram,
    p: Palette,
    *,
    chosen: Collection[tuple[float, float]],
    log: bool,
) -> None:
    edges = [(_place(a, log=log), _place(b, log=log)) for a, b in pairwise(bins.edges)]
    real = list(pairwise(bins.edges))
    gap = 0.94
    drawn.add_bar(
        x=[(a + b) / 2 for a, b in edges],
        y=list(bins.counts),
        width=[((b - a) or 1.0) * gap for a, b in edges],
        marker={
            "color": [p.data if not chosen or edge in chosen else p.context for edge in real],
            "line": {"width": 0},
        },
        customdata=[[a, b, i == len(real) - 1] for i, (a, b) in enumerate(real)],
        hovertemplate=[
            f"{number(a)} to {number(b)}: {count(n)} rows<extra></extra>"
            for (a, b), n in zip(real, bins.counts, strict=True)
        ],
    )


def _ticks(low: float, high: float, *, log: bool) -> list[float]:
    """Round values from ``low`` to ``high``: powers of ten where the scale is logarithmic."""
    if log:
        first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
        if last - first >= 1:
            every = max(1, math.ceil((last - first + 1) / _TICKS))
            return [10.0**e for e in range(first, last + 1, every)]
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low]
    raw = span / _TICKS
    size = 10.0 ** math.floor(math.log10(raw))
    step = size * next((m for m in (1, 2, 5) if m * size >= raw), 10)
    begin = math.ceil(low / step)
    ticks = (i * step for i in range(begin, begin + 2 * _TICKS + 2))
    return [t for t in ticks if t <= high + step * 1e-9]


def _line(
    drawn: go.Figure,
    value: float,
    text: str,
    colour: str,
    row: int,
    reach: tuple[float, float],
    *,
    log: bool = False,
    dash: str = "solid",
) -> None:
    """Draw a line that is named where it stands, in the first or second line above the plot."""
    low, high = (_place(end, log=log) for end in reach)
    at = _place(value, log=log)
    drawn.add_shape(
        type="line",
        x0=at,
        x1=at,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": colour, "width": 1.2, "dash": dash},
    )
    late = (at - low) / ((high - low) or 1.0) > 0.55
    drawn.add_annotation(
        text=small(plain(text), colour),
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="right" if late else "left",
        yshift=row * 18,
    )


def _ground(drawn: go.Figure, p: Palette) -> None:
    drawn.add_shape(
        type="line", x0=0, x1=1, xref="paper", y0=0, y1=0, line={"color": p.zero, "width": 1}
    )


def _below(drawn: go.Figure, x: float, text: str, anchor: str) -> None:
    where: dict[str, Any] = {"xref": "paper", "yref": "paper", "yanchor": "top", "yshift": -2}
    drawn.add_annotation(text=text, x=x, y=0, xanchor=anchor, **where)


def _histogram_words(column: Column, numbers: Numbers) -> str:
    bins = numbers.histogram
    peak = max(range(len(bins.counts)), key=lambda i: bins.counts[i], default=None)
    most = (
        ""
        if peak is None
        else f" The fullest bin, {number(bins.edges[peak])} to {number(bins.edges[peak + 1])}, "
        f"holds {count(bins.counts[peak])}."
    )
    return (
        f"Histogram of {column.name}, {count(sum(bins.counts))} values from "
        f"{number(numbers.minimum)} to {number(numbers.maximum)}; median "
        f"{number(_median(numbers))}; {count(numbers.outliers)} outliers; "
        f"{percent(column.missing_share)} missing.{most}"
    )
