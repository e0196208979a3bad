"""What two columns have to do with each other: Pearson, Spearman, Cramér's V, eta."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.model import Column as Described
from audit.reports.distribution.kinds import kind_of, number_expression
from audit.reports.distribution.values import Assessed, Column, Pair
from audit.stats import correlation_ratio, cramers_v, ranks
from audit.store import Table

Matrix = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

DIGITS = 12
"""Decimals kept of an association: what lies beyond depends on the order of a sum."""

FEWEST = 3
"""Rows on which both columns need a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The rows that pairs are computed on, column by column."""

    numbers: dict[str, Matrix]
    """NaN where there is no finite number."""
    codes: dict[str, Codes]
    """Categories as 0, 1, …; -1 where missing."""
    rows: int
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
    sample = _read(table, numbers, categories, rows)
    pairs = [
        *_numeric_pairs(sample),
        *_category_pairs(sample),
        *_mixed_pairs(sample),
    ]
    if sample.rows < table.n_rows:
        notes.append(
            f"Associations rest on {sample.rows:,} of {table.n_rows:,} rows, drawn by row number."
        )
    place = {c.name: i for i, c in enumerate(columns)}
    if len(pairs) > most_pairs:
        notes.append(f"Of {len(pairs):,} associations the {most_pairs:,} strongest are kept.")
        pairs.sort(key=lambda p: (-abs(p.value or 0.0), place[p.first], place[p.second], p.measure))
        pairs = pairs[:most_pairs]
    pairs.sort(key=lambda p: (place[p.first], place[p.second], p.measure))
    return tuple(pairs), " ".join(n for n in notes if n)


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


def _read(table: Table, numbers: list[str], categories: list[str], rows: int) -> Sample:
    """Fetch the rows of the sample: all of them, or those whose hashed number is smallest."""
    described = {c.name: c for c in table.columns}
    asked = [_expression(described[n], f"{{c{i}}}") for i, n in enumerate(numbers + categories)]
    listed = ", ".join(f"{e} AS v{i}" for i, e in enumerate(asked))
    sampled = rows < table.n_rows
    share = min(1.0, 1.05 * rows / table.n_rows + 100 / table.n_rows)
    found: dict[str, Any] = table.arrays(
        f"SELECT {listed}, hash({{row}}) AS h FROM {{t}}"  # noqa: S608
        + (f" WHERE hash({{row}}) < {int(share * (2**64 - 1))}" if sampled else ""),
        **table.keys(numbers + categories),
    )
    kept = np.sort(np.argsort(found["h"], kind="stable")[:rows]) if sampled else slice(None)
    n = len(found["h"][kept])
    return Sample(
        numbers={name: _floats(found[f"v{i}"][kept]) for i, name in enumerate(numbers)},
        codes={
            name: _codes(found[f"v{i}"][kept])
            for i, name in enumerate(categories, start=len(numbers))
        },
        rows=n,
        method=f"sample:{n}" if n < table.n_rows else "exact",
    )


def _expression(column: Described, cell: str) -> str:
    if kind_of(column) == "number":
        return number_expression(column, cell)
    return f"CASE WHEN {cell} IS NOT NULL THEN hash({cell}) END"


def _floats(cells: npt.NDArray[Any]) -> Matrix:
    values = np.ma.filled(cells.astype(np.float64), np.nan)
    values[~np.isfinite(values)] = np.nan
    return values


def _codes(cells: npt.NDArray[Any]) -> Codes:
    missing = np.ma.getmaskarray(cells)
    codes = np.full(len(cells), -1, dtype=np.int64)
    codes[~missing] = np.unique(np.asarray(cells[~missing]), return_inverse=True)[1]
    return codes


def _pair(
    first: str, second: str, measure: Assessed, value: float | None, n: int, sample: Sample
) -> Pair:
    reason = ""
    if value is None:
        reason = (
            "Too few rows have both values."
            if n < FEWEST
            else "On the rows with both values one of them does not vary."
        )
    return Pair(
        first=first,
        second=second,
        measure=measure,
        value=None if value is None else round(value, DIGITS),
        n=n,
        method=sample.method,
        reason=reason,
    )


def _standard(values: Matrix) -> Matrix | None:
    """Centre and scale to length 1; None where nothing varies."""
    top = float(np.abs(values).max(initial=0.0))
    if not top:
        return None
    centred = values / top
    centred -= centred.mean()
    length = sqrt(float((centred**2).sum()))
    return centred / length if length > 1e-12 * sqrt(len(values)) else None


def _numeric_pairs(sample: Sample) -> Iterator[Pair]:
    names = list(sample.numbers)
    whole = [n for n in names if not np.isnan(sample.numbers[n]).any()]
    straight = {n: _standard(sample.numbers[n]) for n in whole}
    ranked = {n: _standard(ranks(sample.numbers[n])) for n in whole}
    for a, b in combinations(names, 2):
        if a in straight and b in straight:
            n = sample.rows
            r, rho = _product(straight[a], straight[b]), _product(ranked[a], ranked[b])
        else:
            x, y = sample.numbers[a], sample.numbers[b]
            both = ~(np.isnan(x) | np.isnan(y))
            x, y, n = x[both], y[both], int(both.sum())
            r = _product(_standard(x), _standard(y))
            rho = _product(_standard(ranks(x)), _standard(ranks(y)))
        enough = n >= FEWEST
        yield _pair(a, b, "pearson", r if enough else None, n, sample)
        yield _pair(a, b, "spearman", rho if enough else None, n, sample)


def _product(a: Matrix | None, b: Matrix | None) -> float | None:
    if a is None or b is None:
        return None
    return max(-1.0, min(1.0, float((a * b).sum())))


def _category_pairs(sample: Sample) -> Iterator[Pair]:
    levels = {name: int(codes.max(initial=-1)) + 1 for name, codes in sample.codes.items()}
    for a, b in combinations(sample.codes, 2):
        x, y = sample.codes[a], sample.codes[b]
        width = levels[b] + 1
        cells = np.bincount((x + 1) * width + y + 1, minlength=(levels[a] + 1) * width)
        table = cells.reshape(levels[a] + 1, width)[1:, 1:]
        n = int(table.sum())
        value = cramers_v(table) if n >= FEWEST else None
        yield _pair(a, b, "cramers_v", value, n, sample)


def _mixed_pairs(sample: Sample) -> Iterator[Pair]:
    for number, values in sample.numbers.items():
        there = ~np.isnan(values)
        for category, codes in sample.codes.items():
            both = there & (codes >= 0)
            n = int(both.sum())
            value = _eta(codes[both], values[both]) if n >= FEWEST else None
            yield _pair(number, category, "correlation_ratio", value, n, sample)


def _eta(codes: Codes, values: Matrix) -> float | None:
    scaled = _standard(values)
    if scaled is None:
        return None
    n = np.bincount(codes)
    sums = np.bincount(codes, weights=scaled)
    held = n > 0
    return correlation_ratio(n[held], sums[held] / n[held], float((scaled**2).sum()))
