"""What each quasi-identifier adds to the risk: the risk that is left without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from audit.charts.marks import add_key, add_ticks, chosen, say_how_many, share_axis
from audit.charts.privacy.names import told_apart
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture
from audit.format import count, counted, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.reidentification.values import Driver, Risk

MOST = 20
_BELOW = 5
_LETTERS = 46


class Sense(NamedTuple):
    """What of the risk tells the drivers apart: of unique rows where there are any."""

    title: str
    """'unique rows', for a sentence or the head of a column."""
    k: int
    """Rows in classes smaller than this are meant; 0: the average risk."""

    def of(self, risk: Risk) -> float:
        """Give the share in [0, 1]."""
        if not risk.rows:
            return 0.0
        return risk.rows_below(self.k) / risk.rows if self.k else risk.average or 0.0


def sense(risk: Risk) -> Sense:
    """Choose what to compare: unique rows, else rows in small classes, else the average risk."""
    if risk.uniques:
        return Sense("unique rows", 2)
    if risk.rows_below(_BELOW):
        return Sense(f"rows below k = {_BELOW}", _BELOW)
    return Sense("average risk", 0)


def drivers(risk: Risk, found: Sequence[Driver], *, p: Palette = LIGHT) -> Picture:
    """Draw what is left of the risk with each quasi-identifier left out, against all of them.

    Parameters
    ----------
    risk : Risk
        With all quasi-identifiers.
    found : sequence of Driver
        Strongest first, as it is to stand; those without a risk of their own are left out.
    p : Palette
        Colours.
    """
    judged = [d for d in found if d.without is not None]
    what = sense(risk)
    kept = [judged[i] for i in chosen([(i,) for i in range(len(judged))], MOST)]
    names = told_apart([d.column for d in kept], _LETTERS)
    rows = Rows(
        list(names.values()),
        p,
        notes=[counted(d.distinct, "value") for d in kept],
        columns=[("k without", 66), (what.title, 108)],
        above=18,
        below=44,
    )
    share = what.of(risk)
    left = [what.of(d.without) for d in kept if d.without is not None]
    share_axis(rows, 0, max(share, *left, 1e-9) * 1.04, title=f"{what.title} without the column")
    best = min(left, default=share)
    for i, (driver, value) in enumerate(zip(kept, left, strict=True)):
        focus = value == best and value < share
        rows.figure.add_bar(
            x=[value],
            y=[i],
            width=0.34,
            orientation="h",
            hoverinfo="skip",
            marker={"color": p.data if focus else p.context, "line": {"width": 0}},
        )
        k = driver.without.k if driver.without else None
        rows.values(i, [count(k), percent(value)], strong=p.data if focus else p.ink)
    add_ticks(rows, [(i, share) for i in range(len(kept))], p.ink)
    add_key(rows, f"bar without the column, stroke with all: {percent(share)}")
    rows.zero()
    say_how_many(rows, len(kept), len(judged), "quasi-identifiers")
    said = "; ".join(f"{d.column} {percent(v)}" for d, v in zip(kept, left, strict=True))
    return Picture(
        rows.finish(),
        f"{what.title.capitalize()} with each quasi-identifier left out, against "
        f"{percent(share)} with all: {said}.",
    )


def strongest_first(risk: Risk, found: Sequence[Driver]) -> list[Driver]:
    """Order the drivers: the column without which least of the risk is left comes first."""
    what = sense(risk)

    def left(driver: Driver) -> tuple[float, int]:
        without = driver.without
        return (what.of(without), -(without.k or 0)) if without else (1.0, 0)

    return sorted(found, key=left)
