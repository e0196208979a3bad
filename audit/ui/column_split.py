"""One column split by the groups of another: by the label, a sensitive column or a category."""

import streamlit as st

from audit import runner
from audit.charts import distribution
from audit.charts.distribution.split import group_name
from audit.charts.template import visible
from audit.model import Role
from audit.reports.distribution.detail import Split, histogram_by
from audit.reports.distribution.values import Column
from audit.ui import jobs, masking, parts
from audit.ui.overview import distribution_of
from audit.ui.text import count, in_words, md, number

_MOST_GROUPS_OFFERED = 50
_MOST_VALUES = 12
_FIRST = (Role.LABEL, Role.SENSITIVE, Role.PREDICTION, Role.SPLIT)


def show(result: runner.Result, column: Column, *, first: str | None = None) -> None:
    """Offer the columns to split by, ``first`` before all others, and draw the groups."""
    offered = sorted(candidates(result, column), key=lambda name: name != first)
    if not offered:
        st.markdown("There is no other column with few enough values to split by.")
        return
    by = st.selectbox("Split by", offered, key=f"split-by-{offered[0]}", width=280)
    key = f"split-{result.version.id}-{column.name}-{by}"
    table = result.version.table
    numbers = column.numbers
    bins = [visible(v.value) for v in column.top[:_MOST_VALUES]]
    if numbers is not None:
        edges = numbers.histogram.edges
        bins = [number(edge) for edge in edges[:-1]]

    def work(_: jobs.Job) -> Split:
        if numbers is not None:
            return histogram_by(table, column.name, by, edges=numbers.histogram.edges)
        values = [v.value for v in column.top[:_MOST_VALUES]]
        return histogram_by(table, column.name, by, values=values)

    job = jobs.ready(key, f"Splitting by {by}", work)
    if job is not None:
        _draw(job.result, bins, ordered=numbers is not None)


def candidates(result: runner.Result, column: Column) -> list[str]:
    """List the columns that can be split by: label and sensitive ones first."""
    fit = [
        c
        for c in distribution_of(result).columns
        if c.name != column.name
        and 2 <= c.distinct <= _MOST_GROUPS_OFFERED
        and not masking.is_personal(result.roles, c.name)
    ]

    def rank(c: Column) -> int:
        roles = result.roles.of(c.name)
        return next((i for i, role in enumerate(_FIRST) if role in roles), len(_FIRST))

    return [c.name for c in sorted(fit, key=rank)]


def _draw(split: Split, bins: list[str], *, ordered: bool) -> None:
    note = "one scale for all groups"
    if any(group.is_rest for group in split.groups):
        note += f" · the {in_words(len(split.groups) - 1)} largest, the others added up"
    parts.heading(f"Share of each group's rows, by {md(split.by)}", note)
    draw = distribution.split_bars if ordered else distribution.split_cells
    drawn = draw(split, bins, p=parts.palette())
    parts.picture(drawn, key=f"split-{md(split.column)}-{md(split.by)}")
    outside = [g for g in split.groups if g.other]
    if outside:
        said = ", ".join(f"{group_name(g)} {count(g.other)}" for g in outside)
        st.markdown(parts.small(f"Rows with another value, or with none: {md(said)}."))
