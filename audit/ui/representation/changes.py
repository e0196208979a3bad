"""Options changed on the page: measured first, as a job, and kept once that has worked.

So a change that is stopped, or that cannot be measured, leaves everything as it was.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from audit import runner
from audit.reports.representation import Options
from audit.store import Version, Workspace
from audit.ui import jobs, parts, state
from audit.ui.load_upload import Chosen

REPORT = "representation"
_TURN = "representation-turn"


def turn() -> int:
    """Count the changes asked for: part of the keys of widgets that show what is kept.

    A widget of a new turn starts from the options kept, not from what somebody wished for.
    """
    number: int = state.session().get(_TURN, 0)
    return number


def change(version: Version, title: str, wanted: Mapping[str, Any]) -> None:
    """Measure with some options changed; None takes one back to its default."""
    _start(version, title, lambda job: _measure(version, wanted, job))


def read_reference(version: Version, chosen: Chosen) -> None:
    """Take a reference population from a file, and measure with it."""
    workspace = state.workspace()
    title = f"Measuring against {chosen.name}"
    _start(version, title, lambda job: _against(version, chosen, workspace, job))


def follow(version: Version) -> None:
    """Show how far the newest change is, or why it ended without one; the page goes on below."""
    key = _key(version)
    job = jobs.find(key)
    if job is None:
        return
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
        st.markdown(parts.small("Until then the numbers below are those from before."))
    elif job.state == "done":
        jobs.dismiss(key)
        st.rerun()
    else:
        jobs.show_end(job)


def _start(version: Version, title: str, work: Any) -> None:
    former = jobs.find(_key(version))
    if former is not None and not former.ended:
        former.stop()
    jobs.dismiss(_key(version))
    state.session()[_TURN] = turn() + 1
    jobs.start(_key(version), title, work)


def _key(version: Version) -> str:
    return f"{REPORT}-{version.id}-{turn()}"


def _measure(version: Version, wanted: Mapping[str, Any], job: jobs.Job) -> None:
    defaults = Options().model_dump()
    full = {name: defaults[name] if value is None else value for name, value in wanted.items()}
    options = runner.report_options(version, REPORT, full)
    runner.report(version, REPORT, options=options, progress=job)
    runner.set_report_options(version, REPORT, wanted)


def _against(version: Version, chosen: Chosen, workspace: Workspace, job: jobs.Job) -> None:
    # ``chosen`` is held until the work ends: an upload's file lives as long as it does.
    path = Path(chosen.path)
    found = runner.read_reference(version, path, workspace=workspace, name=chosen.name)
    _measure(version, {**found, "reference_weights": None}, job)
