"""How far apart the qualities of groups are, among the groups that may be judged."""

from dataclasses import dataclass, replace
from math import sqrt

from audit.judging.groups import is_real
from audit.reports.representation.group_values import Estimate
from audit.reports.representation.part_values import Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The two groups that are furthest apart."""

    highest: str
    lowest: str
    high: Estimate
    low: Estimate
    gap: Estimate


def spread(quality: Quality, min_group: int) -> Spread | None:
    """Find the groups of people that are furthest apart; None where there are not two.

    The gap of the report holds all groups that are large enough, that of missing values too.
    Where the furthest apart are two others, the interval is joined from those of both groups:
    by Newcombe's method for shares, as that of independent means for lengths.
    """
    known = [
        (name, e)
        for name, e in quality.groups
        if e.n >= min_group and e.value is not None and is_real(((quality.by, name),))
    ]
    if len(known) < 2:
        return None
    highest, high = max(known, key=lambda one: one[1].value or 0.0)
    lowest, low = min(known, key=lambda one: one[1].value or 0.0)
    found = quality.gap
    if (highest, lowest) != (quality.highest, quality.lowest):
        found = _between(found, high, low)
    return Spread(highest=highest, lowest=lowest, high=high, low=low, gap=found)


def _between(gap: Estimate, a: Estimate, b: Estimate) -> Estimate:
    assert a.value is not None
    assert b.value is not None
    value = a.value - b.value
    found = replace(gap, value=value, n=a.n + b.n, low=None, high=None, reason="")
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return found
    return replace(
        found,
        low=value - sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2),
        high=value + sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2),
    )
