"""A group within the strata of another column: its rate beside that of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import WIDTH
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, visible, wrap
from audit.format import coefficient, count, percent, points
from audit.stats import newcombe_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.representation.part_values import Conditional

OVERALL = "all together"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    at: int | None
    """Position among the strata; None for all of them together."""
    name: str
    n: int
    rest_n: int
    rate: float | None
    rest: float | None
    few: bool
    sure: bool
    """Whether the gap is more than chance."""

    @property
    def gap(self) -> float | None:
        """Rate of the group - rate of the others."""
        return None if self.rate is None or self.rest is None else self.rate - self.rest


def strata(
    conditional: Conditional,
    *,
    label_words: str,
    p: Palette = LIGHT,
    most: int = 20,
    min_group: int = 0,
    overall: tuple[float, float] | None = None,
) -> Picture:
    """Draw the group's rate (mark) and that of the others (tick) in each stratum.

    The mark points to the side on which the group stands, so that a stratum in which the sign
    turns is seen without reading numbers; it is filled where the gap is more than chance
    (Newcombe's interval leaves out 0).

    Parameters
    ----------
    conditional : Conditional
        The strata. Each mark carries ``[position of the stratum]``, None for all together.
    label_words : str
        What a rate is the share of: 'admitted'.
    p : Palette
        Colours.
    most : int
        Strata at the most, those with most rows.
    min_group : int
        Strata in which the group, or the others, have fewer rows are drawn as ○.
    overall : (float, float), optional
        Rates of the group and of the others over all strata. By default they are computed from
        the strata, which is right where rows have no weights.
    """
    found = [
        _Entry(
            at=i,
            name=visible(s.stratum),
            n=s.n,
            rest_n=s.rest_n,
            rate=s.rate,
            rest=s.rest_rate,
            few=min(s.n, s.rest_n) < min_group,
            sure=_sure(s.rate, s.n, s.rest_rate, s.rest_n),
        )
        for i, s in enumerate(conditional.strata)
    ]
    kept = marks.chosen([(-e.n - e.rest_n,) for e in found], most)
    entries = [_overall(found, overall), *(found[i] for i in kept)]
    rows = Rows(
        [e.name for e in entries],
        p,
        notes=[f"n = {count(e.n)} of {count(e.n + e.rest_n)}" for e in entries],
        columns=[("group", 56), ("others", 56), ("gap", 66)],
        above=18,
        below=34,
        width=WIDTH,
    )
    top = max((v for e in entries for v in (e.rate, e.rest) if v is not None), default=1) or 1.0
    marks.share_axis(rows, 0, top * 1.08, title=f"share with {label_words}")
    rows.zero()
    who = wrap(visible(conditional.level), 18, 1)[0]
    hollow = ", ○ too few" if any(e.few for e in entries) else ""
    marks.add_key(rows, f"◀ ▶ {who}{hollow}, tick others")
    _draw(rows, entries)
    marks.add_rule(rows, 0.5)
    marks.say_how_many(rows, len(kept), len(found), "strata")
    return Picture(marks.finish(rows), _alt(conditional, entries, len(found), label_words))


def _overall(found: Sequence[_Entry], rates: tuple[float, float] | None) -> _Entry:
    n, rest_n = sum(e.n for e in found), sum(e.rest_n for e in found)
    own = sum(e.rate * e.n for e in found if e.rate is not None)
    rest = sum(e.rest * e.rest_n for e in found if e.rest is not None)
    given = rates or (own / n if n else None, rest / rest_n if rest_n else None)
    return _Entry(
        at=None,
        name=OVERALL,
        n=n,
        rest_n=rest_n,
        rate=given[0],
        rest=given[1],
        few=False,
        sure=_sure(given[0], n, given[1], rest_n),
    )


def _sure(rate: float | None, n: int, rest: float | None, rest_n: int) -> bool:
    """Tell whether the interval of the difference of two rates leaves out 0."""
    if rate is None or rest is None:
        return False
    low, high = newcombe_difference(rate * n, n, rest * rest_n, rest_n)
    return not low <= 0 <= high


def _draw(rows: Rows, entries: Sequence[_Entry]) -> None:
    p = rows.p
    drawn: list[Mark] = []
    for i, e in enumerate(entries):
        gap = e.gap
        sure = e.sure and not e.few
        colour, symbol = marks.reading(p, worse=(gap or 0) < 0, apart=sure)
        if gap and not sure and not e.few:
            symbol = "triangle-left-open" if gap < 0 else "triangle-right-open"
        if e.rate is not None:
            drawn.append(
                Mark(
                    row=i,
                    x=e.rate,
                    low=e.rest if e.rest is not None else None,
                    high=e.rate,
                    colour=colour,
                    symbol=symbol,
                    hover=f"{e.name}: {percent(e.rate)} (n = {count(e.n)}) against "
                    f"{percent(e.rest)} (n = {count(e.rest_n)})",
                    data=(e.at,),
                )
            )
        figures = [percent(e.rate), percent(e.rest), points(gap)]
        rows.values(i, figures, strong=colour if sure else p.muted)
    marks.add_marks(rows, drawn)
    ticks = [(i, e.rest) for i, e in enumerate(entries) if e.rest is not None]
    marks.add_ticks(rows, ticks, p.ink)


def _alt(conditional: Conditional, entries: Sequence[_Entry], total: int, label_words: str) -> str:
    said = "; ".join(
        f"{e.name} {percent(e.rate)} against {percent(e.rest)}"
        + (f" (n = {count(e.n)}: too few to tell)" if e.few else f", {points(e.gap)}")
        for e in entries
    )
    some = "" if len(entries) - 1 == total else f" ({len(entries) - 1} of {total:,} strata)"
    turned = " The sign turns within the strata." if conditional.reversed else ""
    return (
        f"Share with {label_words}: {visible(conditional.level)} against all others, within each "
        f"value of {conditional.stratum}{some}: {said}. Demographic disparity "
        f"{coefficient(conditional.overall.value)} overall, "
        f"{coefficient(conditional.conditional.value)} within.{turned}"
    )
