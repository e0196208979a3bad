"""Which groups are judged, what they are called, and how far a number may be trusted."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from audit.format import cut
from audit.judging.words import quoted
from audit.model import PERSONAL_ROLES, Pairs, RoleMap, Where
from audit.reports.representation.group_values import (
    MISSING,
    REST,
    Axis,
    Combination,
    Estimate,
    Level,
)
from audit.reports.representation.values import Representation

_COLUMN_LENGTH = 24
_BARE_WORDS = frozenset({"yes", "no", "true", "false"})
"""Values that say nothing without the name of their column."""

Interval = tuple[float, float]


def is_personal(columns: tuple[str, ...], roles: RoleMap) -> bool:
    """Whether one of the columns holds values that may point at a person: they are not named."""
    return any(PERSONAL_ROLES.intersection(roles.of(column)) for column in columns)


def combinations_of(report: Representation, roles: RoleMap) -> Iterator[Combination]:
    """Give the combinations whose groups may be named."""
    return (c for c in report.combinations if not is_personal(c.columns, roles))


def is_real(levels: Pairs) -> bool:
    """Whether a group is one of people, and not of missing or left over values."""
    return all(name not in (MISSING, REST) for _, name in levels)


def group_name(report: Representation, levels: Pairs) -> str:
    """Name a group as sentences do: “Black”, “Female” × “age 25-44”, “foreign = 1”."""
    return " × ".join(level_name(_axis(report, column), column, name) for column, name in levels)


def level_name(axis: Axis | None, column: str, name: str) -> str:
    """Name one level; with its column where the value alone says nothing."""
    kind = next((a.kind for a in axis.levels if a.name == name), "value") if axis else "value"
    if kind == "bin":
        return quoted(f"{cut(column, _COLUMN_LENGTH)} {name}")
    telling = len(name) > 1 and any(map(str.isalpha, name)) and name.lower() not in _BARE_WORDS
    return quoted(name if telling else f"{cut(column, _COLUMN_LENGTH)} = {name}")


def positive_name(report: Representation) -> str:
    """Name the positive value of the label; empty where there is none."""
    label = report.label
    if label is None or label.axis is None or label.positive is None:
        return ""
    return level_name(label.axis, label.column, label.axis.levels[label.positive].name)


def level_of(report: Representation, column: str, name: str) -> Level | None:
    """Find a level of a sensitive column."""
    axis = _axis(report, column)
    return next((a for a in axis.levels if a.name == name), None) if axis else None


def rows_of_level(report: Representation, column: str, name: str) -> Where | None:
    """Say which rows a level of a sensitive column holds."""
    level = level_of(report, column, name)
    return Where(tests=(level.test,)) if level else None


def clearly_worse(levels: Pairs, found: Mapping[Pairs, Interval]) -> bool:
    """Whether a group is worse off than every group it is a part of, beyond both intervals.

    Parameters
    ----------
    levels : Pairs
        The group; one of a single column is a part of none.
    found : mapping of group to (low, high)
        How badly off each group is; those that are not in it are not compared with.
    """
    low, _ = found[levels]
    parts = (p for size in range(1, len(levels)) for p in combinations(levels, size))
    return all(low > found[part][1] for part in parts if part in found)


def away_from_zero(estimate: Estimate | None) -> Interval:
    """Give the interval of the size of a difference, whatever its sign; (0, 0) without one."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return 0.0, 0.0
    ends = sorted((abs(estimate.low), abs(estimate.high)))
    return (ends[0] if estimate.low * estimate.high > 0 else 0.0), ends[1]


def label_caveats(report: Representation) -> tuple[str, ...]:
    """Say what is uncertain in all that rests on the label: a guess, weights."""
    guessed = report.label is not None and report.label.guessed
    return (
        *(("The positive value was guessed.",) if guessed else ()),
        *weight_caveats(report),
    )


def weight_caveats(report: Representation) -> tuple[str, ...]:
    """Say so where rates are weighted."""
    if report.weight is None:
        return ()
    return (f"Rates are weighted by {quoted(report.weight)}.",)


def _axis(report: Representation, column: str) -> Axis | None:
    return next((axis for axis in report.axes if axis.column == column), None)
