"""What the page looks at: one combination of sensitive columns, its groups, the label."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from audit import runner
from audit.charts.representation.names import NEGLIGIBLE, find
from audit.charts.template import Picture
from audit.judging.groups import is_real
from audit.model import Finding, Where
from audit.reports.representation import Options
from audit.reports.representation.group_values import (
    Axis,
    Combination,
    Estimate,
    Group,
)
from audit.reports.representation.label import classes
from audit.reports.representation.model_values import ModelGroup
from audit.reports.representation.values import Representation
from audit.store import Version
from audit.ui import masking, measures, parts, rows_view, state, words
from audit.ui.representation.names import group_text
from audit.ui.text import md

FINDINGS_PAGE = "pages/audit/findings.py"
DESCRIBE_PAGE = "pages/data/describe.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The result, and the combination of columns that is looked at."""

    result: runner.Result
    combination: Combination

    @property
    def version(self) -> Version:
        """The version in use."""
        return self.result.version

    @property
    def report(self) -> Representation:
        """The representation report."""
        return report_of(self.result)

    @property
    def options(self) -> Options:
        """What the report is measured with."""
        return options_of(self.version)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the combination."""
        return self.combination.columns

    @property
    def reference(self) -> Group | None:
        """The group that others are compared with."""
        name = self.combination.reference_group
        return None if name is None else self.combination.group(name)

    def axis(self, column: str) -> Axis:
        """Give the groups of one sensitive column."""
        return next(axis for axis in self.report.axes if axis.column == column)

    def groups(self) -> list[Group]:
        """List the groups of people: neither missing values nor what is left over."""
        return [g for g in self.combination.groups if is_real(g.levels)]

    def large(self) -> list[Group]:
        """List the groups of people with enough rows for a verdict."""
        return [g for g in self.groups() if g.n >= self.report.min_group]

    def classes(self) -> list[str]:
        """List the classes of the label, where none is the positive one; else nothing."""
        label = self.report.label
        if label is None or label.axis is None or label.positive is not None:
            return []
        return [level.name for level in classes(label)]

    def positive(self, label_class: str = "") -> str:
        """Name the class whose rates are meant; empty where the label is a number."""
        label = self.report.label
        if label_class or label is None or label.axis is None or label.positive is None:
            return label_class
        return label.axis.levels[label.positive].name


def report_of(result: runner.Result) -> Representation:
    """Give the representation report of a result."""
    report: Representation = result.reports["representation"]
    return report


def options_of(version: Version) -> Options:
    """Give the options that the report of a version is measured with."""
    options = runner.report_options(version, "representation")
    assert isinstance(options, Options)
    return options


def first(
    result: runner.Result, topics: Sequence[str] = (), *, otherwise: bool = True
) -> Combination | None:
    """Choose the column to begin with: that of the worst finding about one of them alone.

    With ``topics``, only findings of these count. Without such a finding it is the first
    sensitive column, or ``otherwise`` none.
    """
    single = {c.columns[0]: c for c in one_by_one(result)}
    for finding in result.open_findings:
        about = (*finding.columns, *(column for column, _ in finding.group))
        named = list(dict.fromkeys(c for c in about if c in single))
        if len(named) == 1 and (not topics or words.check_topic(finding) in topics):
            return single[named[0]]
    return next(iter(single.values()), None) if otherwise else None


def one_by_one(result: runner.Result) -> list[Combination]:
    """List the sensitive columns one by one, those that name people only if there is no other."""
    found = [c for c in report_of(result).combinations if len(c.columns) == 1]
    return [c for c in found if not masking.is_personal(result.roles, c.columns[0])] or found


def apart(estimate: Estimate | None, *, neutral: float) -> bool:
    """Whether an interval leaves out ``neutral``, and a ratio by more than a trifle."""
    if estimate is None or estimate.value is None:
        return False
    if estimate.low is None or estimate.high is None or estimate.low <= neutral <= estimate.high:
        return False
    return estimate.unit != "ratio" or abs(estimate.value - neutral) > NEGLIGIBLE


def of_class(
    group: Group, name: str, label_class: str = "", against: str | None = None
) -> Estimate | None:
    """Find an estimate of a group, of one class of the label where each has its own."""
    return find(group.estimates, name, against=against, label_class=label_class)


def impact(view: View, group: Group, label_class: str = "") -> Estimate | None:
    """Find how often ``group`` has the label, as a part of the reference group's rate."""
    against = view.combination.reference_group
    return of_class(group, "disparate_impact", label_class, against)


