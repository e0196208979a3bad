"""Numbers: from their counted values to everything measured of them."""

from itertools import pairwise
from math import ceil, log, nextafter, sqrt

import numpy as np

from audit.reports.distribution.counted import Counted
from audit.reports.distribution.values import Histogram, Numbers
from audit.stats import Floats, freedman_diaconis_bins, moments

QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)

MOST_BINS = 60

STRONG_SKEW = 1.0
"""Above this a logarithmic histogram is offered (Bulmer 1979: 'highly skewed')."""


def measure_numbers(
    counted: Counted, *, infinite: int, not_a_number: int
) -> tuple[Numbers, tuple[str, ...]]:
    """Measure a column of at least one finite number, and say what could not be measured."""
    values = counted.values
    low, high = float(values[0]), float(values[-1])
    shape = moments(values, None if counted.upto is None else counted.counts)
    skewness, kurtosis = (shape.skewness, shape.kurtosis) if low < high else (None, None)
    quantiles = {p: counted.quantile(p) for p in QUANTILES}
    q25, q75 = quantiles[0.25], quantiles[0.75]
    iqr = q75 - q25
    spread = sqrt(shape.variance) if shape.variance is not None else None
    mad = counted.deviation(quantiles[0.5])
    numbers = Numbers(
        minimum=low,
        maximum=high,
        mean=min(max(shape.mean, low), high),
        standard_deviation=spread,
        variance=shape.variance,
        skewness=skewness,
        kurtosis=kurtosis,
        quantiles=tuple(quantiles.items()),
        quantile_method="exact",
        iqr=iqr,
        mad=mad,
        zeros=_between(counted, 0.0, 0.0),
        negatives=counted.rows_below(np.array([0.0]))[0],
        infinite=infinite,
        not_a_number=not_a_number,
        fence_low=q25 - 1.5 * iqr,
        fence_high=q75 + 1.5 * iqr,
        outliers=counted.rows - _between(counted, q25 - 1.5 * iqr, q75 + 1.5 * iqr),
        far_outliers=counted.rows - _between(counted, q25 - 3 * iqr, q75 + 3 * iqr),
        histogram=histogram(counted, q25, q75),
        log_histogram=log_histogram(counted, q25, q75, skewness),
    )
    return numbers, _reasons(numbers, counted.rows)


def _reasons(numbers: Numbers, rows: int) -> tuple[str, ...]:
    said = []
    if rows < 2:
        said.append("A standard deviation needs two numbers.")
    elif numbers.variance is None:
        said.append("The numbers are too large for their variance to be computed.")
    if numbers.minimum == numbers.maximum:
        said.append("Skewness and kurtosis are not defined where all numbers are the same.")
    elif numbers.skewness is None:
        said.append("Skewness needs three numbers that differ enough to be computed with.")
    if numbers.kurtosis is None and numbers.skewness is not None:
        said.append("Kurtosis needs four numbers.")
    if numbers.infinite or numbers.not_a_number:
        said.append("Infinite values and NaN are counted, then left out of the measures.")
    return tuple(said)


def _between(counted: Counted, low: float, high: float) -> int:
    (below,) = counted.rows_below(np.array([low]))
    (upto,) = counted.rows_below(np.array([high]), side="right")
    return upto - below


def histogram(counted: Counted, q25: float, q75: float) -> Histogram:
    """Count values in Freedman-Diaconis bins; those of integers lie between integers."""
    low, high = float(counted.values[0]), float(counted.values[-1])
    bins = freedman_diaconis_bins(counted.rows, q75 - q25, high - low, most=MOST_BINS)
    if np.issubdtype(counted.values.dtype, np.integer):
        span = int(counted.values[-1]) - int(counted.values[0]) + 1
        step = 1 if span <= MOST_BINS else ceil(span / bins)
        edges = low - 0.5 + step * np.arange(ceil(span / step) + 1, dtype=np.float64)
    elif low == high:
        edges = np.array([low - 0.5, low + 0.5])
    else:
        share = np.linspace(0.0, 1.0, bins + 1)
        edges = low * (1 - share) + high * share
        edges[0], edges[-1] = low, high
    return _filled(counted, edges)


def log_histogram(
    counted: Counted, q25: float, q75: float, skewness: float | None
) -> Histogram | None:
    """Count positive, strongly skewed values in bins that are even on a logarithmic scale."""
    low, high = float(counted.values[0]), float(counted.values[-1])
    if low <= 0 or skewness is None or skewness <= STRONG_SKEW:
        return None
    bins = freedman_diaconis_bins(
        counted.rows, log(q75) - log(q25), log(high) - log(low), most=MOST_BINS
    )
    edges = np.exp(np.linspace(log(low), log(high), bins + 1))
    edges[0], edges[-1] = low, high
    return _filled(counted, edges, log=True)


def _filled(counted: Counted, edges: Floats, *, log: bool = False) -> Histogram:
    if not (edges[1:] > edges[:-1]).all():
        low, high = float(counted.values[0]), float(counted.values[-1])
        edges = np.array([low, high if high > low else nextafter(low, float("inf"))])
    below = [0, *counted.rows_below(edges[1:-1]), counted.rows]
    counts = tuple(b - a for a, b in pairwise(below))
    return Histogram(edges=tuple(edges.tolist()), counts=counts, log=log)
