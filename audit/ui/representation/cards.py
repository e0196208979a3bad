"""The cards of the overview: who is in the data, and whether labels differ by group."""

from collections.abc import Sequence

import streamlit as st

from audit import registry, runner
from audit.charts import cards
from audit.charts import representation as charts
from audit.charts.representation.names import times
from audit.charts.template import Picture
from audit.model import Finding
from audit.reports.representation.group_values import Group, named
from audit.ui import parts, words
from audit.ui.representation import groups, labels
from audit.ui.representation.names import group_text, label_words, people
from audit.ui.representation.view import (
    DESCRIBE_PAGE,
    View,
    apart,
    differs,
    first,
    impact,
    of_class,
    one_by_one,
    report_of,
)
from audit.ui.text import count, counted, in_words, md, percent, points, quoted, ratio

REPRESENTATION = ("representation",)
LABEL_BIAS = ("label bias", "model fairness")
_MOST = 4


def representation(result: runner.Result) -> None:
    """Show who is in the data: the group that is rarest, and the worst finding."""
    chosen = first(result, REPRESENTATION)
    if chosen is None:
        _lacking(
            "Representation",
            "No column says who people are.",
            "Say which columns are sensitive, such as sex, age or origin.",
        )
        return
    view = View(result=result, combination=chosen)
    found = _of_topics(result, REPRESENTATION)
    effective = named(chosen.estimates, "effective_groups")
    known = [g for g in view.groups() if g.n]
    value = effective.value if effective else None
    parts.verdict_card(
        "Representation",
        _level(found),
        _who(view, known),
        [
            _rarest(view, known),
            ("Effective groups", f"{ratio(value)} of {count(len(known))}"),
        ],
        charts.group_shares(
            chosen,
            reference_name=view.report.reference_name,
            min_group=view.report.min_group,
            p=parts.palette(),
            compact=True,
        ),
        _worst(result, found, REPRESENTATION),
    )


def label_bias(result: runner.Result) -> None:
    """Show how the label differs between groups: the farthest group, and the worst finding."""
    report = report_of(result)
    if report.label is None or not report.combinations:
        missing = "label" if report.label is None else "sensitive column"
        _lacking(
            "Label bias",
            f"There is no {missing}: nothing to compare.",
            "Say which column is the label, and which ones are sensitive.",
        )
        return
    view = _farthest_view(result)
    chosen = labels.worst_class(view)
    worst = labels.farthest(view, chosen)
    found = _of_topics(result, LABEL_BIAS)
    parts.verdict_card(
        "Label bias",
        _level(found) if worst or found else "too few to tell",
        _how_treated(view, worst, chosen),
        _two(view, worst, chosen),
        _picture(view, chosen),
        _worst(result, found, LABEL_BIAS),
    )


def _of_topics(result: runner.Result, topics: Sequence[str]) -> list[Finding]:
    return [f for f in result.open_findings if words.check_topic(f) in topics]


def _level(found: Sequence[Finding]) -> str:
    return found[0].severity.word if found else "passed"


def _worst(result: runner.Result, found: Sequence[Finding], topics: Sequence[str]) -> str:
    if found:
        return f"{parts.mark(found[0].severity.word)} {md(found[0].title)}"
    ran = sum(registry.checks()[id_].topic in topics for id_ in result.checked)
    return f"{parts.mark('passed')} {counted(ran, 'check')} ran and found nothing."


def _lacking(name: str, verdict: str, what: str) -> None:
    with st.container(gap=None):
        parts.topic(name)
        parts.answer(verdict)
        st.space("xsmall")
        st.markdown(what)
        st.page_link(DESCRIBE_PAGE, label="Say what the columns mean")


