"""Whether a score means the same for each group: mean score against label rate."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.representation.names import group_name, of_many
from audit.charts.template import LIGHT, Palette, Picture, figure, plain, small, wrap
from audit.format import count, number, percent, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from audit.reports.representation.model_values import CalibrationBin, ModelGroup

MOST_GROUPS = 5
"""As many as there are colours that stay apart."""
_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x")
_HEIGHT, _TOP, _FOOT, _LEFT, _RIGHT = 360, 26, 46, 44, 118
_APART = 18
"""Pixels from one name to the next."""
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def calibration(groups: Sequence[ModelGroup], *, p: Palette = LIGHT) -> Picture:
    """Draw the label rate, with Wilson intervals, of each group by its mean score.

    Parameters
    ----------
    groups : sequence of ModelGroup
        The five largest are drawn. Each mark carries ``[position of the group, position of the
        bin]`` as ``customdata``.
    p : Palette
        Colours.

    Notes
    -----
    Above the diagonal, positive labels are more frequent than the score says.
    """
    able = [i for i, g in enumerate(groups) if g.calibration]
    kept = [able[i] for i in marks.chosen([(-groups[i].n,) for i in able], MOST_GROUPS)]
    drawn = figure(
        p,
        height=_HEIGHT,
        margin={"l": _LEFT, "r": _RIGHT, "t": _TOP, "b": _FOOT},
        hovermode="closest",
    )
    scores = [b.mean_score for i in kept for b in groups[i].calibration]
    ends = (min([0.0, *scores]), max([1.0, *scores]))
    _axes(drawn, p, ends)
    for k, i in enumerate(kept):
        _line(drawn, groups[i], i, p.categorical[k], _SYMBOLS[k])
    _name_ends(drawn, [groups[i] for i in kept], p, ends)
    marks.react(drawn)
    said = "; ".join(_words(groups[i]) for i in kept) or "no scores"
    return Picture(
        drawn,
        f"Mean score and label rate by group, with 95% intervals"
        f"{of_many(len(kept), len(groups))}: {said}.",
    )


def _axes(drawn: go.Figure, p: Palette, ends: tuple[float, float]) -> None:
    low, high = ends
    pad = (high - low) * 0.02
    plain_scale = ends == (0.0, 1.0)
    ticks = _TICKS if plain_scale else (low, (low + high) / 2, high)
    drawn.update_xaxes(
        range=[low - pad, high + pad],
        tickvals=ticks,
        ticktext=[f"{t:g}" if plain_scale else number(t) for t in ticks],
        title={"text": "mean score"},
    )
    drawn.update_yaxes(
        range=[-0.02, 1.02],
        tickvals=_TICKS,
        ticktext=[percent(t, 0) for t in _TICKS],
        showgrid=True,
        gridcolor=p.grid,
    )
    _above(drawn, "label rate", p, x=0, anchor="left", shift=-_LEFT)
    if plain_scale:
        line = {"color": p.muted, "width": 1.2, "dash": "dot"}
        drawn.add_shape(type="line", x0=0, x1=1, y0=0, y1=1, line=line, layer="below")
        _above(drawn, "label rate = score", p, x=1, anchor="right", shift=0)


def _above(drawn: go.Figure, text: str, p: Palette, *, x: float, anchor: str, shift: int) -> None:
    drawn.add_annotation(
        text=small(text, p.muted),
        x=x,
        xref="paper",
        xanchor=anchor,
        xshift=shift,
        y=1,
        yref="paper",
        yanchor="bottom",
    )


def _line(drawn: go.Figure, group: ModelGroup, at: int, colour: str, symbol: str) -> None:
    bins = group.calibration
    name = group_name(group.levels)
    drawn.add_scatter(
        x=[b.mean_score for b in bins],
        y=[b.label_rate for b in bins],
        mode="lines+markers",
        line={"color": colour, "width": 2},
        marker={"symbol": symbol, "size": 8, "color": colour},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [b.rate_high - b.label_rate for b in bins],
            "arrayminus": [b.label_rate - b.rate_low for b in bins],
            "color": colour,
            "thickness": 1.2,
            "width": 0,
        },
        customdata=[[at, i] for i in range(len(bins))],
        hovertext=[plain(_bin_words(name, b)) for b in bins],
        hoverinfo="text",
    )


def _bin_words(name: str, b: CalibrationBin) -> str:
    return (
        f"{name}: mean score {ratio(b.mean_score)}, label rate {percent(b.label_rate)} "
        f"({marks.span(b.rate_low, b.rate_high)}, n = {count(b.n)})"
    )


def _name_ends(
    drawn: go.Figure, groups: Sequence[ModelGroup], p: Palette, ends: tuple[float, float]
) -> None:
    """Name each line beside its end, names moved apart where lines end close together."""
    low, high = ends
    edge = high + (high - low) * 0.02
    step = _APART / (_HEIGHT - _TOP - _FOOT) * 1.04
    wanted = [g.calibration[-1].label_rate for g in groups]
    for k, (group, y) in enumerate(zip(groups, _spread(wanted, step), strict=True)):
        colour = p.categorical[k]
        last = group.calibration[-1]
        drawn.add_shape(
            type="line",
            x0=last.mean_score,
            y0=last.label_rate,
            x1=edge,
            y1=y,
            line={"color": colour, "width": 1, "dash": "dot"},
            layer="below",
        )
        name = wrap(group_name(group.levels), 17, 1)[0]
        drawn.add_annotation(
            text=f'<span style="color:{colour}">{plain(name)}</span>',
            x=edge,
            xanchor="left",
            xshift=4,
            y=y,
            align="left",
        )


def _spread(wanted: Sequence[float], step: float) -> list[float]:
    """Move places within [0, 1] at least ``step`` apart, in their order, as little as is easy.

    Examples
    --------
    >>> [round(y, 2) for y in _spread([0.98, 0.1, 1.0], 0.1)]
    [0.9, 0.1, 1.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = list(wanted)
    for before, i in pairwise(order):
        placed[i] = max(placed[i], placed[before] + step)
    ceiling = 1.0
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - step
    return placed


def _words(group: ModelGroup) -> str:
    bins = group.calibration
    n = sum(b.n for b in bins)
    worst = max(bins, key=lambda b: abs(b.mean_score - b.label_rate))
    return (
        f"{group_name(group.levels)} (n = {count(n)}) is farthest from the diagonal at a mean "
        f"score of {ratio(worst.mean_score)} with a label rate of {percent(worst.label_rate)}"
    )
