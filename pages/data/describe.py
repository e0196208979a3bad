"""Columns & purpose: what the columns mean to the audits, and what the dataset is for."""

import streamlit as st

from audit.ui.roles_view import columns, purpose
from audit.ui.state import need_version

version = need_version()
st.title("What the columns mean", anchor=False)
columns(version)
purpose(version)
