"""Part 'Proxies': which other columns give a sensitive column away."""

import streamlit as st

from audit.charts import representation as charts
from audit.reports.representation.part_values import Proxies
from audit.ui import column_split, parts, state
from audit.ui.overview import distribution_of
from audit.ui.representation import tables
from audit.ui.representation.view import View, findings, position, show_findings, steps
from audit.ui.text import coefficient, counted, md, quoted, ratio

CHECKS = frozenset({"strong-proxy"})


def there(view: View) -> bool:
    """Whether proxies of one of these columns were looked for."""
    return any(p.sensitive in view.columns for p in view.report.proxies)


def show(view: View) -> None:
    """Show how far each other column tells the groups of a sensitive one."""
    found = _choose(view)
    parts.answer(answer(found))
    first = found.columns[0] if found.columns else None
    parts.numbers(
        [
            ("All others together", ratio(found.together.value)),
            ("Strongest alone", ratio(first.auc.value if first else None)),
            ("Columns looked at", str(len(found.columns))),
        ]
    )
    if found.note:
        st.markdown(f":small[{parts.mark('notice')} {md(found.note)}]")
    if first is not None:
        _picture(view, found)
    listed = findings(view.result, CHECKS, found.sensitive)
    show_findings(listed)
    parts.explain(
        "AUC is how often the column ranks a row of the group above one that is not: 0.5 is "
        "never better than chance, 1 always right. It is measured on rows not learnt from.",
        f"Leaving {quoted(found.sensitive, 40)} out does not make a model blind to it: what gives "
        "it away does its work.",
        steps(
            listed,
            "Ask of each strong one whether the task needs it; drop it, or cut it into wider bins.",
        ),
    )
    _table(found)


def answer(found: Proxies) -> str:
    """Say what gives the sensitive column away most."""
    first = found.columns[0] if found.columns else None
    who = quoted(found.sensitive, 40)
    if first is None or first.auc.value is None:
        why = found.together.reason or (first.auc.reason if first else "")
        return f"Nothing can be said of what gives {who} away. {md(why)}".strip()
    together = (
        f"; all other columns together with {ratio(found.together.value)}"
        if found.together.value is not None
        else ""
    )
    if not (first.auc.low or 0) > 0.5:
        return f"No other column by itself tells {who} better than chance{together}."
    return (
        f"{quoted(first.column, 40)} alone tells {who} with an AUC of {ratio(first.auc.value)}"
        f"{together}; 0.5 would be chance."
    )


def _choose(view: View) -> Proxies:
    able = {p.sensitive: p for p in view.report.proxies if p.sensitive in view.columns}
    if len(able) == 1:
        return next(iter(able.values()))
    chosen = st.segmented_control(
        "What gives away",
        list(able),
        default=next(iter(able)),
        required=True,
        format_func=md,
        key=f"proxies-{'-'.join(view.columns)}",
    )
    return able[str(chosen)]


def _picture(view: View, found: Proxies) -> None:
    key = f"proxy-column-{found.sensitive}"
    names = [p.column for p in found.columns]

    def clicked(data: object) -> None:
        at = position(data)
        if at is not None and at < len(names):
            state.session()[key] = names[at]

    with st.container(border=True, gap="xsmall"):
        parts.heading(
            f"How far other columns tell {quoted(found.sensitive, 40)}",
            f"AUC out of fold, n = {counted(found.together.n, 'row')} · V is Cramér's V, η the "
            "correlation ratio · ○ no better than chance · click a mark to see the column below",
        )
        parts.clickable_picture(
            charts.proxy_strengths(found, p=parts.palette()),
            key=f"proxies-{found.sensitive}-picture",
            on_click=clicked,
        )
    name = st.selectbox(
        "One column, split by the groups",
        names,
        index=None,
        key=key,
        placeholder="Click a mark above, or choose a column",
        width=360,
    )
    column = next((c for c in distribution_of(view.result).columns if c.name == name), None)
    if column is not None:
        with st.container(border=True, gap="small"):
            column_split.show(view.result, column, first=found.sensitive)


def _table(found: Proxies) -> None:
    import pandas as pd

    rows = [
        {
            "Column": p.column,
            "AUC": tables.value_text(p.auc),
            "95% interval": tables.interval_text(p.auc),
            "Association": "Cramér's V"
            if p.association.name == "cramers_v"
            else "Correlation ratio",
            "Its value": coefficient(p.association.value),
            "Rows": p.auc.n,
            "Method": p.auc.method,
            "Why not": p.auc.reason,
        }
        for p in found.columns
    ]
    if rows:
        tables.frame(
            pd.DataFrame(rows),
            title="Every column",
            note=f"{counted(len(rows), 'column')}, the strongest first",
            alt=f"Columns with how far they tell {found.sensitive}",
            key="proxies-table",
        )
    tables.measures([found.together], key="proxies-together")
