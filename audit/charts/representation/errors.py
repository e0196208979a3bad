"""How a model treats groups: one metric by group, against the reference group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.marks import Mark
from audit.charts.representation.names import (
    METRICS,
    MORE_IS_WORSE,
    NEGLIGIBLE,
    WIDTH,
    find,
    group_name,
    of_many,
    too_few,
)
from audit.charts.rows import Rows
from audit.charts.template import LIGHT, Palette, Picture, visible, wrap
from audit.format import count, percent, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.representation.values import ModelCombination, ModelGroup

_MOST_ON_CARD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
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


def error_rates(
    combination: ModelCombination,
    name: str,
    *,
    min_group: int,
    p: Palette = LIGHT,
    compact: bool = False,
    most: int = 20,
) -> Picture:
    """Draw one metric by group with its interval, against the line of the reference group.

    Parameters
    ----------
    combination : ModelCombination
        The groups. Each mark carries ``[position of the group]`` as ``customdata``.
    name : str
        The metric: a share such as ``false_positive_rate``.
    min_group : int
        Groups with fewer rows are hatched.
    p : Palette
        Colours.
    compact : bool
        Whether it is a picture on a card: at most five groups, gaps only.
    most : int
        Groups at the most: the reference group, those farthest from it, the largest.

    Notes
    -----
    ◀ and ▶ are below and above the reference group by more than chance and more than a
    twentieth of its rate; ○ is not told apart from it.
    """
    reference = next((g for g in combination.groups if g.name == combination.reference_group), None)
    known = reference.estimate(name) if reference else None
    base = known.value if known else None
    found = [
        _of_group(i, g, name, base, min_group, is_reference=g is reference)
        for i, g in enumerate(combination.groups)
    ]
    kept = marks.chosen([e.rank for e in found], min(most, _MOST_ON_CARD) if compact else most)
    entries = [found[i] for i in kept]
    rows = _frame(entries, p, compact=compact)
    reach = _reach([v for e in entries if not e.few for v in (e.low, e.value, e.high)] + [base])
    said = METRICS.get(name, name.replace("_", " "))
    _draw(rows, entries, reach, said, base, more_is_worse=name in MORE_IS_WORSE)
    marks.say_how_many(rows, len(entries), len(found), "groups")
    what = f"{said} by {' and '.join(combination.columns)}"
    return Picture(marks.finish(rows), _alt(what, entries, len(found), base))


def error_rates_at(
    values: Sequence[tuple[str, int, float | None, float | None, float | None]],
    *,
    title: str,
    reference: str | None,
    min_group: int = 0,
    more_is_worse: bool = True,
    p: Palette = LIGHT,
) -> Picture:
    """Draw one metric by group at a threshold, on an axis from 0 to 1 that stays as it moves.

    Parameters
    ----------
    values : sequence of (str, int, float or None, float or None, float or None)
        Level, rows, value, ends of the interval. Each mark carries ``[position]``.
    title : str
        What is drawn: 'false positive rate'.
    reference : str or None
        The level that others are held against.
    min_group : int
        Groups with fewer rows are hatched.
    more_is_worse : bool
        Whether a group above the reference is drawn as worse off.
    p : Palette
        Colours.
    """
    base = next((value for level, _, value, _, _ in values if level == reference), None)
    entries = [
        _Entry(
            at=i,
            name=visible(level),
            n=n,
            value=value,
            low=low,
            high=high,
            gap=None if value is None or base is None else value - base,
            apart=level != reference and _apart(value, base, (low, high), base),
            few=n < min_group,
            is_reference=level == reference,
        )
        for i, (level, n, value, low, high) in enumerate(values)
    ]
    rows = _frame(entries, p, compact=False)
    _draw(rows, entries, (0.0, 1.04), title, base, more_is_worse=more_is_worse)
    return Picture(marks.finish(rows), _alt(title, entries, len(entries), base))


def _of_group(
    at: int, group: ModelGroup, name: str, base: float | None, min_group: int, *, is_reference: bool
) -> _Entry:
    own, gap = group.estimate(name), find(group.estimates, f"{name}_difference")
    value, low, high = (own.value, own.low, own.high) if own else (None, None, None)
    zero, ends = (0.0, (gap.low, gap.high)) if gap else (base, (low, high))
    return _Entry(
        at=at,
        name=group_name(group.levels),
        n=own.n if own else group.n,
        value=value,
        low=low,
        high=high,
        gap=None if value is None or base is None else value - base,
        apart=not is_reference and group.n >= min_group and _apart(value, base, ends, zero),
        few=group.n < min_group,
        is_reference=is_reference,
        why=own.reason if own else "",
    )


def _apart(
    value: float | None,
    base: float | None,
    ends: tuple[float | None, float | None],
    zero: float | None,
) -> bool:
    """Tell whether an interval leaves out what would be no difference, and by more than a trifle."""
    low, high = ends
    if value is None or base is None or low is None or high is None or zero is None:
        return False
    return abs(value - base) > NEGLIGIBLE * abs(base) and not low <= zero <= high


def _frame(entries: Sequence[_Entry], p: Palette, *, compact: bool) -> Rows:
    return Rows(
        [e.name for e in entries],
        p,
        notes=[f"n = {count(e.n)}" for e in entries],
        columns=[("rate", 52), ("95% interval", 92), ("gap", 66)],
        compact=compact,
        above=18,
        below=4 if compact else 34,
        width=WIDTH,
    )


def _reach(values: Sequence[float | None]) -> tuple[float, float]:
    """Give the ends of the axis: from 0, or from a half where everything lies above it."""
    known = [v for v in values if v is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    first = low * 1.1 if low < 0 else 0.5 if low > 0.5 else 0.0
    last = max(high, first)
    return first, last + (last - first or 1.0) * 0.1


def _draw(
    rows: Rows,
    entries: Sequence[_Entry],
    reach: tuple[float, float],
    title: str,
    base: float | None,
    *,
    more_is_worse: bool,
) -> None:
    p = rows.p
    marks.share_axis(rows, *reach, title=title)
    if reach[0] <= 0:
        rows.zero()
    if base is not None:
        name = next((e.name for e in entries if e.is_reference), "")
        late = (base - reach[0]) / (reach[1] - reach[0]) > 0.5
        text = f"{wrap(name, 18, 1)[0]} {_share(base)}"
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
                hover=f"{e.name}: {_share(e.value)} ({_span(e)}, n = {count(e.n)})",
                data=(e.at,),
            )
        )
        last = "ref." if e.is_reference else points(e.gap)
        rows.values(i, [_share(e.value), _span(e), last], strong=colour if e.apart else p.ink)
    end = reach[0] + (reach[1] - reach[0]) * 0.3
    marks.add_hatches(rows, hatched, (reach[0], end))
    marks.add_marks(rows, drawn)


def _look(p: Palette, e: _Entry, *, more_is_worse: bool) -> tuple[str, str]:
    """Choose colour and shape: the shape says below or above, the colour worse or not."""
    if e.is_reference:
        return p.ink, "circle"
    if not e.apart:
        return p.muted, "circle-open"
    above = (e.gap or 0.0) > 0
    colour = p.worse if above == more_is_worse else p.data
    return colour, "triangle-right" if above else "triangle-left"


def _share(value: float | None) -> str:
    """Write a share that may be negative, with a real minus."""
    return f"−{percent(-value)}" if value is not None and value < 0 else percent(value)


def _span(e: _Entry) -> str:
    if e.low is None or e.high is None:
        return "–"
    return f"{_share(e.low)}{' to ' if e.low < 0 else '–'}{_share(e.high)}"


def _alt(what: str, entries: Sequence[_Entry], total: int, base: float | None) -> str:
    name = next((e.name for e in entries if e.is_reference), "")
    against = f"{name} is the reference" if base is not None else "no group to compare with"
    said = "; ".join(_words(e) for e in entries) or "no groups"
    return f"{what}, with 95% intervals{of_many(len(entries), total)}; {against}: {said}."


def _words(e: _Entry) -> str:
    if e.few:
        return too_few(e.name, e.n)
    if e.value is None:
        return f"{e.name}: not defined" + (f" ({e.why})" if e.why else "")
    return f"{e.name} {_share(e.value)} ({_span(e)}, n = {count(e.n)})"
