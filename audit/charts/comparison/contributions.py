"""What each step contributed: measures along a recipe, the change of each step in its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, plain, small, visible, wrap
from audit.format import in_unit, moved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.comparing.values import Ablation
    from audit.model import Measure

MOST_STEPS = 6
"""Steps in one picture: further ones are read in the table."""
_HEAD_LETTERS = 13
_TINY = 0.02
"""Part of the largest value below which a step changed nothing to speak of."""


def contributions(ablation: Ablation, *, p: Palette = LIGHT, most: int = MOST_STEPS) -> Picture:
    """Draw each measure along the steps: a line of what it was after each, its change written.

    Parameters
    ----------
    ablation : Ablation
        Measures before the first step and after each. ▶ moved towards the ideal, ◀ away from it.
    p : Palette
        Colours.
    most : int
        Steps at the most.
    """
    parts = ablation.parts[: most + 1]
    rows = Rows(
        [title for _, title in ablation.titles],
        p,
        notes=[topic for topic, _ in ablation.titles],
        columns=[("", 14)],
        above=44,
        below=10,
        width=26,
    )
    rows.figure.update_xaxes(range=[-0.5, len(parts) - 0.5], visible=False)
    for i, part in enumerate(parts):
        _head(rows, i, part.title)
    for j in range(len(ablation.titles)):
        values = [part.measures[j] for part in parts]
        _row(rows, j, values, ablation.ideals[j])
    for j in range(1, len(ablation.titles)):
        if ablation.titles[j][0] != ablation.titles[j - 1][0]:
            marks.add_rule(rows, j - 0.5)
    said = "; ".join(_sentence(ablation, j, len(parts)) for j in range(len(ablation.titles)))
    marks.say_how_many(rows, len(parts) - 1, len(ablation.parts) - 1, "steps")
    return Picture(marks.finish(rows), f"Measures after each step: {said or 'none'}.")


def direction(before: Measure, after: Measure, ideal: float | None) -> str:
    """Tell which way a step moved a measure: ▶ towards its ideal, ◀ away, = neither."""
    if before.value is None or after.value is None:
        return "–"
    span = max(abs(before.value), abs(after.value))
    if abs(after.value - before.value) <= span * _TINY:
        return "="
    if ideal is None:
        return "·"
    gain = abs(before.value - ideal) - abs(after.value - ideal)
    return "▶" if gain > 0 else "◀" if gain < 0 else "="


def change_text(before: Measure, after: Measure, ideal: float | None) -> str:
    """Write the change of one step: '▶ −7.4 pp', '='."""
    mark = direction(before, after, ideal)
    if mark in "=–" or before.value is None or after.value is None:
        return mark
    return f"{mark} {moved(after.value - before.value, after.unit)}"


def _head(rows: Rows, i: int, text: str) -> None:
    lines = wrap(visible(text), _HEAD_LETTERS, 3)
    rows.figure.add_annotation(
        text=small("<br>".join(plain(line) for line in lines), rows.p.muted),
        x=i,
        y=1,
        yref="paper",
        yanchor="bottom",
        yshift=2,
    )


def _row(rows: Rows, j: int, values: Sequence[Measure], ideal: float | None) -> None:
    p = rows.p
    for i, value in enumerate(values):
        text = in_unit(value.value, value.unit, value.name)
        if i:
            told = change_text(values[i - 1], value, ideal)
            colour = {"▶": p.better, "◀": p.worse}.get(told[0], p.muted)
            text += f'<br><span style="font-size:12px;color:{colour}">{plain(told)}</span>'
        rows.figure.add_annotation(text=text, x=i, y=j)


def _sentence(ablation: Ablation, j: int, steps: int) -> str:
    values = [part.measures[j] for part in ablation.parts[:steps]]
    told = " to ".join(in_unit(v.value, v.unit, v.name) for v in values)
    return f"{ablation.titles[j][1]} {told}"
