"""Every measure before and after on a scale of its own: right is nearer its ideal."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, plain, small
from audit.comparing.words import place, values, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.comparing.values import Line

MOST = 18
"""Measures in one picture."""
_LETTERS = 54
"""Of a line of a title: as many as a telephone shows."""
_COLUMNS = (("before", 52), ("after", 52), ("", 76))
_MARGIN = 0.04
_TICK = 10
"""Pixels of a threshold above and below its scale."""
_LOUD = ("worse", "better", "unknown")
_BRACKETS = re.compile(r" \([^()]*\)$")


class _Look(NamedTuple):
    """How a verdict is drawn: colour, shape, and the words beside it."""

    colour: str
    symbol: str
    words: str
    size: int = 13


def scorecard(lines: Sequence[Line], *, p: Palette = LIGHT, most: int = MOST) -> Picture:
    """Draw each measure from where it was to where it is; poor on the left, ideal on the right.

    Parameters
    ----------
    lines : sequence of Line
        The measures, by topic. What moved is drawn before what stayed where there are too many.
        Each mark carries ``[position]`` as ``customdata``.
    p : Palette
        Colours.
    most : int
        Measures at the most.

    Notes
    -----
    A ring is before, a filled arrow is after: it points right where the measure got better. A
    hollow arrow is a change whose interval holds 0; its thin line is that interval.
    """
    kept = marks.chosen(_ranks(lines), most)
    rows = Rows(
        [_short(lines[i].title) for i in kept],
        p,
        columns=_COLUMNS,
        below=46,
        width=_LETTERS,
        above=0,
        over=True,
    )
    rows.figure.update_xaxes(range=[-_MARGIN, 1 + _MARGIN], visible=False)
    shown = [lines[i] for i in kept]
    _scales(rows, shown)
    _intervals(rows, shown)
    _marks(rows, shown, kept)
    for i, line in enumerate(shown):
        _figures(rows, i, line)
    _names(rows)
    marks.say_how_many(rows, len(shown), len(lines), "measures")
    said = "; ".join(_sentence(line) for line in shown) or "no measures"
    return Picture(marks.finish(rows), f"Before and after, each on its own scale: {said}.")


def _ranks(lines: Sequence[Line]) -> list[tuple[float, ...]]:
    """Rank what moved before what stayed, and of that the first measures of each topic."""
    ranks: list[tuple[float, ...]] = []
    seen: Counter[str] = Counter()
    for line in lines:
        stayed = line.verdict == "same" or line.ideal is None
        ranks.append((seen[line.topic], 1) if stayed else (-1, _LOUD.index(line.verdict)))
        seen[line.topic] += stayed
    return ranks


def _short(title: str) -> str:
    """Leave what stands in brackets at the end to the table where a title is long."""
    return _BRACKETS.sub("", title) if len(title) > _LETTERS else title


def _look(line: Line, p: Palette) -> _Look:
    words = verdict(line)
    if line.verdict == "better":
        return _Look(p.better, "triangle-right", words)
    if line.verdict == "worse":
        return _Look(p.worse, "triangle-left", words)
    if line.verdict == "same":
        return _Look(p.muted, "line-ns", words, 12)
    start, end = place(line, line.before.value), place(line, line.after.value)
    if start is None or end is None or start == end:
        return _Look(p.muted, "circle-open", words, 10)
    return _Look(p.muted, "triangle-right-open" if end > start else "triangle-left-open", words)


def _scales(rows: Rows, shown: Sequence[Line]) -> None:
    """Draw the scale of each measure, its threshold, and hairlines between topics."""
    p, shapes, tick = rows.p, [], _TICK / rows.step
    for i, line in enumerate(shown):
        if line.ideal is not None:
            stroke = {"color": p.grid, "width": 1.5}
            shapes.append({"x0": 0, "x1": 1, "y0": i, "y1": i, "line": stroke})
        at = place(line, line.threshold)
        if at is not None:
            stroke = {"color": p.faint, "width": 1.5, "dash": "dot"}
            shapes.append({"x0": at, "x1": at, "y0": i - tick, "y1": i + tick, "line": stroke})
    rows.figure.layout.shapes = [{"type": "line", "layer": "below"} | s for s in shapes]
    for i in range(1, len(shown)):
        if shown[i].topic != shown[i - 1].topic:
            marks.add_rule(rows, i - rows.edge)


def _intervals(rows: Rows, shown: Sequence[Line]) -> None:
    """Draw where the value after may lie, where the interval of the change is known."""
    lines = []
    for i, line in enumerate(shown):
        before = line.before.value
        if before is not None and line.low is not None and line.high is not None:
            lines.append((i, place(line, before + line.low), place(line, before + line.high)))
    marks.add_lines(rows.figure, lines, rows.p.faint, width=1)


def _marks(rows: Rows, shown: Sequence[Line], positions: Sequence[int]) -> None:
    p = rows.p
    before, after, sizes = [], [], []
    for i, (line, at) in enumerate(zip(shown, positions, strict=True)):
        look = _look(line, p)
        start, end = place(line, line.before.value), place(line, line.after.value)
        hover = _sentence(line)
        told = line.verdict in ("better", "worse")
        if told and start is not None and end is not None:
            marks.add_lines(rows.figure, [(i, start, end)], look.colour, width=3)
        if start is not None and (line.verdict != "same" or end is None):
            before.append(
                Mark(row=i, x=start, colour=look.colour, symbol="circle", hover=hover, data=(at,))
            )
        if end is not None:
            after.append(
                Mark(row=i, x=end, colour=look.colour, symbol=look.symbol, hover=hover, data=(at,))
            )
            sizes.append(look.size)
    marks.add_marks(rows, before)
    rows.figure.data[-1].marker.color = p.paper
    marks.add_marks(rows, after)
    rows.figure.data[-1].marker.update(size=sizes, opacity=1)


def _figures(rows: Rows, i: int, line: Line) -> None:
    colour = _look(line, rows.p).colour
    rows.values(i, [*(plain(text) for text in values(line)), plain(verdict(line))], strong=colour)


def _names(rows: Rows) -> None:
    """Name both ends of the scales above, and the marks below."""
    p = rows.p
    for x, text, anchor in ((0, "poor", "left"), (1, "ideal", "right")):
        rows.figure.add_annotation(
            text=small(text, p.muted),
            x=x,
            xanchor=anchor,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=2,
        )
    told = "○ before  ▶ ◀ after  ▷ ◁ unclear<br>┆ threshold; each has a scale of its own"
    rows.figure.add_annotation(
        text=small(told, p.muted),
        x=0,
        xref="paper",
        xanchor="left",
        xshift=-rows.left,
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-6,
        align="left",
    )


def _sentence(line: Line) -> str:
    before, after = values(line)
    said = verdict(line)[2:]
    return f"{line.title}: {before} before, {after} after, {said}"
