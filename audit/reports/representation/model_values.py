"""What is held of a model: how it treats groups, and its scores."""

from dataclasses import dataclass
from typing import Literal

from audit.reports.representation.group_values import Estimates, Meeting


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
class ModelGroup(Meeting):
    """How a model treats one group.

    Its estimates: ``selection_rate``, ``accuracy``, ``precision``, ``true_positive_rate``, ...
    and the same against the reference group: ``<name>_difference`` and ``<name>_ratio``.
    """

    true_positives: float | None
    false_positives: float | None
    false_negatives: float | None
    true_negatives: float | None
    """Rows, or sums of weights where there is a weight column. None in a shared report where
    one of them is small."""
    calibration: tuple[CalibrationBin, ...] = ()


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
