"""The rows that a step touches: which step, which sort of them, and what is masked."""

import json
from collections.abc import Sequence

import streamlit as st

from audit.mending.effects import Done
from audit.ui import masking, touched_rows
from audit.ui.recipe import words
from audit.ui.recipe.trying import View
from audit.ui.text import count, counted

_WORDS = {"changed": "Changed", "removed": "Removed", "copied": "Copied", "added": "New"}
_STEP = "touched-step"


def show(view: View) -> None:
    """Let a step be chosen, and show the rows it touches."""
    done = {i: d for i, d in enumerate(view.done) if d is not None}
    if not done:
        return
    touching = [i for i, d in done.items() if d.shown.rows]
    st.subheader("The rows it touches", anchor=False)
    if not touching:
        st.markdown("No row is touched by any step.")
        return
    chosen = touching[0]
    if len(touching) > 1:
        chosen = st.selectbox(
            "Step",
            touching,
            format_func=lambda i: f"{i + 1}  {view.recipe.steps[i].spec.title}",
            key=_STEP,
            width=360,
        )
    one = done[chosen]
    personal = masked_columns(view, chosen)
    with st.container(border=True, gap="small"):
        what = _what(one)
        st.markdown(words.effect(one.effect))
        revealed = masking.reveal(len(personal), key=f"touched-reveal-{chosen}")
        _tables(one, what, () if revealed else personal, key=f"touched-{chosen}")


def masked_columns(view: View, place: int) -> tuple[str, ...]:
    """List the columns to mask before and after a step: personal ones, renamed ones, made of them."""
    personal = set(masking.personal_columns(view.roles, view.found))
    for i, done in enumerate(view.done[: place + 1]):
        if done is None:
            continue
        given = json.dumps(view.recipe.steps[i].given, ensure_ascii=False)
        made_of = any(json.dumps(name, ensure_ascii=False) in given for name in personal)
        if made_of or (personal and not view.recipe.steps[i].given):
            personal |= set(done.effect.columns_added)
        renamed = dict(done.effect.columns_renamed)
        personal |= {renamed[name] for name in personal if name in renamed}
    return tuple(sorted(personal))


def _what(done: Done) -> list[str]:
    there = {row.what for row in done.shown.rows}
    return [what for what in _WORDS if what in there]


def _tables(done: Done, what: Sequence[str], masks: Sequence[str], *, key: str) -> None:
    chosen = what[0]
    if len(what) > 1:
        chosen = (
            st.segmented_control(
                "Rows",
                what,
                default=what[0],
                required=True,
                format_func=_WORDS.__getitem__,
                key=f"{key}-what",
            )
            or what[0]
        )
    rows = [r for r in done.shown.rows if r.what == chosen]
    totals = {
        "changed": done.effect.changed,
        "removed": done.effect.removed,
        "copied": done.effect.copied,
        "added": done.effect.added,
    }
    layout = touched_rows.Rows(
        rows=rows,
        before=done.shown.columns_before,
        after=done.shown.columns_after,
        masks=masks,
        earlier={new: old for old, new in done.effect.columns_renamed},
    )
    touched_rows.show(chosen, layout, _of(len(rows), totals[chosen]), key=key)


def _of(shown: int, total: int) -> str:
    return (
        counted(shown, "row") if shown >= total else f"the first {count(shown)} of {count(total)}"
    )
