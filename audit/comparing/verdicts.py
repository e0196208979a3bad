"""When a measure has become better or worse: beyond a tolerance, and beyond chance."""

from dataclasses import dataclass, replace
from math import exp, inf, isfinite, isnan, log, sqrt

from audit.comparing.values import Line, Verdict
from audit.format import moved, number
from audit.model import Measure

SHARE = 0.005
"""Half a percentage point: shares of cells and rows that are nearer are called the same."""
RATE = 0.01
"""One point: differences of rates, areas under curves and the like."""
RATIO = log(1.05)
"""Five percent, of ratios: with many rows everything is significant."""
EXACT = 0.0

CONSERVATIVE = (
    "interval of the change: as of other rows, joined from both intervals (Zou and Donner 2008), "
    "which is too wide rather than too narrow where rows are paired"
)
"""What the interval of a change rests on where nothing else is said."""

_NO_DIRECTION = "Neither more nor less is better in itself."
_EQUAL = "It is equal."
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How a measure is judged and drawn."""

    ideal: float | None
    poor: float | None = None
    threshold: float | None = None
    tolerance: float = EXACT
    at_least: bool = False
    """Whether more than the ideal is as good as the ideal."""
    ratio: bool = False
    """Whether distances are those of logarithms: 0.5 is as far from 1 as 2 is."""

    def distance(self, value: float) -> float:
        """Tell how far a value is from the ideal."""
        assert self.ideal is not None
        if self.at_least:
            return max(0.0, self.ideal - value)
        if self.ratio:
            return abs(log(value / self.ideal)) if value > 0 else inf
        return abs(value - self.ideal)


def judged(
    line: Line,
    scale: Scale,
    *,
    interval: tuple[float | None, float | None] | None = None,
    sure: bool = False,
    few: str = "",
) -> Line:
    """Give a line its scale, change, interval and verdict.

    Parameters
    ----------
    line : Line
        With both measures.
    scale : Scale
        Which value is best, and how near to another one is the same.
    interval : pair of float, optional
        Of the change; by default joined from the intervals of both measures.
    sure : bool
        Whether the numbers are facts about the rows, for which no interval is needed.
    few : str
        Why no verdict is given although there are numbers: too few rows.
    """
    line = replace(line, ideal=scale.ideal, poor=scale.poor, threshold=scale.threshold)
    before, after = line.before.value, line.after.value
    if before is None or after is None:
        return replace(line, verdict="unknown", reason=_undefined(line))
    if not (isfinite(before) and isfinite(after)):
        return replace(line, verdict="unknown", reason="It is infinite on one side.")
    change = float(after - before)
    ends = interval if interval is not None else None if sure else joined(line.before, line.after)
    low, high = ends or (None, None)
    line = replace(line, change=change, low=low, high=high)
    verdict, reason = _verdict(line, scale, sure=sure, few=few)
    return replace(line, verdict=verdict, reason=reason)


def joined(before: Measure, after: Measure) -> tuple[float, float] | None:
    """Join the intervals of two measures to one of their difference.

    Notes
    -----
    Zou and Donner (2008), *Statistics in Medicine* 27, 1693-1702: for shares with Wilson's
    intervals it is Newcombe's method. It holds for independent rows; rows that are on both
    sides make both numbers move together, and the interval too wide.
    """
    ends = (before.low, before.high, after.low, after.high)
    if before.value is None or after.value is None or None in ends:
        return None
    low_b, high_b, low_a, high_a = (float(end) for end in ends if end is not None)
    change = after.value - before.value
    down = sqrt((after.value - low_a) ** 2 + (high_b - before.value) ** 2)
    up = sqrt((high_a - after.value) ** 2 + (before.value - low_b) ** 2)
    return change - down, change + up


def _verdict(line: Line, scale: Scale, *, sure: bool, few: str) -> tuple[Verdict, str]:
    assert line.before.value is not None
    assert line.after.value is not None
    if line.before.value == line.after.value:
        return "same", _EQUAL
    if scale.ideal is None or few:
        return "unknown", few or _NO_DIRECTION
    gained = scale.distance(line.before.value) - scale.distance(line.after.value)
    if abs(gained) <= scale.tolerance + _ROUNDING or isnan(gained):
        return "same", _within(line, scale)
    doubt = "" if sure else _doubt(line)
    if doubt:
        return "unknown", doubt
    return ("better" if gained > 0 else "worse"), ""


def _doubt(line: Line) -> str:
    if line.low is None or line.high is None:
        return "No interval of the change can be given: it may be chance."
    if line.low <= 0 <= line.high:
        ends = " to ".join(moved(end, line.after.unit) for end in (line.low, line.high))
        return f"The 95% interval of the change, {ends}, holds 0: it may be chance."
    return ""


def _within(line: Line, scale: Scale) -> str:
    assert line.before.value is not None
    assert line.after.value is not None
    assert scale.ideal is not None
    if scale.at_least and min(line.before.value, line.after.value) >= scale.ideal:
        return f"Both are {number(scale.ideal)} or more."
    sides = (line.before.value - scale.ideal) * (line.after.value - scale.ideal)
    if sides < 0:
        return f"As far from {number(scale.ideal)}, on the other side."
    if scale.ratio:
        return f"Within {round(100 * (exp(scale.tolerance) - 1))}% of each other."
    if line.before.unit == "share":
        return f"They differ by no more than {number(100 * scale.tolerance)} pp."
    return f"They differ by no more than {number(scale.tolerance)}."


def _undefined(line: Line) -> str:
    sides = (("before", line.before), ("after", line.after))
    said = [f"Not defined {side}: {m.reason}" for side, m in sides if m.value is None]
    reasons = {m.reason for _, m in sides if m.value is None}
    if len(said) == len(sides) and len(reasons) == 1:
        return reasons.pop()
    return " ".join(said)
