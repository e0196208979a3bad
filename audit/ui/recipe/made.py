"""A version that a recipe made: what each step did, the rows that went, and the way back."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from audit import runner
from audit.errors import AuditError
from audit.model import RowTest, Where
from audit.runner import recipe_draft
from audit.store import Version
from audit.store.rows import MOST_ROWS, page
from audit.ui import audits, export_removed, masking, parts, rows_view, state
from audit.ui.recipe import desk, files, residue, steps, words
from audit.ui.text import counted, in_words, md, plural, quoted

if TYPE_CHECKING:
    import pandas as pd

COMPARE_PAGE, OVERVIEW = "pages/improve/compare.py", "pages/explore/overview.py"
_PER_PAGE = 100


def show(version: Version) -> None:
    """Show what made a version; nothing for one that was loaded."""
    record = runner.applied(version)
    if record is None:
        return
    parent = _parent(version)
    with st.container(border=True, gap="small", key="made"):
        n = len(record.effects)
        of = f" from {quoted(parent.manifest.name)}" if parent else ""
        st.markdown(
            f"{parts.mark('passed')} **{in_words(n).capitalize()} {plural(n, 'step')} made this version{of}.**"
        )
        lines = [f"{e.position}. {md(e.title)}: {words.effect(e)}" for e in record.effects]
        st.markdown("\n".join(lines))
        steps.notes(
            [
                parts.small(f"step {effect.position}: {md(note)}")
                for effect in record.effects
                for note in effect.notes
            ]
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.page_link(COMPARE_PAGE, label="Compare before and after")
            st.page_link(OVERVIEW, label="Overview of this version")
            if parent is not None:
                st.button(
                    "Change the recipe",
                    key="change-recipe",
                    on_click=back,
                    args=(version, parent, None),
                    help="Go back to the version before, with this recipe",
                )
        if parent is not None and any(e.removed for e in record.effects):
            _removed(version, parent, record)
        if residue.anonymised(record.effects):
            residue.show(version, parent)


def back(version: Version, parent: Version, without: int | None) -> None:
    """Go to the version before with the recipe; ``without`` a step, whose rows stay then."""
    recipe = files.recipe_of(version)
    if recipe is None:
        desk.tell(md("What made that version is not kept any more."))
        return
    recipe = files.learning(recipe)
    if without is not None:
        recipe = recipe_draft.switch(recipe, without - 1, on=False)
    desk.close()
    state.choose(parent)
    desk.change(parent, recipe)
    what = f", and step {without} switched off: its rows stay." if without is not None else "."
    desk.tell(f"This is the version before, with the recipe{what}")


def _parent(version: Version) -> Version | None:
    try:
        return runner.parent_of(version, state.workspace())
    except AuditError:
        return None


def _removed(version: Version, parent: Version, record: runner.Applied) -> None:
    if not st.toggle("Show the rows that went", key=f"gone-{version.id}"):
        return
    gone = runner.removed(version)
    if gone is None or not len(gone.rows):
        st.markdown("Every row is still there, or a copy of it.")
        return
    titles = {e.position: f"{e.position}  {e.title}" for e in record.effects if e.removed}
    places = [0, *titles]
    chosen = st.selectbox(
        "Removed by",
        places,
        format_func=lambda s: titles.get(s, "any step"),
        key=f"gone-by-{version.id}",
        width=360,
    )
    found = [i for i, s in enumerate(gone.step.tolist()) if chosen in (0, s)]
    if not found:
        st.markdown("No row that is gone for good was removed by it.")
        return
    _page(parent, gone, found, key=f"gone-{version.id}-{chosen}")
    if chosen:
        st.button(
            f"Restore them: switch step {chosen} off",
            key=f"restore-{chosen}",
            on_click=back,
            args=(version, parent, chosen),
            help="Go back to the version before, with the recipe and this step switched off",
        )
    export_removed.show(version, len(gone.rows))


def _page(parent: Version, gone: runner.RemovedRows, found: list[int], *, key: str) -> None:
    """Show a page of removed rows, as the version before has them."""
    personal = masking.personal_columns(desk.roles(parent), audits.found(parent))
    shown = masking.reveal(len(personal), key=f"{key}-reveal")
    place = st.container()
    pages = -(-len(found) // _PER_PAGE)
    number = st.pagination(pages, key=f"{key}-page", max_visible_pages=5) if pages > 1 else 1
    here = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    rows = tuple(int(gone.rows[i]) for i in here)
    cells = page(
        parent.table,
        Where(tests=(RowTest(op="numbered", values=rows),)),
        limit=min(_PER_PAGE, MOST_ROWS),
    )
    frame = rows_view.frame(cells, () if shown else personal)
    why = {int(gone.rows[i]): (int(gone.step[i]), gone.reason[i]) for i in here}
    _insert(frame, "step", [why[n][0] for n in cells.numbers])
    _insert(frame, "why", [why[n][1] for n in cells.numbers])
    place.dataframe(
        frame,
        height=min(36 * (len(frame) + 1) + 2, 400),
        placeholder="",
        alt=f"{counted(len(found), 'removed row')}, with step and reason",
        key=f"{key}-table",
    )


def _insert(frame: "pd.DataFrame", name: str, values: list[Any]) -> None:
    while name in frame.columns:  # a column of the data may be called that
        name += " "
    frame.insert(0, name, values)
