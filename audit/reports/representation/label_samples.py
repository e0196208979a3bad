"""Labels that are numbers, sorted once: what each group's sample of them says."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from audit.reports.representation.axes import code
from audit.reports.representation.group_values import Axis, Combination
from audit.stats import Array, Counts, effective_size
from audit.store import Table

_WEIGHT = "CASE WHEN {w} > 0 AND isfinite({w}::DOUBLE) THEN {w}::DOUBLE ELSE 0 END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows with a label, by rising label."""

    label: Array
    codes: dict[str, Counts]
    """Positions of their levels, by column."""
    weight: Array | None
    below: Array
    """Share of all rows with a smaller label than this one."""
    up_to: Array
    """Share of all rows with this label or a smaller one."""
    whole: float
    """Rows, or their weights added up."""
    squared: float
    """Rows, or their squared weights added up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What is needed of the labels of one group."""

    name: str
    n: int
    size: float
    """Rows, or the effective size where they are weighted."""
    rest_size: float
    distance: float | None
    """Of its distribution function from that of all other rows."""
    mean: float | None
    variance: float | None
    """Of the mean, as an estimate; None where there are too few rows, or all labels are equal."""


def fetch(table: Table, axes: tuple[Axis, ...], label: str, weight: str | None) -> Rows:
    """Fetch all rows with a finite label, in the order of the labels."""
    parts, values = ["CAST({y} AS DOUBLE) AS y"], []
    for i, axis in enumerate(axes):
        expression, own = code(axis, f"k{i}", table.type_of(axis.column))
        parts.append(f"CAST({expression} AS USMALLINT) AS a{i}")
        values += own
    if weight:
        parts.append(f"{_WEIGHT} AS w")
    found = table.arrays(
        f"""SELECT {", ".join(parts)} FROM {{t}}
        WHERE {{y}} IS NOT NULL AND isfinite(CAST({{y}} AS DOUBLE))""",  # noqa: S608
        values,
        y=label,
        **{f"k{i}": axis.column for i, axis in enumerate(axes)},
        **({"w": weight} if weight else {}),
    )
    y = np.asarray(found.pop("y"), dtype=np.float64)
    order = np.argsort(y, kind="stable")
    y = y[order]
    weights = np.ma.filled(found.pop("w"), 0.0)[order].astype(np.float64) if weight else None
    below, up_to = _cumulative(y, weights)
    return Rows(
        label=y,
        codes={axis.column: np.asarray(found.pop(f"a{i}"))[order] for i, axis in enumerate(axes)},
        weight=weights,
        below=below,
        up_to=up_to,
        whole=float(len(y) if weights is None else weights.sum()),
        squared=float(len(y) if weights is None else (weights**2).sum()),
    )


def _cumulative(y: Array, weights: Array | None) -> tuple[Array, Array]:
    """Distribution function just before each of the sorted labels, and at it."""
    n = len(y)
    starts = np.flatnonzero(np.r_[True, y[1:] != y[:-1]]) if n else np.zeros(0, dtype=np.int64)
    ends = np.r_[starts[1:], n] if n else starts
    if weights is None:
        sums = np.arange(n + 1, dtype=np.float64)
    else:
        sums = np.concatenate([[0.0], np.cumsum(weights)])
    shares = sums / sums[-1] if sums[-1] > 0 else sums
    times = ends - starts
    return np.repeat(shares[starts], times), np.repeat(shares[ends], times)


def members(
    rows: Rows, combination: Combination, axes: tuple[Axis, ...]
) -> Iterator[npt.NDArray[np.int64]]:
    """Give the positions of the rows of each group, by rising label."""
    by_column = {axis.column: axis for axis in axes}
    chosen = [by_column[column] for column in combination.columns]
    sizes = [axis.size for axis in chosen]
    place = np.full(sizes, len(combination.groups), dtype=np.int16)
    for i, group in enumerate(combination.groups):
        at = [a.names().index(name) for a, (_, name) in zip(chosen, group.levels, strict=True)]
        place[tuple(at)] = i
    of_row = place[tuple(rows.codes[axis.column] for axis in chosen)]
    order = np.argsort(of_row, kind="stable")
    counts = np.bincount(of_row, minlength=len(combination.groups) + 1)
    ends = np.cumsum(counts)
    for i in range(len(combination.groups)):
        yield order[ends[i] - counts[i] : ends[i]]


def sample(rows: Rows, name: str, at: npt.NDArray[np.int64]) -> Sample:
    """Measure the rows of a group, given by their positions."""
    n = len(at)
    weight, total, squared = None, float(n), float(n)
    if rows.weight is not None:
        weight = rows.weight[at]
        total, squared = float(weight.sum()), float((weight**2).sum())
    size = effective_size(total, squared)
    mean, variance = _mean(rows.label[at], weight, size) if size > 0 else (None, None)
    rest = rows.whole - total
    alone = n == len(rows.label) or rest <= 0
    return Sample(
        name=name,
        n=n,
        size=size,
        rest_size=0.0 if alone else effective_size(rest, rows.squared - squared),
        distance=None
        if alone or not size
        else _largest_gap(rows, at, weight) * (rows.whole / rest),
        mean=mean,
        variance=variance,
    )


def _largest_gap(rows: Rows, at: npt.NDArray[np.int64], weight: Array | None) -> float:
    """Give the distance of the group's distribution function from that of all rows.

    It is largest at one of the group's own labels or just before it. Among equal labels only
    the first and the last one count; those between are less far away, and do no harm.
    """
    sums = np.arange(len(at) + 1, dtype=np.float64)
    if weight is not None:
        np.cumsum(weight, out=sums[1:])
    sums /= sums[-1]
    above = float((sums[1:] - rows.up_to[at]).max())
    below = float((rows.below[at] - sums[:-1]).max())
    return max(above, below, 0.0)


def _mean(label: Array, weight: Array | None, size: float) -> tuple[float | None, float | None]:
    """Give the mean and the variance of it as an estimate, over labels in a fixed order."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean = float(np.average(label, weights=weight))
        spread = float(np.average((label - mean) ** 2, weights=weight))
    if not isfinite(mean):
        return None, None
    known = size > 1 and isfinite(spread) and spread > 0
    return mean, spread / (size - 1) if known else None
