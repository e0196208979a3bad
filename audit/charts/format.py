"""Number formats, as :mod:`audit.format` has them, at hand for pictures and pages."""

from audit.format import (
    NOT_DEFINED,
    coefficient,
    count,
    counted,
    duration,
    in_words,
    number,
    percent,
    plural,
    points,
    ratio,
    size,
)

__all__ = [
    "NOT_DEFINED",
    "coefficient",
    "count",
    "counted",
    "duration",
    "in_words",
    "number",
    "percent",
    "plural",
    "points",
    "ratio",
    "size",
]
