"""Pearson, Spearman, Cramér's V and eta of all columns at once, as matrices."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from audit.reports.distribution.drawn import Codes, Matrix, Sample
from audit.reports.distribution.values import Assessed
from audit.stats import cramers_v, ranks

RANKS_ONCE = "approx:ranks"
"""Method of a Spearman coefficient whose ranks were taken before the rows with a missing
value were left out."""

DIGITS = 12
"""Decimals kept of an association: what lies beyond depends on the order of a sum."""

FEWEST = 3
"""Rows on which both columns need a value."""

MOST_HOT = 4_000_000
"""Cells of one-hot codes held at once: 32 MB."""

MOST_RERANKED = 20_000_000
"""Rows of all pairs of columns with missing values whose ranks are taken anew on the rows both
have; that work grows with the square of the columns."""

FLAT = 1e-12
"""A sum of squares below this share of what it was computed from is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Pairs of one kind: positions of the columns, values (NaN: not defined), rows."""

    measure: Assessed
    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    values: Matrix
    n: Matrix
    method: str


def _standard(values: Matrix) -> Matrix:
    """Centre, and scale to length 1, each row of a matrix; missing values and constants are 0."""
    there = ~np.isnan(values)
    filled = np.where(there, values, 0.0)
    top = np.abs(filled).max(axis=1, initial=0.0, keepdims=True)
    filled /= np.where(top > 0, top, 1.0)
    n = np.maximum(there.sum(axis=1, keepdims=True), 1)
    filled -= filled.sum(axis=1, keepdims=True) / n
    filled *= there
    length = np.sqrt((filled**2).sum(axis=1, keepdims=True))
    filled /= np.where(length > FLAT * np.sqrt(n), length, np.inf)
    return filled


def _correlations(values: Matrix) -> tuple[Matrix, Matrix]:
    """Pearson's r of every two rows, on the places both have, and how many these are."""
    z, there = _standard(values), (~np.isnan(values)).astype(np.float64)
    if there.all():
        n = np.full((len(values), len(values)), float(values.shape[1]))
        constant = ~z.any(axis=1)
        r = z @ z.T
        r[constant] = r[:, constant] = np.nan
        r[n < FEWEST] = np.nan
        return _rounded(r), n
    squares = z**2
    n = there @ there.T
    safe = np.maximum(n, 1.0)
    sums = z @ there.T
    product = z @ z.T - sums * sums.T / safe
    raw = squares @ there.T
    spread = raw - sums**2 / safe
    spread[spread <= FLAT * raw] = np.nan
    spread[raw <= 0] = np.nan
    with np.errstate(invalid="ignore"):
        r = product / np.sqrt(spread * spread.T)
    r[n < FEWEST] = np.nan
    return _rounded(r), n


def _rounded(r: Matrix) -> Matrix:
    rounded: Matrix = np.clip(r, -1.0, 1.0).round(DIGITS)
    return rounded


def number_families(sample: Sample, place: dict[str, int]) -> Iterator[Family]:
    """Pair numbers with numbers: Pearson and Spearman."""
    names = list(sample.numbers)
    if len(names) < 2:
        return
    values = np.stack([sample.numbers[name] for name in names])
    where = np.array([place[name] for name in names])
    i, j = np.triu_indices(len(names), k=1)
    r, n = _correlations(values)
    first, second = where[i], where[j]
    yield Family(
        measure="pearson",
        first=first,
        second=second,
        values=r[i, j],
        n=n[i, j],
        method=sample.method,
    )
    gaps: npt.NDArray[np.bool_] = np.asarray(np.isnan(values).any(axis=1))
    broken: npt.NDArray[np.bool_] = np.asarray(gaps[i] | gaps[j])
    rho = _correlations(np.stack([_ranked(row) for row in values]))[0][i, j]
    few = broken.sum() * values.shape[1] <= MOST_RERANKED
    again = broken if few else np.zeros_like(broken)
    codes = {int(k): _dense(values[k]) for k in np.unique([i[again], j[again]])}
    for k in np.flatnonzero(again):
        rho[k] = _reranked(codes[int(i[k])], codes[int(j[k])])
    for part, method in ((~broken | again, sample.method), (broken & ~again, RANKS_ONCE)):
        if part.any():
            yield Family(
                measure="spearman",
                first=first[part],
                second=second[part],
                values=rho[part],
                n=n[i, j][part],
                method=method,
            )


def _ranked(values: Matrix) -> Matrix:
    there = ~np.isnan(values)
    ranked = np.full(len(values), np.nan)
    ranked[there] = ranks(values[there])
    return ranked


