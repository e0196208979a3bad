"""Part 'Within strata': whether a disparity stays, goes or turns once likes are compared."""

import streamlit as st

from audit.charts import representation as charts
from audit.charts.template import visible
from audit.model import RowTest, Scalar, Where
from audit.reports.representation.group_values import MISSING, REST
from audit.reports.representation.part_values import Conditional, StratumGroup
from audit.store.rows import is_numeric
from audit.ui import parts
from audit.ui.representation import tables
from audit.ui.representation.names import label_words, outcome, people
from audit.ui.representation.view import (
    View,
    apart,
    findings,
    frame,
    of_class,
    show_findings,
    show_rows,
    steps,
)
from audit.ui.text import counted, md, percent, points, quoted

CHECKS = frozenset({"conditional-disparity", "simpson-reversal"})


def there(view: View) -> bool:
    """Whether anything was compared within strata for these columns."""
    return any(c.column in view.columns for c in view.report.conditionals)


def show(view: View) -> None:
    """Show one group within the strata of one column, and say it loudly where the sign turns."""
    chosen = _choose(view)
    label = view.report.label
    assert label is not None
    if chosen.reversed:
        sure = apart(chosen.conditional, neutral=0)
        but = "" if sure else ", though what is left may be chance"
        st.markdown(
            f"{parts.mark('warning')} **Simpson's reversal: within the strata the sign turns{but}.**"
        )
    parts.answer(answer(view, chosen))
    parts.numbers(
        [
            ("Disparity, all rows", points(chosen.overall.value)),
            ("Disparity within strata", points(chosen.conditional.value)),
            ("Strata", str(len(chosen.strata))),
        ]
    )
    frame(
        view,
        f"Share with {outcome(label.column, view.positive())}, by {md(chosen.stratum)}",
        f"{people(((chosen.column, chosen.level),))} against all others · n = group of all rows "
        "of the stratum · ◀ less often, ▶ more often · click a mark to see its rows",
        charts.strata(
            chosen,
            label_words=label_words(label.column, view.positive()),
            min_group=view.report.min_group,
            overall=_overall(view, chosen),
            p=parts.palette(),
        ),
        key=f"strata-{chosen.column}-{chosen.level}-{chosen.stratum}",
        where=lambda at: _where(view, chosen, chosen.strata[at]),
    )
    offered = [
        (f"{visible(s.stratum)} ({s.n:,})", where)
        for s in chosen.strata
        if (where := _where(view, chosen, s)) is not None
    ]
    show_rows(view, offered, key="strata", label="Rows of the group in one stratum")
    found = findings(view.result, CHECKS, chosen.column)
    show_findings(found)
    _explain(steps(found, _to_do(chosen)))
    tables.measures([chosen.conditional, chosen.overall], key="strata-measures")
    _table(view, chosen)
    _every_stratum(view, chosen)


def answer(view: View, found: Conditional) -> str:
    """Say what becomes of the disparity within strata."""
    label = view.report.label
    assert label is not None
    who, what = people(((found.column, found.level),)), outcome(label.column, view.positive())
    overall, within = found.overall.value, found.conditional.value
    if overall is None or within is None:
        return (
            f"Within {quoted(found.stratum, 40)} nothing can be compared: "
            f"{md(found.conditional.reason or found.overall.reason)}"
        )
    interval = tables.interval_text(found.conditional)
    said = f"disparity {points(within)}" + (f", 95% interval {interval}" if interval else "")
    if found.reversed:
        return (
            f"Over all rows {who} has {what} {_often(overall)} than others; within "
            f"{quoted(found.stratum, 40)}, on average, {_often(within)} ({said})."
        )
    if not apart(found.overall, neutral=0):
        return (
            f"Over all rows {who} has {what} about as often as others; within "
            f"{quoted(found.stratum, 40)}: {said}."
        )
    if not apart(found.conditional, neutral=0):
        return (
            f"Over all rows {who} has {what} {_often(overall)} than others; within "
            f"{quoted(found.stratum, 40)} no difference is left that chance does not explain "
            f"({said})."
        )
    return (
        f"Over all rows {who} has {what} {_often(overall)} than others (disparity "
        f"{points(overall)}), and within {quoted(found.stratum, 40)} {_often(within)} too ({said})."
    )


def _often(disparity: float) -> str:
    return "less often" if disparity > 0 else "more often"


def _choose(view: View) -> Conditional:
    """Choose group and stratum; a reversal comes first, then what changes most."""
    able = [c for c in view.report.conditionals if c.column in view.columns]
    able.sort(key=lambda c: (not c.reversed, -(c.overall.value or 0.0)))
    groups = list(dict.fromkeys((c.column, c.level) for c in able))
    line = st.grid(3, min_column_width=220)
    with line.cell():
        at = st.selectbox(
            "Group",
            range(len(groups)),
            format_func=lambda i: f"{groups[i][0]}: {visible(groups[i][1])}",
            key=f"strata-group-{'-'.join(view.columns)}",
            persist_state="page",
        )
    with line.cell():
        own = [c for c in able if (c.column, c.level) == groups[at or 0]]
        own.sort(key=_rank)
        turned = {c.stratum for c in own if c.reversed}
        stratum = st.selectbox(
            "within the strata of",
            [c.stratum for c in own],
            format_func=lambda name: f"{name} (the sign turns)" if name in turned else name,
            key=f"strata-by-{groups[at or 0]}",
            persist_state="page",
        )
    return next(c for c in own if c.stratum == stratum)


