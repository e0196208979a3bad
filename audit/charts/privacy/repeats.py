"""How often the same piece of personal data stands in the data, by kind."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from audit.charts.privacy.cells import Cell, draw
from audit.charts.template import LIGHT, Palette, Picture
from audit.format import count, counted
from audit.pii.catalogue import entity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.pii.values import Repeats

MOST = 12
_NAMES = {1: "once", 2: "twice", 3: "3 or 4 rows", 5: "5 to 9 rows", 10: "10 to 99 rows"}


def repeats_map(repeats: Sequence[Repeats], *, p: Palette = LIGHT) -> Picture:
    """Draw how many pieces stand in how many rows; pieces that stand once have no ground.

    Parameters
    ----------
    repeats : sequence of Repeats
        By kind, the most repeated first; at most :data:`MOST` are drawn. Each cell carries
        ``[position of the kind]`` as ``customdata``.
    p : Palette
        Colours.
    """
    shown = repeats[:MOST]
    bands = sorted({least for r in shown for least, _, _ in r.times} | {1, 2})
    top = max((values for r in shown for least, values, _ in r.times if least > 1), default=1)
    cells = [
        _cell(r, least, x, y, top) for y, r in enumerate(shown) for x, least in enumerate(bands)
    ]
    names = [entity(r.entity).title for r in shown]
    drawn = draw(names, [band_name(least) for least in bands], cells, p, clicks=False)
    return Picture(drawn, f"Pieces of personal data by the rows that hold them: {_said(shown)}.")


def band_name(least: int) -> str:
    """Name the pieces that stand in ``least`` rows or more, up to the next band."""
    return _NAMES.get(least, f"{count(least)} rows or more")


def _cell(repeats: Repeats, least: int, x: int, y: int, top: int) -> Cell:
    values, rows = next(((v, r) for at, v, r in repeats.times if at == least), (0, 0))
    what = f"{entity(repeats.entity).title}, {band_name(least)}"
    depth = 0.0 if least == 1 or not values else max(log10(values + 1) / log10(top + 1), 0.05)
    pieces = f"{counted(values, 'piece')} in {counted(rows, 'row')}"
    return Cell(
        x=x,
        y=y,
        text=count(values) if values else "·",
        depth=depth,
        hover=f"{what}: {pieces}",
        data=y,
    )


def _said(repeats: Sequence[Repeats]) -> str:
    told = [
        f"{entity(r.entity).title}: {counted(r.repeated, 'piece')} "
        f"{'stands' if r.repeated == 1 else 'stand'} in more than one row, "
        f"the most frequent in {counted(r.most, 'row')}"
        for r in repeats
    ]
    return "; ".join(told) or "none found"
