"""The bootstrap of counts: what the cells of a table would hold, had other rows been drawn."""

import numpy as np

from audit.stats.arrays import Array, Counts, Floats

_LOW, _HIGH = 0.025, 0.975


def resample(counts: Counts, times: int, rng: np.random.Generator) -> Array:
    """Draw as many rows as there are, with replacement, and count them by cell; many times.

    Parameters
    ----------
    counts : array of int, of any shape
        Rows by cell.
    times : int
        Resamples.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    array of shape (times, *counts.shape)
        Each resample adds up to the sum of ``counts``.

    Notes
    -----
    Efron (1979). Rows of one cell are alike, so that the number drawn of each cell is all that
    matters, and that is multinomial: the cost does not depend on the number of rows.
    """
    n = int(counts.sum())
    if not n:
        return np.zeros((times, *counts.shape))
    drawn = rng.multinomial(n, counts.ravel() / n, size=times)
    return drawn.astype(np.float64).reshape(times, *counts.shape)


def resample_weights(
    counts: Counts, weights: Floats, weights_squared: Floats, times: int, rng: np.random.Generator
) -> Array:
    """Draw rows as :func:`resample` does, and add up their weights by cell.

    Parameters
    ----------
    counts : array of int, of any shape
        Rows by cell.
    weights, weights_squared : array of the same shape
        Sums of the weights of these rows, and of their squares.
    times : int
        Resamples.
    rng : numpy.random.Generator
        Where chance comes from.

    Returns
    -------
    array of shape (times, *counts.shape)

    Notes
    -----
    Weights differ within a cell, and which of them are drawn is chance too. Their sum over the
    rows drawn is taken from the gamma distribution with the mean and variance that it has: it
    is never negative, and near normal where many rows are drawn.
    """
    drawn = resample(counts, times, rng)
    n = np.maximum(counts, 1)
    mean = weights / n
    variance = np.maximum(weights_squared / n - mean**2, 0.0)
    # Rounding leaves a variance of next to nothing to weights that are all the same.
    varied = (mean > 0) & (variance > 1e-9 * mean**2)
    if not varied.any():
        return drawn * mean
    scale = np.where(varied, variance / np.where(varied, mean, 1.0), 1.0)
    shape = drawn * np.where(varied, mean / scale, 0.0)
    return np.where(varied, rng.standard_gamma(shape) * scale, drawn * mean)


def percentile_interval(samples: Floats, axis: int = 0) -> tuple[Array, Array]:
    """Give the 95 % percentile interval of a statistic over its resamples.

    Parameters
    ----------
    samples : array
        The statistic of each resample along ``axis``. Resamples in which it is not defined
        (NaN) are left out.
    axis : int
        Along which resamples lie.

    Returns
    -------
    low, high : array
        Of the other axes. NaN where it is defined in no resample, or where an end is infinite.

    Examples
    --------
    >>> low, high = percentile_interval(np.arange(1001.0))
    >>> float(low), float(high)
    (25.0, 975.0)
    """
    low, _, high = _ends_and_median(samples, axis)
    return low, high


def distance_interval(samples: Floats, value: Floats, axis: int = 0) -> tuple[Array, Array]:
    """Give the 95 % interval of a distance, which resamples make larger than it is.

    Parameters
    ----------
    samples : array
        The distance in each resample along ``axis``.
    value : array
        The distance in the rows themselves, of the other axes.
    axis : int
        Along which resamples lie.

    Returns
    -------
    low, high : array
        Never negative, ``low <= value <= high``; NaN as in :func:`percentile_interval`.

    Notes
    -----
    Chance alone drives two distributions apart, in the rows and in the resamples once more:
    with many classes all resamples can lie above the distance of the rows, and that above the
    truth. The percentile ends are moved by twice the bias of the resamples (their median minus
    the distance; Efron and Tibshirani 1993, chapter 10), but not past the distance itself.

    Examples
    --------
    >>> low, high = distance_interval(np.arange(1001.0) / 1000, np.array(0.4))
    >>> round(float(low), 3), round(float(high), 3)
    (0.0, 0.775)
    """
    low, median, high = _ends_and_median(samples, axis)
    with np.errstate(invalid="ignore"):
        twice = 2 * np.maximum(median - value, 0.0)
        moved = np.maximum(low - twice, 0.0)
        return np.minimum(moved, value), np.maximum(high - twice, value)


def _ends_and_median(samples: Floats, axis: int) -> tuple[Array, Array, Array]:
    ordered = np.sort(np.moveaxis(samples, axis, -1), axis=-1)
    if not ordered.shape[-1]:
        none = np.full(ordered.shape[:-1], np.nan)
        return none, none, none
    there = np.count_nonzero(~np.isnan(ordered), axis=-1)
    low, median, high = (_quantile(ordered, there, p) for p in (_LOW, 0.5, _HIGH))
    whole = np.isfinite(low) & np.isfinite(high)
    return np.where(whole, low, np.nan), median, np.where(whole, high, np.nan)


def _quantile(ordered: Array, there: Counts, p: float) -> Array:
    at = np.maximum(there - 1, 0) * p
    below = np.floor(at).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(there - 1, 0))
    low = np.take_along_axis(ordered, below[..., None], axis=-1)[..., 0]
    high = np.take_along_axis(ordered, above[..., None], axis=-1)[..., 0]
    with np.errstate(invalid="ignore"):
        between: Array = low + (high - low) * (at - below)
    return between
