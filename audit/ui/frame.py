"""The frame around every page: which dataset is in use, and how it stands."""

from collections import Counter

import streamlit as st

from audit.errors import AuditError
from audit.store import Version
from audit.ui import audits, jobs, parts, state, trouble
from audit.ui.text import counted, duration, md, plural, shorten


def sidebar() -> None:
    """Name the dataset and version in use and count the open findings; measures nothing."""
    _chips()
    with st.sidebar:
        try:
            version = state.current()
        except AuditError as error:
            trouble.show(error.problem, error.hint)
            version = None
        if version is not None:
            _dataset(version)
        for job in jobs.under_way():
            _running(job)


def _chips() -> None:
    """Write what is chosen in a list in the colour of the ground.

    Streamlit writes it in white on the primary colour, which has a contrast of 2.3 in the dark
    theme, and no option of the theme says otherwise.
    """
    chip = '[data-testid="stMultiSelectTagsContainer"] [data-tag] *'
    st.html(f"<style>{chip} {{ color: {parts.palette().paper}; }}</style>")


def _dataset(version: Version) -> None:
    manifest = version.manifest
    st.space("xsmall")
    with st.container(gap="xsmall", border=False):
        st.markdown(":gray[Dataset]")
        st.markdown(f"**{md(shorten(manifest.name, 60))}**")
        st.markdown(parts.small(f"version {version.id[:6]} · {counted(manifest.rows, 'row')}"))
        result = audits.kept(version)
        if result is None:
            st.markdown(parts.small("not measured yet"))
            return
        counts = Counter(f.severity for f in result.open_findings)
        for severity in parts.WORST_FIRST:
            if counts[severity]:
                word = severity.word
                named = plural(counts[severity], word) if word in ("warning", "notice") else word
                st.markdown(f"{parts.mark(word)} **{counts[severity]}** {named}")
        if not counts:
            st.markdown(f"{parts.mark('passed')} no open finding")


@st.fragment(run_every="1s")
def _running(job: jobs.Job) -> None:
    if job.ended:
        st.rerun(scope="app")
    left = f" · {duration(job.left_s)} left" if job.left_s else ""
    st.progress(job.share, text=f":small[{md(shorten(job.title, 40))}{left}]")
