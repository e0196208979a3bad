"""Part 'Coverage': combinations of values that too few rows have."""

import streamlit as st

from audit.charts import representation as charts
from audit.model import Role
from audit.reports.representation.part_values import Coverage, Uncovered
from audit.ui import masking, parts, trouble
from audit.ui.representation import changes, tables
from audit.ui.representation.names import group_text, people
from audit.ui.representation.view import View, findings, show_findings, show_rows, steps
from audit.ui.text import count, counted, in_words, md, plural, shorten

CHECKS = frozenset({"uncovered-pattern"})
_MOST_VALUES = 60
_MOST_COLUMNS, _MOST_OFFERED = 20, 40
_NO_CATEGORY = (Role.DIRECT_IDENTIFIER, Role.FREE_TEXT, Role.WEIGHT)


def show(view: View) -> None:
    """Show the most general combinations that too few rows have, and how they were asked for."""
    found = view.report.coverage
    assert found is not None
    _form(view, found)
    parts.answer(answer(found))
    if found.note:
        st.markdown(f":small[{parts.mark('notice')} {md(found.note)}]")
    if found.total:
        parts.numbers(
            [
                ("Combinations", count(found.total)),
                ("Fewest values", _fewest(found)),
                ("Without any row", count(sum(p.n == 0 for p in found.patterns))),
            ]
        )
        parts.chart_card(
            "Combinations too few rows have, by how many columns they name",
            f"fewer than {found.min_cell} rows each · only the most general: no part of them is "
            "too few by itself",
            charts.coverage_levels(found, p=parts.palette()),
            key=f"coverage-{len(found.columns)}-{found.min_cell}",
        )
        offered = [(f"{group_text(p.levels)} ({p.n:,})", p.where) for p in found.patterns if p.n]
        show_rows(
            view,
            offered,
            key="coverage",
            label="Rows of one combination",
            placeholder="Choose a combination",
        )
    listed = findings(view.result, CHECKS)
    show_findings(listed)
    parts.explain(
        f"Each line is a combination with fewer than {found.min_cell} rows of which every part "
        "by itself has enough: the most general gaps, and no gap is counted twice.",
        "A model has to guess for people whose combination it has not seen, and no overall "
        "figure shows that it does.",
        steps(listed, "Collect rows of the shortest combinations first: each fills many gaps."),
    )
    if found.patterns:
        _table(found)


def answer(found: Coverage) -> str:
    """Say how much is not covered, and by the most general example."""
    names = [md(c) for c in found.columns[:3]]
    over = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    if len(found.columns) > 3:
        over = f"{in_words(len(found.columns))} columns"
    if not found.total:
        if found.note and not found.by_level:
            return "Coverage was not measured."
        return f"Every combination of {over} that was looked at has at least {found.min_cell} rows."
    total = found.total
    first = found.patterns[0] if found.patterns else None
    text = (
        f"{count(total)} {plural(total, 'combination')} of {over} "
        f"{plural(total, 'has')} fewer than {found.min_cell} rows"
    )
    if first is None:
        return f"{text}."
    has = "no row at all" if not first.n else f"only {counted(first.n, 'row')}"
    return f"{text}; the most general, {_pattern(first)}, has {has}."


def _fewest(found: Coverage) -> str:
    return str(next(i for i, n in enumerate(found.by_level, 1) if n))


def _pattern(pattern: Uncovered) -> str:
    return people(pattern.levels)


def _form(view: View, found: Coverage) -> None:
    """Ask for the columns and the least number of rows; other ones are measured as a job."""
    offered = candidates(view)
    now = [c for c in found.columns if c in offered]
    with st.form(f"coverage-{changes.turn()}", enter_to_submit=False):
        columns = st.pills(
            "Columns whose combinations should be there",
            offered,
            selection_mode="multi",
            default=now,
            format_func=lambda name: md(shorten(name, 40)),
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            least = st.number_input("Fewest rows", 1, 1_000_000, found.min_cell, 1, width=140)
            sent = st.form_submit_button("Look again")
    if not sent:
        return
    if not 1 <= len(columns) <= _MOST_COLUMNS:
        trouble.show(
            f"{counted(len(columns), 'column')} cannot be combined.",
            f"Choose 1 to {_MOST_COLUMNS} of them.",
        )
        return
    wanted = {"coverage": tuple(columns), "min_cell": int(least)}
    changes.change(view.version, f"Looking for combinations of {len(columns)} columns", wanted)
    st.rerun()


def candidates(view: View) -> list[str]:
    """List columns whose values are few enough to combine: sensitive ones, then the coarsest."""
    sensitive = [axis.column for axis in view.report.axes]
    few = [
        c.name
        for c in sorted(view.result.reports["distribution"].columns, key=lambda c: c.distinct)
        if 2 <= c.distinct <= _MOST_VALUES
        and not masking.is_personal(view.result.roles, c.name)
        and not set(_NO_CATEGORY) & set(view.result.roles.of(c.name))
    ]
    chosen = view.report.coverage.columns if view.report.coverage else ()
    return list(dict.fromkeys([*sensitive, *chosen, *few]))[:_MOST_OFFERED]


def _table(found: Coverage) -> None:
    import pandas as pd

    rows = [
        {
            "Combination": " × ".join(f"{column} {name}" for column, name in p.levels),
            "Columns": len(p.levels),
            "Rows": p.n,
        }
        for p in found.patterns
    ]
    cut = "" if len(rows) == found.total else f" of {count(found.total)}"
    tables.frame(
        pd.DataFrame(rows),
        title="Every combination",
        note=f"{count(len(rows))}{cut}, the most general first",
        alt="Combinations of values that too few rows have",
        key="coverage-table",
    )
