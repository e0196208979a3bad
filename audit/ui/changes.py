"""Options of a report changed on its page: measured first, as a job, and kept once that has worked.

So a change that is stopped, or that cannot be measured, leaves everything as it was.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from audit import registry, runner
from audit.store import Version
from audit.ui import jobs, parts, state


def turn(report: str) -> int:
    """Count the changes asked for: part of the keys of widgets that show what is kept.

    A widget of a new turn starts from the options kept, not from what somebody wished for.
    """
    number: int = state.session().get(_turn_key(report), 0)
    return number


def change(version: Version, report: str, title: str, wanted: Mapping[str, Any]) -> None:
    """Measure with some options changed; None takes one back to its default."""
    start(version, report, title, lambda job: measure(version, report, wanted, job))


def start(version: Version, report: str, title: str, work: Callable[[jobs.Job], None]) -> None:
    """Begin work that ends in :func:`measure`; what was under way for this report is stopped."""
    former = jobs.find(_key(version, report))
    if former is not None and not former.ended:
        former.stop()
    jobs.dismiss(_key(version, report))
    state.session()[_turn_key(report)] = turn(report) + 1
    jobs.start(_key(version, report), title, work)


def measure(version: Version, report: str, wanted: Mapping[str, Any], job: jobs.Job) -> None:
    """Measure, then keep the options; within a job."""
    defaults = registry.reports()[report].options().model_dump()
    full = {name: defaults[name] if value is None else value for name, value in wanted.items()}
    options = runner.report_options(version, report, full)
    runner.report(version, report, options=options, progress=job)
    runner.set_report_options(version, report, wanted)


def under_way(version: Version, report: str) -> bool:
    """Whether a change of this report is being measured."""
    job = jobs.find(_key(version, report))
    return job is not None and not job.ended


def follow(version: Version, report: str, *, stopped: str = "") -> None:
    """Show how far the newest change is, or why it ended without one; the page goes on below.

    ``stopped`` is said where somebody stopped it: what a further start goes on from.
    """
    key = _key(version, report)
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
        if job.state == "stopped" and stopped:
            st.markdown(parts.small(stopped))


def _key(version: Version, report: str) -> str:
    return f"{report}-{version.id}-{turn(report)}"


def _turn_key(report: str) -> str:
    return f"{report}-turn"
