"""Dates: how the rows spread over time, and where there are none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from audit.charts.template import LIGHT, Palette, Picture, clickable, figure, plain
from audit.format import count, counted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from audit.reports.distribution.values import Column

HEIGHT = 240
END_OF_TIME = "9999-12-31 23:59:59"
_TICKS = 8


def can_draw(column: Column) -> bool:
    """Tell whether all dates lie in the years 1 to 9999, which is what an axis can show."""
    if column.dates is None or not column.dates.periods:
        return False
    try:
        for first, _ in (column.dates.periods[0], column.dates.periods[-1]):
            date.fromisoformat(first[:10])
    except ValueError:
        return False
    return len(column.dates.periods[-1][0].split("-")[0]) == 4


def period_is_last(first: str, period: str) -> bool:
    """Tell whether a period reaches the end of the year 9999, a date that often means 'never'."""
    day = date.fromisoformat(first[:10])
    if day.year < date.max.year:
        return False
    return period == "year" or (day.month == 12 and (period == "month" or day.day == 31))


def period_end(first: str, period: str) -> str:
    """Give the first day after the period that begins with ``first``, both ISO 8601.

    Examples
    --------
    >>> period_end("2024-12-01", "month"), period_end("2024-02-28", "day")
    ('2025-01-01', '2024-02-29')
    """
    day = date.fromisoformat(first[:10])
    if period_is_last(first, period):
        return END_OF_TIME
    if period == "day":
        return (day + timedelta(days=1)).isoformat()
    if period == "year" or day.month == 12:
        return date(day.year + 1, 1, 1).isoformat()
    return date(day.year, day.month + 1, 1).isoformat()


def date_coverage(column: Column, *, chosen: Collection[str] = (), p: Palette = LIGHT) -> Picture:
    """Draw rows by day, month or year, with empty periods on a band of their own.

    Each bar carries (first day, first day after) as ``customdata``; ``chosen`` holds the first
    days that the rows below are narrowed to.
    """
    dates = column.dates
    if dates is None:
        message = "only a column of dates has a coverage"
        raise ValueError(message)
    drawn = figure(p, height=HEIGHT, margin={"l": 56, "r": 12, "t": 12, "b": 40}, bargap=0.06)
    firsts = [first for first, _ in dates.periods]
    counts = [n for _, n in dates.periods]
    ends = [(first, period_end(first, dates.period)) for first in firsts]
    for start, end in _gaps(dates.periods, dates.period):
        drawn.add_vrect(x0=start, x1=end, fillcolor=p.wash)
    drawn.update_shapes(line_width=0, layer="below")
    drawn.add_bar(
        x=[_middle(a, b) for a, b in ends],
        y=counts,
        marker={
            "color": [p.data if not chosen or f in chosen else p.context for f in firsts],
            "line": {"width": 0},
        },
        customdata=[list(pair) for pair in ends],
        hovertemplate=[
            f"{plain(_named(f, dates.period))}: {counted(n, 'row')}<extra></extra>"
            for f, n in dates.periods
        ],
    )
    every = max(1, -(-len(ends) // _TICKS))
    drawn.update_xaxes(
        type="date",
        range=_reach(ends),
        tickvals=[_middle(a, b) for a, b in ends[::every]],
        ticktext=[plain(_named(first, dates.period)) for first in firsts[::every]],
    )
    drawn.update_yaxes(
        rangemode="tozero", showgrid=True, gridcolor=p.grid, nticks=5, tickformat=",d"
    )
    clickable(drawn)
    busiest = max(dates.periods, key=lambda entry: entry[1], default=None)
    most = (
        f" Most rows, {count(busiest[1])}, fall in {_named(*busiest[:1], dates.period)}."
        if busiest
        else ""
    )
    return Picture(
        drawn,
        f"Rows of {column.name} by {dates.period}, {dates.minimum} to {dates.maximum}: "
        f"{counted(dates.gaps, dates.period)} without rows, "
        f"the longest gap {counted(dates.longest_gap, dates.period)}.{most}",
    )


def _gaps(periods: Sequence[tuple[str, int]], period: str) -> list[tuple[str, str]]:
    """List the runs of empty periods, each from its first day to the first day after it."""
    runs: list[tuple[str, str]] = []
    for first, n in periods:
        if n:
            continue
        start = runs.pop()[0] if runs and runs[-1][1] == first[:10] else first[:10]
        runs.append((start, period_end(first, period)))
    return runs


def _reach(ends: Sequence[tuple[str, str]]) -> list[str] | None:
    """Give the ends of the time axis: a little more than the periods, so that no bar is cut."""
    if not ends:
        return None
    first, last = datetime.fromisoformat(ends[0][0][:10]), datetime.fromisoformat(ends[-1][1])
    pad = (last - first) / 50
    try:
        return [(first - pad).isoformat(sep=" "), (last + pad).isoformat(sep=" ")]
    except OverflowError:
        return None


def _middle(first: str, end: str) -> str:
    """Give the middle of a period, as plotly wants it."""
    begin = datetime.fromisoformat(first[:10])
    return (begin + (datetime.fromisoformat(end) - begin) / 2).isoformat(sep=" ")


def _named(first: str, period: str) -> str:
    return first[:4] if period == "year" else first[:7] if period == "month" else first[:10]
