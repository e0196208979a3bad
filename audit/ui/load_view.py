"""The Load page in parts: choose a source, look at it, load it, read what became of it."""

from pathlib import PurePath

import streamlit as st

from audit.errors import AuditError
from audit.store import Version
from audit.ui import empty, jobs, load_desk, state, trouble
from audit.ui.load_form import dialect, first_rows
from audit.ui.load_report import load_report
from audit.ui.load_upload import spool, typed
from audit.ui.parts import primary
from audit.ui.text import counted, md, quoted, size

DESCRIBE, OVERVIEW = "pages/data/describe.py", "pages/explore/overview.py"


def under_way() -> bool:
    """Show a load that is at work, or why it ended without a version; whether one is at work."""
    job = jobs.find(load_desk.LOADING)
    if job is None:
        return False
    if not job.wait(jobs.PATIENCE_S):
        jobs.watch(job)
        return True
    if job.state == "done":
        load_desk.finish(job.result)
        st.rerun()
    jobs.show_end(job)
    return False


def outcome() -> None:
    """Show the load report of what was loaded last, and where to go on."""
    version = _loaded()
    if version is None:  # deleted in the meantime
        load_desk.put(None)
        st.rerun()
    manifest = version.manifest
    st.subheader(f"{quoted(manifest.name, 80)} is loaded", anchor=False)
    st.markdown(
        f":small[:gray[{counted(manifest.rows, 'row')} · {counted(len(manifest.columns), 'column')} · "
        f"{size(manifest.size_bytes)} as Parquet · version {version.id[:6]}]]"
    )
    load_report(version)
    with st.container(horizontal=True, vertical_alignment="center"):
        if primary("Confirm what the columns mean", key="go-describe"):
            st.switch_page(DESCRIBE)
        st.button("Load something else", key="load-more", type="tertiary", on_click=_put_away)


def choose() -> None:
    """Offer an upload, a path on this computer, or a sample."""
    turn = load_desk.desk().turn
    grid = st.grid(2, min_column_width=300, border=True)
    with grid.cell(), st.container(gap="small"):
        uploaded = st.file_uploader("Upload a file", key=f"upload-{turn}")
        st.markdown(
            ":small[:gray[CSV and other delimited text, JSON, Parquet, Arrow, Excel, SQLite; "
            "gzip and zstd too]]"
        )
    with grid.cell(), st.container(gap="small"):
        path = st.text_input(
            "Or a path on this computer",
            key=f"path-{turn}",
            placeholder="~/data/people.csv",
        )
        st.markdown(
            ":small[:gray[a file, a folder of parts or a pattern such as parts/\\*.csv; read in "
            "place, nothing is copied]]"
        )
        looked = st.button("Look at it", key="look")
    if uploaded is not None:
        load_desk.put(spool(uploaded, uploaded.name, state.workspace()))
        st.rerun()
    given = typed(path)
    if given is not None:
        load_desk.put(given)
        st.rerun()
    if looked:
        trouble.show("No path is given.", "Type the path of a file, a folder or a pattern.")
    empty.samples(then=OVERVIEW)


def look() -> None:
    """Show what is in hand: how it is read, its first rows, and the button that loads it."""
    mine = load_desk.desk()
    chosen = mine.chosen
    assert chosen is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(quoted(chosen.name, 80), anchor=False, width="stretch")
        st.button("Choose another", key="put-away", type="tertiary", on_click=_put_away)
    job = load_desk.preview_job()
    if job is not None:
        jobs.watch(job)
    _failed(mine.error, mine.bug)
    preview = mine.shown
    if preview is None:
        if mine.error is not None and not chosen.uploaded:
            _correct_path(str(chosen.path))
        return
    told = f":small[:gray[{md(preview.title)}, {size(preview.size_bytes)}]]"
    st.markdown("  \n".join([told, *(f":small[:orange[▲] {md(n)}]" for n in preview.notes)]))
    dialect(preview)
    if mine.error is None and not mine.bug:
        _load_button(mine.name or PurePath(chosen.name).stem)
        first_rows(preview)


def _correct_path(path: str) -> None:
    given = st.text_input("Path on this computer", path, key=f"path-again-{load_desk.desk().turn}")
    corrected = typed(given)
    if corrected is not None and str(corrected.path) != path:
        load_desk.put(corrected)
        st.rerun()


def _load_button(name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"name-{load_desk.desk().turn}"
        name = st.text_input("Name of the dataset", name, key=key, width=320)
        if primary("Load", key="load"):
            load_desk.start_load(name)
            st.rerun()


def _failed(error: AuditError | None, bug: str) -> None:
    if error is not None:
        trouble.show(error.problem, error.hint)
    elif bug:
        trouble.show_bug(bug)


def _loaded() -> Version | None:
    wanted = load_desk.desk().loaded
    return next((v for v in state.workspace().versions() if v.id == wanted), None)


def _put_away() -> None:
    load_desk.put(None)
