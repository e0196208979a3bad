"""What two columns have to do with each other: Pearson, Spearman, Cramér's V, eta."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from audit.reports.distribution.drawn import Matrix, Sample, draw
from audit.reports.distribution.values import Assessed, Column, Pair
from audit.stats import cramers_v, ranks
from audit.store import Table

DIGITS = 12
"""Decimals kept of an association: what lies beyond depends on the order of a sum."""

FEWEST = 3
"""Rows on which both columns need a value."""

MOST_RERANKED = 3_000
"""Pairs of columns with missing values whose ranks are taken anew on the rows both have."""

FLAT = 1e-12
"""A sum of squares below this share of what it was computed from is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """All pairs of one kind: positions of the columns, values (NaN: not defined), rows."""

    measure: Assessed
    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    values: Matrix
    n: Matrix
    method: str


def measure_pairs(
    table: Table,
    columns: tuple[Column, ...],
    *,
    sample_rows: int,
    sample_cells: int,
    most_levels: int,
    most_pairs: int,
) -> tuple[tuple[Pair, ...], str]:
    """Measure the association of every two columns that can have one.

    Numbers with numbers: Pearson and Spearman; categories with categories: bias-corrected
    Cramér's V; numbers with categories: the correlation ratio.

    Returns
    -------
    pairs, note
        In the order of the columns; what was left out or sampled, in words.
    """
    numbers = [c.name for c in columns if _is_number(c)]
    categories = [c.name for c in columns if _is_category(c, most_levels)]
    asked = len(numbers) + len(categories)
    notes = [_left_out(columns, {*numbers, *categories}, most_levels)]
    if asked < 2:
        return (), " ".join(n for n in notes if n)
    rows = min(sample_rows, max(1000, sample_cells // asked))
    sample = draw(table, numbers, categories, rows)
    place = {c.name: i for i, c in enumerate(columns)}
    families = [*_numeric(sample, place), *_categories(sample, place), *_mixed(sample, place)]
    if sample.rows < table.n_rows:
        notes.append(
            f"Associations rest on {sample.rows:,} of {table.n_rows:,} rows, drawn by row number."
        )
    if any(f.method == _RANKS for f in families):
        notes.append("Ranks were taken before rows with a missing value were left out.")
    total = sum(len(f.values) for f in families)
    if total > most_pairs:
        notes.append(f"Of {total:,} associations the {most_pairs:,} strongest are kept.")
    kept = _strongest(families, most_pairs)
    return _built(families, kept, [c.name for c in columns]), " ".join(n for n in notes if n)


_RANKS = "approx:ranks"


def _strongest(families: list[_Family], most: int) -> list[npt.NDArray[np.int64]]:
    """Positions of the pairs to keep, by family; equally strong ones in the order of columns."""
    strength = [np.nan_to_num(np.abs(f.values), nan=-1.0) for f in families]
    if sum(len(s) for s in strength) <= most:
        return [np.arange(len(s)) for s in strength]
    order = np.argsort(-np.concatenate(strength), kind="stable")[:most]
    ends = np.cumsum([0, *(len(s) for s in strength)])
    return [np.sort(order[(order >= a) & (order < b)]) - a for a, b in pairwise(ends)]


def _built(
    families: list[_Family], kept: list[npt.NDArray[np.int64]], names: list[str]
) -> tuple[Pair, ...]:
    found = []
    for family, chosen in zip(families, kept, strict=True):
        for i in chosen.tolist():
            value, n = float(family.values[i]), int(family.n[i])
            first, second = sorted((int(family.first[i]), int(family.second[i])))
            pair = Pair(
                first=names[first],
                second=names[second],
                measure=family.measure,
                value=None if np.isnan(value) else value,
                n=n,
                method=family.method,
                reason=_reason(n) if np.isnan(value) else "",
            )
            found.append((first, second, family.measure, pair))
    return tuple(entry[3] for entry in sorted(found, key=lambda e: e[:3]))


def _reason(n: int) -> str:
    if n < FEWEST:
        return "Too few rows have both values."
    return "On the rows with both values one of them does not vary."


def _is_number(column: Column) -> bool:
    if column.kind != "number" or column.numbers is None or column.distinct < 2:
        return False
    return not (column.is_key and "INT" in column.type)


def _is_category(column: Column, most_levels: int) -> bool:
    return column.kind in ("text", "boolean") and 2 <= column.distinct <= most_levels


def _left_out(columns: tuple[Column, ...], used: set[str], most_levels: int) -> str:
    constant = sum(c.name not in used and c.present > 0 and c.distinct < 2 for c in columns)
    empty = sum(c.kind == "empty" for c in columns)
    many = sum(c.kind == "text" and c.distinct > most_levels for c in columns)
    keys = sum(c.kind == "number" and c.is_key and c.name not in used for c in columns)
    other = len(columns) - len(used) - constant - empty - many - keys
    said = [
        (constant, "with a single value"),
        (empty, "without a value"),
        (many, f"of text with more than {most_levels} different values"),
        (keys, "of whole numbers that are all different"),
        (other, "of dates, lists and other kinds"),
    ]
    parts = [f"{n:,} {why}" for n, why in said if n > 0]
    return f"Columns left out of the associations: {', '.join(parts)}." if parts else ""


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
    rounded: Matrix = np.clip(r, -1.0, 1.0).round(DIGITS)
    return rounded, n


def _numeric(sample: Sample, place: dict[str, int]) -> Iterator[_Family]:
    names = list(sample.numbers)
    if len(names) < 2:
        return
    values = np.stack([sample.numbers[name] for name in names])
    where = np.array([place[name] for name in names])
    i, j = np.triu_indices(len(names), k=1)
    r, n = _correlations(values)
    first, second = where[i], where[j]
    yield _Family(
        measure="pearson",
        first=first,
        second=second,
        values=r[i, j],
        n=n[i, j],
        method=sample.method,
    )
    gaps = np.isnan(values).any(axis=1)
    broken: npt.NDArray[np.bool_] = gaps[i] | gaps[j]
    rho = _correlations(np.stack([_ranked(row) for row in values]))[0][i, j]
    again = broken if broken.sum() <= MOST_RERANKED else np.zeros_like(broken)
    for k in np.flatnonzero(again):
        rho[k] = _reranked(values[i[k]], values[j[k]])
    for part, method in ((~broken | again, sample.method), (broken & ~again, _RANKS)):
        if part.any():
            yield _Family(
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


def _reranked(x: Matrix, y: Matrix) -> float:
    both = ~(np.isnan(x) | np.isnan(y))
    if both.sum() < FEWEST:
        return float("nan")
    r, _ = _correlations(np.stack([ranks(x[both]), ranks(y[both])]))
    return float(r[0, 1])


def _categories(sample: Sample, place: dict[str, int]) -> Iterator[_Family]:
    names = list(sample.codes)
    if len(names) < 2:
        return
    levels = {name: int(codes.max(initial=-1)) + 1 for name, codes in sample.codes.items()}
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
    yield _Family(
        measure="cramers_v",
        first=np.array(first),
        second=np.array(second),
        values=np.array(values),
        n=np.array(rows, dtype=np.float64),
        method=sample.method,
    )


def _mixed(sample: Sample, place: dict[str, int]) -> Iterator[_Family]:
    """Correlation ratios: sums by category of all numbers at once, as a matrix product."""
    names = list(sample.numbers)
    if not names:
        return
    values = np.stack([sample.numbers[name] for name in names])
    z, there = _standard(values).T, (~np.isnan(values)).astype(np.float64).T
    squares = z**2
    where = np.array([place[name] for name in names])
    for name, codes in sample.codes.items():
        hot = (codes == np.arange(codes.max(initial=-1) + 1)[:, None]).astype(np.float64)
        n, sums = hot @ there, hot @ z
        rows = n.sum(axis=0)
        centre = sums.sum(axis=0) ** 2 / np.maximum(rows, 1.0)
        raw = (codes >= 0).astype(np.float64) @ squares
        total = raw - centre
        total[(total <= FLAT * raw) | (rows < FEWEST) | ((n > 0).sum(axis=0) < 2)] = np.nan
        among = (sums**2 / np.maximum(n, 1.0)).sum(axis=0) - centre
        eta = np.sqrt(np.clip(among / total, 0.0, 1.0))
        yield _Family(
            measure="correlation_ratio",
            first=where,
            second=np.full(len(names), place[name]),
            values=np.round(eta, DIGITS),
            n=rows,
            method=sample.method,
        )
