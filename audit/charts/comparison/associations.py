"""Correlations kept: how strongly pairs of columns go together, before and after."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import step
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, visible
from audit.format import coefficient, cut, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.comparing.values import AssociationKept

MOST = 15
"""Pairs in one picture."""
_COLUMNS = (("before", 54), ("after", 54), ("change", 58))
_LETTERS = 15
MEASURES = {
    "cramers_v": "Cramér's V",
    "correlation_ratio": "correlation ratio",
    "pearson": "Pearson",
    "spearman": "Spearman",
}
"""Measures of association as people call them."""


def association_changes(
    pairs: Sequence[AssociationKept], *, p: Palette = LIGHT, most: int = MOST
) -> Picture:
    """Draw each pair of columns from its association before (○) to that after (●).

    Parameters
    ----------
    pairs : sequence of AssociationKept
        Those that moved most first; of many the first are drawn.
    p : Palette
        Colours.
    most : int
        Pairs at the most.
    """
    able = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    shown = able[:most]
    rows = Rows(
        [" × ".join(cut(visible(c), _LETTERS) for c in pair.columns) for pair in shown],
        p,
        notes=[MEASURES.get(pair.measure, pair.measure.replace("_", " ")) for pair in shown],
        columns=_COLUMNS,
        above=16,
        below=30,
    )
    values = [float(v) for pair in shown for v in (pair.before, pair.after) if v is not None]
    low, high = floor(min([0.0, *values]) * 4) / 4, ceil(max([0.5, *values]) * 4) / 4
    room = (high - low) * 0.02
    rows.figure.update_xaxes(
        range=[low - room, high + room],
        tickvals=[low, 0.0, high] if low else [0.0, high / 2, high],
        ticktext=[number(x) for x in ([low, 0.0, high] if low else [0.0, high / 2, high])],
    )
    rows.zero()
    marks.add_key(rows, "○ before  ● after")
    lines = [(i, pair.before, pair.after) for i, pair in enumerate(shown)]
    marks.add_lines(rows.figure, lines, p.data, width=3)
    for after in (False, True):
        _ends(rows, shown, after=after)
    for i, pair in enumerate(shown):
        change = step(pair.change)
        rows.values(i, [coefficient(pair.before), coefficient(pair.after), change], strong=p.ink)
    marks.say_how_many(rows, len(shown), len(able), "pairs")
    said = "; ".join(map(_sentence, shown)) or "no pairs"
    return Picture(
        marks.finish(rows), f"Association of pairs of columns, before and after: {said}."
    )


def _ends(rows: Rows, shown: Sequence[AssociationKept], *, after: bool) -> None:
    p = rows.p
    found = [
        Mark(row=i, x=float(value), colour=p.data, hover=_sentence(pair), data=(i,))
        for i, pair in enumerate(shown)
        if (value := pair.after if after else pair.before) is not None
    ]
    marks.add_marks(rows, found)
    if not after:
        rows.figure.data[-1].marker.color = p.paper


def _sentence(pair: AssociationKept) -> str:
    first, second = (visible(c) for c in pair.columns)
    return f"{first} and {second} {coefficient(pair.before)} to {coefficient(pair.after)}"
