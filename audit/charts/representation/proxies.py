"""What gives a sensitive column away: the AUC of predicting it from each other column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import WIDTH
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, visible
from audit.format import coefficient, count, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.representation.group_values import Estimate
    from audit.reports.representation.part_values import Proxies

TOGETHER = "all of them together"
_SIGNS = {"cramers_v": "V", "correlation_ratio": "η"}
_NOTHING = 0.5


def proxy_strengths(proxies: Proxies, *, p: Palette = LIGHT, most: int = 20) -> Picture:
    """Draw how well each column predicts the sensitive one, all of them together on top.

    Parameters
    ----------
    proxies : Proxies
        The columns, the strongest first. Each mark carries ``[position of the column]`` as
        ``customdata``, None for all together.
    p : Palette
        Colours.
    most : int
        Columns at the most, the strongest.

    Notes
    -----
    ○ is a column whose interval holds 0.5: it gives nothing away.
    """
    shown = proxies.columns[:most]
    entries: list[tuple[int | None, str, Estimate, str]] = [
        (None, TOGETHER, proxies.together, ""),
        *((i, visible(x.column), x.auc, _association(x.association)) for i, x in enumerate(shown)),
    ]
    rows = Rows(
        [name for _, name, _, _ in entries],
        p,
        columns=[("association", 78), ("AUC", 48)],
        above=18,
        below=34,
        width=WIDTH,
    )
    lows = [v for _, _, e, _ in entries for v in (e.value, e.low) if v is not None]
    least = min([_NOTHING, *lows])
    start = least - (0.02 if least < _NOTHING else 0.0)
    rows.figure.update_xaxes(
        range=[start, 1.02],
        tickvals=[_NOTHING, 0.75, 1.0],
        ticktext=["0.5", "0.75", "1"],
        title={"text": "AUC, out of fold"},
    )
    nothing = "nothing given away"
    marks.add_threshold(rows, _NOTHING, nothing, p.muted, side="right", dash="solid")
    if proxies.together.value is not None:
        marks.add_threshold(rows, proxies.together.value, "", p.muted, side="left")
    _draw(rows, entries)
    marks.add_rule(rows, 0.5)
    marks.say_how_many(rows, len(shown), len(proxies.columns), "columns")
    return Picture(marks.finish(rows), _alt(proxies, entries))


def _association(e: Estimate) -> str:
    return f"{_SIGNS.get(e.name, '')} {coefficient(e.value)}".strip()


def _interval(e: Estimate) -> str:
    return "" if e.low is None or e.high is None else f" ({ratio(e.low)} to {ratio(e.high)})"


def _draw(rows: Rows, entries: Sequence[tuple[int | None, str, Estimate, str]]) -> None:
    p = rows.p
    drawn: list[Mark] = []
    for i, (at, name, auc, association) in enumerate(entries):
        if auc.value is None:
            rows.values(i, [association, "–"], strong=p.muted)
            continue
        away = auc.low is not None and auc.low > _NOTHING
        colour = p.data if away else p.muted
        drawn.append(
            Mark(
                row=i,
                x=auc.value,
                low=auc.low,
                high=auc.high,
                colour=colour,
                symbol="circle" if away else "circle-open",
                hover=f"{name}: AUC {ratio(auc.value)}{_interval(auc)}, n = {count(auc.n)}",
                data=(at,),
            )
        )
        rows.values(i, [association, ratio(auc.value)], strong=p.ink if away else p.muted)
    marks.add_marks(rows, drawn)


def _alt(proxies: Proxies, entries: Sequence[tuple[int | None, str, Estimate, str]]) -> str:
    said = "; ".join(
        f"{name} {ratio(auc.value)}{_interval(auc)}"
        + (f", association {association}" if association else "")
        + (f" ({auc.reason.rstrip('.')})" if auc.value is None and auc.reason else "")
        for _, name, auc, association in entries
    )
    total = len(proxies.columns)
    some = "" if len(entries) - 1 == total else f" ({len(entries) - 1} of {total:,} columns)"
    return (
        f"AUC of predicting {proxies.sensitive} out of fold, 0.5 is nothing given away{some}: "
        f"{said}."
    )
