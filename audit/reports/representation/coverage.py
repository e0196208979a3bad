"""Coverage: the most general combinations of values that too few rows have.

Asudeh, Jin and Jagadish, 'Assessing and remedying coverage for a given dataset' (ICDE 2019).
"""

from dataclasses import dataclass
from math import prod

import numpy as np

from audit.format import count, counted
from audit.model import Progress, Where, silent
from audit.reports.representation.group_values import Axis
from audit.reports.representation.part_values import Coverage, Uncovered
from audit.reports.representation.pattern_counts import PatternCounts
from audit.reports.representation.patterns import (
    NOTHING,
    Columns,
    Layer,
    among,
    candidates,
    digits,
    join_size,
    larger_sets,
)
from audit.store import Table

MOST_TRIED = 5_000_000
"""Patterns of one level that may be tried as candidates; a level with more is not looked at."""

MOST_VISITED = 1_000_000_000
"""Different rows, times sets of columns, that one level may take to count; likewise."""

LARGEST_KEY = 2**62


def coverage(
    table: Table,
    axes: tuple[Axis, ...],
    *,
    min_cell: int,
    most_patterns: int = 500,
    progress: Progress = silent,
) -> Coverage:
    """Find the maximal uncovered patterns of some columns.

    A pattern names a value of some of the columns. It is covered if at least ``min_cell`` rows
    have these values, and a maximal uncovered one is the most general of its kind: with any
    one value taken away it is covered.

    Parameters
    ----------
    table : Table
        The version.
    axes : tuple of Axis
        The columns as groups.
    min_cell : int
        Rows from which a pattern is covered.
    most_patterns : int
        Patterns that are listed at the most; all are counted.
    progress : Progress
        Told before each level; may end the work by raising.

    Returns
    -------
    Coverage
        The patterns with fewest columns first, then those of the fewest rows, then in the order
        of columns and levels. ``by_level`` has an entry for each level that has candidates.
        Where the version has fewer rows than ``min_cell`` in all, the pattern that names
        nothing is the only maximal one: there is none to list, and the note says so.

    Notes
    -----
    Rows without a value, and those with one of the rest, count for the patterns of other
    columns, but no pattern names them: that few rows lack a value is no gap in the data.

    A level is all patterns that name equally many columns. Its candidates are the patterns
    whose parents are all covered. The columns of candidates are counted together, and covered
    patterns alone come back: no more than rows by ``min_cell`` for each set of columns. The
    candidates that do not come back are maximal and uncovered, whether rows have them or not.
    """
    rows = table.n_rows
    columns = tuple(axis.column for axis in axes)
    if rows < min_cell or not axes:
        few = f"{counted(rows, 'row')} in all are fewer than {min_cell}: nothing is covered."
        note = few if axes else "No columns were chosen."
        return Coverage(columns=columns, min_cell=min_cell, patterns=(), by_level=(), note=note)
    counts = PatternCounts(table, axes)
    lattice = _walk(counts, min_cell, most_patterns, progress)
    patterns = _listed(counts, lattice.uncovered, min_cell, most_patterns)
    notes = [lattice.note] if lattice.note else []
    if sum(lattice.by_level) > len(patterns):
        notes.append(
            f"Only {count(len(patterns))} of the {count(sum(lattice.by_level))} combinations "
            "found are listed."
        )
    progress(1.0, "coverage")
    return Coverage(
        columns=columns,
        min_cell=min_cell,
        patterns=patterns,
        by_level=tuple(lattice.by_level),
        note=" ".join(notes),
    )


@dataclass(slots=True, kw_only=True)
class _Lattice:
    """What was found on the way from the most general patterns to the most special ones."""

    uncovered: list[Layer]
    """Maximal uncovered patterns, level by level; up to the level at which the list is full."""
    by_level: list[int]
    note: str = ""


def _walk(counts: PatternCounts, min_cell: int, most: int, progress: Progress) -> _Lattice:
    found = _Lattice(uncovered=[], by_level=[])
    covered = NOTHING
    depth = len(counts.sizes)
    for level in range(1, depth + 1):
        progress((level - 1) / depth, f"coverage of {counted(level, 'column')} at a time")
        sets = larger_sets(covered, depth)
        if reason := _too_many(counts, covered, sets):
            found.note = (
                f"Combinations of more than {counted(level - 1, 'column')} were not looked at: "
                f"{reason}."
            )
            break
        possible = {one: candidates(covered, one, counts.sizes) for one in sets}
        possible = {one: keys for one, keys in possible.items() if keys.size}
        if not possible:
            break
        covered = counts.covered(possible, min_cell)
        uncovered = _absent(possible, covered)
        if sum(found.by_level) < most:
            found.uncovered.append(uncovered)
        found.by_level.append(sum(keys.size for keys in uncovered.values()))
    return found


def _too_many(counts: PatternCounts, covered: Layer, sets: list[Columns]) -> str:
    """Say why a level would take too long; empty where it does not."""
    if sum(join_size(covered, one, counts.sizes) for one in sets) > MOST_TRIED:
        return f"more than {count(MOST_TRIED)} would have to be tried"
    if len(sets) * counts.different > MOST_VISITED:
        return (
            f"{count(len(sets))} sets of columns in {count(counts.different)} different rows "
            "would take too long"
        )
    if any(prod(counts.sizes[c] for c in one) > LARGEST_KEY for one in sets):
        return "they are too many to be numbered"
    return ""


def _absent(possible: Layer, covered: Layer) -> Layer:
    """Keep the candidates that are not covered."""
    absent = {
        one: keys[~among(keys, covered[one])] if one in covered else keys
        for one, keys in possible.items()
    }
    return {one: keys for one, keys in absent.items() if keys.size}


def _listed(
    counts: PatternCounts, uncovered: list[Layer], min_cell: int, most: int
) -> tuple[Uncovered, ...]:
    """List the patterns level by level, those of the fewest rows first."""
    everything = {one: keys for layer in uncovered for one, keys in layer.items()}
    rows = counts.rows_of(everything, min_cell)
    listed: list[Uncovered] = []
    for layer in uncovered:
        places = [(one, int(key)) for one, keys in layer.items() for key in keys]
        n = np.concatenate([rows[one] for one in layer]) if layer else np.zeros(0, np.int64)
        first = np.argsort(n, kind="stable")[: most - len(listed)].tolist()
        listed += [_pattern(counts, *places[at], n=int(n[at])) for at in first]
    return tuple(listed)


def _pattern(counts: PatternCounts, columns: Columns, key: int, *, n: int) -> Uncovered:
    named = zip(columns, digits(key, columns, counts.sizes), strict=True)
    levels = [(c, counts.levels[c][digit]) for c, digit in named]
    return Uncovered(
        levels=tuple((counts.axes[c].column, level.name) for c, level in levels),
        n=n,
        where=Where(tests=tuple(level.test for _, level in levels)),
    )
