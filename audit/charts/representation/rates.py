"""How often groups get the label: rates with intervals against the reference group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import WIDTH, find, group_name, of_many, row_name, too_few
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, wrap
from audit.format import count, percent, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.representation.group_values import Combination, Group

_MOST_ON_CARD = 5
_FOUR_FIFTHS = 0.8
_EARLY = 0.35
"""A line so far to the left has no room for its name on that side."""
_SYMBOLS = {"past": "diamond", "unsure": "circle-open", "fine": "circle"}

_Verdict = Literal["few", "none", "past", "unsure", "fine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    at: int
    name: str
    n: int
    value: float | None
    low: float | None
    high: float | None
    verdict: _Verdict
    against: float | None
    """Rate ÷ rate of the reference group."""
    is_reference: bool
    why: str

    @property
    def rank(self) -> tuple[float, ...]:
        """The reference group, then those past the line, lowest first, then the largest."""
        past = self.verdict == "past"
        far = self.against if past and self.against is not None else 1.0
        return (not self.is_reference, not past, far, -self.n)


def label_rates(
    combination: Combination,
    *,
    label_words: str,
    min_group: int,
    p: Palette = LIGHT,
    compact: bool = False,
    most: int = 20,
    label_class: str = "",
) -> Picture:
    """Draw the rate of the label by group with the reference group and the four-fifths line.

    Parameters
    ----------
    combination : Combination
        The groups. Each mark carries ``[position of the group]`` as ``customdata``.
    label_words : str
        What a rate is the share of: 'income >50K'.
    min_group : int
        Groups with fewer rows are hatched.
    p : Palette
        Colours.
    compact : bool
        Whether it is a picture on a card: at most five groups, ratios only.
    most : int
        Groups at the most: the reference group, those farthest below the line, the largest.
    label_class : str
        The class taken as positive, where each is taken in turn.

    Notes
    -----
    ◆ is below the line with its interval, and so is the interval of its ratio where there is
    one; ○ is not told apart from the line; ● is in order.
    """
    base = _base(combination, label_class)
    found = [
        _entry(i, g, combination.reference_group, base, min_group, label_class)
        for i, g in enumerate(combination.groups)
    ]
    kept = marks.chosen([e.rank for e in found], min(most, _MOST_ON_CARD) if compact else most)
    entries = [found[i] for i in kept]
    high = [e.high or e.value or 0.0 for e in entries if e.verdict not in ("few", "none")]
    top = (max([*high, base or 0.0]) or 1.0) * 1.1
    line = base * _FOUR_FIFTHS if base else None
    early = line is not None and line / top < _EARLY
    rows = Rows(
        [row_name(combination.groups[e.at].levels, compact=compact) for e in entries],
        p,
        notes=[f"n = {count(e.n)}" for e in entries],
        columns=[("rate", 52), ("95% interval", 92), ("ratio", 48)],
        compact=compact,
        above=36 if early and not compact else 18,
        below=4 if compact else 34,
        width=WIDTH,
    )
    marks.share_axis(rows, 0, top, title=f"share with {label_words}")
    rows.zero()
    _lines(rows, combination.reference_group, base, line, early=early)
    _marks(rows, entries, top)
    marks.say_how_many(rows, len(entries), len(found), "groups")
    return Picture(
        marks.finish(rows), _alt(entries, len(found), combination, base, line, label_words)
    )


def _base(combination: Combination, label_class: str) -> float | None:
    name = combination.reference_group
    group = combination.group(name) if name is not None else None
    rate = find(group.estimates, "label_rate", label_class=label_class) if group else None
    return rate.value if rate else None


def _entry(
    at: int,
    group: Group,
    reference: str | None,
    base: float | None,
    min_group: int,
    label_class: str,
) -> _Entry:
    rate = find(group.estimates, "label_rate", label_class=label_class)
    n = rate.n if rate else group.n
    value, low, high = (rate.value, rate.low, rate.high) if rate else (None, None, None)
    impact = find(
        group.estimates, "disparate_impact", against=reference or "", label_class=label_class
    )
    verdict: _Verdict = "fine"
    if min(n, group.n) < min_group:
        verdict = "few"
    elif value is None:
        verdict = "none"
    elif base is not None and group.name != reference:
        ends = [(low, high, base * _FOUR_FIFTHS)]
        ends += [(impact.low, impact.high, _FOUR_FIFTHS)] if impact else []
        verdict = _judge(ends)
    return _Entry(
        at=at,
        name=group_name(group.levels),
        n=n,
        value=value,
        low=low,
        high=high,
        verdict=verdict,
        against=value / base if value is not None and base else None,
        is_reference=group.name == reference,
        why=rate.reason if rate else "",
    )


def _judge(ends: Sequence[tuple[float | None, float | None, float]]) -> _Verdict:
    """Compare intervals with their lines: (low, high, line). All of them must be clear."""
    known = [(low, high, line) for low, high, line in ends if low is not None and high is not None]
    if known and all(high < line for _, high, line in known):
        return "past"
    return "fine" if known and all(low >= line for low, _, line in known) else "unsure"


def _lines(
    rows: Rows,
    reference: str | None,
    base: float | None,
    line: float | None,
    *,
    early: bool,
) -> None:
    p = rows.p
    if base is None:
        return
    if line is not None:
        text = "four-fifths line" if rows.compact else f"four-fifths line {percent(line)}"
        marks.add_threshold(rows, line, text, p.worse, side="right" if early else "left")
    short = wrap(reference or "", 18, 1)[0]
    text = "" if rows.compact else f"{short} {percent(base)}"
    below = 1 if early and not rows.compact else 0
    marks.add_threshold(rows, base, text, p.muted, side="right", dash="solid", line=below)


def _marks(rows: Rows, entries: Sequence[_Entry], top: float) -> None:
    p = rows.p
    drawn: list[Mark] = []
    hatched: list[tuple[int, str, tuple[object, ...]]] = []
    for i, e in enumerate(entries):
        if e.verdict in ("few", "none") or e.value is None:
            few = e.verdict == "few"
            hatched.append((i, too_few(e.name, e.n) if few else f"{e.name}: {e.why}", (e.at,)))
            rows.values(i, ["–", "too few" if few else "–", "–"], strong=p.muted)
            continue
        colour = p.worse if e.verdict == "past" else p.ink
        drawn.append(
            Mark(
                row=i,
                x=e.value,
                low=e.low,
                high=e.high,
                colour=colour,
                symbol=_SYMBOLS[e.verdict],
                hover=f"{e.name}: {percent(e.value)} ({marks.span(e.low, e.high)}, n = {count(e.n)})",
                data=(e.at,),
            )
        )
        last = "ref." if e.is_reference else ratio(e.against)
        rows.values(i, [percent(e.value), marks.span(e.low, e.high), last], strong=colour)
    marks.add_hatches(rows, hatched, (0, top * 0.32))
    marks.add_marks(rows, drawn)


def _alt(
    entries: Sequence[_Entry],
    total: int,
    combination: Combination,
    base: float | None,
    line: float | None,
    label_words: str,
) -> str:
    reference = (
        "no group to compare with"
        if base is None
        else f"{combination.reference_group} is the reference"
        + (f", the line stands at {percent(line)}" if line is not None else "")
    )
    said = "; ".join(_words(e) for e in entries) or "no groups"
    return (
        f"Share with {label_words} by {' and '.join(combination.columns)} with 95% "
        f"intervals{of_many(len(entries), total)}; {reference}: {said}."
    )


def _words(e: _Entry) -> str:
    if e.verdict == "few":
        return too_few(e.name, e.n)
    if e.value is None:
        return f"{e.name}: not defined" + (f" ({e.why})" if e.why else "")
    past = ", below the line" if e.verdict == "past" else ""
    return f"{e.name} {percent(e.value)} ({marks.span(e.low, e.high)}, n = {count(e.n)}){past}"