def _sign(c: Conditional) -> str:
    if not c.reversed:
        return "stays"
    return "◆ turns" if apart(c.conditional, neutral=0) else "○ turns, maybe by chance"


def _rank(c: Conditional) -> tuple[bool, float]:
    """Put a sign that turns first, then what changes most."""
    return not c.reversed, -_shift(c)


def _shift(c: Conditional) -> float:
    return abs((c.overall.value or 0.0) - (c.conditional.value or 0.0))


def _overall(view: View, found: Conditional) -> tuple[float, float] | None:
    """Give the rates of the group and of all others as the report has them, weighted or not."""
    combination = view.report.combination(found.column)
    group = combination.group(found.level) if combination else None
    rate = of_class(group, "label_rate") if group else None
    behind = of_class(group, "difference_in_proportions_of_labels") if group else None
    if rate is None or rate.value is None or behind is None or behind.value is None:
        return None
    return rate.value, rate.value + behind.value


def _where(view: View, found: Conditional, stratum: StratumGroup) -> Where | None:
    """Say which rows of the group are in the stratum."""
    group = next((a for a in view.axis(found.column).levels if a.name == found.level), None)
    test = _test(view, found, stratum.stratum)
    return None if group is None or test is None else Where(tests=(group.test, test))


def _test(view: View, found: Conditional, name: str) -> RowTest | None:
    axis = next((a for a in view.report.axes if a.column == found.stratum), None)
    if axis is not None:
        return next((level.test for level in axis.levels if level.name == name), None)
    if name == MISSING:
        return RowTest(op="missing", columns=(found.stratum,))
    if name == REST:
        return None
    type_ = next(c.type for c in view.version.manifest.columns if c.name == found.stratum)
    value: Scalar = name
    if is_numeric(type_):
        try:
            value = float(name)
        except ValueError:  # the name of a bin
            return None
    return RowTest(op="equal", columns=(found.stratum,), values=(value,))


def _explain(do: str) -> None:
    parts.explain(
        "Disparity is the group's part of all rejected rows minus its part of all accepted ones: "
        "above 0 it is accepted less often than others. Within strata it is averaged over rows "
        "of alike cases.",
        "Where groups apply for different things, a gap over all rows can come from that alone, "
        "and a gap within each can vanish in the sum. Neither figure is right without the other.",
        do,
    )


def _to_do(found: Conditional) -> str:
    if found.reversed:
        return (
            f"Do not mend the gap over all rows before asking what {quoted(found.stratum, 40)} "
            "stands for: reweighing over all would make it worse within the strata."
        )
    return (
        "Ask whether the stratum may explain the gap: a column that is itself a consequence of "
        "belonging to the group may not."
    )


def _table(view: View, found: Conditional) -> None:
    import pandas as pd

    rows = [
        {
            "Stratum": visible(s.stratum),
            "Rows of the group": s.n,
            "Rate": percent(s.rate),
            "Other rows": s.rest_n,
            "Rate of the others": percent(s.rest_rate),
            "Gap": "–" if s.rate is None or s.rest_rate is None else points(s.rate - s.rest_rate),
            "Standing": "? too few to tell" if min(s.n, s.rest_n) < view.report.min_group else "",
        }
        for s in found.strata
    ]
    tables.frame(
        pd.DataFrame(rows),
        title="Every stratum",
        note=f"{counted(len(rows), 'stratum')} of {md(found.stratum)}".replace(
            "stratums", "strata"
        ),
        alt=f"Strata of {found.stratum} with the rates of the group and of all others",
        key="strata-table",
    )


def _every_stratum(view: View, found: Conditional) -> None:
    """List what becomes of the disparity of this group within every other column."""
    import pandas as pd

    own = [
        c for c in view.report.conditionals if (c.column, c.level) == (found.column, found.level)
    ]
    if len(own) < 2:
        return
    own.sort(key=_rank)
    rows = [
        {
            "Within": c.stratum,
            "Disparity within strata": points(c.conditional.value),
            "95% interval": tables.interval_text(c.conditional),
            "Over all rows": points(c.overall.value),
            "Sign": _sign(c),
        }
        for c in own
    ]
    tables.frame(
        pd.DataFrame(rows),
        title="Within every column",
        note=f"{people(((found.column, found.level),))} · what changes most comes first",
        alt="Columns as strata with the disparity within them and over all rows",
        key="strata-all",
    )
