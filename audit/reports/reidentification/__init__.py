"""How easily a person could be picked out of the data by what others may know of them."""

from audit.reports.reidentification.options import MissingRule, Options, PopulationRow
from audit.reports.reidentification.report import reidentification
from audit.reports.reidentification.values import Reidentification, Risk

__all__ = [
    "MissingRule",
    "Options",
    "PopulationRow",
    "Reidentification",
    "Risk",
    "reidentification",
]
