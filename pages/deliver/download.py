"""Download: the version byte for byte, and what is known about it."""

import streamlit as st

from audit.ui import export_view
from audit.ui.state import need_version
from audit.ui.text import quoted

version = need_version()
st.title("Download", anchor=False)
st.markdown(f"{quoted(version.manifest.name, 80)} as it is kept here, and what is known about it.")
export_view.data(version)
grid = st.grid(3, min_column_width=230, border=True)
for part in (export_view.audit, export_view.load, export_view.rejects):
    with grid.cell():
        part(version)
