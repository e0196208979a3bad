"""Distribution: the table in words and numbers, its columns, one of them in depth, its rows."""

import streamlit as st

from audit.ui import audits, column_view, columns_table, parts, rows_view, state, table_view, words
from audit.ui.overview import distribution_of
from audit.ui.text import count, percent, size

version = state.need_version()
st.title("What is in the data", anchor=False)
result = audits.need(version)
report = distribution_of(result)

st.markdown(words.table_in_words(report))
parts.numbers(
    [
        ("Rows", count(report.rows)),
        ("Columns", count(len(report.columns))),
        (
            "Rows with missing",
            percent(report.rows_with_missing / report.rows if report.rows else None),
        ),
        ("Repeated rows", count(report.duplicate_rows)),
        ("On disk", size(report.size_bytes)),
    ]
)
view = st.segmented_control(
    "View",
    ["Columns", "Missing together", "Correlations", "Duplicates", "Rows"],
    default="Columns",
    required=True,
    key="view",
    bind="query-params",
)
if view == "Missing together":
    table_view.missing(result, report)
elif view == "Correlations":
    table_view.correlations(report)
elif view == "Duplicates":
    table_view.duplicates(result, report)
elif view == "Rows":
    rows_view.filtered(version, result.roles, key="rows")
else:
    columns_table.show(result, report)
    column = columns_table.choose(result, report)
    if column is not None:
        column_view.show(result, column)
        rows_view.filtered(version, result.roles, key="rows", first=[column.name])
