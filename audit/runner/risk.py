"""What the privacy page asks of the data beyond its report: the risk by other columns."""

from collections.abc import Mapping

from audit.reports.reidentification.options import Options
from audit.reports.reidentification.values import Risk
from audit.reports.reidentification.what_if import Coarsening
from audit.reports.reidentification.what_if import coarsenings as _coarsenings
from audit.reports.reidentification.what_if import what_if as _what_if
from audit.runner.options import report_options
from audit.store import Version

REPORT = "reidentification"


def what_if(version: Version, columns: tuple[str, ...], coarser: Mapping[str, Coarsening]) -> Risk:
    """Measure the risk by other quasi-identifiers, some of them made coarser."""
    options = report_options(version, REPORT)
    assert isinstance(options, Options)
    return _what_if(version.table, columns, options, coarser=coarser)


def coarsenings(version: Version, column: str) -> tuple[Coarsening, ...]:
    """List the ways in which a column can be made coarser."""
    return _coarsenings(version.table, column)
