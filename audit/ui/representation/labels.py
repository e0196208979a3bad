"""Part 'Labels': how often each group has the label, and every measure of the difference."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.charts import representation as charts
from audit.reports.representation.group_values import Group
from audit.ui import parts, state
from audit.ui.representation import disparities, tables
from audit.ui.representation.names import group_text, label_words, outcome, people
from audit.ui.representation.view import (
    View,
    differs,
    findings,
    frame,
    impact,
    of_class,
    of_groups,
    show_findings,
    show_rows,
    steps,
)
from audit.ui.text import counted, md, percent, points, quoted, ratio, shorten

if TYPE_CHECKING:
    import pandas as pd

DISTRIBUTION_PAGE = "pages/explore/distribution.py"
CHECKS = frozenset({"label-disparity", "label-distribution", "rare-label-in-group"})


def show(view: View) -> None:
    """Show rates with the four-fifths line, what they mean, and the disparity table."""
    label = view.report.label
    assert label is not None
    chosen = choose_class(view, key="rates")
    worst = farthest(view, chosen)
    parts.answer(answer(view, chosen))
    numbers = _numbers(view, worst, chosen)
    if numbers:
        parts.numbers(numbers)
    if label.axis is None:
        _number_label(view)
    else:
        _rates(view, chosen)
    show_rows(view, of_groups(view.combination.groups), key="rates")
    found = findings(view.result, CHECKS, *view.columns)
    show_findings(found)
    _explain(steps(found, _to_do(view, worst, chosen)))
    if label.axis is not None:
        tables.frame(
            table(view, chosen),
            title="Every group",
            note=f"compared with {md(view.combination.reference_group or 'nobody')} · p-values "
            "of each group against all others, corrected by Benjamini-Hochberg",
            alt=f"Groups of {' and '.join(view.columns)} with rates, ratios and differences",
            key="rates-table",
        )
    disparities.show(view, worst, chosen)


def farthest(view: View, label_class: str = "") -> Group | None:
    """Find the group that is farthest below the reference group; above it where none is below."""
    if view.report.label is not None and view.report.label.axis is None:
        return _farthest_mean(view)
    known = [
        (float(found.value), g)
        for g in view.large()
        if g.name != view.combination.reference_group
        and (found := impact(view, g, label_class)) is not None
        and found.value is not None
    ]
    if not known:
        return None
    low, high = min(known, key=lambda k: k[0]), max(known, key=lambda k: k[0])
    return low[1] if low[0] < 1 else high[1]


def answer(view: View, label_class: str = "") -> str:
    """Say how the farthest group fares, with its share of the rows and the interval."""
    label, worst, reference = view.report.label, farthest(view, label_class), view.reference
    assert label is not None
    if reference is None:
        return "No group has a row."
    if worst is None:
        return _nobody_to_compare(view)
    share = of_class(worst, "group_share")
    who = f"{people(worst.levels)} is {percent(share.value if share else None)} of rows"
    if label.axis is None:
        return f"{who} and {_mean_answer(view, worst)}"
    found = impact(view, worst, label_class)
    assert found is not None
    what = outcome(label.column, view.positive(label_class))
    what = f"has {what}"
    interval = tables.interval_text(found)
    if not found.value:
        rate = of_class(reference, "label_rate", label_class)
        against = f"{people(reference.levels)} has it in {percent(rate.value if rate else None)}"
        return f"{who}, and none of them {what}; {against}."
    if not differs(view, worst, label_class):
        return (
            f"{who} and {what} about as often as {people(reference.levels)}: "
            f"{ratio(found.value)} times; 95% interval {interval}."
        )
    return (
        f"{who} and {what} {ratio(found.value)} times as often as "
        f"{people(reference.levels)}; 95% interval {interval}."
    )


def _nobody_to_compare(view: View) -> str:
    others = [g for g in view.groups() if g.n and g.name != view.combination.reference_group]
    if not others:
        return "There is only one group, so that there is nobody to compare it with."
    reference = view.reference
    rate = (
        of_class(reference, "label_rate", view.classes()[0] if view.classes() else "")
        if reference
        else None
    )
    if rate is not None and rate.value == 0:
        return (
            f"No row of {people(reference.levels)} has the label, so that no ratio to it exists."
            if reference
            else ""
        )
    return (
        f"Every group but the one compared with has fewer than {view.report.min_group} rows: "
        "too few to tell."
    )


def choose_class(view: View, *, key: str) -> str:
    """Choose the class that counts as positive, where none is stated; else nothing is asked."""
    names = view.classes()
    if not names:
        return ""
    chosen = st.selectbox(
        "Outcome",
        names,
        index=names.index(worst_class(view)),
        format_func=lambda name: shorten(name, 60),
        key=f"outcome-{key}-{'-'.join(view.columns)}",
        persist_state="page",
        width=260,
        help="No class is stated as the positive one: each is looked at in turn.",
    )
    return str(chosen)


def worst_class(view: View) -> str:
    """Name the class in which a group is farthest from the reference group; empty: one is stated."""
    names = view.classes()

    def lowest(name: str) -> float:
        worst = farthest(view, name)
        found = impact(view, worst, name) if worst else None
        return float(found.value) if found and found.value is not None else 1.0

    return min(names, key=lowest) if names else ""


def _rates(view: View, label_class: str) -> None:
    label, combination = view.report.label, view.combination
    assert label is not None
    words = label_words(label.column, view.positive(label_class))
    drawn = charts.label_rates(
        combination,
        label_words=words,
        min_group=view.report.min_group,
        p=parts.palette(),
        label_class=label_class,
    )
    weighted = ", weighted" if view.report.weight else ""
    frame(
        view,
        f"How often each group of {md(' × '.join(view.columns))} has {outcome(label.column, view.positive(label_class))}",
        f"n = {counted(_labelled(view), 'row')} with a label · lines are 95% Wilson intervals"
        f"{weighted} · ◆ below the four-fifths line, ○ not told apart from it · click a mark to "
        "see its rows",
        drawn,
        key=f"rates-{'-'.join(view.columns)}-{label_class}",
        where=lambda at: combination.groups[at].where,
    )


def _number_label(view: View) -> None:
    label = view.report.label
    assert label is not None
    with st.container(border=True, gap="xsmall"):
        parts.heading(
            f"{quoted(label.column, 40)} is a number",
            "means and whole distributions are compared; state a positive value such as "
            "\\>=50000 to compare rates",
        )
        if st.button(f"See the distribution of {quoted(label.column, 40)}", type="tertiary"):
            state.choose_column(view.version, label.column)
            st.switch_page(DISTRIBUTION_PAGE)


def _labelled(view: View) -> int:
    return sum(sum(g.counts) for g in view.combination.groups)


def _numbers(view: View, worst: Group | None, label_class: str) -> list[tuple[str, str]]:
    reference = view.reference
    if worst is None or reference is None:
        return []
    if view.report.label is not None and view.report.label.axis is None:
        own, other = of_class(worst, "label_mean"), of_class(reference, "label_mean")
        gap = of_class(worst, "ks_cdf")
        return [
            (f"Mean, {_short(worst)}", tables.value_text(own)),
            (f"Mean, {_short(reference)}", tables.value_text(other)),
            ("KS distance", tables.value_text(gap)),
        ]
    parity = of_class(worst, "statistical_parity_difference", label_class)
    own, other = (of_class(g, "label_rate", label_class) for g in (worst, reference))
    found = impact(view, worst, label_class)
    name = "Lowest ratio" if found and (found.value or 0) < 1 else "Highest ratio"
    return [
        (name, ratio(found.value if found else None)),
        ("Parity difference", points(parity.value if parity else None)),
        (_short(worst), percent(own.value if own else None)),
        (_short(reference), percent(other.value if other else None)),
    ]


def _short(group: Group) -> str:
    return md(shorten(group_text(group.levels), 28))


def _explain(do: str) -> None:
    parts.explain(
        "A ratio of 0.8 is the four-fifths rule of the US Uniform Guidelines: a screening flag, "
        "not a finding of law. ○ means that the interval holds the line, so that this many rows "
        "do not decide it; hatched is too few rows.",
        "A model learns the label as it is. What differs between groups here, for whatever "
        "reason, it repeats for people it has never seen.",
        do,
    )


def _to_do(view: View, worst: Group | None, label_class: str) -> str:
    if worst is None or not differs(view, worst, label_class):
        return "Nothing for now: look at where groups meet, and within strata."
    return (
        "First look within strata: does the gap stay among alike cases? Then ask how labels came "
        "about, and reweigh or collect before training."
    )


def _farthest_mean(view: View) -> Group | None:
    known = [
        (float(found.value), g)
        for g in view.large()
        if g.name != view.combination.reference_group
        and (found := of_class(g, "label_mean_difference")) is not None
        and found.value is not None
    ]
    return max(known, key=lambda k: abs(k[0]))[1] if known else None


def _mean_answer(view: View, worst: Group) -> str:
    gap, mean = of_class(worst, "label_mean_difference"), of_class(worst, "label_mean")
    label = view.report.label
    assert label is not None
    assert gap is not None
    more = "more" if (gap.value or 0) > 0 else "less"
    size = tables.value_text(gap).lstrip("−")
    interval = tables.interval_text(gap)
    whom = people(view.reference.levels) if gap.against and view.reference else "all others"
    return (
        f"has a mean {quoted(label.column, 40)} of {tables.value_text(mean)}, {size} {more} than "
        f"{whom}" + (f"; 95% interval of the difference {interval}." if interval else ".")
    )


def table(view: View, label_class: str) -> "pd.DataFrame":
    """List the rate of every group with its ratio and difference to the reference group."""
    import pandas as pd

    def line(g: Group) -> dict[str, object]:
        rate = of_class(g, "label_rate", label_class)
        found = impact(view, g, label_class)
        gap = of_class(g, "statistical_parity_difference", label_class)
        return {
            "Group": group_text(g.levels),
            "Rows": g.n,
            "Rate": tables.value_text(rate),
            "95% interval": tables.interval_text(rate),
            "Ratio": tables.value_text(found),
            "95% interval of the ratio": tables.interval_text(found),
            "Difference": tables.value_text(gap),
            "p-value": tables.value_text(of_class(g, "parity_p_value")),
        }

    return pd.DataFrame([line(g) for g in view.combination.groups])
