"""Who is in the data: the share of each group against a reference population."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import (
    NEGLIGIBLE,
    WIDTH,
    group_name,
    of_many,
    row_name,
    times,
    too_few,
)
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, template
from audit.format import count, percent, ratio
from audit.reports.representation.group_values import UNIFORM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.representation.group_values import Combination, Group

_MOST_ON_CARD = 5
_ENDS = (1.25, 1.5, 2, 3, 5, 10, 20, 50, 100, 1000)
"""Where the axis of ratios may end: at the first one beyond all ratios."""
_COLUMNS = (("data", 50), ("reference", 66), ("ratio", 54))
_SPLIT = (0.38, 0.44)
"""Where the panel of shares ends and that of ratios begins, as parts of the plot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    at: int
    name: str
    n: int
    share: float | None
    reference: float | None
    ratio: float | None
    low: float | None
    high: float | None
    few: bool
    why: str

    @property
    def apart(self) -> bool:
        """Whether the ratio differs from 1, by more than chance and by more than a trifle."""
        if self.few or self.ratio is None or self.low is None or self.high is None:
            return False
        return abs(self.ratio - 1) > NEGLIGIBLE and not self.low <= 1 <= self.high

    @property
    def rank(self) -> tuple[float, float]:
        """Farthest from the reference first, then the largest."""
        return (-_far(self.ratio) if self.apart else 0.0, -self.n)


def group_shares(
    combination: Combination,
    *,
    reference_name: str,
    min_group: int,
    p: Palette = LIGHT,
    compact: bool = False,
    most: int = 20,
) -> Picture:
    """Draw who is in the data, against a reference population.

    Where the reference population says nothing about the groups, only the shares are drawn.
    The left panel shows shares (bar) with the reference (tick), the right one share ÷ reference
    with its interval on a logarithmic scale, because a group of 1% and one of 85% cannot be
    compared on one scale of shares.

    Parameters
    ----------
    combination : Combination
        The groups. Each mark carries ``[position of the group]`` as ``customdata``.
    reference_name : str
        What the reference population is called, for the text alternative.
    min_group : int
        Groups with fewer rows are hatched.
    p : Palette
        Colours.
    compact : bool
        Whether it is a picture on a card: the ratios of at most five groups.
    most : int
        Groups at the most: those farthest from the reference, then the largest.
    """
    found = [_entry(i, g, min_group) for i, g in enumerate(combination.groups)]
    kept = marks.chosen([e.rank for e in found], min(most, _MOST_ON_CARD) if compact else most)
    entries = [found[i] for i in kept]
    against = any(e.ratio is not None for e in found)
    rows = Rows(
        [row_name(combination.groups[e.at].levels, compact=compact) for e in entries],
        p,
        notes=[f"n = {count(e.n)}" for e in entries],
        columns=_COLUMNS if against else [("share", 54)],
        compact=compact,
        above=2 if compact else 18,
        below=20 if compact else 34,
        width=WIDTH,
    )
    if not against or not compact:
        _share_panel(rows, entries, room=_SPLIT[0] if against else 1.0)
    if against:
        judged = reference_name != UNIFORM
        _ratio_panel(rows, entries, _ratio_axis(rows, entries), judged=judged)
    else:
        for i, e in enumerate(entries):
            rows.values(i, [percent(e.share)])
    marks.say_how_many(rows, len(entries), len(found), "groups")
    said = "; ".join(_words(e) for e in entries) or "no groups"
    return Picture(
        marks.finish(rows),
        f"Share of each group of {' and '.join(combination.columns)} against {reference_name}, "
        f"with 95% intervals{of_many(len(entries), len(found))}: {said}.",
    )


def _entry(at: int, group: Group, min_group: int) -> _Entry:
    share, ratio_ = group.estimate("group_share"), group.estimate("representation_ratio")
    stated = group.estimate("reference_share")
    value = ratio_.value if ratio_ else None
    return _Entry(
        at=at,
        name=group_name(group.levels),
        n=group.n,
        share=share.value if share else None,
        reference=stated.value if stated else None,
        ratio=value,
        low=ratio_.low if ratio_ else None,
        high=ratio_.high if ratio_ else None,
        few=group.n < min_group,
        why=ratio_.reason if ratio_ else "",
    )


def _far(value: float | None) -> float:
    """Tell how far a ratio is from 1 on a logarithmic scale; no more than the axis can show."""
    if value is None:
        return 0.0
    return min(abs(log10(value)), log10(_ENDS[-1])) if value > 0 else log10(_ENDS[-1])


