"""Personal data by column and kind: the share of rows that hold it, and what was not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts.privacy.cells import Cell, draw
from audit.charts.privacy.names import told_apart
from audit.charts.template import LIGHT, Palette, Picture
from audit.format import percent
from audit.pii.catalogue import NAMED, entity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.pii.values import ScannedColumn

MOST_COLUMNS, MOST_KINDS = 20, 7
"""What is drawn at the most: seven columns of numbers fit into 480 pixels."""
_LETTERS = 38
"""Of a name: what two lines hold."""
NOT_LOOKED = "not looked"
WHOLE = "whole"
"""Written where a column as a whole is of a kind that no single value tells."""


def kinds_drawn(columns: Sequence[ScannedColumn]) -> list[str]:
    """List the kinds, those in most columns and then in most rows first."""
    shares: dict[str, list[float]] = {}
    for column in columns:
        for found in column.found:
            shares.setdefault(found.entity, []).append(float(found.share.value or 0))
        told = column.verdict.entity
        if told and not column.of(told):
            shares.setdefault(told, []).append(1.0)
    return sorted(shares, key=lambda id_: (-len(shares[id_]), -max(shares[id_]), id_))


def found_map(columns: Sequence[ScannedColumn], *, p: Palette = LIGHT) -> Picture:
    """Draw the share of rows with each kind of personal data, column by column.

    A dot means that none was found, hatching that it was not looked for there; 'whole' stands
    where name and form of a column say its kind, and no single value does.

    Parameters
    ----------
    columns : sequence of ScannedColumn
        Those to draw, the most relevant first; at most :data:`MOST_COLUMNS` are. Each cell
        carries ``[position of the column]`` as ``customdata``.
    p : Palette
        Colours.
    """
    shown = columns[:MOST_COLUMNS]
    kinds = kinds_drawn(shown)[:MOST_KINDS]
    cells = [
        _cell(column, id_, x, y) for y, column in enumerate(shown) for x, id_ in enumerate(kinds)
    ]
    titles = [entity(id_).title for id_ in kinds]
    short = told_apart([c.title for c in shown], _LETTERS)
    drawn = draw([short[c.title] for c in shown], titles, cells, p, clicks=True)
    return Picture(drawn, _alt(shown, kinds, cells))


def looked_for(column: ScannedColumn, id_: str) -> bool:
    """Whether a kind was looked for in a column at all."""
    if column.verdict.holds == "unknown" or (column.values and not column.values_scanned):
        return False
    return column.names_scanned or id_ not in NAMED


def _cell(column: ScannedColumn, id_: str, x: int, y: int) -> Cell:
    found = column.of(id_)
    what = f"{column.title}: {entity(id_).title}"
    if found is None and column.verdict.entity == id_:
        told = f"{what}, by its name and by how all values are written"
        return Cell(x=x, y=y, text=WHOLE, depth=0.25, hover=told, data=y)
    if found is None:
        looked = looked_for(column, id_)
        text, depth = ("·", 0.0) if looked else (NOT_LOOKED, None)
        return Cell(
            x=x,
            y=y,
            text=text,
            depth=depth,
            hover=f"{what} {'none found' if looked else 'not looked for'}",
            data=y,
        )
    share = found.share.value
    low, high = found.share.low, found.share.high
    span = f" ({percent(low)} to {percent(high)})" if low is not None and high is not None else ""
    return Cell(
        x=x,
        y=y,
        text=percent(share),
        depth=max(float(share or 0), 1e-6),
        hover=f"{what} in {percent(share)} of the rows{span}",
        data=y,
    )


def _alt(columns: Sequence[ScannedColumn], kinds: Sequence[str], cells: Sequence[Cell]) -> str:
    hits = [(c, f) for c in columns for f in c.found if f.entity in kinds]
    hits.sort(key=lambda pair: -float(pair[1].share.value or 0))
    told = [
        f"{c.title}: {entity(f.entity).title} in {percent(f.share.value)} of the rows"
        for c, f in hits[:8]
    ]
    told += [
        f"{c.title}: {entity(c.verdict.entity).title} as a whole"
        for c in columns
        if c.verdict.entity in kinds and c.verdict.entity and not c.of(c.verdict.entity)
    ]
    told += [f"{len(hits) - 8} more"] if len(hits) > 8 else []
    not_looked = sum(c.depth is None for c in cells)
    told += [f"{not_looked} of {len(cells)} cells were not looked at"] if not_looked else []
    return f"Personal data by column and kind: {'; '.join(told) or 'none found'}."
