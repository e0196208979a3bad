"""What can be taken away beside the data: rejected records, load report, audit."""

import json
from collections.abc import Callable

import streamlit as st

from audit import runner
from audit.store import Version, codec
from audit.ui import audits
from audit.ui.export_files import file_stem
from audit.ui.load_report import rejected_csv, sum_of
from audit.ui.text import counted

OVERVIEW = "pages/explore/overview.py"


def rejects(version: Version) -> None:
    """Offer the records that could not be loaded."""
    load = version.manifest.load
    with st.container(gap="small"):
        head("Rejected records", "line, column, reason and text, as CSV")
        if load is None or not load.rejected:
            st.markdown("No record was rejected.")
            return
        st.markdown(
            f"{counted(load.rejected, 'record')}. Cells that begin with =, +, -, @, a tab or a return "
            "get an apostrophe in front, so that a spreadsheet does not run them."
        )
        _button("Rejected records", version, "rejected.csv", lambda: rejected_csv(version))


def load(version: Version) -> None:
    """Offer the load report as JSON."""
    with st.container(gap="small"):
        head("Load report", "what became of every record, as JSON")
        report = version.manifest.load
        if report is None:
            st.markdown("A recipe made this version of another: it has no load report.")
            return
        st.markdown(f"{sum_of(report)}.")
        _button("Load report", version, "load.json", lambda: load_json(version))


def audit(version: Version) -> None:
    """Offer the audit as JSON: reports, measures and findings, without values that identify people."""
    with st.container(gap="small"):
        head("Audit", "reports, measures and findings, as JSON")
        if audits.kept(version) is None:
            st.markdown("This version has not been measured yet.")
            st.page_link(OVERVIEW, label="Measure it on the Overview page")
            return
        st.markdown("Values that are too rare to be categories are left out.")
        _button("Audit", version, "audit.json", lambda: audit_json(version))


def load_json(version: Version) -> bytes:
    """Write origin and load report of a version as JSON."""
    manifest = version.manifest
    told = {
        "dataset": manifest.name,
        "version": manifest.id,
        "sha256": manifest.sha256,
        "origin": codec.plain(manifest.origin),
        "load": codec.plain(manifest.load) if manifest.load else None,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def audit_json(version: Version) -> bytes:
    """Write the document of ``evenhand audit --json``, from kept reports."""
    result = runner.kept_result(version)
    told = runner.document(result) if result is not None else None
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def head(title: str, note: str) -> None:
    """Write the title of a card, and what is in the file."""
    st.markdown(f"**{title}**  \n:small[:gray[{note}]]")


def _button(label: str, version: Version, ending: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        make,
        file_name=f"{file_stem(version.manifest.name, version.id)}-{ending}",
        mime="text/csv" if ending.endswith("csv") else "application/json",
        icon=":material/download:",
        key=f"download-{ending}-{version.id}",
        on_click="ignore",
    )
