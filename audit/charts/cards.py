"""Small pictures for cards: labelled bars that need no axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def bars(
    values: Sequence[tuple[str, float, str]],
    *,
    what: str,
    focus: Collection[str] | None = None,
    p: Palette = LIGHT,
) -> Picture:
    """Draw labelled bars from zero: (name, value, text).

    Parameters
    ----------
    values : sequence of (str, float, str)
        At most five; each value is at least 0.
    what : str
        What the bars measure, for the text alternative.
    focus : collection of str, optional
        Names in the data's colour; the rest is grey. By default all are in focus.
    p : Palette
        Colours.
    """
    rows = Rows([n for n, _, _ in values], p, columns=[("", 52)], compact=True, above=2, below=4)
    drawn = rows.figure
    top = max((v for _, v, _ in values), default=0) or 1
    drawn.update_xaxes(visible=False, range=[0, top])
    rows.zero()
    for i, (name, value, text) in enumerate(values):
        colour = p.data if focus is None or name in focus else p.context
        drawn.add_bar(
            x=[value],
            y=[i],
            width=0.5,
            orientation="h",
            hoverinfo="skip",
            marker={"color": colour, "line": {"width": 0}},
        )
        rows.values(i, [plain(text)])
    said = "; ".join(f"{name} {text}" for name, _, text in values) or "nothing to show"
    return Picture(rows.finish(), f"{what}: {said}.")