def _ratio_axis(rows: Rows, entries: Sequence[_Entry]) -> float:
    """Lay out the axis of ratios; give its end as a power of ten."""
    farthest = max((_far(e.ratio) for e in entries if not e.few), default=0.0)
    tick = next((t for t in _ENDS if log10(t) >= farthest), _ENDS[-1])
    end = log10(tick) * 1.2
    place = {
        "anchor": "y",
        "range": [-end, end],
        "domain": [0, 1] if rows.compact else [_SPLIT[1], 1],
        "tickvals": [-log10(tick), 0, log10(tick)],
        "ticktext": [f"×{1 / tick:.2g}", "×1", f"×{tick:g}"],
        "title": {"text": "" if rows.compact else "share ÷ reference"},
    }
    look = template(rows.p).layout.xaxis.to_plotly_json()
    if rows.compact:
        rows.figure.layout.xaxis.update(visible=False)
    rows.figure.update_layout(xaxis2=look | place | {"title": look["title"] | place["title"]})
    return end


def _share_panel(rows: Rows, entries: Sequence[_Entry], *, room: float) -> None:
    p = rows.p
    top = max((v for e in entries for v in (e.share, e.reference) if v is not None), default=1)
    title = "share" if room < 1 else "share of rows"
    marks.share_axis(rows, 0, (top or 1) * 1.04, title=title, room=room)
    rows.figure.layout.xaxis.update(domain=[0, room])
    rows.zero()
    bars = [
        (i, e.share, f"{e.name}: {percent(e.share)} of the rows (n = {count(e.n)})", (e.at,))
        for i, e in enumerate(entries)
        if e.share is not None
    ]
    marks.add_bars(rows, bars, p.data)
    if room == 1.0:
        return
    known = [(i, e.reference) for i, e in enumerate(entries) if e.reference is not None]
    marks.add_ticks(rows, known, p.ink)
    marks.add_key(rows, "bar data, tick reference", x=room / 2, anchor="center")


def _ratio_panel(rows: Rows, entries: Sequence[_Entry], end: float, *, judged: bool) -> None:
    """Draw the ratios; where nobody stated a population, fewer than equal shares is no worse."""
    p = rows.p
    line = "" if rows.compact else "as in reference"
    marks.add_threshold(rows, 0, line, p.muted, side="right", dash="solid", axis="x2")
    drawn: list[Mark] = []
    hatched: list[tuple[int, str, tuple[object, ...]]] = []
    for i, e in enumerate(entries):
        figures = [percent(e.share), percent(e.reference)]
        if e.few:
            hatched.append((i, too_few(e.name, e.n), (e.at,)))
            rows.values(i, [*figures, "too few"], strong=p.muted)
            continue
        if e.ratio is None:
            rows.values(i, [*figures, "–"], strong=p.muted)
            continue
        colour, symbol = marks.reading(p, worse=e.ratio < 1, apart=e.apart)
        if e.apart and not judged:
            colour = p.data
        drawn.append(
            Mark(
                row=i,
                x=_place(e.ratio, end),
                low=None if e.low is None else _place(e.low, end),
                high=None if e.high is None else _place(e.high, end),
                colour=colour,
                symbol=symbol,
                hover=f"{e.name}: {times(e.ratio)} of the reference{_interval(e)}",
                data=(e.at,),
            )
        )
        rows.values(i, [*figures, times(e.ratio)], strong=colour if e.apart else p.ink)
    marks.add_hatches(rows, hatched, (-end, -end / 2), axis="x2")
    marks.add_marks(rows, drawn, axis="x2")


def _place(value: float, end: float) -> float:
    """Put a ratio on the axis; what lies beyond it stands at its end."""
    return min(max(log10(value), -end), end) if value > 0 else -end


def _interval(e: _Entry) -> str:
    return "" if e.low is None or e.high is None else f" ({ratio(e.low)} to {ratio(e.high)})"


def _words(e: _Entry) -> str:
    if e.few:
        return too_few(e.name, e.n)
    against = f"{e.name} {percent(e.share)} against {percent(e.reference)}"
    if e.ratio is None:
        return f"{e.name} {percent(e.share)}, no ratio" + (f" ({e.why})" if e.why else "")
    return f"{against}, ratio {ratio(e.ratio)}{_interval(e)}"
