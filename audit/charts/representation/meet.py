"""Where groups meet: the rate, or the share of rows, in each cell of two columns."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from audit.charts import marks
from audit.charts.cells import axis_names
from audit.charts.representation.grid import WIDE, Cell, Grid, place
from audit.charts.template import (
    LIGHT,
    NORMAL,
    SMALL,
    Palette,
    Picture,
    figure,
    places,
    plain,
    small,
    text_on,
    visible,
    wrap,
)
from audit.format import count, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import plotly.graph_objects as go

    from audit.reports.representation.group_values import Combination

_STEP, _LEFT_MOST, _NOTE = 46, 160, 11


def intersections(
    combination: Combination,
    *,
    label_words: str | None,
    min_group: int,
    p: Palette = LIGHT,
    fixed: tuple[str, str] | None = None,
    label_class: str = "",
) -> Picture:
    """Draw the rate of the label, and n, in each cell where two columns meet.

    Parameters
    ----------
    combination : Combination
        Two columns, or three of which one is ``fixed``. Each cell carries
        ``[position of the group]`` as ``customdata``.
    label_words : str or None
        What a rate is the share of: 'income >50K'. None: the share of all rows is drawn.
    min_group : int
        Cells with fewer rows are hatched and get no rate.
    p : Palette
        Colours.
    fixed : (str, str), optional
        Column and name of its level that all cells share; needed for three columns.
    label_class : str
        The class taken as positive, where each is taken in turn.
    """
    free = [c for c in combination.columns if fixed is None or c != fixed[0]]
    if len(free) != 2:
        message = "a picture of cells needs two columns: fix the others"
        raise ValueError(message)
    name = "group_share" if label_words is None else "label_rate"
    grid = place(combination, free, fixed, name, label_class, min_group)
    drawn = _draw(grid, p, by_share=label_words is None)
    what = "Share of rows" if label_words is None else f"Share with {label_words}"
    where = f" within {fixed[0]} {fixed[1]}" if fixed else ""
    return Picture(
        drawn, _alt(f"{what} where {free[0]} and {free[1]} meet{where}", grid, min_group)
    )


def _draw(grid: Grid, p: Palette, *, by_share: bool) -> go.Figure:
    columns = max(len(grid.across), 1)
    named = [wrap(visible(level), 22) for level in grid.down]
    longest = max((places(line) for lines in named for line in lines), default=8)
    left = int(min(max(longest * 6.7 + 16, 70), _LEFT_MOST))
    cell = (marks.NARROWEST - left) / columns
    heads = [wrap(visible(level), max(int(cell / 6.2), 5), 3) for level in grid.across]
    top = 16 * max((len(lines) for lines in heads), default=1) + 8
    height = top + _STEP * max(len(grid.down), 1) + 6
    drawn = figure(
        p,
        height=height,
        margin={"l": left, "r": 2, "t": top, "b": 6},
        barmode="overlay",
        xaxis={"range": [-0.5, columns - 0.5], "visible": False},
        yaxis={"range": [max(len(grid.down), 1) - 0.5, -0.5], "visible": False},
    )
    full = max((c.value or 0 for c in grid.cells if not c.few), default=0) or 1
    grounds = [_ground(c, full, p) for c in grid.cells]
    _bars(drawn, grid.cells, grounds, p)
    named_cells = _cell_texts(grid, grounds, cell, p, by_share=by_share)
    drawn.layout.annotations = [*named_cells, *axis_names(heads, named, left, p)]
    marks.react(drawn)
    return drawn


def _cell_texts(
    grid: Grid, grounds: Sequence[str], cell: float, p: Palette, *, by_share: bool
) -> Iterator[dict[str, Any]]:
    narrow = len(grid.across) > WIDE
    write_n = _writer(grid.cells, cell)
    for c, ground in zip(grid.cells, grounds, strict=True):
        rate = "too few" if c.few and not by_share else percent(c.value)
        colour = p.muted if c.few or c.value is None else text_on(ground, p)
        yield {
            "text": f'{rate}<br><span style="font-size:{_NOTE}px">{write_n(c.n)}</span>',
            "x": c.x,
            "y": c.y,
            "font": {"color": colour, "size": SMALL if c.few or narrow else NORMAL},
        }
    taken = {(c.x, c.y) for c in grid.cells}
    none = small("no<br>rows" if narrow else "no rows", p.muted)
    for x, y in product(range(len(grid.across)), range(len(grid.down))):
        if (x, y) not in taken:
            yield {"text": none, "x": x, "y": y}


def _ground(c: Cell, full: float, p: Palette) -> str:
    if c.few or c.value is None:
        return p.wash
    return p.sequential[1 + min(8, int(c.value / full * 8.999))] if c.value > 0 else p.sequential[0]


def _bars(drawn: go.Figure, cells: Sequence[Cell], grounds: Sequence[str], p: Palette) -> None:
    """Draw cells as bars: unlike those of a heat map they can be hatched, and clicked."""
    hatch = {"shape": marks.HATCH, "fgcolor": p.grid, "bgcolor": p.wash, "size": 7}
    pairs = list(zip(cells, grounds, strict=True))
    for hatched in (False, True):
        own = [(c, ground) for c, ground in pairs if (c.few or c.value is None) is hatched]
        drawn.add_bar(
            x=[c.x for c, _ in own],
            y=[0.92] * len(own),
            base=[c.y - 0.46 for c, _ in own],
            width=0.96,
            customdata=[[c.at] for c, _ in own],
            hovertext=[plain(_hover(c)) for c, _ in own],
            hoverinfo="text",
            textposition="none",
            marker={
                "color": p.wash if hatched else [ground for _, ground in own],
                "line": {"width": 0},
                "pattern": hatch | {"solidity": 0.35} if hatched else {},
            },
        )


def _hover(c: Cell) -> str:
    return f"{c.name}: {'too few to tell' if c.few else percent(c.value)} (n = {count(c.n)})"


def _writer(cells: Sequence[Cell], width: float) -> Callable[[int], str]:
    """Choose how n is written, the same in all cells: as much of 'n = 10,486' as fits."""
    longest = max((len(count(c.n)) for c in cells), default=0) * 5.2
    if longest + 18 <= width - 6:
        return lambda n: f"n = {count(n)}"
    return count if longest <= width - 6 else _rounded


def _rounded(n: int) -> str:
    """Write a count in four letters at the most: '950', '10k', '1.2M'."""
    if n < 1000:
        return str(n)
    return f"{n / 1e3:.0f}k" if n < 999_500 else f"{n / 1e6:.1f}M"


def _alt(what: str, grid: Grid, min_group: int) -> str:
    known = [c for c in grid.cells if not c.few and c.value is not None]
    few = sum(c.few for c in grid.cells)
    parts = []
    if known:
        low, high = (f(known, key=lambda c: c.value or 0.0) for f in (min, max))
        parts = [
            f"lowest {percent(low.value)} for {low.name} (n = {count(low.n)})",
            f"highest {percent(high.value)} for {high.name} (n = {count(high.n)})",
        ]
    parts.append(
        f"{few} of {len(grid.cells)} cells have fewer than {min_group} rows and get no verdict"
    )
    empty = len(grid.across) * len(grid.down) - len(grid.cells)
    parts += [f"{empty} cells have no rows"] if empty else []
    parts += [f"{grid.hidden} smaller cells are not drawn"] if grid.hidden else []
    return f"{what}: {'; '.join(parts)}."
