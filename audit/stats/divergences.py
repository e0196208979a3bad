"""How far one distribution is from another: probabilities along the last axis, others broadcast.

Outcomes that one of the two lacks are kept: leaving them out makes divergences too small, and
Kullback and Leibler's negative. A distribution of NaN is at a distance of NaN.
"""

import numpy as np

from audit.stats.arrays import Array, Floats


def kl_divergence(p: Floats, q: Floats) -> Array:
    """Kullback-Leibler divergence of ``p`` from ``q``, in nats; infinite where q = 0 < p.

    Examples
    --------
    >>> float(kl_divergence(np.array([0.8, 0.2]), np.array([0.3, 0.7])).round(4))
    0.5341
    >>> float(kl_divergence(np.array([0.5, 0.5]), np.array([1.0, 0.0])))
    inf
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = p * np.log(p / q)
    total: Array = np.where(p == 0, 0.0 * q, terms).sum(axis=-1)
    return np.maximum(total, 0.0)


def js_divergence(p: Floats, q: Floats) -> Array:
    """Jensen-Shannon divergence in nats: in [0, ln 2], the same both ways.

    Examples
    --------
    >>> float(js_divergence(np.array([0.8, 0.2]), np.array([0.3, 0.7])).round(4))
    0.1325
    """
    middle = (p + q) / 2
    return (kl_divergence(p, middle) + kl_divergence(q, middle)) / 2


def lp_norm(p: Floats, q: Floats) -> Array:
    """Euclidean distance: in [0, sqrt 2]."""
    found: Array = np.sqrt(((p - q) ** 2).sum(axis=-1))
    return found


def total_variation(p: Floats, q: Floats) -> Array:
    """Half of the sum of absolute differences: in [0, 1]."""
    found: Array = np.abs(p - q).sum(axis=-1) / 2
    return found


def kolmogorov_smirnov(p: Floats, q: Floats) -> Array:
    """Largest absolute difference of the probabilities of one outcome: in [0, 1]."""
    found: Array = np.abs(p - q).max(axis=-1)
    return found


def population_stability(p: Floats, q: Floats) -> Array:
    """Sum up ``(p - q) ln(p / q)``, the population stability index; infinite where just one is 0.

    Examples
    --------
    >>> float(population_stability(np.array([0.5, 0.5]), np.array([0.4, 0.6])).round(6))
    0.040547
    """
    return kl_divergence(p, q) + kl_divergence(q, p)
