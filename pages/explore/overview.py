"""Overview: how the dataset stands, one card per audit, what to look at first."""

import streamlit as st

from audit.ui import audits, overview, state, words
from audit.ui.text import md

version = state.need_version()
st.title(md(version.manifest.name), anchor=False)
result = audits.need(version)

st.markdown(words.standing(result.open_findings))
overview.show_cards(result)
overview.show_sketches(result)
