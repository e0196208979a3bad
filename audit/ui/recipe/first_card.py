"""The card of the Overview that says what to mend first, and what mending has done so far."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from audit import runner
from audit.errors import AuditError
from audit.model import Finding
from audit.runner import Proposal, recipe_draft
from audit.store import Version
from audit.ui import audits, parts, state
from audit.ui.recipe import desk, suggesting, words
from audit.ui.recipe.made import COMPARE_PAGE
from audit.ui.text import count, in_words, md, plural, shorten

FINDINGS_PAGE = "pages/audit/findings.py"
_MOST_SHOWN = 3
_UNBROKEN = "\N{NO-BREAK SPACE}"


def show(result: runner.Result) -> None:
    """Show the fewest steps that answer the most severe findings; after mending, both counts."""
    found = result.open_findings
    with st.container(gap=None):
        parts.topic("Mend first")
        _before_and_after(result)
        proposals = runner.mend_first(result)
        if not proposals:
            _nothing(found)
            return
        st.markdown(f"#### {answer(proposals, found)}", anchors=False)
        st.space("xsmall")
        for proposal in proposals:
            _proposal(proposal)
        st.space("xsmall")
        _action(result.version, proposals)
        if st.button("See all findings", key="all-findings", type="tertiary"):
            st.switch_page(FINDINGS_PAGE)


def answer(proposals: Sequence[Proposal], found: Sequence[Finding]) -> str:
    """Say how many steps answer how many findings, and how many they only lessen."""
    n, answered = len(proposals), sum(len(p.answers) for p in proposals)
    less = sum(len(p.lessens) for p in proposals)
    noun = plural(len(found), "finding")
    begin = f"{in_words(n).capitalize()} {plural(n, 'step')}"
    if not answered:
        lessen = "lessens" if n == 1 else "lessen"
        return f"{begin} {lessen} {in_words(less)} of {in_words(len(found))} {noun}."
    if answered < len(found):
        which = f"{in_words(answered)} of {in_words(len(found))}"
    else:
        which = {1: "the only", 2: "both"}.get(answered, f"all {in_words(answered)}")
    answer = "answers" if n == 1 else "answer"
    more = f" and {'lessens' if n == 1 else 'lessen'} {in_words(less)} more" if less else ""
    return f"{begin} {answer} {which} {noun}{more}."


def about(proposal: Proposal) -> str:
    """Say what a step is about: the gravest finding, and how many more it answers or lessens."""
    found = (*proposal.answers, *proposal.lessens)
    first = max(found, key=lambda f: f.severity)
    more = f" and {count(len(found) - 1)} more" if len(found) > 1 else ""
    less = ""
    if not proposal.answers:
        less = "; less of it is left" if len(found) == 1 else "; less of them is left"
    elif proposal.lessens:
        less = f"; of {count(len(proposal.lessens))} of them less is left"
    return f"{shorten(first.title, 70)}{more}{less}"


def named(step: runner.RecipeStep) -> str:
    """Name a step; one that takes columns away with all of these. Escaped."""
    title = md(step.spec.title)
    return f"{title} ({words.params(step)})" if step.remedy == words.DROP else title


def _proposal(proposal: Proposal) -> None:
    worst = max(f.severity for f in (*proposal.answers, *proposal.lessens))
    step = proposal.step
    st.markdown(
        f"{parts.mark(worst.word)} **{md(step.spec.title)}** :gray[· {words.params(step)}]  \n"
        f"{parts.small(md(about(proposal)))}"
    )


def _action(version: Version, proposals: Sequence[Proposal]) -> None:
    try:
        recipe = desk.recipe(version)
    except AuditError:
        recipe = runner.Recipe()
    steps = [p.step for p in proposals]
    new = [s for s in steps if not recipe_draft.has(recipe, s)]
    if not new:
        if parts.primary("Open the recipe", key="open-the-recipe"):
            st.switch_page(desk.RECIPE_PAGE)
        return
    label = "Add it to the recipe" if len(new) == 1 else f"Add {in_words(len(new))} to the recipe"
    if parts.primary(label, key="mend-first"):
        suggesting.add(version, *steps)
        st.switch_page(desk.RECIPE_PAGE)


def _nothing(found: Sequence[Finding]) -> None:
    if not found:
        st.markdown("#### Nothing asks to be mended.", anchors=False)
        return
    n = len(found)
    asks = "asks" if n == 1 else "ask"
    st.markdown(
        f"#### {in_words(n).capitalize()} {plural(n, 'finding')} {asks} for a look, not for a step.",
        anchors=False,
    )
    st.space("xsmall")
    for finding in found[:_MOST_SHOWN]:
        st.markdown(f"{parts.mark(finding.severity.word)} {md(shorten(finding.title, 90))}")
    st.space("xsmall")
    if parts.primary("See all findings", key="all-findings"):
        st.switch_page(FINDINGS_PAGE)


def _before_and_after(result: runner.Result) -> None:
    """Say how many findings the version before had, where a recipe made this one."""
    parent = result.version.manifest.origin.parent
    if parent is None:
        return
    try:
        before = audits.kept(state.workspace().find(parent))
    except AuditError:
        return
    if before is None:
        return
    then, now = before.open_findings, result.open_findings
    parts.numbers([("Findings before", count(len(then))), ("Findings after", count(len(now)))])
    st.markdown(parts.small(by_severity(then, now)))
    if st.button("Compare before and after", key="compare-from-card", type="tertiary"):
        st.switch_page(COMPARE_PAGE)
    st.space("xsmall")


def by_severity(before: Sequence[Finding], after: Sequence[Finding]) -> str:
    """Say how many findings of each severity there were and are, the most severe first."""
    old, new = (Counter(f.severity for f in found) for found in (before, after))
    told = [
        f"{parts.mark(s.word)} {s.word} {old[s]} → {new[s]}".replace(" ", _UNBROKEN)
        for s in sorted({*old, *new}, reverse=True)
    ]
    return " · ".join(told)
