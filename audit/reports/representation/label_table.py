"""Labels by group as arrays: what all label measures of a combination are computed from."""

from dataclasses import dataclass

import numpy as np

from audit.reports.representation.group_values import MISSING, REST, Combination, Group, Label
from audit.reports.representation.label import classes
from audit.stats import Array, Counts, effective_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Some rows as a comparison of rates sees them."""

    name: str
    """Of the group; empty: all other rows."""
    n: int
    """Rows with a label."""
    size: float
    """The same, or the effective size where rows are weighted."""
    hits: float
    """Those with the positive label, of ``size``."""
    rate: float | None
    """Share (weighted where there are weights) of the positive label."""

    @property
    def why_not(self) -> str:
        """Say why there is no rate; nothing where there is one."""
        if self.rate is not None:
            return ""
        if self.name:
            return why_not(self.name, self.n)
        return "The other rows weigh nothing." if self.n else "No other row has a label."


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelTable:
    """Groups (down) by classes of the label (across)."""

    names: tuple[str, ...]
    classes: tuple[str, ...]
    positive: int | None
    """Position of the positive class; None: each in turn."""
    rows: Counts
    weight: Array
    """Sums of weights; the rows where there are none."""
    squared: Array
    """Sums of squared weights; the rows where there are none."""
    weighted: bool
    real: tuple[bool, ...]
    """Whether a group is one of people, and not of missing or left over values."""

    @property
    def n(self) -> Counts:
        """Rows with a label, by group."""
        found: Counts = self.rows.sum(axis=1)
        return found

    @property
    def total(self) -> int:
        """Rows with a label."""
        return int(self.rows.sum())

    def method(self, name: str) -> str:
        """Name a method; say so where it rests on weights."""
        return f"{name}; weighted" if self.weighted else name

    def turns(self) -> tuple[tuple[int, str], ...]:
        """List the classes to be taken as positive, with the name to be said (or none)."""
        if self.positive is not None:
            return ((self.positive, ""),)
        return tuple(enumerate(self.classes))

    def sides(self, positive: int) -> tuple[list[Side], list[Side]]:
        """Give each group and all rows outside of it, with the class that counts as positive."""
        rests = self.rows.sum(axis=0) - self.rows
        weights = np.maximum(self.weight.sum(axis=0) - self.weight, 0.0)
        squares = np.maximum(self.squared.sum(axis=0) - self.squared, 0.0)
        cells = zip(self.names, self.rows, self.weight, self.squared, strict=True)
        outside = zip(rests, weights, squares, strict=True)
        groups = [_side(name, n, w, ww, positive) for name, n, w, ww in cells]
        others = [_side("", n, w, ww, positive) for n, w, ww in outside]
        return groups, others

    def shares(self) -> tuple[Array, Array]:
        """Give the distribution over classes of each group, and of all rows outside of it."""
        rest = np.maximum(self.weight.sum(axis=0) - self.weight, 0.0)
        return distribution(self.weight), distribution(rest)


def why_not(name: str, n: int) -> str:
    """Say why a group without a rate has none."""
    return f"The rows of “{name}” weigh nothing." if n else f"No row of “{name}” has a label."


def effective_rows(weight: Array, squared: Array) -> Array:
    """Scale weights by class so that they add up to the effective size, for tests of counts."""
    whole, of_squares = weight.sum(axis=-1, keepdims=True), squared.sum(axis=-1, keepdims=True)
    factor = np.divide(whole, of_squares, out=np.zeros_like(whole), where=of_squares > 0)
    found: Array = weight * factor
    return found


def distribution(weights: Array) -> Array:
    """Divide by the sum along the last axis; NaN where it is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = weights / weights.sum(axis=-1, keepdims=True)
    return found


def label_table(combination: Combination, label: Label, *, weighted: bool) -> LabelTable:
    """Collect the labels that the groups of a combination remember."""
    names = tuple(level.name for level in classes(label))
    groups = combination.groups
    rows = np.array([g.counts for g in groups], dtype=np.int64).reshape(-1, len(names))
    plain = rows.astype(np.float64)
    return LabelTable(
        names=tuple(g.name for g in groups),
        classes=names,
        positive=label.positive,
        rows=rows,
        weight=_array([g.weights for g in groups], len(names)) if weighted else plain,
        squared=_array([g.weights_squared for g in groups], len(names)) if weighted else plain,
        weighted=weighted,
        real=tuple(is_real(g) for g in groups),
    )


def is_real(group: Group) -> bool:
    """Whether it is a group of people, and not of missing or left over values."""
    return all(name not in (MISSING, REST) for _, name in group.levels)


def _array(cells: list[tuple[float, ...]], width: int) -> Array:
    return np.array(cells, dtype=np.float64).reshape(-1, width)


def _side(name: str, rows: Counts, weight: Array, squared: Array, positive: int) -> Side:
    whole = float(weight.sum())
    size = effective_size(whole, float(squared.sum()))
    rate = float(weight[positive]) / whole if whole > 0 and size > 0 else None
    hits = size * (rate or 0.0)
    return Side(name=name, n=int(rows.sum()), size=size, hits=hits, rate=rate)
