"""The distribution of every column, and what columns have to do with each other."""

from audit.reports.distribution.report import Options, distribution, measure

__all__ = ["Options", "distribution", "measure"]
