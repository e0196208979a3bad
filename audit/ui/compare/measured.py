"""The comparison, as the page needs it: the kept one at once, else made as a job."""

import streamlit as st

from audit import runner
from audit.comparing.values import Comparison
from audit.store import Version
from audit.ui import audits, jobs, parts, state
from audit.ui.text import counted


def need(before: Version, after: Version) -> Comparison | None:
    """Give the comparison; while it is made show how far it is, or why it ended without one."""
    known = _read(before, after)
    if known is not None:
        return known
    workspace = state.workspace()
    key = f"compare-{before.id}-{after.id}"
    rows = counted(before.manifest.rows, "row")
    title = f"Comparing {rows} with {after.manifest.rows:,}"
    job = jobs.ready(
        key,
        title,
        lambda progress: runner.compare(before, after, workspace=workspace, progress=progress),
        shared=True,
    )
    if job is None:
        st.markdown(
            parts.small(
                "Both versions are measured alike, rows are paired, and a model learns from each. "
                "It is kept: the next time it opens at once."
            )
        )
        return None
    found: Comparison = job.result
    jobs.dismiss(key)
    if _read(before, after) is not None:
        st.rerun()  # so that the frame, drawn before this page, counts the findings too
    return found


@st.cache_resource(
    scope="session", max_entries=4, show_spinner=False, hash_funcs={Version: audits.stamp}
)
def _read(before: Version, after: Version) -> Comparison | None:
    return runner.kept_comparison(before, after)