def _who(view: View, known: Sequence[Group]) -> str:
    """Say who is rare, in the two lines that a card has."""
    if not known:
        return "No row belongs to a group."
    if groups.has_reference(view):
        off = [g for g in view.large() if apart(g.estimate("representation_ratio"), neutral=1)]
        rare = [g for g in off if groups.ratio_of(g) < 1]
        if rare:
            lowest = min(rare, key=groups.ratio_of)
            return f"{people(lowest.levels)} is rarer here than in the reference population."
        if off:
            highest = max(off, key=groups.ratio_of)
            return f"{people(highest.levels)} is more frequent than in the reference population."
        return "Shares of groups are those of the reference population."
    smallest = min(known, key=lambda g: g.n)
    of = f"the smaller of two {md(view.columns[0])} groups" if len(known) == 2 else ""
    of = of or f"the smallest of {in_words(len(known))} groups"
    if len(known) == 1:
        return f"{people(smallest.levels)} is the only group."
    return f"{people(smallest.levels)} is {percent(groups.share_of(smallest))} of rows, {of}."


def _rarest(view: View, known: Sequence[Group]) -> tuple[str, str]:
    if groups.has_reference(view):
        ratios = [groups.ratio_of(g) for g in view.large() if g.estimate("representation_ratio")]
        return "Lowest ratio", times(min(ratios, default=None))
    smallest = min(known, key=lambda g: g.n, default=None)
    return "Smallest share", percent(groups.share_of(smallest) if smallest else None)


def _farthest_view(result: runner.Result) -> View:
    """Look at the column of the worst finding, else at the one with the farthest group."""
    chosen = first(result, LABEL_BIAS, otherwise=False)
    if chosen is not None:
        return View(result=result, combination=chosen)
    single = [View(result=result, combination=c) for c in one_by_one(result)]

    def lowest(view: View) -> float:
        label_class = labels.worst_class(view)
        worst = labels.farthest(view, label_class)
        found = impact(view, worst, label_class) if worst else None
        return float(found.value) if found and found.value is not None else 1.0

    return min(single, key=lowest)


def _how_treated(view: View, worst: Group | None, label_class: str) -> str:
    label, reference = view.report.label, view.reference
    if worst is None or reference is None or label is None:
        return "Too few rows to compare groups."
    if label.axis is None:
        return f"The mean of {quoted(label.column, 24)} differs most for {people(worst.levels)}."
    found = impact(view, worst, label_class)
    positive = people(((label.column, view.positive(label_class)),))
    whom = f"for {people(worst.levels)} as for {people(reference.levels)}"
    if found is not None and found.value == 0:
        return f"{positive} does not occur for {people(worst.levels)}."
    if not differs(view, worst, label_class):
        return f"{positive} is about as frequent {whom}."
    return f"{positive} is {ratio(found.value if found else None)} times as frequent {whom}."


def _two(view: View, worst: Group | None, label_class: str) -> list[tuple[str, str]]:
    if view.report.label is not None and view.report.label.axis is None:
        return [
            (name, _number(worst, measure))
            for name, measure in (("Difference", "label_mean_difference"), ("KS", "ks_cdf"))
        ]
    found = impact(view, worst, label_class) if worst else None
    parity = of_class(worst, "statistical_parity_difference", label_class) if worst else None
    return [
        ("Disparate impact", ratio(found.value if found else None)),
        ("Parity difference", points(parity.value if parity else None)),
    ]


def _number(group: Group | None, measure: str) -> str:
    from audit.ui.representation import tables

    return tables.value_text(of_class(group, measure) if group else None)


def _picture(view: View, label_class: str) -> Picture:
    label = view.report.label
    assert label is not None
    if label.axis is not None:
        return charts.label_rates(
            view.combination,
            label_words=label_words(label.column, view.positive(label_class)),
            min_group=view.report.min_group,
            p=parts.palette(),
            compact=True,
            label_class=label_class,
        )
    far = [
        (group_text(g.levels), float(e.value), ratio(float(e.value)))
        for g in view.large()
        if (e := of_class(g, "ks_cdf")) is not None and e.value is not None
    ]
    far.sort(key=lambda entry: -entry[1])
    return cards.bars(
        far[:_MOST],
        what=f"How far {label.column} of a group is from that of others (KS)",
        p=parts.palette(),
    )
