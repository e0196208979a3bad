"""Named rows and columns with a value written in each cell; hatched where nothing is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.charts import marks
from audit.charts.cells import axis_names
from audit.charts.template import Palette, figure, places, plain, text_on, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import plotly.graph_objects as go

_STEP, _LEFT_MOST, _NOTE = 36, 150, 11
_LETTER = 5.8
"""Pixels of a letter in the size of notes."""
_MOST_LINES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: where it stands, what is written in it and how deep its colour is."""

    x: int
    y: int
    text: str
    """Escaped here."""
    depth: float | None
    """In [0, 1]; 0 has no ground. None: nothing is known, the cell is hatched."""
    hover: str
    """Escaped here."""
    data: object = None
    """What a click hands over."""


def draw(
    down: Sequence[str],
    across: Sequence[str],
    cells: Sequence[Cell],
    p: Palette,
    *,
    clicks: bool,
) -> go.Figure:
    """Draw the cells; names of rows stand left, names of columns above."""
    columns, rows = max(len(across), 1), max(len(down), 1)
    named = [wrap(name, 21) for name in down]
    longest = max((places(line) for lines in named for line in lines), default=8)
    left = int(min(max(longest * 6.7 + 16, 70), _LEFT_MOST))
    wide = (marks.NARROWEST - left) / columns
    heads = [_head(name, max(int(wide / _LETTER), 6)) for name in across]
    top = 16 * max((len(lines) for lines in heads), default=1) + 8
    drawn = figure(
        p,
        height=top + _STEP * rows + 6,
        margin={"l": left, "r": 2, "t": top, "b": 6},
        barmode="overlay",
        xaxis={"range": [-0.5, columns - 0.5], "visible": False},
        yaxis={"range": [rows - 0.5, -0.5], "visible": False},
    )
    _bars(drawn, cells, p)
    size = marks_size(wide)
    drawn.layout.annotations = [*_texts(cells, p, size, wide), *axis_names(heads, named, left, p)]
    drawn.layout.shapes = [_rule(y, columns, p) for y in range(1, len(down))]
    if clicks:
        marks.react(drawn)
    return drawn


def _head(name: str, letters: int) -> list[str]:
    """Break the name of a column; a word that is too long in halves, with a hyphen."""
    words = []
    for word in name.split():
        pieces = -(-len(word) // max(letters, 1))
        size = -(-len(word) // pieces)
        parts = [word[i : i + size] for i in range(0, len(word), size)]
        words += [*(f"{part}-" for part in parts[:-1]), parts[-1]]
    return wrap(" ".join(words), letters, _MOST_LINES)


def marks_size(wide: float) -> int:
    """Give the size of the figures that a cell of ``wide`` pixels holds."""
    return 13 if wide >= 52 else 11


def _ground(cell: Cell, p: Palette) -> str:
    if cell.depth is None:
        return p.wash
    if cell.depth == 0:
        return "rgba(0,0,0,0)"
    return p.sequential[1 + min(8, int(cell.depth * 8.999))]


def _bars(drawn: go.Figure, cells: Sequence[Cell], p: Palette) -> None:
    """Draw cells as bars: unlike those of a heat map they can be hatched, and clicked."""
    hatch = {"shape": marks.HATCH, "fgcolor": p.grid, "bgcolor": p.wash, "size": 7}
    for hatched in (False, True):
        own = [c for c in cells if (c.depth is None) is hatched]
        drawn.add_bar(
            x=[c.x for c in own],
            y=[0.88] * len(own),
            base=[c.y - 0.44 for c in own],
            width=0.96,
            customdata=[[c.data] for c in own],
            hovertext=[plain(c.hover) for c in own],
            hoverinfo="text",
            textposition="none",
            marker={
                "color": p.wash if hatched else [_ground(c, p) for c in own],
                "line": {"width": 0},
                "pattern": hatch | {"solidity": 0.35} if hatched else {},
            },
        )


def _texts(cells: Sequence[Cell], p: Palette, size: int, wide: float) -> Iterator[dict[str, Any]]:
    """Write what cells say; where they are narrow, hatching says enough by itself."""
    for c in cells:
        if c.depth is None and len(c.text) * _LETTER > wide:
            continue
        quiet = c.depth is None or c.depth == 0
        colour = p.muted if quiet else text_on(_ground(c, p), p)
        font = {"color": colour, "size": _NOTE if c.depth is None else size}
        yield {"text": plain(c.text), "x": c.x, "y": c.y, "font": font}


def _rule(y: int, columns: int, p: Palette) -> dict[str, Any]:
    line = {"color": p.grid, "width": 1}
    ends = {"x0": -0.5, "x1": columns - 0.5, "y0": y - 0.5, "y1": y - 0.5}
    return {"type": "line", "line": line, "layer": "below"} | ends
