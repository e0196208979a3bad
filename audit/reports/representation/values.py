"""What the representation report holds: plain frozen values, ready for JSON.

A number is an :class:`Estimate`; the columns and the group it is about are those of what
holds it. ``None`` is 'not defined here', with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audit.model import Measure, Pairs, RoleMap, RowTest, Unit, Where

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
class Group:
    """The rows in which some levels meet."""

    levels: Pairs
    """(column, name of the level), one for each column of the combination."""
    n: int
    where: Where
    """Its rows."""
    counts: tuple[int, ...] = ()
    """Rows by class of the label, in the order of its levels; rows without a label left out."""
    weights: tuple[float, ...] = ()
    """The same as sums of weights, where there is a weight column."""
    weights_squared: tuple[float, ...] = ()
    estimates: Estimates = ()
    """``group_share``, ``representation_ratio``, ``label_rate`` and the label-bias measures."""

    @property
    def name(self) -> str:
        """Names of its levels: 'Female', 'Female × Black'."""
        return " × ".join(name for _, name in self.levels)

    def estimate(self, name: str, against: str | None = None) -> Estimate | None:
        """Find an estimate of this group by its name."""
        return named(self.estimates, name, against)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """A most general combination of values that too few rows have."""

    levels: Pairs
    n: int
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The maximal uncovered patterns of some columns."""

    columns: tuple[str, ...]
    min_cell: int
    patterns: tuple[Uncovered, ...]
    """The most general first (fewest columns), then the fewest rows; cut at a fixed number."""
    by_level: tuple[int, ...]
    """Patterns in all, by the number of columns they name: 1, 2, ...; a cut list says so."""
    note: str = ""
    """What was not looked at, in one sentence; empty: everything was."""

    @property
    def total(self) -> int:
        """Patterns in all."""
        return sum(self.by_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumGroup:
    """One group within one stratum."""

    stratum: str
    n: int
    positives: int
    rate: float | None
    """Share (weighted where there are weights) of positive labels; None without rows."""
    rest_n: int
    """The other rows of the stratum."""
    rest_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional:
    """How a group is treated within the strata of another column."""

    column: str
    """The sensitive column."""
    level: str
    stratum: str
    """The column whose values are the strata."""
    strata: tuple[StratumGroup, ...]
    conditional: Estimate
    """``conditional_demographic_disparity``."""
    overall: Estimate
    """``demographic_disparity``, over the same rows."""
    reversed: bool
    """Whether the overall disparity differs from 0 beyond its interval and the conditional one
    points in the opposite direction, by 0.01 or more."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it rests on, the label left out."""
        return self.column, self.stratum


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """One quality of the rows, group by group."""

    kind: Literal["missing_share", "duplicate_share", "outlier_share", "length_mean"]
    column: str | None
    """The column it is about; None for whole rows."""
    by: str
    """The sensitive column."""
    groups: tuple[tuple[str, Estimate], ...]
    """(level, its value with interval)."""
    gap: Estimate
    """Largest minus smallest among the groups that are large enough, named ``<kind>_gap``."""
    p_value: float | None = None
    """Of no difference between groups, corrected over the family."""
    highest: str | None = None
    """Level with the largest value among those large enough."""
    lowest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """How far another column gives a sensitive column away."""

    sensitive: str
    column: str
    association: Estimate
    """``cramers_v`` (bias-corrected) or ``correlation_ratio``."""
    auc: Estimate
    """``proxy_auc``: out of fold, from this column alone; 0.5: nothing is given away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """What gives one sensitive column away."""

    sensitive: str
    columns: tuple[Proxy, ...]
    """The strongest first."""
    together: Estimate
    """``proxy_auc`` from all other columns together."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Rows with scores in one bin."""

    low: float
    high: float
    n: int
    mean_score: float
    label_rate: float
    """Share of positive labels."""
    rate_low: float
    rate_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelGroup:
    """How a model treats one group."""

    levels: Pairs
    n: int
    where: Where
    true_positives: float | None
    false_positives: float | None
    false_negatives: float | None
    true_negatives: float | None
    """Rows, or sums of weights where there is a weight column. None in a shared report where
    one of them is small."""
    estimates: Estimates = ()
    """``selection_rate``, ``accuracy``, ``precision``, ``true_positive_rate``, ... and the same
    against the reference group: ``<name>_difference`` and ``<name>_ratio``."""
    calibration: tuple[CalibrationBin, ...] = ()

    @property
    def name(self) -> str:
        """Names of its levels: 'Female', 'Female × Black'."""
        return " × ".join(name for _, name in self.levels)

    def estimate(self, name: str, against: str | None = None) -> Estimate | None:
        """Find an estimate of this group by its name."""
        return named(self.estimates, name, against)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCombination:
    """All groups of one, two or three sensitive columns, as a model treats them."""

    columns: tuple[str, ...]
    groups: tuple[ModelGroup, ...]
    """Groups without rows are left out."""
    reference_group: str | None
    estimates: Estimates = ()
    """``demographic_parity_difference``, ``equalized_odds_difference``, ..., over the groups
    that are large enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCounts:
    """Rows of one group by bin of the score: enough to redraw everything at any threshold."""

    level: str
    positives: tuple[float, ...]
    """Rows with a positive label, or sums of their weights, by bin; bin ``i`` holds scores in
    [edges[i], edges[i + 1])."""
    negatives: tuple[float, ...]
    n: int = 0
    """Rows in all."""
    scale: float = 1.0
    """Effective rows per unit of weight, by Kish; 1 where there are no weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCurve:
    """Scores of all groups of one sensitive column."""

    column: str
    edges: tuple[float, ...]
    groups: tuple[ScoreCounts, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """How a model treats groups: a column of predictions or scores, or a probe trained here."""

    source: Literal["prediction", "score", "probe"]
    title: str
    """What it is, in words: 'predictions in “score”', 'logistic regression trained here'."""
    columns: tuple[str, ...] = ()
    """The label, and the column of predictions or scores where there is one."""
    n: int
    """Rows with a label and a prediction."""
    combinations: tuple[ModelCombination, ...]
    estimates: Estimates = ()
    """Over all rows: accuracy, selection rate, ROC AUC, ..."""
    threshold: float | None = None
    """Where there is a score: from which score on a prediction is positive."""
    curves: tuple[ScoreCurve, ...] = ()
    note: str = ""
    """What was sampled or left out, in one sentence; empty: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The representation report of one version."""

    rows: int
    axes: tuple[Axis, ...]
    """The sensitive columns as groups."""
    label: Label | None
    weight: str | None
    min_group: int
    reference_name: str
    """What groups are held against: 'uniform', 'census.csv', 'survey weights in “fnlwgt”'."""
    combinations: tuple[Combination, ...] = ()
    coverage: Coverage | None = None
    conditionals: tuple[Conditional, ...] = ()
    quality: tuple[Quality, ...] = ()
    proxies: tuple[Proxies, ...] = ()
    consistency: Estimate | None = None
    model: Model | None = None
    every_pair: tuple[tuple[tuple[str, ...], str, str, Estimates], ...] = ()
    """(columns, group, compared with, estimates) for each two groups, where that was asked for."""
    notes: tuple[str, ...] = ()
    """What could not be measured, and why."""

    def combination(self, *columns: str) -> Combination | None:
        """Find the combination of exactly these columns."""
        return next((c for c in self.combinations if c.columns == columns), None)

    def measures(self) -> Iterator[Measure]:
        """Yield every number of the report, named as in the documentation."""
        from audit.reports.representation.measures import measures

        return measures(self)

    def shareable(self, roles: RoleMap) -> "Representation":
        """Give this report without cells so small that they may point at a person."""
        from audit.reports.representation.sharing import shareable

        return shareable(self, roles)
