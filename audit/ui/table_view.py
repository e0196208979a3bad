"""The table as a whole: what is missing together, what moves together, what repeats."""

from collections.abc import Sequence

import streamlit as st

from audit import runner
from audit.charts import distribution
from audit.charts.distribution.table import (
    MOST_COLUMNS,
    MOST_CORRELATED,
    MOST_PATTERNS,
    strongest_columns,
)
from audit.model import RowTest, Where
from audit.reports.distribution.detail import EqualRowsPage, duplicate_groups
from audit.reports.distribution.values import Distribution, Pair
from audit.store.rows import Page
from audit.ui import jobs, masking, parts, rows_view, words
from audit.ui.text import coefficient, count, counted, in_words, md, percent, plural, shorten

MEASURES = {
    "pearson": "Pearson",
    "spearman": "Spearman",
    "cramers_v": "Cramér's V",
    "correlation_ratio": "Correlation ratio",
}
_STRONGEST = "Strongest"
_MOST_SETS = 200
_DUPLICATES = Where(tests=(RowTest(op="repeated"),))


def missing(result: runner.Result, report: Distribution) -> None:
    """Show which columns are missing together."""
    if not report.patterns:
        st.markdown(f"✓ No value is missing in {counted(report.rows, 'row')}.")
        return
    lacking = sum(c.missing > 0 for c in report.columns)
    together = [p for p in report.patterns if len(p.columns) > 1]
    share = percent(report.rows_with_missing / report.rows)
    lead = (
        f"{share} of the rows lack a value, in {in_words(lacking)} {plural(lacking, 'column')}."
        if not together
        else f"{share} of the rows lack a value; in {counted(together[0].rows, 'row')} "
        f"{md(_names(together[0].columns))} are missing together."
    )
    st.markdown(lead)
    shown = min(len(report.patterns), MOST_PATTERNS)
    columns = min(lacking, MOST_COLUMNS)
    parts.chart_card(
        "Missing together",
        f"each column of squares is a pattern, its rows on top · {shown} of "
        f"{count(report.patterns_total)} patterns, {columns} of {counted(lacking, 'column')}",
        distribution.missingness(report, p=parts.palette()),
        key="missingness",
    )
    _pattern_rows(result, report)


def _names(columns: tuple[str, ...]) -> str:
    more = len(columns) - 3
    shown = [shorten(name) for name in columns[:3]]
    return words.together(shown if more <= 0 else [*shown, f"{in_words(more)} more"])


def correlations(report: Distribution) -> None:
    """Show which columns move together, by one measure or by the one that fits each pair."""
    known = [p for p in report.pairs if p.value is not None]
    if not known:
        st.markdown("There are no two columns whose association can be measured here.")
        if report.pairs_note:
            st.markdown(parts.small(md(report.pairs_note)))
        return
    there = [id_ for id_ in MEASURES if any(p.measure == id_ for p in known)]
    options = (
        [_STRONGEST, *(MEASURES[id_] for id_ in there)] if len(there) > 1 else [MEASURES[there[0]]]
    )
    chosen = st.segmented_control(
        "Measure", options, default=options[0], required=True, key="association"
    )
    pairs = _by_measure(known, chosen or options[0])
    first = max(pairs, key=lambda p: abs(p.value or 0))
    st.markdown(
        f"**{md(first.first)} and {md(first.second)}** go together most closely: "
        f"{MEASURES[first.measure]} {coefficient(first.value)}."
    )
    names = {n for p in pairs for n in (p.first, p.second)}
    which = (
        "Pearson for numbers, Cramér's V for categories, correlation ratio for mixed pairs"
        if chosen == _STRONGEST
        else f"{chosen}"
    )
    sampled = sorted({p.method for p in pairs if p.method != "exact"})
    size = strongest_columns(pairs, MOST_CORRELATED)
    blank = " · a blank is weaker than those kept, or not defined" if _gaps(pairs, size) else ""
    badge = f" · ≈ {md(', '.join(sampled))}" if sampled else ""
    parts.chart_card(
        "How closely columns go together",
        f"{which} · {len(size)} of {counted(len(names), 'column')}{badge}{blank}",
        distribution.correlations(pairs, p=parts.palette()),
        key="correlations",
    )
    if report.pairs_note:
        st.markdown(parts.small(md(report.pairs_note)))
    _pair_table(pairs)


