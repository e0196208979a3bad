"""The rates of a model as the page names them, and the sentence about one of them."""

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from audit.charts.representation.names import NEGLIGIBLE
from audit.judging.groups import is_real
from audit.reports.representation.model_values import ModelCombination, ModelGroup
from audit.ui.representation import tables
from audit.ui.representation.names import people
from audit.ui.representation.view import View

if TYPE_CHECKING:
    from audit.reports.representation.group_values import Estimate


class Metric(NamedTuple):
    """A rate of a model."""

    short: str
    title: str
    says: str
    more_is_worse: bool = False
    of_scores: bool = False
    """Whether it needs scores, and no threshold moves it."""


METRICS = {
    "selection_rate": Metric("Selected", "Selection rate", "share predicted positive"),
    "false_positive_rate": Metric(
        "False alarms",
        "False positive rate",
        "of those negative, the share taken for positive",
        True,
    ),
    "false_negative_rate": Metric(
        "Missed", "False negative rate", "of those positive, the share missed", True
    ),
    "true_positive_rate": Metric(
        "Found", "True positive rate", "of those positive, the share found"
    ),
    "precision": Metric("Precision", "Precision", "of those predicted positive, the share that is"),
    "false_discovery_rate": Metric(
        "False finds",
        "False discovery rate",
        "of those predicted positive, the share that is not",
        True,
    ),
    "accuracy": Metric("Accuracy", "Accuracy", "share predicted rightly"),
    "roc_auc": Metric(
        "ROC AUC", "ROC AUC", "how often a positive row scores above a negative one", of_scores=True
    ),
}


def choose(key: str, *, scores: bool) -> str:
    """Choose the rate to look at."""
    offered = [name for name, m in METRICS.items() if scores or not m.of_scores]
    chosen = st.segmented_control(
        "Rate",
        offered,
        default="false_positive_rate",
        required=True,
        format_func=lambda name: METRICS[name].short,
        key=key,
        persist_state="page",
    )
    return str(chosen)


def model_answer(view: View, found: ModelCombination, metric: str) -> str:
    """Say which group is farthest from the reference group, and whether chance explains it."""
    reference = next((g for g in found.groups if g.name == found.reference_group), None)
    base = reference.estimate(metric) if reference else None
    if reference is None or base is None or base.value is None:
        why = base.reason if base else ""
        return f"There is no group to compare with. {why}".strip()
    known: list[tuple[float, Estimate, ModelGroup]] = [
        (float(own.value) - float(base.value), own, g)
        for g in found.groups
        if g is not reference
        and g.n >= view.report.min_group
        and is_real(g.levels)
        and (own := g.estimate(metric)) is not None
        and own.value is not None
    ]
    if not known:
        return (
            f"Every group but {people(reference.levels)} has too few rows to tell, or no such rate."
        )
    gap, own, group = max(known, key=lambda k: abs(k[0]))
    title = METRICS[metric].title
    both = (
        f"{tables.value_text(own)} for {people(group.levels)} and {tables.value_text(base)} for "
        f"{people(reference.levels)}"
    )
    difference = group.estimate(f"{metric}_difference")
    if difference is None or difference.low is None or difference.high is None:
        return f"{title} is {both}."
    interval = tables.interval_text(difference)
    sure = not difference.low <= 0 <= difference.high
    far = abs(gap) > NEGLIGIBLE * abs(float(base.value))
    if sure and far:
        return f"{title} is {both}: {tables.value_text(difference)}; 95% interval {interval}."
    return f"{title} is {both}: no group differs beyond chance, or by more than a twentieth."
