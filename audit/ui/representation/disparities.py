"""The disparity table: every label measure of a group, against all others or against one."""

from dataclasses import replace

import streamlit as st

from audit.reports.representation.group_values import Estimate, Group
from audit.ui import parts
from audit.ui.representation import tables
from audit.ui.representation.names import group_text, people
from audit.ui.representation.view import View
from audit.ui.text import counted

_MEASURES = (
    *("label_rate", "disparate_impact", "statistical_parity_difference", "parity_p_value"),
    *("class_imbalance", "difference_in_proportions_of_labels", "demographic_disparity"),
    *("kl_divergence", "js_divergence", "lp_norm", "total_variation_distance"),
    *("kolmogorov_smirnov", "label_mean", "label_mean_difference", "ks_cdf"),
)
_TOGETHER = ("smoothed_empirical_differential_fairness", "label_distribution_p_value")
_OTHERS = "all other rows, and the reference group"


def show(view: View, worst: Group | None, label_class: str) -> None:
    """Show every measure of one group: against all others, or against one other group."""
    label, groups = view.report.label, [g for g in view.combination.groups if g.n]
    if label is None or len(groups) < 2:
        return
    names = [g.name for g in groups]
    shown = {g.name: group_text(g.levels) for g in groups} | {_OTHERS: _OTHERS}
    key = "-".join(view.columns)
    st.subheader("Every measure of the difference", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = st.selectbox(
            "Compare",
            names,
            index=names.index(worst.name) if worst else 0,
            format_func=shown.__getitem__,
            key=f"compare-{key}",
            persist_state="page",
            width=260,
        )
        others = [_OTHERS, *(n for n in names if n != own)]
        other = st.selectbox(
            "with",
            others,
            format_func=shown.__getitem__,
            key=f"compare-with-{key}-{own}",
            persist_state="page",
            width=320,
        )
    group = next(g for g in groups if g.name == own)
    estimates = group.estimates if other == _OTHERS else _pair(view, own, str(other))
    found = tables.chosen(estimates, _MEASURES, label_class)
    if group.n < view.report.min_group:
        st.markdown(
            f"{parts.mark('too few to tell')} {people(group.levels)} has "
            f"{counted(group.n, 'row')}: numbers, but no verdict."
        )
    tables.measures(found, key="disparities")
    together = tables.chosen(view.combination.estimates, _TOGETHER)
    if together:
        parts.heading("All groups together", "not one against the rest")
        tables.measures(together, key="disparities-together")
    _consistency(view)


def _consistency(view: View) -> None:
    found = view.report.consistency
    if found is not None:
        parts.heading("All rows", "whether alike rows have alike labels")
        tables.measures([found], key="consistency")


def _pair(view: View, own: str, other: str) -> tuple[Estimate, ...]:
    """Compare two groups from their counts; nothing is scanned."""
    from audit.reports.representation.labels import pairs

    label = view.report.label
    assert label is not None
    two = tuple(g for g in view.combination.groups if g.name in (own, other))
    found = pairs(replace(view.combination, groups=two), label)
    return next((e for d, a, e in found if (d, a) == (own, other)), ())
