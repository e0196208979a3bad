"""One column split by the groups of another: by the label or by a sensitive column."""

from audit import runner
from audit.reports.distribution.values import Column


def show(result: runner.Result, column: Column) -> None:
    """Offer the columns to split by, and draw the groups."""
