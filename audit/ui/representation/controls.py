"""The line of controls: which groups, against which population, compared with whom."""

from collections.abc import Sequence

import streamlit as st

from audit import runner
from audit.judging.groups import is_real
from audit.model import Role
from audit.reports.column_names import WEIGHT, is_called, says
from audit.reports.representation.group_values import Combination
from audit.store.rows import is_numeric
from audit.ui import parts, state
from audit.ui.load_upload import spool
from audit.ui.representation import bins, changes
from audit.ui.representation.names import group_text, people
from audit.ui.representation.view import DESCRIBE_PAGE, View, report_of
from audit.ui.text import counted, md, quoted, shorten

_FEW = 5
"""Combinations that fit on a line; more of them are a list to choose from."""
_FILE, _UNIFORM, _KEPT = "file", "uniform", "kept"
_LARGEST = "the largest"


def show(result: runner.Result, first: Combination) -> View:
    """Show the controls; give what is looked at. ``first`` is what it is at the beginning."""
    line = st.grid(3, min_column_width=220)
    with line.cell():
        view = View(result=result, combination=_groups(result, first))
    with line.cell():
        asked = _population(view)
    with line.cell():
        _reference_group(view)
    if asked == _FILE:
        _upload(view)
    _said(view)
    bins.show(view)
    return view


def _groups(result: runner.Result, first: Combination) -> Combination:
    """Choose the combination of columns; it stands in the URL."""
    known = {_name(c): c for c in report_of(result).combinations}
    names = list(known)
    version = result.version

    def changed() -> None:
        state.pick(version, None)

    if len(names) <= _FEW:
        chosen = st.segmented_control(
            "Groups",
            names,
            default=_name(first),
            required=True,
            format_func=lambda name: md(shorten(name, 40)),
            key="groups",
            bind="query-params",
            on_change=changed,
        )
    else:
        chosen = st.selectbox(
            "Groups",
            names,
            index=names.index(_name(first)),
            key="groups",
            bind="query-params",
            on_change=changed,
        )
    return known.get(chosen or "", first)


def _name(combination: Combination) -> str:
    return " × ".join(combination.columns)


def _population(view: View) -> str:
    """Choose the reference population; what is chosen and not yet in use is given back."""
    kept = view.options
    offered: dict[str, str] = {_UNIFORM: "Uniform: all groups alike"}
    now = _UNIFORM
    if kept.reference:
        offered[_KEPT], now = kept.reference_name or "reference", _KEPT
    for column in _weights(view):
        offered[f"weights {column}"] = f"Survey weights in “{shorten(column, 24)}”"
    if kept.reference_weights and not kept.reference:
        now = f"weights {kept.reference_weights}"
        offered.setdefault(now, f"Survey weights in “{shorten(kept.reference_weights, 24)}”")
    offered[_FILE] = "From a file …"
    key = f"population-{changes.turn()}-{now}"

    def changed() -> None:
        wanted = state.session()[key]
        if wanted in (_FILE, now):
            return
        column = wanted.removeprefix("weights ") if wanted.startswith("weights ") else None
        changes.change(
            view.version,
            "Measuring against another population",
            {"reference": None, "reference_name": None, "reference_weights": column},
        )

    return str(
        st.selectbox(
            "Reference population",
            list(offered),
            index=list(offered).index(now),
            format_func=offered.__getitem__,
            key=key,
            on_change=changed,
        )
    )


def _weights(view: View) -> list[str]:
    """List the columns that look like survey weights: by role, else by name."""
    numbers = [c.name for c in view.version.manifest.columns if is_numeric(c.type)]
    own = frozenset({"weight", "weights"})
    return [
        name
        for name in numbers
        if Role.WEIGHT in view.result.roles.of(name) or says(name, WEIGHT) or is_called(name, own)
    ]


