"""How a model treats groups: one metric by group, against the reference group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.charts import marks
from audit.charts.representation.metric_rows import Entry, alt, draw, frame
from audit.charts.representation.names import (
    COEFFICIENTS,
    METRICS,
    MORE_IS_WORSE,
    NEGLIGIBLE,
    SHARES,
    find,
    group_name,
    row_name,
)
from audit.charts.template import LIGHT, Palette, Picture, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.reports.representation.model_values import ModelCombination, ModelGroup


def error_rates(
    combination: ModelCombination,
    name: str,
    *,
    min_group: int,
    p: Palette = LIGHT,
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
    kept = marks.chosen([e.rank for e in found], most)
    entries = [found[i] for i in kept]
    names = [row_name(combination.groups[e.at].levels) for e in entries]
    rows = frame(names, entries, p)
    reach = _reach([v for e in entries if not e.few for v in (e.low, e.value, e.high)] + [base])
    said = METRICS.get(name, name.replace("_", " "))
    writing = COEFFICIENTS if _is_coefficient(combination, name) else SHARES
    draw(
        rows,
        entries,
        reach,
        said,
        base,
        more_is_worse=name in MORE_IS_WORSE,
        writing=writing,
    )
    marks.say_how_many(rows, len(entries), len(found), "groups")
    what = f"{said} by {' and '.join(combination.columns)}"
    return Picture(marks.finish(rows), alt(what, entries, len(found), base, writing))


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
        Entry(
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
    rows = frame([e.name for e in entries], entries, p)
    draw(rows, entries, (0.0, 1.04), title, base, more_is_worse=more_is_worse)
    return Picture(marks.finish(rows), alt(title, entries, len(entries), base))


def _of_group(
    at: int, group: ModelGroup, name: str, base: float | None, min_group: int, *, is_reference: bool
) -> Entry:
    own, gap = group.estimate(name), find(group.estimates, f"{name}_difference")
    value, low, high = (own.value, own.low, own.high) if own else (None, None, None)
    zero, ends = (0.0, (gap.low, gap.high)) if gap else (base, (low, high))
    return Entry(
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


def _is_coefficient(combination: ModelCombination, name: str) -> bool:
    return any(
        e.name == name and e.unit == "coefficient" for g in combination.groups for e in g.estimates
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


def _reach(values: Sequence[float | None]) -> tuple[float, float]:
    """Give the ends of the axis: from 0, or from a half where everything lies above it."""
    known = [v for v in values if v is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    first = low * 1.1 if low < 0 else 0.5 if low > 0.5 else 0.0
    last = max(high, first)
    return first, last + (last - first or 1.0) * 0.1
