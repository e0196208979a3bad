"""Part 'Each step': what each did to the rows, and on demand what each contributed."""

from typing import TYPE_CHECKING

import streamlit as st

from audit import runner
from audit.charts.comparison.contributions import change_text, contributions
from audit.comparing.values import Ablation
from audit.format import in_unit
from audit.mending.effects import Effect
from audit.runner.keys import find_key
from audit.ui import jobs, parts, state
from audit.ui.compare.view import View
from audit.ui.representation.tables import frame
from audit.ui.text import count, counted, md, plural

if TYPE_CHECKING:
    import pandas as pd

_MOST = 5
"""Reasons, columns or notes of one step."""


def there(view: View) -> bool:
    """Whether a recipe made one version of the other."""
    return bool(view.comparison.steps)


def show(view: View) -> None:
    """Say what each step did, and offer to measure after each."""
    steps = view.comparison.steps
    grid = st.grid(3, min_column_width=300, border=True)
    for step in steps:
        with grid.cell():
            st.markdown(told(step))
    _ablation(view)


def told(step: Effect) -> str:
    """Say what one step did: rows, reasons, cells, columns. Escaped."""
    lines = [f"**{step.position}. {md(step.title)}**", _rows(step)]
    lines += [
        f"{counted(n, 'row')} {plural(n, 'is')} gone: {md(reason)}"
        for reason, n in step.reasons[:_MOST]
    ]
    lines += _more(len(step.reasons), "reason")
    cells = [f"{md(column)} {count(n)}" for column, n in step.changed_cells[:_MOST]]
    if cells:
        lines.append(f"Changed cells: {', '.join(cells)}")
        lines += _more(len(step.changed_cells), "column")
    for word, names in (("added", step.columns_added), ("removed", step.columns_removed)):
        if names:
            rest = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
            lines.append(f"Columns {word}: {', '.join(map(md, names[:_MOST]))}{rest}")
    if step.columns_renamed:
        pairs = [f"{md(a)} is called {md(b)}" for a, b in step.columns_renamed[:_MOST]]
        lines.append("; ".join(pairs))
    lines += [parts.small(md(note)) for note in step.notes[:_MOST]]
    return "  \n".join(lines)


def _rows(step: Effect) -> str:
    if step.did_nothing:
        return "It changed nothing."
    moved = [
        f"{count(n)} {word}"
        for n, word in (
            (step.removed, "removed"),
            (step.copied, "copied"),
            (step.added, "added"),
            (step.changed, "changed"),
        )
        if n
    ]
    ends = f"{count(step.rows_in)} → {counted(step.rows_out, 'row')}"
    return f"{ends}: {', '.join(moved)}" if moved else ends


def _more(n: int, noun: str) -> list[str]:
    return [parts.small(f"and {counted(n - _MOST, f'more {noun}')}")] if n > _MOST else []


def _ablation(view: View) -> None:
    """Measure after each step, where somebody asks for it."""
    key = f"ablation-{view.before.id}-{view.after.id}"
    job = jobs.find(key)
    if job is None:
        st.markdown(
            "What each step contributed is measured on demand: the recipe is carried out once "
            "more, step by step, on a sample of rows."
        )
        st.button("Measure each step", key="compare-ablation", on_click=_start, args=(view, key))
        return
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
    elif job.state == "done":
        _contributed(view, job.result)
    else:
        jobs.show_end(job)


def _start(view: View, key: str) -> None:
    """Begin to measure."""
    before, after, workspace = view.before, view.after, state.workspace()

    def work(progress: jobs.Job) -> Ablation:
        key_of_steps = find_key(workspace)
        return runner.ablation(
            after, since=before, workspace=workspace, key=key_of_steps, progress=progress
        )

    jobs.start(key, "Measuring after each step", work)


def _contributed(view: View, ablation: Ablation) -> None:
    if not ablation.parts or not ablation.titles:
        st.markdown("There is no measure that can be taken after each step.")
        return
    rows = counted(ablation.rows, "row")
    note = f"▶ towards the ideal · ◀ away from it · = moved by less than 2% · n = {rows}"
    if ablation.rows < ablation.of:
        note += f", a sample of {count(ablation.of)}"
    note += " · what a model learns is not measured step by step"
    if ablation.note:
        st.markdown(md(ablation.note))
    parts.chart_card(
        "What each step contributed",
        note,
        contributions(ablation, p=parts.palette()),
        key=f"contributions-{view.key}",
    )
    frame(
        contributions_table(ablation),
        title="Measures after each step",
        note="each cell: the value, and how the step moved it",
        alt="Measures after each step",
        key=f"contributions-table-{view.key}",
    )


def contributions_table(ablation: Ablation) -> "pd.DataFrame":
    """List the measures by step."""
    import pandas as pd

    lines = []
    for j, (topic, title) in enumerate(ablation.titles):
        line = {"Topic": topic.capitalize(), "Measure": title}
        for i, part in enumerate(ablation.parts):
            now = part.measures[j]
            text = in_unit(now.value, now.unit, now.name)
            if i:
                was = ablation.parts[i - 1].measures[j]
                text += f"  {change_text(was, now, ablation.ideals[j])}"
            line[part.title] = text
        lines.append(line)
    return pd.DataFrame(lines)
