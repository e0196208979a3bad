"""What drives the risk: each quasi-identifier left out, and the few that make rows unique."""

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from audit.model import Progress
from audit.reports.reidentification.classes import Classes
from audit.reports.reidentification.coding import Flags
from audit.reports.reidentification.options import Options
from audit.reports.reidentification.risks import risk_of
from audit.reports.reidentification.values import Driver, UniqueSet

Packed = npt.NDArray[np.uint8]

_MOST_STEPS = 120_000_000
"""Classes compared, over all combinations: some ten seconds."""
_FITTING = 3
"""How much longer it takes where missing values fit any."""


def drivers(classes: Classes, progress: Progress) -> tuple[Driver, ...]:
    """Measure the risk with each quasi-identifier left out; the one that carries most comes first.

    That is the one without which the fewest rows are unique, then the smallest class is the
    largest, then the classes are the fewest. Computed from the classes: no row is read again.
    """
    found: list[Driver] = []
    for i, column in enumerate(classes.columns):
        progress(i / len(classes.columns), "each column left out")
        codes = classes.codes[i]
        without = risk_of(classes.without(i)) if len(classes.columns) > 1 else None
        distinct = codes.distinct + bool(codes.missing.any())
        found.append(Driver(column=column, distinct=distinct, without=without))
    return tuple(sorted(found, key=_carried))


def _carried(driver: Driver) -> tuple[int, int, int]:
    risk = driver.without
    return (risk.uniques, -(risk.k or 0), risk.classes) if risk else (0, 0, 0)


def unique_sets(
    classes: Classes, options: Options, progress: Progress
) -> tuple[tuple[UniqueSet, ...], str]:
    """Count the rows that each few columns make unique while no part of these columns does.

    Parameters
    ----------
    classes : Classes
        Rows by all quasi-identifiers.
    options : Options
        How many columns a set has, and how many quasi-identifiers are tried at the most.

    Returns
    -------
    sets, note
        Those that make a row unique, most rows first; and what was not tried, in a sentence.

    Notes
    -----
    Minimal sample uniques, as in SUDA (Elliot, Manning and Ford 2002): a row counts for a set
    if it is the only one with its values there and for no subset of the set. Exact: every set
    up to the size is tried, except those that hold a set that makes every row unique. Of very
    many classes fewer columns are tried, those with the most values; the note names the others.
    """
    tried, note = _tried(classes, options)
    most = min(options.combination_size, len(tried))
    sets = [s for size in range(1, most + 1) for s in combinations(tried, size)]
    found: list[UniqueSet] = []
    kept: dict[tuple[int, ...], Packed] = {}
    # Rows that share all values with another are unique by none of them.
    alone = np.flatnonzero(classes.rows == 1)
    for i, which in enumerate(sets if len(alone) else ()):
        progress(i / len(sets), "columns that make rows unique")
        unique = _already(which, kept, len(alone))
        if unique.all():
            continue
        # A row that a part makes unique shares its values here with no other, either: what is
        # left is counted without it.
        left = np.ones(len(classes.rows), dtype=np.bool_)
        left[alone[unique]] = False
        new = np.zeros(len(classes.rows), dtype=np.bool_)
        new[left] = classes.unique_by(which, left)
        new = new[alone]
        if len(which) < most:
            kept[which] = np.packbits(new | unique)
        if new.any():
            found.append(
                UniqueSet(
                    columns=tuple(classes.columns[j] for j in which),
                    rows=int(new.sum()),
                    row_number=int(classes.first[alone[new]].min()),
                )
            )
    place = {name: i for i, name in enumerate(classes.columns)}
    found.sort(key=lambda s: (-s.rows, len(s.columns), [place[c] for c in s.columns]))
    return tuple(found), note


def _already(which: tuple[int, ...], kept: dict[tuple[int, ...], Packed], n: int) -> Flags:
    """Tell which rows a part of the set makes unique; all of them where it was not tried."""
    found = np.zeros(n, dtype=np.bool_)
    for part in combinations(which, len(which) - 1):
        if not part:
            continue
        if part not in kept:
            return np.ones(n, dtype=np.bool_)
        found |= np.unpackbits(kept[part], count=n).astype(np.bool_)
    return found


def _tried(classes: Classes, options: Options) -> tuple[Sequence[int], str]:
    """Choose the quasi-identifiers with the most different values where there are too many."""
    every = range(len(classes.columns))
    most = min(options.most_columns, len(every))
    fits = classes.missing == "wildcard" and classes.incomplete.any()
    each = len(classes.rows) * (_FITTING if fits else 1)
    while most > 1 and each * _sets(most, options.combination_size) > _MOST_STEPS:
        most -= 1
    if most == len(every):
        return every, ""
    by_distinct = sorted(every, key=lambda i: (-classes.codes[i].distinct, i))
    tried = sorted(by_distinct[:most])
    left = ", ".join(repr(classes.columns[i]) for i in every if i not in tried)
    note = (
        f"Combinations were tried of the {most} quasi-identifiers with the most different "
        f"values; without {left}."
    )
    if most < options.most_columns:
        note += " Combinations of fewer columns can be tried of more of them."
    return tried, note


def _sets(columns: int, size: int) -> int:
    return sum(comb(columns, n) for n in range(1, size + 1))
