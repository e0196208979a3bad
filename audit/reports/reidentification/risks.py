"""Risk from class sizes: of the rows themselves, and as a sample of a counted population."""

from collections.abc import Sequence
from math import fsum

import numpy as np

from audit.errors import ParameterError
from audit.reports.reidentification import wildcards
from audit.reports.reidentification.classes import Cells, Classes
from audit.reports.reidentification.coding import Codes, Floats, Ints, keys
from audit.reports.reidentification.options import Options, PopulationRow
from audit.reports.reidentification.values import Population, Risk


def risk_of(classes: Classes) -> Risk:
    """Tally the class sizes of some quasi-identifiers."""
    overlap = classes.missing == "wildcard" and bool(classes.incomplete.any())
    return Risk(
        columns=classes.columns,
        rows=int(classes.rows.sum()),
        classes=len(classes.rows),
        sizes=_tally(classes.sizes, None),
        overlapping=_tally(classes.sizes, classes.rows) if overlap else (),
    )


def _tally(sizes: Ints, rows: Ints | None) -> tuple[tuple[int, int], ...]:
    # As long as the largest class has rows, which is no longer than the table.
    counted = np.bincount(sizes, weights=rows).astype(np.int64)
    there = np.flatnonzero(counted)
    return tuple(zip(there.tolist(), counted[there].tolist(), strict=True))


def population_of(cells: Cells, classes: Classes, options: Options) -> Population | None:
    """Measure the risk against the people of a population who share a class's values.

    Parameters
    ----------
    cells : Cells
        Cells read with their values as text.
    classes : Classes
        Their classes.
    options : Options
        With the population: each of its rows names a value of every quasi-identifier; by
        further columns it is summed.

    Returns
    -------
    Population or None
        None where no population is given.

    Notes
    -----
    El Emam (2013), chapter 16, with f the size of a class in the data and F in the population,
    n the rows and J the classes: ``journalist_max`` = 1 / min F; ``marketer`` =
    sum(f / F) / n; ``journalist_average`` = max(J / sum F, sum(f / F) / n). ARX calls them
    highest journalist risk, marketer risk and average journalist risk.

    Somebody in the data is in the population: F is at least f. Where no count is given, or one
    that is smaller, the class itself stands for its part of the population, which is the risk
    a prosecutor poses, the highest possible. Such rows are counted as unknown.
    """
    if not options.population:
        return None
    name = options.population_name or "the population"
    rows = int(classes.rows.sum())
    if not rows:
        return _undefined(name, rows, "There are no rows.")
    if lacking := lacking_in(options.population, cells.columns):
        listed = ", ".join(map(repr, lacking))
        return _undefined(name, rows, f"People are not counted by {listed} in {name}.")
    named, counts = _population_codes(cells, options.population)
    found = _people(classes, named, counts)
    known = found >= classes.sizes
    unknown = int(classes.rows[~known].sum())
    if unknown == rows:
        return _undefined(name, rows, f"No class of the data has its count in {name}.")
    people = np.where(known, found, classes.sizes)
    marketer = fsum((classes.rows / people).tolist()) / rows
    return Population(
        name=name,
        journalist_max=float(1 / people.min()),
        journalist_average=max(len(people) / fsum(people.tolist()), marketer),
        marketer=marketer,
        unknown_rows=unknown,
    )


def lacking_in(population: Sequence[PopulationRow], columns: Sequence[str]) -> list[str]:
    """List the quasi-identifiers that some row of a population says nothing of."""
    named = [{column for column, _ in row.group} for row in population]
    return [c for c in columns if any(c not in one for one in named)]


def _undefined(name: str, rows: int, reason: str) -> Population:
    return Population(
        name=name,
        journalist_max=None,
        journalist_average=None,
        marketer=None,
        unknown_rows=rows,
        reason=reason,
    )


def _population_codes(
    cells: Cells, population: Sequence[PopulationRow]
) -> tuple[tuple[Codes, ...], Floats]:
    """Code the population as the data is; values that the data has not get codes of their own."""
    numbers = [{text: i for i, text in enumerate(texts, start=1)} for texts in cells.texts]
    coded = np.zeros((len(cells.columns), len(population)), dtype=np.int64)
    for j, row in enumerate(population):
        values = dict(row.group)
        if len(values) != len(row.group):
            message = "A row of the population names a column twice."
            raise ParameterError(message, hint="Name each column once.")
        for i, column in enumerate(cells.columns):
            known = numbers[i]
            coded[i, j] = known.setdefault(values[column], len(known) + 1)
    widths = [len(known) for known in numbers]
    counts = np.array([row.count for row in population], dtype=np.float64)
    codes = tuple(Codes(codes=c, distinct=w) for c, w in zip(coded, widths, strict=True))
    return codes, counts


def _people(classes: Classes, named: tuple[Codes, ...], counts: Floats) -> Floats:
    """Count for each class the people of the population who have its values; 0: not given."""
    widened = [
        Codes(codes=own.codes, distinct=theirs.distinct)
        for own, theirs in zip(classes.codes, named, strict=True)
    ]
    if classes.missing == "wildcard":
        return wildcards.matching(widened, named, counts)
    n = len(classes.rows)
    both = [
        Codes(codes=np.concatenate((own.codes, theirs.codes)), distinct=theirs.distinct)
        for own, theirs in zip(widened, named, strict=True)
    ]
    found, _ = keys(both, n + len(counts))
    _, which = np.unique(found, return_inverse=True)
    people = np.bincount(which[n:], weights=counts, minlength=int(which.max()) + 1)
    return people[which[:n]].astype(np.float64)
