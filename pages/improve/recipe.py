"""Recipe: what is mended, in which order, and what it would do; applied, it makes a new version."""

import streamlit as st

from audit.ui import state
from audit.ui.recipe import page

version = state.need_version()
st.title("What is mended, and in which order", anchor=False)
page.show(version)
