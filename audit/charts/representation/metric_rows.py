"""One metric by group as rows: marks with intervals against the line of the reference group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import (
    COEFFICIENTS,
    SHARES,
    WIDTH,
    Writing,
    of_many,
    too_few,
)
from audit.charts.rows import Rows
from audit.charts.template import Palette, wrap
from audit.format import count

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One group: its value, and how it stands against the reference group."""

    at: int
    name: str
    n: int
    value: float | None
    low: float | None
    high: float | None
    gap: float | None
    """Value - value of the reference group."""
    apart: bool
    few: bool
    is_reference: bool
    why: str = ""

    @property
    def rank(self) -> tuple[float, ...]:
        """The reference group, then the farthest from it, then the largest."""
        far = -abs(self.gap) if self.apart and self.gap is not None else 0.0
        return (not self.is_reference, far, -self.n)


def frame(names: Sequence[str], entries: Sequence[Entry], p: Palette) -> Rows:
    """Lay out the rows: names and n left; value, interval and gap right."""
    return Rows(
        names,
        p,
        notes=[f"n = {count(e.n)}" for e in entries],
        columns=[("rate", 52), ("95% interval", 92), ("gap", 66)],
        above=18,
        below=34,
        width=WIDTH,
    )


def draw(
    rows: Rows,
    entries: Sequence[Entry],
    reach: tuple[float, float],
    title: str,
    base: float | None,
    *,
    more_is_worse: bool,
    writing: Writing = SHARES,
) -> None:
    """Draw the marks between ``reach``, the ends of the axis, and the line at ``base``."""
    p = rows.p
    marks.share_axis(rows, *reach, title=title)
    if writing is COEFFICIENTS:
        axis = rows.figure.layout.xaxis
        axis.ticktext = [f"{t:.3g}" for t in axis.tickvals]
    if reach[0] <= 0:
        rows.zero()
    if base is not None:
        name = next((e.name for e in entries if e.is_reference), "")
        late = (base - reach[0]) / (reach[1] - reach[0]) > 0.5
        text = f"{wrap(name, 18, 1)[0]} {writing.value(base)}"
        marks.add_threshold(
            rows, base, text, p.muted, side="left" if late else "right", dash="solid"
        )
    drawn: list[Mark] = []
    hatched: list[tuple[int, str, tuple[object, ...]]] = []
    for i, e in enumerate(entries):
        if e.few or e.value is None:
            words = too_few(e.name, e.n) if e.few else f"{e.name}: {e.why or 'not defined'}"
            hatched.append((i, words, (e.at,)))
            rows.values(i, ["–", "too few" if e.few else "–", "–"], strong=p.muted)
            continue
        colour, symbol = _look(p, e, more_is_worse=more_is_worse)
        drawn.append(
            Mark(
                row=i,
                x=e.value,
                low=e.low,
                high=e.high,
                colour=colour,
                symbol=symbol,
                hover=f"{e.name}: {writing.value(e.value)} ({_span(e, writing)}, n = {count(e.n)})",
                data=(e.at,),
            )
        )
        last = "ref." if e.is_reference else writing.gap(e.gap)
        rows.values(
            i,
            [writing.value(e.value), _span(e, writing), last],
            strong=colour if e.apart else p.ink,
        )
    end = reach[0] + (reach[1] - reach[0]) * 0.3
    marks.add_hatches(rows, hatched, (reach[0], end))
    marks.add_marks(rows, drawn)


def _look(p: Palette, e: Entry, *, more_is_worse: bool) -> tuple[str, str]:
    """Choose colour and shape: the shape says below or above, the colour worse or not."""
    if e.is_reference:
        return p.ink, "circle"
    if not e.apart:
        return p.muted, "circle-open"
    above = (e.gap or 0.0) > 0
    colour = p.worse if above == more_is_worse else p.data
    return colour, "triangle-right" if above else "triangle-left"


def _span(e: Entry, writing: Writing) -> str:
    if e.low is None or e.high is None:
        return "–"
    return f"{writing.value(e.low)}{' to ' if e.low < 0 else '–'}{writing.value(e.high)}"


def alt(
    what: str,
    entries: Sequence[Entry],
    total: int,
    base: float | None,
    writing: Writing = SHARES,
) -> str:
    """Say what is drawn, for those who do not see it."""
    name = next((e.name for e in entries if e.is_reference), "")
    against = f"{name} is the reference" if base is not None else "no group to compare with"
    said = "; ".join(_words(e, writing) for e in entries) or "no groups"
    return f"{what}, with 95% intervals{of_many(len(entries), total)}; {against}: {said}."


def _words(e: Entry, writing: Writing) -> str:
    if e.few:
        return too_few(e.name, e.n)
    if e.value is None:
        return f"{e.name}: not defined" + (f" ({e.why})" if e.why else "")
    return f"{e.name} {writing.value(e.value)} ({_span(e, writing)}, n = {count(e.n)})"
