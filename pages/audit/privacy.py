"""Privacy: personal data in the values, and whether a person could be picked out by them."""

import streamlit as st

from audit.ui import audits, changes, state
from audit.ui.privacy import opening, page
from audit.ui.privacy.view import PII, RISK, View

version = state.need_version()
st.title("Whose data is in it, and could a person be picked out?", anchor=False)
changes.follow(version, PII, stopped=opening.GOES_ON)
changes.follow(version, RISK)
view = View(result=audits.need(version))
show = page.choose(view)
show(view)
