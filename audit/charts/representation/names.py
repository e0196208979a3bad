"""How groups and their numbers are named in pictures, and what to leave out of long lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from audit.charts.template import visible, wrap
from audit.format import coefficient, count, cut, percent, points, ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.model import Pairs
    from audit.reports.representation.group_values import Estimate, Estimates

WIDTH = 22
"""Letters in a line of a group's name, so that 480 pixels hold names, marks and figures."""
_CUTS = (99, 18, 16, 14, 12, 10, 8, 6, 4)
NEGLIGIBLE = 0.05
"""A ratio this near to 1 is in line even where its interval excludes 1: with many rows
everything is significant."""
METRICS = {
    "selection_rate": "predicted positive",
    "accuracy": "predicted rightly",
    "precision": "precision: right among predicted positives",
    "true_positive_rate": "true positive rate: positives found",
    "true_negative_rate": "true negative rate: negatives found",
    "false_positive_rate": "false positive rate: negatives taken for positive",
    "false_negative_rate": "false negative rate: positives missed",
    "false_discovery_rate": "false discovery rate: wrong among predicted positives",
    "false_omission_rate": "false omission rate: wrong among predicted negatives",
    "roc_auc": "ROC AUC: a positive scored above a negative",
    "calibration_gap": "mean score − label rate",
}
"""What a metric is called on an axis; a name that is not here stands for itself."""
MORE_IS_WORSE = frozenset(
    {
        "false_positive_rate",
        "false_negative_rate",
        "false_discovery_rate",
        "false_omission_rate",
        "calibration_gap",
    }
)
"""Metrics of which more is drawn as worse."""


def group_name(levels: Pairs) -> str:
    """Name a group for people: 'Female × Black'. Not escaped."""
    return " × ".join(visible(name) for _, name in levels) or "all rows"


def row_name(levels: Pairs, *, compact: bool = False) -> str:
    """Name a group where there is little room, so that each of its levels can be told.

    Examples
    --------
    >>> row_name((("age", "18-24"), ("race", "Asian-Pac-Islander"), ("sex", "Female")))
    '18-24 × Asian-P…nder × Female'
    """
    letters, lines = (20, 1) if compact else (WIDTH, 2)
    names = [visible(name) for _, name in levels]
    for most in _CUTS if len(names) > 1 else ():
        short = " × ".join(cut(name, most) for name in names)
        if len(wrap(short, letters, len(short))) <= lines:
            return short
    return group_name(levels)


def find(
    estimates: Estimates, name: str, *, against: str | None = None, label_class: str = ""
) -> Estimate | None:
    """Find an estimate by name, class of the label and, where one is named, the group against."""
    for estimate in estimates:
        same = estimate.name == name and estimate.label_class == label_class
        if same and against in (None, estimate.against):
            return estimate
    return None


class Writing(NamedTuple):
    """How a metric and its difference are written."""

    value: Callable[[float | None], str]
    gap: Callable[[float | None], str]


def share(value: float | None) -> str:
    """Write a share that may be negative: '10.9%', '−1.8%'."""
    return f"−{percent(-value)}" if value is not None and value < 0 else percent(value)


def step(difference: float | None) -> str:
    """Write a difference of coefficients: '+0.02', '−0.02'."""
    text = coefficient(difference)
    return f"+{text}" if difference is not None and round(difference, 2) > 0 else text


SHARES, COEFFICIENTS = Writing(share, points), Writing(ratio, step)


def times(value: float | None) -> str:
    """Write a ratio to a reference: '×0.82', '×19.2', '×123'; '–' where it is not defined.

    Examples
    --------
    >>> times(0.8192), times(19.2), times(123.4), times(0.001), times(0), times(None)
    ('×0.82', '×19.2', '×123', '<×0.01', '×0.00', '–')
    """
    if value is None:
        return "–"
    if 0 < value < 0.005:
        return "<×0.01"
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return f"×{value:,.{digits}f}"


def too_few(name: str, n: int) -> str:
    """Say that a group is too small: 'Other: too few to tell (n = 79)'."""
    return f"{name}: too few to tell (n = {count(n)})"


def of_many(shown: int, total: int) -> str:
    """Say what was left out, for the text alternative: ' (20 of 40 groups)'; empty: nothing."""
    return "" if shown == total else f" ({shown} of {total:,} groups)"
