"""The risk that a row is picked out, on scales: what it is, and where custom draws lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from audit.charts.marks import add_rule, share_axis
from audit.charts.privacy.classes import LINES
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, plain, small
from audit.format import counted, percent

if TYPE_CHECKING:
    from audit.reports.reidentification.values import Risk

LEVELS = (10, 5, 3, 2)
"""Class sizes whose risk is marked on the scale, the least risk first."""
_NEARLY_ALL = 0.95


class _Scale(NamedTuple):
    name: str
    note: str
    share: float
    of_a_row: bool
    """A risk of one row, which has lines; else a share of rows, which has none."""


def scales(risk: Risk, *, theta: float, p: Palette = LIGHT) -> Picture:
    """Draw highest and average risk against 1 / k, and the shares of rows that are at risk.

    Parameters
    ----------
    risk : Risk
        Of a table with rows.
    theta : float
        Risk beyond which a row counts as being at risk.
    p : Palette
        Colours.
    """
    found = _scales(risk, theta)
    rows = Rows(
        [one.name for one in found],
        p,
        notes=[one.note for one in found],
        columns=[("", 64)],
        above=26,
        below=44,
        width=26,
    )
    share_axis(rows, 0, 1, title="above: risk of one row · below: share of rows")
    for i, one in enumerate(found):
        ink = _colour(one.share, p) if one.of_a_row else p.data
        rows.figure.add_shape(
            type="rect",
            x0=0,
            x1=1,
            y0=i - 0.13,
            y1=i + 0.13,
            fillcolor=p.wash,
            line={"width": 0},
            layer="below",
        )
        rows.figure.add_bar(
            x=[one.share],
            y=[i],
            width=0.26,
            orientation="h",
            hoverinfo="skip",
            marker={"color": ink, "line": {"width": 0}},
        )
        mark = "◆ " if one.of_a_row and one.share > 1 / LINES[0] else ""
        strong = ink if one.of_a_row and ink != p.context else None
        rows.values(i, [mark + percent(one.share)], strong=strong)
    _lines(rows, sum(one.of_a_row for one in found))
    add_rule(rows, sum(one.of_a_row for one in found) - 0.5)
    rows.zero()
    said = "; ".join(f"{one.name} {percent(one.share)} ({one.note})" for one in found)
    return Picture(rows.finish(), f"Risk on a scale from 0% to 100%: {said}.")


def _scales(risk: Risk, theta: float) -> list[_Scale]:
    average = risk.average or 0.0
    at_risk = risk.at_risk(theta)
    return [
        _Scale(
            "Highest risk of a row", f"smallest class k = {risk.k:,}", risk.highest or 0.0, True
        ),
        _Scale("Average risk of a row", _one_in(average), average, True),
        _Scale("Unique rows", counted(risk.uniques, "row"), risk.uniques / risk.rows, False),
        _Scale(
            f"Rows at risk (above {percent(theta, 0)})",
            counted(at_risk, "row"),
            at_risk / risk.rows,
            False,
        ),
    ]


def _one_in(share: float) -> str:
    if share > _NEARLY_ALL:
        return "nearly every guess right"
    return f"one in {1 / share:,.1f}" if share else ""


def _colour(share: float, p: Palette) -> str:
    strict, loose = (1 / k for k in reversed(LINES))
    return p.worse if share > loose else p.caution if share > strict else p.context


def _lines(rows: Rows, last: int) -> None:
    """Mark the risk of classes of 2, 3, 5 and 10 rows, on the scales of one row's risk."""
    for k in LEVELS:
        rows.figure.add_shape(
            type="line",
            x0=1 / k,
            x1=1 / k,
            y0=-0.5,
            y1=last - 0.55,
            line={"color": rows.p.muted, "width": 1.2, "dash": "dot"},
        )
        rows.figure.add_annotation(
            text=small(plain(f"k={k}" if k == LEVELS[0] else f"{k}"), rows.p.muted),
            x=1 / k,
            y=-0.5,
            yanchor="bottom",
        )
