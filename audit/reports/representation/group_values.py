"""Groups and their numbers: what the parts of the report have in common.

A number is an :class:`Estimate`; the columns and the group it is about are those of what
holds it. ``None`` is 'not defined here', with the reason.
"""

from dataclasses import dataclass
from typing import Literal

from audit.model import Measure, Pairs, RowTest, Unit, Where

MISSING, REST, NOT_FINITE = "(missing)", "(other values)", "(not finite)"
"""Names of the groups of rows without a value, of values too rare for a group of their own, and
of numbers that are infinite or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One number with what it rests on; named as in the documentation."""

    name: str
    value: float | int | None
    n: int
    unit: Unit = "share"
    low: float | None = None
    high: float | None = None
    method: str = "exact"
    reason: str = ""
    against: str = ""
    """The group compared with, where it is one: 'Male'. Empty: all other rows, or nobody."""
    label_class: str = ""
    """The class taken as positive, where each is taken in turn."""

    def measure(self, columns: tuple[str, ...], group: Pairs = ()) -> Measure:
        """Make the measure of this number for ``group``."""
        method = f"{self.method}; against {self.against}" if self.against else self.method
        return Measure(
            name=self.name,
            value=self.value,
            unit=self.unit,
            n=self.n,
            columns=columns,
            group=group,
            low=self.low,
            high=self.high,
            method=method,
            reason=self.reason,
        )


UNIFORM = "uniform"
"""Name of the reference population where nobody stated one: all groups alike."""

Estimates = tuple[Estimate, ...]


def named(estimates: Estimates, name: str, against: str | None = None) -> Estimate | None:
    """Find the first estimate called ``name`` (against the group named, if one is)."""
    for estimate in estimates:
        if estimate.name == name and against in (None, estimate.against):
            return estimate
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One group of a column: a value, a bin of numbers, the missing ones, or the rest."""

    name: str
    kind: Literal["value", "bin", "missing", "rest"]
    test: RowTest
    """Which rows it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A column as groups; the levels are in a fixed order, and every row is in one of them."""

    column: str
    levels: tuple[Level, ...]
    edges: tuple[float, ...] = ()
    """Inner edges where numbers were cut; the groups are [.., e0), [e0, e1), ..., [ek, ..]."""
    note: str = ""
    """What was put together, in one sentence; empty: nothing."""

    @property
    def size(self) -> int:
        """Number of levels."""
        return len(self.levels)

    def names(self) -> tuple[str, ...]:
        """Names of the levels, in order."""
        return tuple(level.name for level in self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The label as the report reads it."""

    column: str
    kind: Literal["binary", "classes", "number"]
    """``binary``: two classes. ``classes``: three or more. ``number``: not cut into classes."""
    axis: Axis | None
    """Its classes; None where it is a number. The level 'missing' is no class."""
    positive: int | None = None
    """Position of the positive class among the levels; None: each class in turn."""
    guessed: bool = False
    """Whether the positive class was not stated but guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The rows in which some levels meet, and the numbers about them."""

    levels: Pairs
    """(column, name of the level), one for each column of the combination."""
    n: int
    where: Where
    """Its rows."""
    estimates: Estimates = ()

    @property
    def name(self) -> str:
        """Names of its levels: 'Female', 'Female × Black'."""
        return " × ".join(name for _, name in self.levels)

    def estimate(self, name: str, against: str | None = None) -> Estimate | None:
        """Find an estimate of this group by its name."""
        return named(self.estimates, name, against)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Meeting):
    """A group in the data; its estimates are its share and how its labels differ.

    ``group_share``, ``representation_ratio``, ``label_rate`` and the label-bias measures.
    """

    counts: tuple[int, ...] = ()
    """Rows by class of the label, in the order of its levels; rows without a label left out."""
    weights: tuple[float, ...] = ()
    """The same as sums of weights, where there is a weight column."""
    weights_squared: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """All groups in which the levels of one, two or three sensitive columns meet."""

    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    """In the order of the levels, the first column slowest; combinations without rows included
    only where the reference population has them."""
    reference_group: str | None
    """Name of the group that others are compared with: the largest, or the one chosen."""
    estimates: Estimates = ()
    """``imbalance_ratio``, ``effective_groups``, divergences from the reference population,
    goodness of fit, ``smoothed_empirical_differential_fairness``."""

    def group(self, name: str) -> Group | None:
        """Find a group by its name."""
        return next((g for g in self.groups if g.name == name), None)
