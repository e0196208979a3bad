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


def area(fold: Codes, scores: Array, levels: Array) -> Area | None:
    """Area under the ROC curve of telling each level from all others, weighted by its rows.

    Parameters
    ----------
    fold : array of int of shape (n,)
        Of each row.
    scores : array of shape (levels, n)
        The larger, the more the row seems to be of the level.
    levels : array of shape (levels, n)
        1 where the row is of the level, or how often it is; else 0.

    Returns
    -------
    Area or None
        None where no fold has rows of two levels.

    Notes
    -----
    Share of the pairs of rows of one fold, one of the level and one of another, in which the
    first has the larger score, ties counting half. The interval is that of DeLong, DeLong and
    Clarke-Pearson (1988), *Biometrics* 44, 837-845: what each row adds, over levels and folds,
    is squared and summed. It takes the scores as given; where they tell nothing, it holds 0.5
    in about 85 of 100 cases.
    """
    order = np.argsort(fold, kind="stable")
    ends = np.searchsorted(fold[order], np.arange(FOLDS + 1))
    parts = [_placed(scores[:, order[a:b]], levels[:, order[a:b]]) for a, b in pairwise(ends)]
    return _joined(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The rows of one fold; all arrays of shape (levels, cells)."""

    counts: Array
    """Rows of each cell by their level."""
    below: Array
    """By level, rows of others with a smaller score than the cell; half of those with the same."""
    above: Array
    """By level, rows of it with a larger score than the cell; half of those with the same."""


def _placed(scores: Array, levels: Array) -> _Part:
    below, above = np.empty_like(scores), np.empty_like(scores)
    whole = levels.sum(axis=0)
    pair = len(levels) == 2
    for k in range(1 if pair else len(levels)):
        below[k], above[k] = _places(scores[k], levels[k], whole - levels[k])
    if pair:
        below[1], above[1] = above[0], below[0]
    return _Part(counts=levels, below=below, above=above)


def _places(score: Array, hits: Array, others: Array) -> tuple[Array, Array]:
    """Count, for each row, the others with a smaller score and the hits with a larger one.

    Rows with the same score count half.
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


def area_of_codes(counts: Array) -> Area | None:
    """Area where rows are scored by :func:`rates`, all that have a code and a fold alike.

    ``counts`` is of shape (folds, codes, levels). As :func:`area`, without a look at any row.
    """
    parts = []
    for score, hits in zip(rates(counts), counts, strict=True):
        others = hits.sum(axis=1, keepdims=True) - hits
        won = (score[:, None] > score[None]) + 0.5 * (score[:, None] == score[None])
        below = np.einsum("cdk,dk->kc", won, others)
        above = np.einsum("cdk,ck->kd", won, hits)
        parts.append(_Part(counts=hits.T, below=below, above=above))
    return _joined(parts)


def _joined(parts: Sequence[_Part]) -> Area | None:
    """Join the areas of all levels and folds."""
    hits = np.stack([part.counts.sum(axis=1) for part in parts])
    others = hits.sum(axis=1, keepdims=True) - hits
    won = np.stack([(part.counts * part.below).sum(axis=1) for part in parts])
    pairs = hits * others
    whole = pairs.sum(axis=0)
    if not whole.any():
        return None
    told = np.where(whole > 0, hits.sum(axis=0), 0.0)
    weight = told / (told.sum() * np.maximum(whole, 1.0))
    squares = 0.0
    for f, part in enumerate(parts):
        own = np.where(pairs[f] > 0, weight, 0.0)[:, None]
        of_hits = own * (part.below - (won[f] / np.maximum(hits[f], 1.0))[:, None])
        of_others = own * (part.above - (won[f] / np.maximum(others[f], 1.0))[:, None])
        adds = of_hits - of_others + of_others.sum(axis=0)
        squares += float((part.counts * adds**2).sum())
    value = float((told * (won.sum(axis=0) / np.maximum(whole, 1.0))).sum() / told.sum())
    half = Z95 * sqrt(squares)
    return Area(value=value, low=max(0.0, value - half), high=min(1.0, value + half))
