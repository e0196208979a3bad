"""Many measures are compared: what a few of them are off by chance alone is not called a change."""

from collections.abc import Sequence
from dataclasses import replace
from math import erfc, sqrt

from audit.comparing.values import Line
from audit.stats import benjamini_hochberg
from audit.stats.intervals import Z95

_LEVEL = 0.05


def beyond_chance(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take back verdicts that do not stand when the number of measures is corrected for.

    Notes
    -----
    Benjamini and Hochberg (1995), over all measures whose change has an interval; their p-values
    are those of a normal distribution as wide as the side of the interval that faces 0. Facts
    about the rows have no interval, and stay as they are.
    """
    values = benjamini_hochberg([_p_value(line) for line in lines])
    tested = sum(p is not None for p in values)
    return tuple(
        replace(line, verdict="unknown", reason=_reason(tested))
        if p is not None and p >= _LEVEL and line.verdict in ("better", "worse")
        else line
        for line, p in zip(lines, values, strict=True)
    )


def _p_value(line: Line) -> float | None:
    if line.change is None or line.low is None or line.high is None:
        return None
    side = line.change - line.low if line.change > 0 else line.high - line.change
    if side <= 0:
        return 0.0 if line.change else 1.0
    return erfc(abs(line.change) * Z95 / side / sqrt(2))


def _reason(tested: int) -> str:
    return (
        f"The 95% interval of the change leaves out 0, but of {tested:,} measures some do by "
        "chance: corrected for their number (Benjamini-Hochberg) it may be chance."
    )
