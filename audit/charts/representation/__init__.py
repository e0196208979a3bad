"""The representation report as pictures: who is in the data, and how groups are treated."""

from audit.charts.representation.calibration import calibration
from audit.charts.representation.coverage import coverage_levels
from audit.charts.representation.errors import error_rates, error_rates_at
from audit.charts.representation.meet import intersections
from audit.charts.representation.proxies import proxy_strengths
from audit.charts.representation.quality import quality_gaps, quality_groups
from audit.charts.representation.rates import label_rates
from audit.charts.representation.shares import group_shares
from audit.charts.representation.strata import strata

__all__ = [
    "calibration",
    "coverage_levels",
    "error_rates",
    "error_rates_at",
    "group_shares",
    "intersections",
    "label_rates",
    "proxy_strengths",
    "quality_gaps",
    "quality_groups",
    "strata",
]
