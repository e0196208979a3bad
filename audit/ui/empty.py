"""What a page says while there is no dataset: one sentence, one way to get one, samples."""

import streamlit as st

from audit import runner
from audit.store import Version
from audit.ui import jobs, state
from audit.ui.text import md

DATA_PAGE = "pages/data/load.py"
_SAMPLE = "open-sample"


def no_dataset() -> None:
    """Say that there is nothing to look at yet, and offer a file or a sample."""
    st.title("No dataset yet", anchor=False)
    st.markdown("Load a file, and this page shows what is in it and what is wrong with it.")
    if st.button("Load a file …", icon=":material/upload_file:", key="go-load"):
        st.switch_page(DATA_PAGE)
    samples()


def samples(*, then: str | None = None) -> None:
    """One button per bundled sample; the chosen one is opened as a job and becomes the dataset.

    ``then`` is the page to go on to; by default the one that shows the samples.
    """
    job = jobs.find(_SAMPLE)
    if job is not None:
        _follow(job, then)
        return
    st.markdown("Or try one of these:")
    grid = st.grid(3, min_column_width=230, border=True)
    for sample in runner.samples():
        with grid.cell(), st.container(gap="xsmall"):
            st.markdown(f"**{md(sample.title)}**  \n:small[:gray[{md(sample.description)}]]")
            st.button("Open", key=f"sample-{sample.id}", on_click=_open, args=(sample,))


def _open(sample: runner.Sample) -> None:
    workspace = state.workspace()

    def work(progress: jobs.Job) -> Version:
        return runner.load_sample(sample, workspace=workspace, progress=progress)

    jobs.start(_SAMPLE, f"Opening {sample.title}", work)


def _follow(job: jobs.Job, then: str | None) -> None:
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
    elif job.state == "done":
        jobs.dismiss(_SAMPLE)
        state.choose(job.result)
        if then is not None:
            st.switch_page(then)
        st.rerun()
    else:
        jobs.show_end(job)
