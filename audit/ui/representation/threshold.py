"""The threshold slider: every rate redrawn at once, from counts by bin of the score."""

import streamlit as st

from audit.charts import representation as charts
from audit.charts.template import visible
from audit.reports.representation.model import AtThreshold, curve_metrics
from audit.reports.representation.model_values import Model, ScoreCurve
from audit.ui import parts
from audit.ui.representation import changes, tables
from audit.ui.representation.metrics import METRICS, choose
from audit.ui.representation.names import people
from audit.ui.representation.view import View
from audit.ui.text import md, number, percent, points

_STEPS = 100


def show(view: View, model: Model, curves: list[ScoreCurve]) -> None:
    """Show the rates of each group at a threshold that can be moved."""
    st.subheader("What if the threshold were another?", anchor=False)
    _moving(view, model, curves)


@st.fragment
def _moving(view: View, model: Model, curves: list[ScoreCurve]) -> None:
    curve = curves[0]
    if len(curves) > 1:
        name = st.segmented_control(
            "Groups of",
            [c.column for c in curves],
            default=curve.column,
            required=True,
            format_func=md,
            key=f"threshold-column-{'-'.join(c.column for c in curves)}",
        )
        curve = next(c for c in curves if c.column == name)
    metric = choose("threshold-metric", scores=False)
    low, high, step = _scale(curve)
    kept = min(max(float(model.threshold or 0.0), low), high)
    at = st.slider(
        "Predicted positive from a score of",
        low,
        high,
        kept,
        step,
        key=f"threshold-{kept:g}-{low:g}-{high:g}",
        format="%.2f" if step < 1 else "%.0f",
    )
    # The steps of a slider add up to 0.30000000000000004 where a score is 0.3.
    found = curve_metrics(curve, round(at, 9), view.report.min_group)
    reference = _reference(view, curve)
    parts.answer(_answer(curve, found, metric, at, reference))
    parts.chart_card(
        f"{METRICS[metric].title} at a threshold of {number(at)}, by {md(curve.column)}",
        f"{METRICS[metric].says} · lines are 95% Wilson intervals · nothing is measured anew: "
        f"counts by score are kept · {number(float(model.threshold or 0.0))} is in use",
        charts.error_rates_at(
            [_values(one, metric) for one in found],
            title=METRICS[metric].title.lower(),
            reference=reference,
            min_group=view.report.min_group,
            more_is_worse=METRICS[metric].more_is_worse,
            p=parts.palette(),
        ),
        key="threshold-picture",
    )
    _table(found)
    if model.source != "prediction" and abs(at - kept) > step / 2:
        st.button(
            f"Use {number(at)} everywhere",
            key="keep-threshold",
            on_click=changes.change,
            args=(view.version, f"Measuring from {number(at)} on", {"threshold": at}),
            help="Rates, findings and exports are then those of this threshold.",
        )


def _scale(curve: ScoreCurve) -> tuple[float, float, float]:
    """Give ends and step of the slider: those of probabilities, or of the scores there are."""
    first, last = curve.edges[0], curve.edges[-1]
    if first >= 0 and last <= 1.000001:
        return 0.0, 1.0, 1 / _STEPS
    if all(edge.is_integer() for edge in curve.edges[:-1]):
        return first, float(int(last) + 1), 1.0
    return first, last, (last - first) / _STEPS


def _reference(view: View, curve: ScoreCurve) -> str | None:
    combination = view.report.combination(curve.column)
    return combination.reference_group if combination else None


def _values(
    one: AtThreshold, metric: str
) -> tuple[str, int, float | None, float | None, float | None]:
    e = one.estimate(metric)
    value = None if e is None or e.value is None else float(e.value)
    return one.level, one.n, value, e.low if e else None, e.high if e else None


def _answer(
    curve: ScoreCurve,
    found: tuple[AtThreshold, ...],
    metric: str,
    at: float,
    reference: str | None,
) -> str:
    rates = {
        one.level: float(e.value)
        for one in found
        if one.enough and (e := one.estimate(metric)) is not None and e.value is not None
    }
    title = METRICS[metric].title.lower()
    if reference not in rates or len(rates) < 2:
        return f"At {number(at)} no two groups large enough have a {title}."
    base = rates.pop(str(reference))
    level = max(rates, key=lambda name: abs(rates[name] - base))
    gap = rates[level] - base
    than = people(((curve.column, str(reference)),))
    return (
        f"From {number(at)} on, {people(((curve.column, level),))} has a {title} "
        f"{points(abs(gap)).removeprefix('+')} {'higher' if gap > 0 else 'lower'} than {than}: "
        f"{percent(rates[level])} against {percent(base)}."
    )


def _table(found: tuple[AtThreshold, ...]) -> None:
    import pandas as pd

    shown = [name for name, m in METRICS.items() if not m.of_scores]
    rows = [
        {
            "Group": visible(one.level),
            "Rows": one.n,
            **{METRICS[name].short: tables.value_text(one.estimate(name)) for name in shown},
            "Standing": "" if one.enough else "? too few to tell",
        }
        for one in found
    ]
    table = pd.DataFrame(rows)
    st.dataframe(
        table,
        hide_index=True,
        column_config=tables.localized(table),
        alt="Groups with their rates at this threshold",
        key="threshold-table",
    )
