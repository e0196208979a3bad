"""Representation: who is in the data, how labels and a model treat them, part by part."""

import streamlit as st

from audit.ui import audits, state
from audit.ui.representation import changes, controls, page
from audit.ui.representation.view import first

version = state.need_version()
st.title("Who is in the data, and how are they treated?", anchor=False)
changes.follow(version)
result = audits.need(version)
begin = first(result)
if begin is None:
    controls.nobody(result)
    st.stop()

view = controls.show(result, begin)
show = page.choose(view)
show(view)
