"""Columns & purpose: one table to confirm what columns mean, one form for what the data is for."""

from datetime import date
from typing import Any

import streamlit as st

from audit import runner
from audit.model import About, Role, RoleMap
from audit.store import Version
from audit.ui import trouble
from audit.ui.parts import primary
from audit.ui.roles_table import changes, confirmed, edited, fault, label_values, role_frame
from audit.ui.text import count, counted, in_words, md, plural, quoted, shorten

ROLE_WORDS = {
    Role.LABEL: "label",
    Role.PREDICTION: "prediction",
    Role.SCORE: "score",
    Role.SENSITIVE: "sensitive",
    Role.DIRECT_IDENTIFIER: "direct identifier",
    Role.QUASI_IDENTIFIER: "quasi-identifier",
    Role.FREE_TEXT: "free text",
    Role.DATE: "date",
    Role.WEIGHT: "weight",
    Role.SPLIT: "split",
}


def answer(roles: RoleMap) -> str:
    """Say what the role map says, in one sentence."""
    label = roles.one(Role.LABEL)
    parts = []
    if label is not None:
        positive = f", positive is {quoted(roles.positive)}" if roles.positive is not None else ""
        parts.append(f"{quoted(label)} is the label{positive}")
    for role, noun in (
        (Role.SENSITIVE, "sensitive"),
        (Role.QUASI_IDENTIFIER, "quasi-identifying"),
        (Role.DIRECT_IDENTIFIER, "directly identifying"),
    ):
        n = len(roles.having(role))
        if n:
            parts.append(f"{in_words(n)} {plural(n, 'column')} {plural(n, 'is')} {noun}")
    if not parts:
        return "No column has a role yet; the audits need at least a label or a sensitive column."
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}."


def columns(version: Version) -> None:
    """Show the table of columns with their roles, and the button that confirms it."""
    kept = runner.guarded_roles(version)
    seen = any(c.confirmed for c in kept.columns) and all(
        c.confirmed for c in kept.columns if c.roles
    )
    st.markdown(f"#### {answer(kept)}", anchors=False)
    n = len(version.manifest.columns)
    state = "confirmed" if seen else "guessed from names, types and values: please check"
    st.markdown(f":small[:gray[{counted(n, 'column')} · {state}]]")
    now = _editor(version, kept)
    now = _positive(version, kept, now)
    wrong = fault(now, version.manifest.columns)
    if wrong is not None:
        trouble.show(wrong.problem, wrong.hint)
    with st.container(horizontal=True, vertical_alignment="center"):
        if primary("Confirm roles", key="confirm-roles") and wrong is None:
            version.set_roles(confirmed(now))
            st.toast("Roles are kept with this version.")
            st.rerun()
        st.markdown(_pending(kept, now))


def purpose(version: Version) -> None:
    """Show the form for what the user says about the dataset."""
    about = version.manifest.about
    st.subheader("What it is for and where it came from", anchor=False)
    st.markdown(
        ":small[:gray[Kept with the version and shown on its card. Empty means not stated.]]"
    )
    with st.form(f"about-{version.id}", enter_to_submit=False):
        told = st.text_area("Purpose", about.purpose, max_chars=4000, height=90)
        grid = st.grid(2, min_column_width=260)
        source = grid.text_input("Source", about.source, max_chars=1000)
        licence = grid.text_input("Licence", about.licence, max_chars=200)
        consent = grid.text_input("Consent", about.consent, max_chars=1000)
        with grid.cell(), st.container(horizontal=True):
            start = _day("Collected from", about.collected_from)
            end = _day("to", about.collected_to)
        sent = st.form_submit_button("Save")
    if not sent:
        return
    if start and end and end < start:
        trouble.show("The collection ends before it starts.", "Change one of the two dates.")
        return
    version.set_about(
        About(
            purpose=told.strip(),
            source=source.strip(),
            licence=licence.strip(),
            consent=consent.strip(),
            collected_from=start.isoformat() if start else "",
            collected_to=end.isoformat() if end else "",
        )
    )
    st.toast("Saved with this version.")


def _editor(version: Version, kept: RoleMap) -> RoleMap:
    frame = role_frame(version.table, kept)
    config: Any = st.column_config
    shown = st.data_editor(
        frame,
        key=f"roles-{version.id}",
        hide_index=True,
        height="content" if len(frame) <= 16 else 560,
        disabled=["column", "type", "values", "reason"],
        column_order=["column", "roles", "reason", "values", "type"],
        column_config={
            "column": config.TextColumn("Column", pinned=True),
            "type": config.TextColumn("Type", width="small"),
            "values": config.TextColumn("Values", width=240),
            "roles": config.MultiselectColumn(
                "Roles",
                options=[r.value for r in Role],
                format_func=lambda value: ROLE_WORDS[Role(value)],
                width=240,
            ),
            "reason": config.TextColumn("Why", width=260),
        },
        alt="Columns with their type, values, roles and the reason for each role",
    )
    return edited(kept, list(frame["column"]), [list(r or []) for r in shown["roles"]])


def _positive(version: Version, kept: RoleMap, now: RoleMap) -> RoleMap:
    """Ask which value of the label counts as positive."""
    from dataclasses import replace

    labels = now.having(Role.LABEL)
    if len(labels) != 1:
        return now
    label = labels[0]
    found = dict(label_values(version.table, label))
    values = list(found)
    same = kept.one(Role.LABEL) == label
    if same and kept.positive is not None and kept.positive not in found:
        values.insert(0, kept.positive)
    chosen = st.selectbox(
        "Positive value of the label",
        values,
        index=values.index(kept.positive) if same and kept.positive in values else None,
        placeholder="Choose the outcome that people want",
        format_func=lambda v: f"{shorten(v)} ({count(found.get(v, 0))})",
        key=f"positive-{version.id}-{label}",
        width=420,
    )
    return replace(now, positive=chosen)


def _pending(kept: RoleMap, now: RoleMap) -> str:
    changed = changes(kept, now)
    if changed:
        listed = ", ".join(md(shorten(c, 30)) for c in changed[:4])
        more = ", …" if len(changed) > 4 else ""
        return f":small[▲ Not saved yet: {listed}{more}]"
    if now.positive != kept.positive:
        return ":small[▲ Not saved yet: the positive value]"
    return ""


def _day(label: str, text: str) -> date | None:
    try:
        known = date.fromisoformat(text) if text else None
    except ValueError:
        known = None
    return st.date_input(label, known, min_value=date(1800, 1, 1), max_value=date(2100, 1, 1))