def differs(view: View, group: Group, label_class: str = "") -> bool:
    """Whether a group has the label more or less often than the reference group beyond chance.

    Where a ratio has no interval, as one of 0 has none, the difference decides.
    """
    found = impact(view, group, label_class)
    if found is not None and found.value is not None and found.low is None:
        against = view.combination.reference_group
        gap = of_class(group, "statistical_parity_difference", label_class, against)
        return apart(gap, neutral=0)
    return apart(found, neutral=1)


def findings(result: runner.Result, checks: frozenset[str], *columns: str) -> list[Finding]:
    """List the open findings of some checks; with columns, those that rest on one of them."""
    return [
        f
        for f in result.open_findings
        if f.check in checks and (not columns or not set(columns).isdisjoint(f.columns))
    ]


def show_findings(found: list[Finding], *, most: int = 4) -> None:
    """List what the checks have to say about a part, worst first, with the way to Findings."""
    if not found:
        return
    lines = [f"{parts.mark(f.severity.word)} {md(f.title)}" for f in found[:most]]
    if len(found) > most:
        lines.append(parts.small(f"and {len(found) - most} more"))
    with st.container(gap="xsmall"):
        st.markdown("  \n".join(lines))
        st.page_link(FINDINGS_PAGE, label="See them in Findings", icon=":material/arrow_forward:")


def steps(found: list[Finding], otherwise: str) -> str:
    """Say what would mend the findings: the steps they suggest, else ``otherwise``."""
    named = dict.fromkeys(words.step_in_words(s) for f in found for s in f.suggestions)
    return f"{otherwise}\n" + "".join(f"\n- {md(step)}" for step in list(named)[:3])


def frame(
    view: View,
    title: str,
    note: str,
    drawn: Picture,
    *,
    key: str,
    where: Callable[[int], Where | None] | None = None,
) -> None:
    """Draw a picture in a frame; with ``where``, a click on a mark picks the rows it stands for."""
    with st.container(border=True, gap="xsmall"):
        parts.heading(title, note)
        if where is None:
            parts.picture(drawn, key=key)
        else:
            parts.clickable_picture(drawn, key=key, on_click=_clicked, args=(view, where))


def show_rows(
    view: View,
    offered: Sequence[tuple[str, Where]],
    *,
    key: str,
    label: str = "Rows of one group",
    placeholder: str = "Click a mark above, or choose a group",
) -> None:
    """Offer rows by name (not escaped), and show those picked, here or by a click on a picture."""
    picked = state.picked(view.version)
    chosen = next((i for i, (_, where) in enumerate(offered) if where == picked), None)
    stamp = f"{key}-rows-of-{chosen}-{len(offered)}"

    def changed() -> None:
        at = state.session()[stamp]
        pick(view, None if at is None else offered[at][1])

    st.selectbox(
        label,
        range(len(offered)),
        index=chosen,
        format_func=lambda i: offered[i][0],
        key=stamp,
        placeholder=placeholder,
        on_change=changed,
        width=360,
    )
    show_picked(view, key=key)


def of_groups(groups: Iterable[Group | ModelGroup]) -> list[tuple[str, Where]]:
    """List groups with their rows, as :func:`show_rows` offers them."""
    return [(f"{group_text(g.levels)} ({g.n:,})", g.where) for g in groups]


def show_picked(view: View, *, key: str) -> None:
    """Show the rows that were picked, and the way back."""
    where = state.picked(view.version)
    if where is None:
        return
    with st.container(border=True, gap="small"):
        st.button(
            "Hide these rows",
            key=f"{key}-hide",
            icon=":material/close:",
            type="tertiary",
            on_click=pick,
            args=(view, None),
        )
        title = f"Rows in which {md(measures.where_text(where))}"
        columns = [c for test in where.tests for c in test.columns]
        roles = view.result.roles
        rows_view.show(
            view.version,
            where,
            roles,
            key=f"{key}-picked",
            title=title,
            first=list(dict.fromkeys(columns)),
        )


def pick(view: View, where: Where | None) -> None:
    """Pick rows; the URL holds no value of a column that names people."""
    columns = [c for test in where.tests for c in test.columns] if where else []
    personal = any(masking.is_personal(view.result.roles, c) for c in columns)
    state.pick(view.version, where, shareable=not personal)


def position(data: Any) -> int | None:
    """Read what a clicked mark hands over: the position of its group."""
    first = data[0] if isinstance(data, list | tuple) and data else data
    return first if isinstance(first, int) else None


def _clicked(data: Any, view: View, where: Callable[[int], Where | None]) -> None:
    at = position(data)
    rows = None if at is None else where(at)
    if rows is not None:
        pick(view, None if rows == state.picked(view.version) else rows)
