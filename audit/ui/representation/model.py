"""Part 'Model': how predictions treat groups, and a model trained here where there are none."""

import streamlit as st

from audit.charts import representation as charts
from audit.reports.representation.model_values import Model, ModelCombination, ModelGroup
from audit.ui import parts
from audit.ui.representation import changes, tables, threshold
from audit.ui.representation.explained import explained
from audit.ui.representation.metrics import METRICS, choose, model_answer
from audit.ui.representation.names import group_text, outcome, people
from audit.ui.representation.view import (
    View,
    findings,
    frame,
    of_groups,
    show_findings,
    show_rows,
    steps,
)
from audit.ui.text import count, counted, md, percent, plural, ratio

CHECKS = frozenset({"unequal-error-rates", "poor-calibration"})
KINDS = {
    "logistic-regression": "Logistic regression",
    "gradient-boosting": "Gradient boosting",
}
_TOGETHER = (
    *("demographic_parity_difference", "demographic_parity_ratio"),
    *("equal_opportunity_difference", "equalized_odds_difference", "equalized_odds_ratio"),
)


def able(view: View) -> bool:
    """Whether there is a model to look at, or a label that one could be trained for."""
    label = view.report.label
    return view.report.model is not None or (label is not None and label.positive is not None)


def show(view: View) -> None:
    """Show the model there is, or offer to train one."""
    model = view.report.model
    if model is None:
        _offer(view)
        return
    _title(view, model)
    found = next((c for c in model.combinations if c.columns == view.columns), None)
    if found is None:
        st.markdown("There is nothing to compare for these groups: choose others above.")
        return
    _rates(view, found)
    curves = [c for c in model.curves if c.column in view.columns]
    if curves and model.threshold is not None:
        threshold.show(view, model, curves)
    _calibration(view, found)
    _measures(view, model, found)


def _offer(view: View) -> None:
    """Offer to train a model, so that there are predictions to look at."""
    label = view.report.label
    assert label is not None
    parts.answer("There are no predictions yet, so nobody's can be compared.")
    st.markdown(
        "A column with the role *prediction* or *score* is looked at as it is. Without one, a "
        f"simple model can be trained here to predict {outcome(label.column, view.positive())}: "
        "in five parts, each row predicted by a model that has not seen it. It shows what a "
        "model would make of these data; it is not one to use."
    )
    with st.container(border=True, gap="small"):
        kind = st.segmented_control(
            "Model",
            list(KINDS),
            default="logistic-regression",
            required=True,
            format_func=KINDS.__getitem__,
            key="probe-kind",
        )
        sees = st.toggle(
            f"Let it see the sensitive {plural(len(view.report.axes), 'column')}",
            key="probe-sensitive",
        )
        rows = min(view.report.rows, view.options.probe_rows)
        st.markdown(
            parts.small(
                f"on {counted(rows, 'row')}"
                + (" drawn from all" if rows < view.report.rows else "")
                + f" · seed {view.options.seed}"
            )
        )
        if parts.primary("Train the model", key="train"):
            title = f"Training a {KINDS[str(kind)].lower()} on {counted(rows, 'row')}"
            wanted = {"probe": str(kind), "probe_sensitive": sees or None}
            changes.change(view.version, title, wanted)
            st.rerun()


def _title(view: View, model: Model) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        sees = "" if model.source != "probe" else _seen(view)
        st.markdown(
            parts.small(f"{md(model.title)}{sees} · {counted(model.n, 'row')}"), width="content"
        )
        if model.source == "probe":
            st.button(
                "Remove this model",
                key="remove-probe",
                type="tertiary",
                on_click=changes.change,
                args=(
                    view.version,
                    "Removing the model",
                    {"probe": None, "probe_sensitive": None, "threshold": None},
                ),
            )
    if model.note:
        st.markdown(parts.small(md(model.note)))


def _seen(view: View) -> str:
    return f", {'with' if view.options.probe_sensitive else 'without'} the sensitive columns"


