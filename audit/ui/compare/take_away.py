"""Part 'Download': the comparison as a page of its own and as JSON."""

import json

import streamlit as st

from audit import runner
from audit.export import comparison_html
from audit.ui import parts
from audit.ui.compare.view import View
from audit.ui.export_files import file_stem


def there(_: View) -> bool:
    """Whether there is something to take away."""
    return True


def show(view: View) -> None:
    """Offer both files."""
    stem = f"{file_stem(view.after.manifest.name, view.after.id)}-against-{view.before.id[:6]}"
    grid = st.grid(2, min_column_width=280, border=True)
    with grid.cell(), st.container(gap="small"):
        parts.heading("A page of its own", "HTML, to be read and passed on")
        st.markdown(
            "It holds what is said here and no row of the data; values that hardly any row has are left out."
        )
        st.download_button(
            "Download HTML",
            lambda: comparison_html.render(view.comparison).encode(),
            file_name=f"{stem}.html",
            mime="text/html",
            icon=":material/download:",
            key=f"compare-html-{view.key}",
            on_click="ignore",
        )
    with grid.cell(), st.container(gap="small"):
        parts.heading("For programs", "JSON: every number with its interval and method")
        st.markdown("The same that `evenhand compare --json` writes.")
        st.download_button(
            "Download JSON",
            lambda: as_json(view),
            file_name=f"{stem}.json",
            mime="application/json",
            icon=":material/download:",
            key=f"compare-json-{view.key}",
            on_click="ignore",
        )


def as_json(view: View) -> bytes:
    """Write the document of the comparison."""
    told = runner.comparison_document(view.comparison)
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
