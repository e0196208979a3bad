"""What became of every record of a source, in words, numbers and a table of the rejected ones."""

import streamlit as st

from audit.errors import WorkspaceError
from audit.model import LoadReport, Origin, Where
from audit.store import Version
from audit.store.rows import MOST_ROWS, page
from audit.ui.export_csv import spreadsheet_csv
from audit.ui.text import count, counted, md, plural, quoted

_MOST_EXPORTED = 100_000
_FIELDS = ("line", "column", "reason", "record")


def sum_of(load: LoadReport) -> str:
    """Write the records as a sum: '5 records found = 4 loaded + 1 rejected + 0 skipped'.

    Examples
    --------
    >>> sum_of(LoadReport(found=5, loaded=4, rejected=1, skipped=0))
    '5 records found = 4 loaded + 1 rejected + 0 skipped'
    """
    return (
        f"{counted(load.found, 'record')} found = {count(load.loaded)} loaded"
        f" + {count(load.rejected)} rejected + {count(load.skipped)} skipped"
    )


def verdict(load: LoadReport) -> str:
    """Say the outcome in one sentence."""
    if load.rejected:
        return f"{counted(load.rejected, 'record')} could not be loaded; the rest is here."
    if load.skipped:
        were = plural(load.skipped, "was")
        return f"Every record is here but {load.skipped:,} that {were} skipped on purpose."
    return "Every record of the source is here."


def load_report(version: Version) -> None:
    """Show the load report of a version: the sum, the notes, the rejected records."""
    load = version.manifest.load
    if load is None:
        return
    mark = ":orange[▲]" if load.rejected else "✓"
    with st.container(border=True, gap="small"):
        st.markdown(f"#### {mark} {verdict(load)}", anchors=False)
        numbers = st.grid(4, min_column_width=110)
        numbers.metric("Found", count(load.found))
        numbers.metric("Loaded", count(load.loaded))
        numbers.metric("Rejected", count(load.rejected))
        numbers.metric("Skipped", count(load.skipped))
        st.markdown(f"{sum_of(load)}.")
        st.markdown(f":small[:gray[{_read_as(version.manifest.origin)}]]")
        for note in load.notes:
            st.markdown(f":small[{md(note)}]")
        rejected(version)


def rejected(version: Version) -> None:
    """Show the rejected records with line, column and reason; their text only on demand."""
    table = version.rejected_table
    if table is None:
        return
    import pandas as pd

    shown = page(table, Where(), columns=_FIELDS[:3], limit=min(MOST_ROWS, 500))
    st.markdown(
        f"**Rejected records**  \n:small[:gray[{count(len(shown.rows))} of {count(table.n_rows)}]]"
    )
    columns = list(_FIELDS[:3])
    rows = list(shown.rows)
    if st.toggle("Show the text of the records", key=f"records-{version.id}"):
        shown = page(table, Where(), columns=_FIELDS, limit=min(MOST_ROWS, 500))
        columns, rows = list(_FIELDS), list(shown.rows)
    st.dataframe(
        pd.DataFrame(rows, columns=columns),
        hide_index=True,
        height="content" if len(rows) <= 10 else 360,
        placeholder="–",
        alt="Rejected records: line, column and reason",
    )
    st.download_button(
        "Rejected records as CSV",
        lambda: rejected_csv(version),
        file_name=f"{version.id[:6]}-rejected.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"rejected-csv-{version.id}",
        on_click="ignore",
    )
    st.markdown(
        ":small[:gray[The CSV holds the text of the records. Cells that begin with =, +, -, @, a tab "
        "or a return get an apostrophe in front, so that a spreadsheet does not run them.]]"
    )


def rejected_csv(version: Version) -> bytes:
    """Write all rejected records as CSV; the first 100,000 of more, which its last line then says."""
    table = version.rejected_table
    if table is None:
        message = f"Version {version.id} has no rejected records."
        raise WorkspaceError(message)
    rows = table.rows(
        "SELECT {line}, {column}, {reason}, {record} FROM {t} ORDER BY {row} LIMIT ?",
        [_MOST_EXPORTED],
        line="line",
        column="column",
        reason="reason",
        record="record",
    )
    if table.n_rows > len(rows):
        rows.append((None, "", f"… and {table.n_rows - len(rows):,} more", ""))
    return spreadsheet_csv(_FIELDS, rows)


def _read_as(origin: Origin) -> str:
    """Say how it was read; what was switched off or left empty is not worth a word."""
    told = [
        name.replace("_", " ") if value == "true" else f"{name.replace('_', ' ')} {quoted(value)}"
        for name, value in origin.options
        if value not in ("", "0", "false")
    ]
    start = f"{md(origin.source)}, read as {md(origin.kind)}"
    return f"{start}: {', '.join(told)}" if told else start
