"""Population counts: what they say where they are given, and how to give them."""

import streamlit as st

from audit import runner
from audit.store import Version, Workspace
from audit.ui import changes, jobs, parts, state
from audit.ui.load_upload import Chosen, spool
from audit.ui.privacy import quasi
from audit.ui.privacy.view import RISK, View
from audit.ui.text import count, counted, md, percent, quoted


def show(view: View) -> None:
    """Show the risk against the population; without counts, how to give them."""
    st.subheader("Against a population", anchor=False)
    found = view.risk.population
    if found is None:
        st.markdown(
            "If the data is a sample, a row that is unique here may be one of many outside: the "
            "risk above is then too high. Counts of people by the same quasi-identifiers tell."
        )
        _how(view)
        return
    rows = view.risk.rows
    if found.reason:
        st.markdown(f"{parts.mark('notice')} {quoted(found.name)}: {md(found.reason)}")
    else:
        parts.numbers(
            [
                ("Journalist, highest", percent(found.journalist_max)),
                ("Journalist, average", percent(found.journalist_average)),
                ("Marketer", percent(found.marketer)),
            ]
        )
        note = f"against {quoted(found.name)} · n = {counted(rows, 'row')}"
        st.markdown(parts.small(note))
    if found.unknown_rows and not found.reason:
        st.markdown(
            f"{parts.mark('warning')} For {count(found.unknown_rows)} of {counted(rows, 'row')} "
            "no count is given, or one smaller than the rows here: for them the class itself "
            "counts as the population, which is the highest risk possible."
        )
    with st.container(horizontal=True):
        st.button(
            "Take the counts away",
            key="no-population",
            on_click=changes.change,
            args=(
                view.version,
                RISK,
                "Measuring without a population",
                {"population": None, "population_name": None},
            ),
        )
    _how(view)


def _how(view: View) -> None:
    """Take the counts from a file; say how the command line takes them."""
    label = "Give population counts" if view.risk.population is None else "Give other counts"
    with st.expander(label, key="population-how"):
        columns = view.risk.columns
        st.markdown(
            f"A small table: {quasi.named(columns)}, named as in the dataset and with values "
            "written as there, and one column called *count*: how many people of the population "
            "have them. A census table or a register fits."
        )
        st.markdown(parts.small(f"{md(','.join((*columns[:4], 'count')))}"))
        given = st.file_uploader("Population counts", key=f"population-{changes.turn(RISK)}")
        if given is not None:
            _read(view.version, spool(given, given.name, state.workspace()))
            st.rerun()


def _read(version: Version, chosen: Chosen) -> None:
    workspace = state.workspace()
    changes.start(
        version,
        RISK,
        f"Measuring against {chosen.name}",
        lambda job: _against(version, chosen, workspace, job),
    )


def _against(version: Version, chosen: Chosen, workspace: Workspace, job: jobs.Job) -> None:
    # ``chosen`` is held until the work ends: an upload's file lives as long as it does.
    found = runner.read_population(version, chosen.path, workspace=workspace, name=chosen.name)
    changes.measure(version, RISK, found, job)
