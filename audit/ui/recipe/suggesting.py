"""Steps that findings suggest, as buttons; on the page Recipe and beside each finding."""

from collections.abc import Sequence
from zlib import crc32

import streamlit as st

from audit import runner
from audit.errors import AuditError
from audit.model import Finding, Step
from audit.runner import recipe_draft
from audit.store import Version
from audit.ui import parts, words
from audit.ui.recipe import desk
from audit.ui.recipe.words import params
from audit.ui.text import counted, md, shorten


def buttons(version: Version, finding: Finding, *, key: str) -> None:
    """Show each step that a finding suggests, with a button that adds it to the recipe."""
    recipe = _recipe(version)
    for i, suggested in enumerate(finding.suggestions):
        step = made(suggested, finding)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if step is None:
                st.markdown(f"{md(words.step_in_words(suggested))} :gray[· not in this program]")
                continue
            st.markdown(f"{md(step.spec.title)} :gray[· {params(step)}]", width="stretch")
            if recipe is not None and recipe_draft.has(recipe, step):
                st.markdown(":gray[✓ in the recipe]", width="content")
            else:
                st.button(
                    "Add to the recipe",
                    key=f"{key}-add-{i}",
                    icon=":material/add:",
                    on_click=add,
                    args=(version, step),
                )


def made(suggested: Step, finding: Finding) -> runner.RecipeStep | None:
    """Make the step; None where this program has no such remedy, or it takes other parameters."""
    try:
        return runner.from_suggestion(suggested, why=finding.title)
    except AuditError:
        return None


def add(version: Version, *steps: runner.RecipeStep) -> None:
    """Add steps to the recipe and say so."""
    try:
        desk.add(version, *steps)
    except AuditError as error:
        st.toast(md(f"{error.problem} {error.hint}"), icon=":material/error:")
        return
    what = md(steps[0].spec.title) if len(steps) == 1 else counted(len(steps), "step")
    st.toast(f"{what}: in the recipe. The page Recipe previews and applies it.")


def from_findings(version: Version, findings: Sequence[Finding]) -> None:
    """List open findings with what would mend each, worst first."""
    shown = [f for f in findings if f.suggestions]
    if not shown:
        st.markdown("✓ No open finding suggests a step.")
        return
    for finding in shown:
        key = f"suggested-{crc32(repr(finding.identity).encode()):08x}"
        with st.container(border=True, gap="xsmall", key=key):
            st.markdown(
                f"{parts.mark(finding.severity.word)} **{md(shorten(finding.title, 160))}**"
            )
            buttons(version, finding, key=key)


def _recipe(version: Version) -> runner.Recipe | None:
    try:
        return desk.recipe(version)
    except AuditError:
        return None
