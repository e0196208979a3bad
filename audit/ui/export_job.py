"""Files that take a while to write: asked for, written as a job, and there until others are."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from audit.model import Progress
from audit.runner.export_shelf import ShelfFile, on_shelf, put_on_shelf
from audit.store import Version
from audit.ui import jobs, parts, state

Write = Callable[[Path, Progress], tuple[ShelfFile, ...]]
"""Writes files to a folder, and tells how far it is."""


def files(
    version: Version, what: str, write: Write, *, label: str, main: bool = False
) -> tuple[ShelfFile, ...]:
    """Give the files that were written for ``what``; while there are none, offer to write them.

    Parameters
    ----------
    version : Version
        Whose files they are.
    what : str
        What they are: the same text, the same files.
    write : callable
        Writes them.
    label : str
        Of the button; also what the job is called.
    main : bool
        Whether this is the one main action of the page.
    """
    key = f"export-{version.id}-{what}"
    job = jobs.find(key)
    found = on_shelf(version, what)
    if found is not None and (job is None or job.ended):
        return found
    if job is None:
        button = parts.primary if main else st.button
        button(label, key=f"write-{what}", on_click=_start, args=(version, what, write, label))
    elif not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
    elif job.state != "done":
        jobs.show_end(job)
    else:
        # Written just now, or gone since: other files took their place.
        jobs.dismiss(key)
        st.rerun()
    return ()


def _start(version: Version, what: str, write: Write, label: str) -> None:
    space = state.workspace()

    def work(job: jobs.Job) -> None:
        put_on_shelf(version, what, lambda folder: write(folder, job), workspace=space)

    jobs.start(f"export-{version.id}-{what}", label, work)
