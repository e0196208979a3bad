"""The distribution report as pictures: one column in depth, and the table as a whole."""

from audit.charts.distribution.column import column_sketch, histogram, top_values
from audit.charts.distribution.dates import date_coverage
from audit.charts.distribution.split import split_bars, split_cells
from audit.charts.distribution.table import correlations, missingness

__all__ = [
    "column_sketch",
    "correlations",
    "date_coverage",
    "histogram",
    "missingness",
    "split_bars",
    "split_cells",
    "top_values",
]
