"""Pure arithmetic: numbers in, numbers out."""

from audit.stats.arrays import Array, Counts, Floats
from audit.stats.association import cramers_v
from audit.stats.divergences import (
    js_divergence,
    kl_divergence,
    kolmogorov_smirnov,
    lp_norm,
    population_stability,
    total_variation,
)
from audit.stats.hypotheses import (
    benjamini_hochberg,
    chi_square_p,
    goodness_of_fit,
    independence,
    two_proportions_p,
)
from audit.stats.information import entropy, entropy_of_sizes
from audit.stats.intervals import (
    effective_size,
    newcombe_difference,
    part_ratio_interval,
    ratio_interval,
    wilson_interval,
)
from audit.stats.moments import Moments, moments
from audit.stats.order import between, freedman_diaconis_bins, quantile_positions, ranks
from audit.stats.resampling import (
    distance_interval,
    percentile_interval,
    resample,
    resample_weights,
)

__all__ = [
    "Array",
    "Counts",
    "Floats",
    "Moments",
    "benjamini_hochberg",
    "between",
    "chi_square_p",
    "cramers_v",
    "distance_interval",
    "effective_size",
    "entropy",
    "entropy_of_sizes",
    "freedman_diaconis_bins",
    "goodness_of_fit",
    "independence",
    "js_divergence",
    "kl_divergence",
    "kolmogorov_smirnov",
    "lp_norm",
    "moments",
    "newcombe_difference",
    "part_ratio_interval",
    "percentile_interval",
    "population_stability",
    "quantile_positions",
    "ranks",
    "ratio_interval",
    "resample",
    "resample_weights",
    "total_variation",
    "two_proportions_p",
    "wilson_interval",
]
