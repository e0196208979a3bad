"""How well codes tell the level of a row, out of fold: rates, naive Bayes and the area under ROC.

Pure arithmetic on counts and codes. Rows of different folds were scored by different models,
and are not compared with each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
import numpy.typing as npt

from audit.stats import Array
from audit.stats.intervals import Z95

Codes = npt.NDArray[np.int64]

FOLDS = 5

_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area under the ROC curve with its 95 % interval."""

    value: float
    low: float
    high: float


def folds_of(n: int, seed: int) -> Codes:
    """Put ``n`` rows into five folds of as many rows, by chance."""
    return np.random.default_rng(seed).permutation(n) % FOLDS


def fold_counts(fold: Codes, code: Codes, level: Codes, size: int, levels: int) -> Array:
    """Count rows by fold, code and level, as numbers to compute with."""
    place = (fold * size + code) * levels + level
    counts = np.bincount(place, minlength=FOLDS * size * levels)
    return counts.reshape(FOLDS, size, levels).astype(np.float64)


def rates(counts: Array) -> Array:
    """Share of each level among the rows with a code, in the other folds than the row's own.

    Parameters
    ----------
    counts : array of shape (folds, codes, levels)
        Rows; see :func:`fold_counts`.

    Returns
    -------
    array of the same shape
        Smoothed: as if one more row had the code, with the shares of all codes together.
    """
    others = counts.sum(axis=0) - counts
    whole = others.sum(axis=1, keepdims=True)
    base = whole / np.maximum(whole.sum(axis=2, keepdims=True), 1.0)
    smoothed: Array = (others + base) / (others.sum(axis=2, keepdims=True) + 1.0)
    # Equal shares of different counts may differ in their last bit, and would not tie.
    return smoothed.round(_DIGITS)


def log_odds(fold: Codes, codes: Sequence[Codes], tables: Sequence[Array]) -> Array:
    """Log odds of each level against all others by naive Bayes, out of fold.

    Parameters
    ----------
    fold : array of int of shape (n,)
        Of each row.
    codes : sequence of array of int of shape (n,)
        Of each row, by column.
    tables : sequence of array of shape (folds, codes, levels)
        Rows, by column; see :func:`fold_counts`.

    Returns
    -------
    array of shape (levels, n)
        From each column the logarithm of the share of its code among the rows of a level, with
        one row added to each code (Laplace), and the logarithm of the share of the level.
    """
    own = tables[0].sum(axis=1)
    others = own.sum(axis=0) - own
    # A level that the other folds lack is told by nothing: next to no chance, not none.
    total = np.log(np.maximum(others, np.finfo(np.float64).tiny)).T[:, fold]
    for code, counts in zip(codes, tables, strict=True):
        size, levels = counts.shape[1:]
        rest = counts.sum(axis=0) - counts
        logs = np.log((rest + 1.0) / (others + size)[:, None, :]).reshape(FOLDS * size, levels)
        total += np.take(np.ascontiguousarray(logs.T), fold * size + code, axis=1)
    return _against_others(total)


def _against_others(joint: Array) -> Array:
    """Turn log probabilities, up to a constant, into log odds; no digits are lost near 1."""
    best = joint.argmax(axis=0)[None]
    shifted = joint - np.take_along_axis(joint, best, axis=0)
    p = np.exp(shifted)
    np.put_along_axis(p, best, 0.0, axis=0)
    rest = p.sum(axis=0)
    odds: Array = shifted - np.log1p(rest - p)
    lead = -np.log(np.maximum(rest, np.finfo(np.float64).tiny))
    np.put_along_axis(odds, best, lead[None], axis=0)
    return odds


def area(fold: Codes, scores: Array, counts: Array) -> Area | None:
    """Area under the ROC curve of telling each level from all others, weighted by its rows.

    Parameters
    ----------
    fold : array of int of shape (m,)
        Of each cell: a row, or rows that have their scores in common.
    scores : array of shape (levels, m)
        The larger, the more the row seems to be of the level.
    counts : array of shape (levels, m)
        Rows of each cell by their level.

    Returns
    -------
    Area or None
        None where no fold has rows of two levels.

    Notes
    -----
    Share of the pairs of rows of one fold, one of the level and one of another, in which the
    first has the larger score, ties counting half. Of two levels one is told exactly as well
    as the other. The interval is that of DeLong, DeLong and Clarke-Pearson (1988), *Biometrics*
    44, 837-845: what each row adds, over levels and folds, is squared and summed.
    """
    rows, whole = counts.sum(axis=1), counts.sum(axis=0)
    told = np.flatnonzero(rows > 0)
    if len(told) < 2:
        return None
    order = np.argsort(fold, kind="stable")
    ends = np.searchsorted(fold[order], np.arange(FOLDS + 1))
    folds = [order[a:b] for a, b in pairwise(ends)]
    value, weight = 0.0, 0.0
    as_other, as_own = np.zeros_like(whole), np.zeros_like(counts)
    for k in told[:1] if len(told) == 2 else told:
        found = _one_level(folds, scores[k], counts[k], whole - counts[k])
        if found is None:
            continue
        own, of_level, of_others = found
        value += rows[k] * own
        weight += rows[k]
        as_other += rows[k] * of_others
        as_own[k] = rows[k] * (of_level - of_others)
    if not weight:
        return None
    value = float(value / weight)
    half = Z95 * sqrt(float((counts * (as_own + as_other) ** 2).sum())) / float(weight)
    return Area(value=value, low=max(0.0, value - half), high=min(1.0, value + half))


def _one_level(
    folds: Sequence[Codes], score: Array, hits: Array, others: Array
) -> tuple[float, Array, Array] | None:
    """Give the area for one level, and what each of its rows and of the other rows adds to it."""
    won, pairs = 0.0, 0.0
    of_hits, of_others = np.zeros_like(score), np.zeros_like(score)
    for cells in folds:
        h, o = hits[cells], others[cells]
        h_all, o_all = h.sum(), o.sum()
        if not h_all or not o_all:
            continue
        below, above = _placements(score[cells], h, o)
        own = (h * below).sum()
        won += own
        pairs += h_all * o_all
        of_hits[cells] = below - own / h_all
        of_others[cells] = above - own / o_all
    return (won / pairs, of_hits / pairs, of_others / pairs) if pairs else None


def _placements(score: Array, hits: Array, others: Array) -> tuple[Array, Array]:
    """Count, for each cell, the others with a smaller score and the hits with a larger one.

    Cells with the same score count half, themselves included.
    """
    order = np.argsort(score)
    ordered = score[order]
    new = np.ones(len(score), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    tie = np.cumsum(new) - 1
    h, o = np.bincount(tie, hits[order]), np.bincount(tie, others[order])
    below, above = np.empty_like(score), np.empty_like(score)
    below[order] = (np.cumsum(o) - o / 2)[tie]
    above[order] = (h.sum() - np.cumsum(h) + h / 2)[tie]
    return below, above
