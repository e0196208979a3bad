"""Findings: the list on the left, the selected one on the right; dismissed ones apart."""

import streamlit as st

from audit.ui import audits, finding_view, findings_list, state, words

version = state.need_version()
result = audits.need(version)
dismissed = {d.identity: d.reason for d in result.dismissals}
away = [f for f in result.findings if f.identity in dismissed]

st.title(words.how_many(result.open_findings), anchor=False)
shelf = "Open"
if away:
    shelf = st.segmented_control(
        "Shelf", ["Open", f"Dismissed ({len(away)})"], default="Open", required=True, key="shelf"
    )
findings = result.open_findings if shelf == "Open" else away
if not findings:
    finding_view.nothing(result, filtered=False)
    st.stop()

shown = findings_list.narrow(findings)
grid = st.grid(2, min_column_width=380)
with grid.cell():
    chosen = findings_list.choose(shown, key="findings")
with grid.cell():
    if chosen is None:
        finding_view.nothing(result, filtered=True)
    else:
        finding_view.show(result, chosen, reason=dismissed.get(chosen.identity))
