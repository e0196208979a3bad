"""Part 'Sensitive attributes': what can be learned of a person who is not singled out."""

from typing import TYPE_CHECKING

import streamlit as st

from audit.model import Role, RoleMap
from audit.reports.reidentification.values import Disclosure, Reidentification
from audit.ui import parts
from audit.ui.privacy import measure_table, quasi
from audit.ui.privacy.view import View
from audit.ui.representation import tables
from audit.ui.representation.view import findings, show_findings, steps
from audit.ui.text import count, counted, md, number, percent, quoted

if TYPE_CHECKING:
    import pandas as pd

CHECKS = frozenset({"low-diversity"})
_ABOUT = ("l_diversity", "entropy_l_diversity", "t_closeness", "alpha", "homogeneous_rows")
_FAR = 0.5


def there(view: View) -> bool:
    """Whether there are quasi-identifiers and rows."""
    return view.risk.risk is not None and view.risk.risk.rows > 0


def show(view: View) -> None:
    """Show l, t and alpha of each attribute, the worst in a sentence, and what they mean."""
    report = view.risk
    over = passed_over(view.result.roles, report)
    if not report.disclosures:
        _none(over)
        return
    parts.answer(answer(report))
    tables.frame(
        table(report.disclosures),
        title="What a class tells of its members",
        note=f"in classes by {quasi.named(report.columns)} · t of ordered attributes from their "
        "order, of others from the share of rows that differ",
        alt="Attributes with l-diversity, entropy l-diversity, t-closeness and alpha",
        key="disclosure-table",
    )
    for one in report.disclosures:
        if one.reason:
            st.markdown(parts.small(f"{quoted(one.attribute, 40)}: {md(one.reason)}"))
    if over:
        st.markdown(parts.small(over))
    found = findings(view.result, CHECKS)
    show_findings(found)
    parts.explain(
        "Rows of one class cannot be told apart by their quasi-identifiers. Where all of them "
        "have the same diagnosis, it does not matter which row is whose: the diagnosis is known.",
        "k says how well people hide among each other, l, t and alpha how much is learned of them "
        "although they do. A high k with l = 1 gives away what it seems to protect.",
        steps(
            found,
            "Make the quasi-identifiers coarser until each class holds several values, or drop "
            "the attribute if nothing needs it.",
        ),
    )
    st.subheader("Each measure, explained", anchor=False)
    names = [m for m in report.measures() if m.name in _ABOUT]
    worst = worst_first(report)[0].attribute
    measure_table.show([m for m in names if m.columns and m.columns[-1] == worst], key="told")
    if len(report.disclosures) > 1:
        st.markdown(parts.small(f"The figures are those of {quoted(worst, 40)}."))


def answer(report: Reidentification) -> str:
    """Say of the attribute that is given away most what can be learned. Escaped."""
    worst = worst_first(report)[0]
    name = quoted(worst.attribute, 40)
    if worst.homogeneous_rows:
        rows = counted(worst.homogeneous_rows, "row")
        verb = "is in a class" if worst.homogeneous_rows == 1 else "are in classes"
        return (
            f"{rows} {verb} of two and more in which all have the same {name}: nobody has to be "
            "singled out to learn it."
        )
    if worst.l_diversity is None:
        return f"What a class tells of {name} cannot be stated."
    if worst.l_diversity == 1:
        return (
            f"{name} is given away by unique rows alone: every class of two and more holds "
            "several values."
        )
    told = f"Every class holds at least {count(worst.l_diversity)} different values of {name}"
    if worst.t is not None and worst.t > _FAR:
        return f"{told}, but in one of them they are far from those of all rows (t = {number(worst.t)})."
    return f"{told}: its value is not given away."


def worst_first(report: Reidentification) -> list[Disclosure]:
    """Order attributes by how much is given away."""

    def given_away(one: Disclosure) -> tuple[int, float, float]:
        least = float("inf") if one.l_diversity is None else one.l_diversity
        return -(one.homogeneous_rows or 0), least, -(one.t or 0.0)

    return sorted(report.disclosures, key=given_away)


def table(found: tuple[Disclosure, ...]) -> "pd.DataFrame":
    """List the attributes with their measures; '–' where one is not defined."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "Attribute": one.attribute,
                "Different values": one.distinct,
                "Fewest in a class (l)": count(one.l_diversity),
                "Entropy l": number(one.entropy_l),
                "Distance to all (t)": number(one.t),
                "Most frequent (alpha)": percent(one.alpha),
                "Rows that share it": one.homogeneous_rows,
                "Order": "by size" if one.ordered else "none",
            }
            for one in found
        ]
    )


def passed_over(roles: RoleMap, report: Reidentification) -> str:
    """Say of which sensitive columns, and of the label, nothing is measured, and why. Escaped."""
    measured = {one.attribute for one in report.disclosures}
    marked = dict.fromkeys((*roles.having(Role.SENSITIVE), *roles.having(Role.LABEL)))
    left = [c for c in marked if c not in measured]
    if not left:
        return ""
    why = (
        "quasi-identifiers count as known already"
        if all(c in report.columns for c in left)
        else "they are quasi-identifiers, lists or structures, or were left out by the options"
    )
    return f"What classes tell of {quasi.named(left)} is not measured: {why}."


def _none(over: str) -> None:
    parts.answer(over or "No column is marked whose values must not be learned of a person.")
    st.markdown(
        "By default these are the sensitive columns and the label, without those that are "
        "quasi-identifiers. Give a column such as a diagnosis, an income or a grade the role "
        "*sensitive*; this part then says what a class tells of its members."
    )
    st.page_link(quasi.DESCRIBE_PAGE, label="Say what the columns mean")
