"""What two columns have to do with each other, of all pairs the strongest."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from audit.reports.distribution.drawn import draw
from audit.reports.distribution.families import (
    FEWEST,
    RANKS_ONCE,
    Family,
    category_families,
    mixed_families,
    number_families,
)
from audit.reports.distribution.values import Column, Pair
from audit.store import Table


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
    families = [
        *number_families(sample, place),
        *category_families(sample, place),
        *mixed_families(sample, place),
    ]
    if sample.rows < table.n_rows:
        notes.append(
            f"Associations rest on {sample.rows:,} of {table.n_rows:,} rows, drawn by row number."
        )
    if any(f.method == RANKS_ONCE for f in families):
        notes.append("Ranks were taken before rows with a missing value were left out.")
    total = sum(len(f.values) for f in families)
    if total > most_pairs:
        notes.append(f"Of {total:,} associations the {most_pairs:,} strongest are kept.")
    kept = _strongest(families, most_pairs)
    return _built(families, kept, [c.name for c in columns]), " ".join(n for n in notes if n)


def _strongest(families: list[Family], most: int) -> list[npt.NDArray[np.int64]]:
    """Positions of the pairs to keep, by family; equally strong ones in the order of columns."""
    strength = [np.nan_to_num(np.abs(f.values), nan=-1.0) for f in families]
    if sum(len(s) for s in strength) <= most:
        return [np.arange(len(s)) for s in strength]
    order = np.argsort(-np.concatenate(strength), kind="stable")[:most]
    ends = np.cumsum([0, *(len(s) for s in strength)])
    return [np.sort(order[(order >= a) & (order < b)]) - a for a, b in pairwise(ends)]


def _built(
    families: list[Family], kept: list[npt.NDArray[np.int64]], names: list[str]
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
