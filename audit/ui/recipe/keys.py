"""Steps that need a secret key: said when there is none, with one made in a click."""

import streamlit as st

from audit.errors import ParameterError
from audit.mending.change import no_key
from audit.runner.keys import make_key
from audit.ui import jobs, parts, state
from audit.ui.recipe import desk
from audit.ui.text import md


def offer(job: jobs.Job) -> None:
    """Offer to make a key where a job failed for want of one."""
    if job.error is None or not wants_key(job.error.problem):
        return
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            "**A key for this workspace** is kept in a file that only you can read. The same key "
            "gives the same pseudonyms in every file; who has it can tell who is who. It stands in "
            "no recipe and no export: keep a copy in a safe place."
        )
        st.button(
            "Make a key for this workspace",
            key=f"make-key-{job.key}",
            on_click=_make,
            args=(job.key,),
        )


def wants_key(problem: str) -> bool:
    """Whether a problem is that there is no key."""
    try:
        no_key()
    except ParameterError as error:
        return error.problem in problem
    return False


def _make(key: str) -> None:
    made = make_key(state.workspace())
    jobs.dismiss(key)
    desk.tell(md(f"The key is in {made.name}, in the workspace's folder. Go on where you were."))


def note() -> None:
    """Say what there is to be said since the last click."""
    told = desk.told()
    if told:
        st.markdown(f"{parts.mark('passed')} {told}")
