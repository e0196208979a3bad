"""The table as a whole: what is missing together, and which columns move together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts.cells import Cell, draw
from audit.charts.template import (
    LIGHT,
    NORMAL,
    Palette,
    Picture,
    figure,
    plain,
    small,
    wrap,
)
from audit.format import coefficient, count, counted, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from audit.reports.distribution.values import Distribution, Pair

MOST_COLUMNS = 20
MOST_PATTERNS = 12
MOST_CORRELATED = 12
"""Columns of a correlation picture: so many that numbers fit into cells at 500 pixels."""
_CELL, _LEFT_MOST, _BARS = 26, 200, 84


def missingness(report: Distribution, *, p: Palette = LIGHT) -> Picture:
    """Draw which columns are missing together: one column of marks per pattern, rows on top.

    The 20 columns and the 12 patterns with most rows are drawn; the text says 'of M'.
    """
    patterns = report.patterns[:MOST_PATTERNS]
    missing = {c.name: c.missing for c in report.columns if c.missing}
    named = {name for pattern in patterns for name in pattern.columns}
    names = sorted((n for n in missing if n in named), key=lambda n: -missing[n])[:MOST_COLUMNS]
    left = _left(names)
    height = _BARS + _CELL * len(names) + 8
    drawn = figure(p, height=height, margin={"l": left, "r": 84, "t": 0, "b": 8})
    split = (_CELL * len(names)) / max(height - 8, 1)
    drawn.update_layout(
        yaxis={"domain": [0, split], "range": [len(names) - 0.5, -0.5], "visible": False},
        yaxis2={"domain": [split, 1], "visible": False, "range": [0, 1.45]},
        xaxis={"range": [-0.6, max(len(patterns), 6) - 0.4], "visible": False},
    )
    _pattern_bars(drawn, [pattern.rows for pattern in patterns], report.rows, p)
    for y, name in enumerate(names):
        _row_line(drawn, y, p)
        _row_name(drawn, y, name, left)
        _row_value(drawn, y, percent(missing[name] / report.rows if report.rows else None), p)
    for hit, symbol, colour, size in ((True, "square", p.data, 14), (False, "circle", p.grid, 5)):
        at = [
            (x, y)
            for x, pattern in enumerate(patterns)
            for y, name in enumerate(names)
            if (name in pattern.columns) is hit
        ]
        drawn.add_scatter(
            x=[x for x, _ in at],
            y=[y for _, y in at],
            mode="markers",
            hoverinfo="skip",
            marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 0}},
        )
    said = "; ".join(
        f"{' and '.join(pattern.columns[:4])} in {counted(pattern.rows, 'row')}"
        for pattern in patterns[:6]
    )
    return Picture(
        drawn,
        f"Columns that are missing together, {len(patterns)} of {count(report.patterns_total)} "
        f"patterns and {len(names)} of {counted(len(missing), 'column')} with missing values: "
        f"{said or 'none'}.",
    )


def correlations(
    pairs: Sequence[Pair], *, most: int = MOST_CORRELATED, p: Palette = LIGHT
) -> Picture:
    """Draw the association of column pairs, the number in each cell; depth is its size.

    Parameters
    ----------
    pairs : sequence of Pair
        One value per pair of columns. The columns of the strongest pairs are drawn.
    most : int
        Columns at the most.
    p : Palette
        Colours.
    """
    known = [pair for pair in pairs if pair.value is not None]
    names = strongest_columns(known, most)
    size = len(names)
    left = _left(names)
    foot = 12 + min(max((len(n) for n in names), default=0), 18) * 5
    drawn = figure(
        p, height=28 * max(size - 1, 1) + foot, margin={"l": left, "r": 8, "t": 4, "b": foot}
    )
    draw(drawn, _cells(known, names), p, width=size, height=size)
    drawn.update_yaxes(range=[size - 0.5, 0.5], visible=False)
    drawn.update_xaxes(
        range=[-0.5, size - 1.5],
        tickvals=list(range(size - 1)),
        ticktext=[plain(wrap(n, 18, 1)[0]) for n in names[:-1]],
        tickangle=-40,
    )
    for y, name in enumerate(names[1:], 1):
        _row_name(drawn, y, name, left)
    ranked = sorted(known, key=lambda pair: -abs(pair.value or 0))
    said = "; ".join(f"{q.first} and {q.second} {coefficient(q.value)}" for q in ranked[:6])
    return Picture(
        drawn,
        f"Association of {size} columns, {len(known)} pairs with a value; the strongest: "
        f"{said or 'none'}.",
    )


def strongest_columns(pairs: Sequence[Pair], most: int) -> list[str]:
    """List the columns of the strongest pairs, at most ``most``, in the order of strength."""
    names: dict[str, None] = {}
    for pair in sorted(pairs, key=lambda q: -abs(q.value or 0)):
        both = [n for n in (pair.first, pair.second) if n not in names]
        if len(names) + len(both) <= most:
            names.update(dict.fromkeys(both))
    return list(names)


def _cells(pairs: Sequence[Pair], names: Sequence[str]) -> list[Cell]:
    """Place the pairs in the lower triangle of a square of columns."""
    index = {name: i for i, name in enumerate(names)}
    found = []
    for pair in pairs:
        if pair.first in index and pair.second in index:
            x, y = sorted((index[pair.first], index[pair.second]))
            words = f"{plain(pair.first)} and {plain(pair.second)}: {coefficient(pair.value)}"
            found.append(
                Cell(
                    x=x,
                    y=y,
                    depth=abs(pair.value or 0),
                    text=coefficient(pair.value),
                    hover=f"{words} (n = {count(pair.n)})",
                )
            )
    return found


def _pattern_bars(drawn: go.Figure, rows: Sequence[int], total: int, p: Palette) -> None:
    top = max(rows, default=1) or 1
    drawn.add_bar(
        x=list(range(len(rows))),
        y=[n / top for n in rows],
        yaxis="y2",
        width=0.62,
        hoverinfo="skip",
        marker={"color": p.data, "line": {"width": 0}},
    )
    for x, n in enumerate(rows):
        drawn.add_annotation(
            text=small(count(n) if len(rows) < 8 else percent(n / total if total else None), p.ink),
            x=x,
            y=n / top,
            yref="y2",
            yanchor="bottom",
        )


def _left(names: Sequence[str]) -> int:
    longest = max((len(line) for name in names for line in wrap(name, 26, 1)), default=8)
    return int(min(max(longest * 6.9 + 16, 70), _LEFT_MOST))


def _row_line(drawn: go.Figure, y: int, p: Palette) -> None:
    line = {"color": p.grid, "width": 1}
    drawn.add_shape(type="line", x0=0, x1=1, xref="paper", y0=y, y1=y, line=line, layer="below")


def _row_name(drawn: go.Figure, y: int, name: str, left: int) -> None:
    drawn.add_annotation(
        text=plain(wrap(name, 26, 1)[0]),
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-left,
        y=y,
        align="left",
        font={"size": NORMAL},
    )


def _row_value(drawn: go.Figure, y: int, text: str, p: Palette) -> None:
    drawn.add_annotation(
        text=small(text + " missing" if y == 0 else text, p.muted),
        x=1,
        xref="paper",
        xanchor="right",
        xshift=84,
        y=y,
        align="right",
    )
