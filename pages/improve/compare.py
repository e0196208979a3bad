"""Compare: two versions against each other, and who was filtered out on the way."""

import streamlit as st

from audit.ui import state
from audit.ui.compare import page

version = state.need_version()
st.title("What the mending did", anchor=False)
page.show(version)
