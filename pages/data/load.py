"""Load: choose a source, see how it is read, load it, read what became of every record."""

import streamlit as st

from audit.ui import load_desk
from audit.ui.load_list import datasets
from audit.ui.load_view import choose, look, outcome, under_way

st.title("Load a dataset", anchor=False)
busy = under_way()
if not busy:
    if load_desk.desk().loaded is not None:
        outcome()
    elif load_desk.desk().chosen is not None:
        look()
    else:
        choose()
datasets()
