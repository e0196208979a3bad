"""Part 'What a model learns': utility on the same test rows, and correlations kept."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.charts.comparison.associations import MEASURES, association_changes
from audit.charts.comparison.scorecard import scorecard
from audit.charts.representation.names import step
from audit.comparing.values import AssociationKept, Utility
from audit.format import moved
from audit.ui import parts
from audit.ui.compare.view import View
from audit.ui.representation.tables import frame
from audit.ui.text import coefficient, count, counted, in_words, md, plural, quoted

if TYPE_CHECKING:
    import pandas as pd

_MOVED = 0.1
"""A change of a coefficient that is worth naming."""


def there(_: View) -> bool:
    """Whether there is something to say; that there is no model is something, too."""
    return True


def show(view: View) -> None:
    """Show how well a model learns from each version, then which correlations moved."""
    comparison = view.comparison
    parts.answer(answer(comparison.utility, comparison.associations))
    _utility(view, comparison.utility)
    _associations(view, comparison.associations)


def answer(utility: Utility, pairs: tuple[AssociationKept, ...]) -> str:
    """Say whether a model learns as well as before, and whether correlations were kept. Escaped."""
    return f"{_learns(utility)} {_kept(pairs)}".strip()


def _learns(utility: Utility) -> str:
    if not utility.lines:
        why = (utility.reason or "not measured").removesuffix(".")
        return f"How well a model learns is not known: {md(why)}."
    first = utility.lines[0]
    verb = {
        "better": "learns better from it than before",
        "worse": "learns worse from it than before",
        "same": "learns as well from it as before",
    }.get(first.verdict, "learns as well from it as before, as far as can be told")
    change = moved(first.change, first.after.unit)
    return f"A model {verb} ({md(first.title)}: {change})."


def _kept(pairs: tuple[AssociationKept, ...]) -> str:
    known = [p for p in pairs if p.change is not None]
    if not known:
        return ""
    far = [p for p in known if abs(p.change or 0.0) >= _MOVED]
    if not far:
        return "No correlation moved by a tenth or more."
    n, worst = len(far), max(far, key=lambda p: abs(p.change or 0.0))
    named = " and ".join(quoted(c, 30) for c in worst.columns)
    return (
        f"{in_words(n).capitalize()} {plural(n, 'correlation')} moved by a tenth or more, most of "
        f"all that of {named}."
    )


def _utility(view: View, utility: Utility) -> None:
    if not utility.lines:
        return
    note = (
        f"trained on {counted(utility.trained_before, 'row')} before, "
        f"{count(utility.trained_after)} after · tested on the same "
        f"{counted(utility.tested, 'original row')} · {md(utility.method)}"
    )
    with st.container(border=True, gap="xsmall"):
        parts.heading("How well a model learns", note)
        parts.picture(scorecard(utility.lines, p=parts.palette()), key=f"utility-{view.key}")
        table = pairs_of(utility)
        st.dataframe(
            table, hide_index=True, height="content", alt="Utility", key=f"utility-table-{view.key}"
        )
        if utility.reason:
            st.markdown(f"**What it does not tell**  \n{md(utility.reason)}")


def pairs_of(utility: Utility) -> "pd.DataFrame":
    """List the change of each measure of utility with its interval."""
    import pandas as pd

    lines = []
    for line in utility.lines:
        unit = line.after.unit
        interval = (
            "–"
            if line.low is None or line.high is None
            else (f"{moved(line.low, unit)} to {moved(line.high, unit)}")
        )
        lines.append(
            {
                "Measure": line.title,
                "Change": moved(line.change, unit),
                "95% interval of the change": interval,
                "Note": line.reason,
            }
        )
    table = pd.DataFrame(lines)
    return table.drop(columns=[c for c in ("Note",) if (table[c] == "").all()])


def _associations(view: View, pairs: tuple[AssociationKept, ...]) -> None:
    if not pairs:
        st.markdown(parts.small("No pair of columns has an association that can be compared."))
        return
    if any(p.change is not None for p in pairs):
        with st.container(border=True, gap="xsmall"):
            parts.heading(
                "Correlations kept", "the pairs of columns that moved most · 0 none, 1 full"
            )
            drawn = association_changes(pairs, p=parts.palette())
            parts.picture(drawn, key=f"associations-{view.key}")
    frame(
        associations_table(pairs),
        title="All pairs",
        note="how strongly two columns go together",
        alt="Associations before and after",
        key=f"associations-table-{view.key}",
    )


def associations_table(pairs: tuple[AssociationKept, ...]) -> "pd.DataFrame":
    """List pairs of columns: measure, before, after, change."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "Columns": " × ".join(p.columns),
                "Measure": MEASURES.get(p.measure, p.measure.replace("_", " ")),
                "Before": coefficient(p.before),
                "After": coefficient(p.after),
                "Change": step(p.change),
            }
            for p in pairs
        ]
    )
