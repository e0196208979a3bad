"""Cells with their numbers written in: depth of colour is size, the text can always be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.charts.template import Palette, plain, small, text_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import plotly.graph_objects as go

TEXT = 11
"""Size of the numbers: the smallest that is allowed, so that narrow cells hold them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: where it stands, how deep its colour is, what is written and hovered."""

    x: int
    y: int
    depth: float
    """From 0 to 1."""
    text: str
    hover: str
    """Escaped."""


def draw(figure: go.Figure, cells: Sequence[Cell], p: Palette, *, width: int, height: int) -> None:
    """Add ``cells`` to ``figure``, in one layer for each of the two colours of text."""
    layers: dict[str, list[Cell]] = {p.ink: [], p.paper: []}
    for cell in cells:
        ground = p.sequential[round(min(max(cell.depth, 0.0), 1.0) * 9)]
        layers[text_on(ground, p)].append(cell)
    for colour, layer in layers.items():
        depth: list[list[float | None]] = [[None] * width for _ in range(height)]
        text = [[""] * width for _ in range(height)]
        hover = [[""] * width for _ in range(height)]
        for cell in layer:
            depth[cell.y][cell.x] = cell.depth
            text[cell.y][cell.x] = cell.text
            hover[cell.y][cell.x] = cell.hover
        figure.add_heatmap(
            x=list(range(width)),
            y=list(range(height)),
            z=depth,
            text=text,
            texttemplate="%{text}",
            textfont={"size": TEXT, "color": colour},
            customdata=hover,
            hovertemplate="%{customdata}<extra></extra>",
            hoverongaps=False,
            zmin=0,
            zmax=1,
            colorscale=[[i / 9, c] for i, c in enumerate(p.sequential)],
            showscale=False,
            xgap=2,
            ygap=2,
        )


def axis_names(
    heads: Sequence[Sequence[str]], named: Sequence[Sequence[str]], left: int, p: Palette
) -> Iterator[dict[str, Any]]:
    """Write the names of columns above cells and those of rows before them, line by line."""
    for x, lines in enumerate(heads):
        text = small("<br>".join(plain(line) for line in lines), p.muted)
        above = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 2}
        yield {"text": text, "x": x} | above
    for y, lines in enumerate(named):
        text = "<br>".join(plain(line) for line in lines)
        before = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": -left, "align": "left"}
        yield {"text": text, "y": y} | before
