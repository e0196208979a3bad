"""Part 'Re-identification': how many rows the quasi-identifiers single out, and who would look."""

import streamlit as st

from audit.charts.privacy.classes import class_sizes
from audit.charts.privacy.scales import scales
from audit.model import Role, RoleMap
from audit.reports.reidentification.values import Reidentification, Risk
from audit.ui import parts, rows_view
from audit.ui.privacy import attackers, measure_table, missing, population, quasi
from audit.ui.privacy.view import View
from audit.ui.representation.view import findings, show_findings
from audit.ui.text import count, counted, md, percent, shorten

_ABOUT_CLASSES = (
    *("k_anonymity", "equivalence_classes", "sample_uniques", "rows_below_k"),
    *("prosecutor_max", "prosecutor_average", "prosecutor_at_risk"),
    *("journalist_max", "journalist_average", "marketer", "population_unknown_rows"),
)
CHECKS = frozenset({"low-k", "many-uniques"})
_SMALL = 5
_NAMED = 4
"""Columns that a title names."""


def there(view: View) -> bool:
    """Say yes: without quasi-identifiers this part says how to name some."""
    del view
    return True


def show(view: View) -> None:
    """Show how large classes are, the risk on its scale, rows at risk, and who might look."""
    report = view.risk
    risk = report.risk
    if not report.columns:
        quasi.nobody(view)
        return
    parts.answer(answer(report))
    if risk is None or not risk.rows:
        return
    parts.numbers(_numbers(risk))
    missing.show(view)
    _pictures(report, risk)
    _rows(view)
    show_findings(findings(view.result, CHECKS))
    _explain(report, risk)
    attackers.show(view)
    population.show(view)
    st.subheader("Every measure of the risk", anchor=False)
    found = [
        m for m in report.measures() if m.name in _ABOUT_CLASSES and m.columns == report.columns
    ]
    measure_table.show(found, key="risk-measures")


def answer(report: Reidentification) -> str:
    """Say how many rows the quasi-identifiers single out, in one sentence. Escaped."""
    risk = report.risk
    if risk is None or not risk.rows or risk.k is None:
        return "There are no rows that could be picked out."
    if risk.rows == 1:
        return "There is one row: who knows whose it is has picked it out."
    return _singled_out(risk) if risk.uniques else _hidden(risk, risk.k)


def _singled_out(risk: Risk) -> str:
    rows = counted(risk.rows, "row")
    every = f"every one of {rows}" if risk.uniques == risk.rows else ""
    what = every or f"{count(risk.uniques)} of {rows}"
    if len(risk.columns) == 1:
        return f"{quasi.named(risk.columns)} alone singles out {what}."
    return f"{quasi.named(risk.columns)} together single out {what}."


def _hidden(risk: Risk, k: int) -> str:
    who, rows = quasi.named(risk.columns), counted(risk.rows, "row")
    if risk.classes == 1:
        verb = "is" if len(risk.columns) == 1 else "are"
        return f"{who} {verb} the same in all {rows}: they pick out nobody."
    if k < _SMALL:
        below = count(risk.rows_below(_SMALL))
        return (
            f"No row is unique by {who}, but {below} of {rows} share their values with fewer "
            "than four others."
        )
    return (
        f"Every row shares its values of {who} with at least {count(k - 1)} others: k = {count(k)}."
    )


def _numbers(risk: Risk) -> list[tuple[str, str]]:
    return [
        ("Smallest class (k)", count(risk.k)),
        ("Unique rows", count(risk.uniques)),
        (f"Rows below k = {_SMALL}", count(risk.rows_below(_SMALL))),
        ("Classes", count(risk.classes)),
    ]


def _pictures(report: Reidentification, risk: Risk) -> None:
    columns = " × ".join(md(shorten(c, 24)) for c in risk.columns[:_NAMED])
    left = len(risk.columns) - _NAMED
    more = f" and {left} more" if left > 0 else ""
    grid = st.grid(2, min_column_width=480, border=True)
    with grid.cell(), st.container(gap="xsmall"):
        parts.heading(
            f"Rows by class size: {columns}{more}",
            f"n = {counted(risk.rows, 'row')} · a class is all rows with the same quasi-identifiers · "
            "left of k = 5: easily picked out",
        )
        parts.picture(class_sizes(risk, p=parts.palette()), key="risk-classes")
    with grid.cell(), st.container(gap="xsmall"):
        parts.heading(
            "The risk on its scale",
            f"n = {counted(risk.rows, 'row')} · dotted: the risk in classes of 10, 5, 3 and 2 rows, "
            f"1 ÷ k · ◆ above 1 ÷ {_SMALL}",
        )
        drawn = scales(risk, theta=report.theta, p=parts.palette())
        parts.picture(drawn, key="risk-scales")


def _rows(view: View) -> None:
    """Show the rows of the smallest classes on demand, quasi-identifiers as shapes at first."""
    report = view.risk
    risk, where = report.risk, report.smallest
    if risk is None or where is None or risk.k is None or risk.k >= _SMALL:
        return
    name = "unique rows" if risk.k == 1 else f"rows of the smallest classes (k = {risk.k})"
    if not st.toggle(f"Show the {name}", key="smallest-show"):
        return
    shown, every = sum(len(test.values) for test in where.tests), risk.by_rows[0][1]
    title = name.capitalize() + (f": {count(shown)} of {count(every)}" if shown < every else "")
    with st.container(border=True, gap="small"):
        rows_view.show(
            view.version,
            where,
            with_quasi(view),
            key="smallest",
            title=title,
            first=report.columns,
        )


def with_quasi(view: View) -> RoleMap:
    """Give the roles with quasi-identifiers marked as personal: of a row at risk they name one."""
    from dataclasses import replace

    roles, wanted = view.roles, frozenset(view.risk.columns)
    return replace(
        roles,
        columns=tuple(
            replace(c, roles=(*c.roles, Role.DIRECT_IDENTIFIER)) if c.column in wanted else c
            for c in roles.columns
        ),
    )


def _explain(report: Reidentification, risk: Risk) -> None:
    at_risk = risk.at_risk(report.theta)
    parts.explain(
        "All rows with the same quasi-identifiers are a *class*. Who knows these values of a "
        "person can tell the class and has to guess within it: a class of one leaves nothing to "
        "guess.",
        "Names need not be in the data for people to be found in it: a voter roll or a profile "
        "that holds the same values is enough. "
        + (
            f"The guess would be right with more than {percent(report.theta, 0)} for "
            f"{counted(at_risk, 'row')}."
            if at_risk
            else f"For no row would the guess be right with more than {percent(report.theta, 0)}."
        ),
        "Look at what drives the risk, then try coarser values under *What if*; rows that stay in "
        "small classes can be suppressed."
        if risk.rows_below(_SMALL)
        else "Nothing here asks for coarser values. Check that no quasi-identifier was forgotten.",
    )