def _dense(values: Matrix) -> Codes:
    """Give the different values numbers from 0 in their order; -1 where missing."""
    there = ~np.isnan(values)
    codes = np.full(len(values), -1, dtype=np.int64)
    codes[there] = np.searchsorted(np.unique(values[there]), values[there])
    return codes


def _reranked(x: Codes, y: Codes) -> float:
    """Spearman's rho on the rows that both columns have, ranked among themselves."""
    both = (x >= 0) & (y >= 0)
    if both.sum() < FEWEST:
        return float("nan")
    a, b = _centred_ranks(x[both]), _centred_ranks(y[both])
    spread = float(a @ a) * float(b @ b)
    return float(_rounded(np.array(a @ b / np.sqrt(spread)))) if spread > 0 else float("nan")


def _centred_ranks(codes: Codes) -> Matrix:
    """Ranks by counting, which takes no sort, less their mean."""
    counts = np.bincount(codes)
    shared: Matrix = (np.cumsum(counts) - (counts - 1) / 2)[codes] - (len(codes) + 1) / 2
    return shared


def category_families(sample: Sample, place: dict[str, int]) -> Iterator[Family]:
    """Pair categories with categories: bias-corrected Cramér's V."""
    names = list(sample.codes)
    if len(names) < 2:
        return
    levels = {name: _levels(codes) for name, codes in sample.codes.items()}
    first, second, values, rows = [], [], [], []
    for a, b in combinations(names, 2):
        width = levels[b] + 1
        places = (sample.codes[a] + 1) * width + sample.codes[b] + 1
        cells = np.bincount(places, minlength=(levels[a] + 1) * width)
        table = cells.reshape(levels[a] + 1, width)[1:, 1:]
        n = int(table.sum())
        v = cramers_v(table) if n >= FEWEST else None
        first.append(place[a])
        second.append(place[b])
        values.append(np.nan if v is None else round(v, DIGITS))
        rows.append(n)
    yield Family(
        measure="cramers_v",
        first=np.array(first),
        second=np.array(second),
        values=np.array(values),
        n=np.array(rows, dtype=np.float64),
        method=sample.method,
    )


def mixed_families(sample: Sample, place: dict[str, int]) -> Iterator[Family]:
    """Pair numbers with categories: eta, from sums by category of all numbers at once, as matrix products."""
    names = list(sample.numbers)
    if not names:
        return
    values = np.stack([sample.numbers[name] for name in names], axis=1)
    z = np.ascontiguousarray(_standard(values.T).T)
    there = np.isfinite(values)
    gaps = not there.all()
    whole = (z**2).sum(axis=0)
    where = np.array([place[name] for name in names])
    for part in _portions(sample):
        hot = np.concatenate([_one_hot(sample.codes[name]) for name in part])
        of_part = hot @ z
        n_part = hot @ there.astype(np.float64) if gaps else hot.sum(axis=1, keepdims=True)
        begin = 0
        for name in part:
            end = begin + _levels(sample.codes[name])
            sums, n = of_part[begin:end], n_part[begin:end]
            begin = end
            rows = np.broadcast_to(n.sum(axis=0), (len(names),))
            present = sample.codes[name] >= 0
            raw = whole if present.all() else (z[present] ** 2).sum(axis=0)
            centre = sums.sum(axis=0) ** 2 / np.maximum(rows, 1.0)
            total = raw - centre
            several = np.broadcast_to((n > 0).sum(axis=0) > 1, (len(names),))
            total[(total <= FLAT * raw) | (rows < FEWEST) | ~several] = np.nan
            among = (sums**2 / np.maximum(n, 1.0)).sum(axis=0) - centre
            yield Family(
                measure="correlation_ratio",
                first=where,
                second=np.full(len(names), place[name]),
                values=np.sqrt(np.clip(among / total, 0.0, 1.0)).round(DIGITS),
                n=rows,
                method=sample.method,
            )


def _portions(sample: Sample) -> Iterator[list[str]]:
    """Cut the categories into parts of so many levels that their one-hot codes stay small."""
    part: list[str] = []
    levels = 0
    for name, codes in sample.codes.items():
        if part and (levels + _levels(codes)) * sample.rows > MOST_HOT:
            yield part
            part, levels = [], 0
        part.append(name)
        levels += _levels(codes)
    if part:
        yield part


def _levels(codes: Codes) -> int:
    return int(codes.max(initial=-1)) + 1


def _one_hot(codes: Codes) -> Matrix:
    hot: Matrix = (codes == np.arange(_levels(codes))[:, None]).astype(np.float64)
    return hot