def _upload(view: View) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            "**A reference population** is a small table: the group columns, named as in the "
            "dataset, and one column called *share* or *count*. All group columns filled is a "
            "joint population; rows that fill only one of them are margins."
        )
        example = "sex,race,count  \nFemale,Black,2400  \nMale,Black,2100  \n…"
        st.markdown(parts.small(example))
        given = st.file_uploader("Reference population", key=f"reference-{changes.turn()}")
    if given is not None:
        changes.read_reference(view.version, spool(given, given.name, state.workspace()))
        st.rerun()


def _reference_group(view: View) -> None:
    """Choose the group that others are compared with."""
    groups = [g for g in view.combination.groups if is_real(g.levels) and g.n]
    now = view.combination.reference_group
    if len(groups) < 2 or now is None:
        return
    largest = max(groups, key=lambda g: g.n).name
    names = [g.name for g in groups]
    shown = {g.name: group_text(g.levels) for g in groups}
    key = f"reference-group-{changes.turn()}-{'-'.join(view.columns)}"

    def changed() -> None:
        name = str(state.session()[key])
        if name == now:  # a list drawn anew may report what it starts with as a choice
            return
        wanted = {c: v for c, v in view.options.reference_groups.items() if c not in view.columns}
        if name != largest:
            group = next(g for g in groups if g.name == name)
            wanted |= dict(group.levels)
        title = f"Comparing with {shorten(name, 40)}"
        changes.change(view.version, title, {"reference_groups": wanted or None})

    st.selectbox(
        "Compared with",
        names,
        index=names.index(now),
        format_func=lambda name: f"{shown[name]} ({_LARGEST})" if name == largest else shown[name],
        key=key,
        on_change=changed,
    )


def _said(view: View) -> None:
    """Say what has to be known to read the page: weights, a guessed label, what is missing."""
    report = view.report
    notes: list[str] = []
    if report.weight:
        notes.append(
            f"Rates are weighted by {quoted(report.weight, 40)}; numbers of rows are not. "
            "Intervals rest on Kish's effective number of rows."
        )
    label = report.label
    if label is None:
        notes.append(
            "No column is the label, or all rows have the same one: how groups are treated stays "
            "open."
        )
    elif label.guessed:
        positive = quoted(view.positive(), 40)
        notes.append(
            f"{positive} of {quoted(label.column, 40)} is *guessed* to be the positive value."
        )
    if notes:
        st.markdown("  \n".join(f":small[{parts.mark('notice')} {note}]" for note in notes))
    if label is None or label.guessed:
        st.page_link(DESCRIBE_PAGE, label="Say what the columns mean")


def nobody(result: runner.Result) -> None:
    """Say what would be here, and which columns might tell who people are."""
    might = _might_be_sensitive(result)
    parts.answer("No column says who people are, so that nobody can be counted.")
    st.markdown(
        "Give the role *sensitive* to columns such as sex, age or origin; this page then shows "
        "who is in the data, whom they are missing and how groups are treated."
    )
    if might:
        listed = ", ".join(quoted(name, 40) for name in might[:8])
        more = f" and {len(might) - 8} more" if len(might) > 8 else ""
        st.markdown(f"{listed}{more} could be: few different values, many rows each.")
    if parts.primary("Say which columns are sensitive", key="go-describe"):
        st.switch_page(DESCRIBE_PAGE)
    st.markdown(parts.small(f"{counted(result.version.manifest.rows, 'row')} looked at"))


def _might_be_sensitive(result: runner.Result) -> Sequence[str]:
    """List columns of few values that have no role that speaks against it."""
    taken = {Role.LABEL, Role.PREDICTION, Role.SCORE, Role.WEIGHT, Role.SPLIT, Role.FREE_TEXT}
    taken |= {Role.DIRECT_IDENTIFIER}
    return [
        c.name
        for c in result.reports["distribution"].columns
        if 2 <= c.distinct <= 20 and taken.isdisjoint(result.roles.of(c.name))
    ]


def compared(view: View) -> str:
    """Name the group that others are compared with, for a sentence. Escaped."""
    group = view.reference
    return people(group.levels) if group else "nobody"
