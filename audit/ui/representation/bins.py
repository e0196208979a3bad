"""The bins of sensitive columns of numbers: shown, and changed as a list of edges."""

import re

import streamlit as st

from audit.reports.representation.group_values import Axis
from audit.ui import parts, trouble
from audit.ui.representation import changes
from audit.ui.representation.view import View
from audit.ui.text import md, number, quoted

_MOST_EDGES = 30
_BETWEEN = re.compile(r"[\s;]+|,\s*")


def show(view: View) -> None:
    """Show how each column of numbers that is looked at is cut, and let it be changed."""
    for column in view.columns:
        axis = view.axis(column)
        if axis.edges:
            _editor(view, axis)


def _editor(view: View, axis: Axis) -> None:
    column = axis.column
    own = column in view.options.bins
    listed = ", ".join(number(edge) for edge in axis.edges)
    how = "your edges" if own else "edges chosen here"
    with (
        st.container(horizontal=True, vertical_alignment="center", gap="small"),
        st.container(horizontal=True, vertical_alignment="center", width="content"),
    ):
        text = f"{quoted(column, 40)} is cut at {md(listed)} ({how})"
        st.markdown(parts.small(text), width="content")
        with st.popover("Change the bins", type="tertiary", key=f"bins-{column}"):
            _form(view, axis, own=own)


def _form(view: View, axis: Axis, *, own: bool) -> None:
    column = axis.column
    key = f"edges-{column}-{changes.turn()}"
    st.markdown(f"**Edges of {quoted(column, 40)}**")
    st.markdown(parts.small("18, 25, 35 makes four groups: under 18, 18–24, 25–34, 35 and over."))
    with st.form(f"{key}-form", border=False):
        given = st.text_input("Edges", ", ".join(_plain(e) for e in axis.edges), key=key)
        sent = st.form_submit_button("Use these bins")
    if sent:
        edges, wrong = read_edges(given)
        if wrong:
            trouble.show(wrong, "Write increasing numbers with commas between them: 18, 25, 35.")
        elif edges != axis.edges:
            _change(view, column, edges)
            st.rerun()
    if own and st.button("Back to the edges chosen here", key=f"{key}-reset", type="tertiary"):
        _change(view, column, None)
        st.rerun()


def read_edges(text: str) -> tuple[tuple[float, ...], str]:
    """Read edges as somebody typed them; gives them, or what is wrong with them.

    Examples
    --------
    >>> read_edges("18, 25,35")
    ((18.0, 25.0, 35.0), '')
    >>> read_edges("18, x"), read_edges("25, 18"), read_edges(" ")
    (((), 'x is not a number.'), ((), 'The edges do not increase: 18 stands after 25.'), ((), 'No edge is given.'))
    """
    edges: list[float] = []
    for part in filter(None, _BETWEEN.split(text.strip())):
        try:
            edge = float(part.replace("−", "-"))
        except ValueError:
            return (), f"{part} is not a number."
        if edge != edge or abs(edge) == float("inf"):
            return (), f"{part} is not a number one can cut at."
        if edges and edge <= edges[-1]:
            return (), f"The edges do not increase: {part} stands after {_plain(edges[-1])}."
        edges.append(edge)
    if not edges:
        return (), "No edge is given."
    if len(edges) > _MOST_EDGES:
        return (), f"{len(edges)} edges are too many: at most {_MOST_EDGES}."
    return tuple(edges), ""


def _change(view: View, column: str, edges: tuple[float, ...] | None) -> None:
    bins = {c: e for c, e in view.options.bins.items() if c != column}
    if edges is not None:
        bins[column] = edges
    reference = {c: v for c, v in view.options.reference_groups.items() if c != column}
    # A group to compare with that the new bins do not have would be refused.
    wanted = {"bins": bins or None, "reference_groups": reference or None}
    changes.change(view.version, f"Cutting {column} anew", wanted)


def _plain(edge: float) -> str:
    return str(int(edge)) if edge.is_integer() and abs(edge) < 1e15 else repr(edge)
