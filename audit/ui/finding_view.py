"""One finding: why it matters, its numbers, its rows, what would mend it, and 'not a problem'."""

from collections.abc import Sequence
from zlib import crc32

import streamlit as st

from audit import runner
from audit.charts import distribution
from audit.charts.template import Picture
from audit.errors import ParameterError
from audit.model import Finding, Measure
from audit.reports.distribution.values import Column
from audit.store import Version
from audit.ui import masking, measures, parts, rows_view, trouble, words
from audit.ui.overview import distribution_of
from audit.ui.recipe import suggesting
from audit.ui.recipe.desk import RECIPE_PAGE
from audit.ui.text import counted, md

_LARGE_NUMBERS = 4


def show(result: runner.Result, finding: Finding, *, reason: str | None = None) -> None:
    """Show ``finding`` in full; ``reason`` says why somebody dismissed it."""
    key = f"finding-{crc32(repr(finding.identity).encode()):08x}"
    with st.container(border=True, gap="small"):
        parts.topic(md(words.place(finding)), finding.severity.word)
        st.subheader(md(finding.title), anchor=False)
        st.markdown(md(finding.why))
        if reason is not None:
            st.markdown(f"**Not a problem:** {md(reason)}")
        drawn = _drawn(result, finding)
        if drawn is not None:
            parts.picture(drawn, key=f"{key}-picture")
        _numbers(finding.measures)
        for caveat in finding.caveats:
            st.markdown(parts.small(md(caveat)))
        _mending(result.version, finding, key=key)
        _actions(result, finding, key=key, dismissed=reason is not None)


def nothing(result: runner.Result, *, filtered: bool) -> None:
    """Say that there is no finding, which checks ran, and on how much."""
    rows = counted(result.version.manifest.rows, "row")
    if filtered:
        st.markdown("No finding passes these filters.")
        return
    st.markdown("#### ✓ No check has anything to report", anchors=False)
    names = ", ".join(result.checked)
    st.markdown(f"{counted(len(result.checked), 'check')} ran on {rows}: {md(names)}.")


def _drawn(result: runner.Result, finding: Finding) -> Picture | None:
    """Draw the column that a finding is about, where there is one that may be shown."""
    if len(finding.columns) != 1 or masking.is_personal(result.roles, finding.columns[0]):
        return None
    column = next(
        (c for c in distribution_of(result).columns if c.name == finding.columns[0]), None
    )
    if column is None or column.present == 0 or column.distinct < 2:
        return None
    if column.numbers is not None and not column.null_tokens:
        return distribution.histogram(column, p=parts.palette())
    if column.top and column.distinct < column.present:
        return distribution.top_values(
            column, most=8, chosen=_meant(finding, column), p=parts.palette()
        )
    return None


def _meant(finding: Finding, column: Column) -> list[object]:
    """List the values that the finding's rows hold, so that their bars keep their colour."""
    tests = finding.rows.tests if finding.rows else ()
    values = [v for t in tests if t.op in ("equal", "in") for v in t.values]
    known = {str(v.value): v.value for v in column.top[:8]}
    return [known[str(v)] for v in values if str(v) in known]


def _numbers(found: tuple[Measure, ...]) -> None:
    if not found:
        return
    shown = found[:_LARGE_NUMBERS]
    parts.numbers([(md(measures.name_text(m)), measures.value_text(m)) for m in shown], width=130)
    st.markdown(parts.small(" · ".join(md(note) for note in _notes(shown))))
    if len(found) > _LARGE_NUMBERS:
        st.dataframe(
            {
                "Measure": [measures.name_text(m) for m in found],
                "Value": [measures.value_text(m) for m in found],
                "Rests on": [measures.note_text(m) for m in found],
            },
            hide_index=True,
            alt="All measures of this finding",
        )


def _notes(found: Sequence[Measure]) -> list[str]:
    """Say what the numbers rest on: once where it is the same for all of them."""
    notes = {measures.name_text(m): measures.note_text(m) for m in found}
    if len(set(notes.values())) == 1:
        return [next(iter(notes.values()))]
    return [f"{name}: {note}" for name, note in notes.items()]


def _mending(version: Version, finding: Finding, *, key: str) -> None:
    if not finding.suggestions:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**What would mend it**", width="stretch")
        st.page_link(RECIPE_PAGE, label="Open the recipe")
    suggesting.buttons(version, finding, key=key)


def _actions(result: runner.Result, finding: Finding, *, key: str, dismissed: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        rows = finding.rows is not None and st.toggle("Show the rows", key=f"{key}-rows")
        st.space("stretch")
        if dismissed:
            if st.button("Take it back", key=f"{key}-restore"):
                runner.restore(result.version, finding)
                st.rerun()
        else:
            with st.popover("Not a problem …", type="tertiary", key=f"{key}-dismiss"):
                _ask_reason(result.version, finding, key=key)
    if rows and finding.rows is not None:
        rows_view.show(
            result.version, finding.rows, result.roles, key=f"{key}-view", first=finding.columns
        )


def _ask_reason(version: Version, finding: Finding, *, key: str) -> None:
    with st.form(f"{key}-form", border=False):
        reason = st.text_input("Why is this not a problem?", key=f"{key}-reason", max_chars=500)
        st.markdown(parts.small("Kept beside this version, and shown in reports and comparisons."))
        if st.form_submit_button("Dismiss the finding"):
            try:
                runner.dismiss(version, finding, reason)
            except ParameterError as error:
                trouble.show(error.problem, error.hint)
            else:
                st.rerun()