def duplicates(result: runner.Result, report: Distribution) -> None:
    """Show how many rows repeat an earlier one, and those rows."""
    if not report.duplicate_rows:
        st.markdown(f"✓ No row repeats another: all {counted(report.rows, 'row')} differ.")
        return
    share = percent(report.duplicate_rows / report.rows)
    verb = "repeats" if report.duplicate_rows == 1 else "repeat"
    st.markdown(
        f"**{counted(report.duplicate_rows, 'row')} ({share}) {verb} an earlier one** in every column."
    )
    _sets(result)
    if st.toggle("Show every such row", key="duplicates-all"):
        rows_view.show(
            result.version,
            _DUPLICATES,
            result.roles,
            key="duplicates",
            title="Rows that have an equal, the first of each set included",
        )


def _sets(result: runner.Result) -> None:
    """List the sets of equal rows, the largest first: how often, where first, what they hold."""
    version = result.version
    table = version.table

    def work(_: jobs.Job) -> EqualRowsPage:
        return duplicate_groups(table, limit=_MOST_SETS)

    job = jobs.ready(f"equal-rows-{version.id}", "Looking for equal rows", work, shared=True)
    if job is None:
        return
    found: EqualRowsPage = job.result
    shown = f"the {len(found.sets)} largest of " if found.total > len(found.sets) else ""
    parts.heading("Sets of equal rows", f"{shown}{counted(found.total, 'set')}")
    personal = masking.personal_columns(result.roles, result.reports.get("pii"))
    masks = () if masking.reveal(len(personal), key="sets-reveal") else personal
    page = Page(
        columns=found.columns,
        numbers=tuple(s.first_row for s in found.sets),
        rows=tuple(s.cells for s in found.sets),
        offset=0,
        total=found.total,
    )
    frame = rows_view.frame(page, masks).rename_axis("first row")
    counts = "rows of the set"
    while counts in frame.columns:  # a column of the data may be called that
        counts += " "
    frame.insert(0, counts, [s.count for s in found.sets])
    st.dataframe(
        frame,
        height=min(36 * (len(found.sets) + 1) + 2, 400),
        placeholder="",
        alt=f"{counted(found.total, 'set')} of equal rows",
        key="sets",
    )


def _pattern_rows(result: runner.Result, report: Distribution) -> None:
    patterns = report.patterns[:MOST_PATTERNS]

    def named(i: int) -> str:
        columns = patterns[i].columns
        more = f" and {len(columns) - 3} more" if len(columns) > 3 else ""
        return f"{', '.join(columns[:3])}{more}: {counted(patterns[i].rows, 'row')}"

    chosen = st.selectbox(
        "Rows of one pattern",
        range(len(patterns)),
        index=None,
        format_func=named,
        key="pattern",
        placeholder="Choose a pattern to see its rows",
    )
    if chosen is None:
        return
    inside = set(patterns[chosen].columns)
    lacking = [c.name for c in report.columns if c.missing]
    tests = tuple(
        RowTest(op="missing" if name in inside else "present", columns=(name,)) for name in lacking
    )
    rows_view.show(
        result.version,
        Where(tests=tests),
        result.roles,
        key="pattern-rows",
        title="Rows of this pattern",
        first=[n for n in lacking if n in inside],
    )


def _by_measure(pairs: Sequence[Pair], chosen: str) -> list[Pair]:
    """Keep the pairs of one measure; for 'strongest' one value per pair, Spearman left out."""
    if chosen == _STRONGEST:
        return [p for p in pairs if p.measure != "spearman"]
    return [p for p in pairs if MEASURES[p.measure] == chosen]


def _gaps(pairs: Sequence[Pair], drawn: Sequence[str]) -> bool:
    """Tell whether two of the columns drawn have no value between them."""
    inside = {frozenset((p.first, p.second)) for p in pairs if {p.first, p.second} <= set(drawn)}
    return len(inside) < len(drawn) * (len(drawn) - 1) // 2


def _pair_table(pairs: Sequence[Pair]) -> None:
    import pandas as pd

    ranked = sorted(pairs, key=lambda p: -abs(p.value or 0))[:500]
    table = pd.DataFrame(
        {
            "First": [p.first for p in ranked],
            "Second": [p.second for p in ranked],
            "Measure": [MEASURES[p.measure] for p in ranked],
            "Value": [p.value for p in ranked],
            "Rows": [p.n for p in ranked],
        }
    )
    more = f"the strongest {len(ranked)} of {len(pairs):,} pairs" if len(pairs) > 500 else ""
    parts.heading("The same as a table", more or counted(len(pairs), "pair"))
    st.dataframe(
        table,
        hide_index=True,
        height=min(36 * (len(table) + 1) + 2, 360),
        column_config={
            "Value": st.column_config.NumberColumn(format="%.3f"),
            "Rows": st.column_config.NumberColumn(format="localized"),
        },
        alt="Pairs of columns with their association, strongest first",
        key="pairs",
    )
