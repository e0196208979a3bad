"""Export: the data in the format that is wanted, and the evidence that goes with it."""

import streamlit as st

from audit import runner
from audit.ui import export_data, export_recipe, export_view
from audit.ui.state import need_version
from audit.ui.text import quoted

version = need_version()
roles = runner.guarded_roles(version)
st.title("Take it away", anchor=False)
st.markdown(f"{quoted(version.manifest.name, 80)} as it is kept here, and the evidence for it.")
export_data.data(version, roles)
grid = st.grid(3, min_column_width=230, border=True)
for made in (export_recipe.recipe, export_recipe.removed, export_recipe.weights):
    with grid.cell():
        made(version, roles)
for told in (export_view.audit, export_view.load, export_view.rejects):
    with grid.cell():
        told(version)
