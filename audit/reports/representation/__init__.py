"""Who is in the data and how they are treated: groups, labels, coverage, proxies, a model."""

from audit.reports.representation.options import Options, ReferenceRow
from audit.reports.representation.report import representation

__all__ = ["Options", "ReferenceRow", "representation"]
