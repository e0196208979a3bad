"""The rows that a recipe removed, as a file: one way for every page that offers them."""

from pathlib import Path

import streamlit as st

from audit import runner
from audit.errors import WorkspaceError
from audit.export.data import export_table
from audit.export.formats import FORMATS
from audit.model import Progress
from audit.runner.export_shelf import ShelfFile
from audit.store import Version
from audit.ui import export_job, parts, state
from audit.ui.export_files import file_stem, offer
from audit.ui.text import counted, md

_WHAT = "removed rows"


def show(version: Version, rows: int) -> None:
    """Offer all ``rows`` that went, with number, step and reason, written as a job.

    However many they are: they go from table to file, and from there to the browser, in pieces.
    """
    st.markdown(
        f"All {counted(rows, 'row')} that went, in full, with row number, step and reason. Texts "
        "that a spreadsheet would run as formulas get an apostrophe in front."
    )
    space = state.workspace()

    def write(folder: Path, progress: Progress) -> tuple[ShelfFile, ...]:
        table = runner.removed_rows(version, workspace=space, folder=folder)
        path = folder / "removed.csv"
        done = export_table(table, path, FORMATS["csv-spreadsheet"], progress=progress)
        table.remove()
        return (ShelfFile(path=done.path, rows=done.rows, notes=done.notes),)

    try:
        runner.parent_of(version, space)
    except WorkspaceError as error:
        st.markdown(md(f"{error.problem} {error.hint}"))
        return
    for file in export_job.files(version, _WHAT, write, label="Write the removed rows"):
        name = f"{file_stem(version.manifest.name, version.id)}-removed.csv"
        address = offer(file.path, name, "text/csv")
        st.link_button("Removed rows (CSV)", address, icon=":material/download:")
        for note in file.notes:
            st.markdown(parts.small(md(note)))
