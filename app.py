"""The frame of the app: page config, navigation, readable errors; nothing else."""

import streamlit as st

from audit.ui import frame, trouble

st.set_page_config(page_title="Evenhand", layout="wide", initial_sidebar_state=232)

page = st.navigation(
    {
        "Data": [
            st.Page("pages/data/load.py", title="Load"),
            st.Page("pages/data/describe.py", title="Describe"),
        ],
        "Explore": [
            st.Page("pages/explore/overview.py", title="Overview", default=True),
            st.Page("pages/explore/distribution.py", title="Distribution"),
        ],
        "Audit": [
            st.Page("pages/audit/findings.py", title="Findings"),
            st.Page("pages/audit/representation.py", title="Representation"),
            st.Page("pages/audit/privacy.py", title="Privacy"),
        ],
        "Improve": [
            st.Page("pages/improve/recipe.py", title="Recipe"),
            st.Page("pages/improve/compare.py", title="Compare"),
        ],
        "Deliver": [
            st.Page("pages/deliver/export.py", title="Export"),
        ],
    }
)
with trouble.readable():
    frame.sidebar()
with trouble.readable():
    page.run()
