"""How a model treats groups: confusion counts, scores, calibration, a probe."""

from audit.reports.representation.model.curves import AtThreshold, curve_metrics
from audit.reports.representation.model.report import model

__all__ = ["AtThreshold", "curve_metrics", "model"]
