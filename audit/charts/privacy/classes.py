"""Rows by the size of their equivalence class: how many share the same quasi-identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from audit.charts.template import (
    CARD_HEIGHT,
    LIGHT,
    NORMAL,
    SMALL,
    Palette,
    Picture,
    figure,
    small,
)
from audit.format import count, counted, percent

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from audit.reports.reidentification.values import Risk

LINES = (5, 10)
"""Sizes of a class that custom asks for; below the first a row counts as easily picked out."""
_LOWEST = (1, 2, 3, 5, 10, 20, 50, 100, 1000)
_ALWAYS = 5
"""Bands that are drawn whether or not a row is in them, so that both lines stand."""


class Band(NamedTuple):
    """Classes of ``low`` rows and more, up to the next band, and the rows in them."""

    name: str
    low: int
    rows: int


def bands(risk: Risk, *, at_least: int = _ALWAYS) -> list[Band]:
    """Count rows by bands of class size; no more bands than rows reach, or ``at_least``."""
    rows = [0] * len(_LOWEST)
    for size, n in risk.by_rows:
        rows[sum(low <= size for low in _LOWEST) - 1] += n
    last = max((i + 1 for i, n in enumerate(rows) if n), default=0)
    kept = max(last, at_least)
    return [Band(_name(i, kept), _LOWEST[i], rows[i]) for i in range(kept)]


def class_sizes(risk: Risk, *, compact: bool = False, p: Palette = LIGHT) -> Picture:
    """Draw the share of rows by class size, with the lines k = 5 and k = 10.

    Parameters
    ----------
    risk : Risk
        Of a table with rows.
    compact : bool
        Whether it is a picture on a card.
    p : Palette
        Colours.
    """
    found = bands(risk)
    shares = [band.rows / risk.rows for band in found]
    drawn = _bars(found, shares, [colour(band.low, p) for band in found], compact=compact, p=p)
    for i, (band, share) in enumerate(zip(found, shares, strict=True)):
        if not band.rows:
            text = small("0", p.muted)
        elif compact:
            text = percent(share, 0)
        else:
            text = f"<b>{percent(share)}</b><br>" + small(count(band.rows), p.muted)
        _write(drawn, text, i, share, size=SMALL if compact else NORMAL)
    _draw_lines(drawn, found, compact=compact, p=p)
    return Picture(drawn, f"Share of rows by class size: {_said(found, risk)}. {_below(risk)}")


def before_and_after(before: Risk, after: Risk, *, p: Palette = LIGHT) -> Picture:
    """Draw the share of rows by class size after a change, with a stroke where it was before.

    The lower figure, in small type, is the share before.
    """
    most = max(len(bands(before)), len(bands(after)))
    was, now = bands(before, at_least=most), bands(after, at_least=most)
    old = [band.rows / before.rows for band in was]
    new = [band.rows / after.rows for band in now]
    drawn = _bars(now, new, [colour(band.low, p) for band in now], compact=False, p=p, beside=old)
    for i, (share, former) in enumerate(zip(new, old, strict=True)):
        if not share and not former:
            _write(drawn, small("0", p.muted), i, 0, size=NORMAL)
            continue
        if former:
            drawn.add_shape(
                type="line", x0=i - 0.44, x1=i + 0.44, y0=former, y1=former, line={"color": p.ink}
            )
        text = f"<b>{percent(share)}</b><br>" + small(percent(former), p.muted)
        _write(drawn, text, i, max(share, former), size=NORMAL)
    _draw_lines(drawn, now, compact=False, p=p)
    return Picture(
        drawn,
        f"Share of rows by class size, before: {_said(was, before)}; after: {_said(now, after)}. "
        f"{_below(after)}",
    )


def colour(size: int, p: Palette) -> str:
    """Choose the colour of classes of that size: past both lines, between them, or fine."""
    return p.worse if size < LINES[0] else p.caution if size < LINES[1] else p.context


def _name(i: int, kept: int) -> str:
    low = _LOWEST[i]
    if low == 1:
        return "unique"
    if i == len(_LOWEST) - 1 or (i == kept - 1 and low >= LINES[1]):
        return f"{low:,}+"
    high = _LOWEST[i + 1] - 1
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _bars(
    found: list[Band],
    shares: list[float],
    colours: list[str],
    *,
    compact: bool,
    p: Palette,
    beside: list[float] | None = None,
) -> go.Figure:
    edges = (22, 20) if compact else (40, 44)
    drawn = figure(
        p,
        height=CARD_HEIGHT if compact else 280,
        margin={"l": 0, "r": 0, "t": edges[0], "b": edges[1]},
    )
    places = list(range(len(found)))
    drawn.add_bar(
        x=places, y=shares, hoverinfo="skip", marker={"color": colours, "line": {"width": 0}}
    )
    top = max([*shares, *(beside or ())]) * (1.35 if compact else 1.25)
    drawn.update_xaxes(
        tickvals=places, ticktext=[b.name for b in found], range=[-0.55, len(found) - 0.45]
    )
    drawn.update_yaxes(visible=False, range=[0, top])
    if not compact:
        drawn.update_xaxes(title={"text": "rows that share the same quasi-identifiers"})
    drawn.add_shape(
        type="line", x0=0, x1=1, xref="paper", y0=0, y1=0, line={"color": p.zero, "width": 1}
    )
    return drawn


def _write(drawn: go.Figure, text: str, x: float, y: float, *, size: int) -> None:
    drawn.add_annotation(text=text, x=x, y=y, yanchor="bottom", yshift=2, font={"size": size})


def _draw_lines(drawn: go.Figure, found: list[Band], *, compact: bool, p: Palette) -> None:
    for k in LINES:
        at = next(i for i, band in enumerate(found) if band.low >= k) - 0.5
        drawn.add_shape(
            type="line",
            x0=at,
            x1=at,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": p.muted, "width": 1.2, "dash": "dot"},
        )
        drawn.add_annotation(
            text=small(f"k={k}" if compact else f"k = {k}", p.muted),
            x=at,
            y=1,
            yref="paper",
            yanchor="bottom",
        )


def _said(found: list[Band], risk: Risk) -> str:
    return "; ".join(f"{band.name} {percent(band.rows / risk.rows)}" for band in found)


def _below(risk: Risk) -> str:
    k = LINES[0]
    return (
        f"{counted(risk.rows_below(k), 'row')} of {count(risk.rows)} in classes smaller than {k}."
    )