def _rates(view: View, found: ModelCombination) -> None:
    metric = choose("metric", scores=bool(view.report.model and view.report.model.curves))
    parts.answer(model_answer(view, found, metric))
    _numbers(found, metric, view.report.min_group)
    frame(
        view,
        f"{METRICS[metric].title}, by {md(' × '.join(found.columns))}",
        f"{METRICS[metric].says} · lines are 95% intervals · ◀ below, ▶ above "
        f"{md(found.reference_group or 'nobody')} beyond chance, ○ not told apart · click a mark "
        "to see its rows",
        charts.error_rates(found, metric, min_group=view.report.min_group, p=parts.palette()),
        key=f"errors-{metric}-{'-'.join(found.columns)}",
        where=lambda at: found.groups[at].where,
    )
    show_rows(view, of_groups(found.groups), key="model")
    listed = findings(view.result, CHECKS, *found.columns)
    show_findings(listed)
    parts.explain(
        "Each rate is the model's, over the rows of one group. Groups can be alike in one rate "
        "and apart in another, and where their labels differ they cannot be alike in all.",
        "Which rate matters depends on who bears the mistake: a missed positive and a false "
        "alarm rarely cost the same people.",
        steps(listed, "Choose the rate that matches the harm, then compare thresholds below."),
    )


def _numbers(found: ModelCombination, metric: str, min_group: int) -> None:
    names = ("demographic_parity_difference", "equalized_odds_difference")
    known = {e.name: e for e in found.estimates}
    large = [g.estimate(metric) for g in found.groups if g.n >= min_group]
    values = [e.value for e in large if e is not None and e.value is not None]
    shown = [(explained(n).title, tables.value_text(known.get(n))) for n in names]
    if values:
        write = ratio if metric == "roc_auc" else percent
        ends = f"{write(min(values))} to {write(max(values))}"
        shown.insert(0, (f"{METRICS[metric].short}, by group", ends))
    parts.numbers(shown, width=200)


def _calibration(view: View, found: ModelCombination) -> None:
    able_ = [g for g in found.groups if g.calibration and g.n >= view.report.min_group]
    if not able_:
        return
    st.subheader("Does a score mean the same for each group?", anchor=False)
    parts.answer(_calibration_answer(able_))
    parts.chart_card(
        f"Rate of the label by mean score, by {md(' × '.join(found.columns))}",
        "lines are 95% Wilson intervals · on the dotted line a score of 0.3 comes true in 30% of "
        "the rows",
        charts.calibration(able_, p=parts.palette()),
        key=f"calibration-{'-'.join(found.columns)}",
    )


def _calibration_answer(groups: list[ModelGroup]) -> str:
    known = [
        (float(e.value), e, g)
        for g in groups
        if (e := g.estimate("calibration_gap")) and e.value is not None
    ]
    if not known:
        return "Scores are no probabilities, so that only their order can be compared."
    value, estimate, group = max(known, key=lambda k: abs(k[0]))
    interval = tables.interval_text(estimate)
    side = "more" if value > 0 else "less"
    return (
        f"For {people(group.levels)} scores promise {side} than comes true: "
        f"{tables.value_text(estimate)} on average; 95% interval {interval}."
    )


def _measures(view: View, model: Model, found: ModelCombination) -> None:
    st.subheader("Every measure of the model", anchor=False)
    st.markdown(parts.small(f"Groups with fewer than {view.report.min_group} rows get no verdict."))
    _every_group(view, found)
    parts.heading("All groups together", "as fairlearn defines them, over groups large enough")
    tables.measures(tables.chosen(found.estimates, _TOGETHER), key="model-together")
    shown = {g.name: group_text(g.levels) for g in found.groups}
    chosen = st.selectbox(
        "One group in full",
        list(shown),
        format_func=shown.__getitem__,
        key=f"model-one-{'-'.join(found.columns)}",
        width=320,
    )
    group = next(g for g in found.groups if g.name == chosen)
    tables.measures([e for e in group.estimates if e.name != "count"], key="model-group")
    parts.heading("All rows", f"n = {count(model.n)}")
    tables.measures(model.estimates, key="model-all")


def _every_group(view: View, found: ModelCombination) -> None:
    import pandas as pd

    rows = [
        {
            "Group": group_text(g.levels),
            "Rows": g.n,
            **{
                METRICS[name].short: tables.value_text(g.estimate(name))
                for name in METRICS
                if g.estimate(name) is not None
            },
            "Standing": "? too few to tell" if g.n < view.report.min_group else "",
        }
        for g in found.groups
    ]
    tables.frame(
        pd.DataFrame(rows),
        title="Every group",
        note=f"compared with {md(found.reference_group or 'nobody')}",
        alt=f"Groups of {' and '.join(found.columns)} with the rates of the model",
        key="model-table",
    )
