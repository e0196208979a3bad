"""What a class tells of its members without picking one out: diversity, closeness, certainty."""

from math import exp

import numpy as np

from audit.model import Role, RoleMap
from audit.reports.reidentification import wildcards
from audit.reports.reidentification.classes import Attribute, Cells, Classes
from audit.reports.reidentification.closeness import nominal_distances, ordered_distances
from audit.reports.reidentification.coding import Ints, dense, totals
from audit.reports.reidentification.options import Options
from audit.reports.reidentification.values import Disclosure
from audit.store import Table
from audit.store.rows import is_numeric

NO_ROWS = "There are no rows."


def attributes_of(roles: RoleMap, options: Options, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns that must not be learned: those asked for, or the sensitive and the label.

    A quasi-identifier is known already, and none of them.
    """
    if options.attributes is not None:
        chosen: tuple[str, ...] = options.attributes
    else:
        chosen = (*roles.having(Role.SENSITIVE), *roles.having(Role.LABEL))
    return tuple(c for c in dict.fromkeys(chosen) if c not in columns)


def ordered_of(table: Table, options: Options, attributes: tuple[str, ...]) -> tuple[str, ...]:
    """Give those attributes whose values have an order: those stated, or the numbers."""
    if options.ordered is not None:
        return tuple(a for a in attributes if a in options.ordered)
    return tuple(a for a in attributes if is_numeric(table.type_of(a)))


def disclosures(cells: Cells, classes: Classes, of_cell: Ints) -> tuple[Disclosure, ...]:
    """Measure the diversity of each attribute within the classes."""
    return tuple(disclosure(cells, classes, of_cell, a) for a in cells.attributes)


def disclosure(cells: Cells, classes: Classes, of_cell: Ints, attribute: Attribute) -> Disclosure:
    """Measure l-diversity, entropy l, t-closeness and alpha of one attribute.

    Notes
    -----
    Machanavajjhala et al. (2007) for distinct and entropy l; Li, Li and Venkatasubramanian
    (2007) for t: 1/2 sum|q - p| for values without an order, and for m ordered ones
    sum|cumsum(q - p)| / (m - 1); Wong et al. (2006) for alpha.

    A missing value of the attribute is a value like any other, but it has no place in an order:
    for the ordered distance such rows (and NaN) are left out, of the class and of the whole.
    """
    codes = attribute.codes
    distinct = int(np.count_nonzero(np.bincount(codes.codes, weights=cells.rows)))
    name, ordered = attribute.column, attribute.ranks is not None
    if not len(cells.rows):
        return Disclosure(
            attribute=name,
            ordered=ordered,
            distinct=0,
            l_diversity=None,
            entropy_l=None,
            t=None,
            alpha=None,
            homogeneous_rows=0,
            reason=NO_ROWS,
        )
    entry, value, n = _entries(cells, classes, of_cell, attribute)
    starts = np.flatnonzero(np.diff(entry, prepend=-1))
    sizes = np.add.reduceat(n, starts)
    values = np.diff(starts, append=len(entry))
    alone = (values == 1) & (sizes > 1)
    t = _ordered_t(cells, entry, value, n, attribute) if ordered else None
    if not ordered:
        t = _nominal_t(cells, entry, value, n, attribute)
    return Disclosure(
        attribute=name,
        ordered=ordered,
        distinct=distinct,
        l_diversity=int(values.min()),
        entropy_l=min(exp(_least_entropy(n, starts, sizes)), float(distinct)),
        t=t,
        alpha=float((np.maximum.reduceat(n, starts) / sizes).max()),
        homogeneous_rows=int(classes.rows[alone].sum()),
        reason="" if t is not None else "No row has a value that has a place in an order.",
    )


def _entries(
    cells: Cells, classes: Classes, of_cell: Ints, attribute: Attribute
) -> tuple[Ints, Ints, Ints]:
    """Count rows by class and value, in the order of both."""
    codes = attribute.codes
    width = codes.distinct + 1
    if classes.missing == "wildcard" and classes.incomplete.any():
        return wildcards.pairs(classes.codes, cells.codes, codes, cells.rows)
    found = of_cell * width + codes.codes
    numbers, size = dense(found, len(classes.rows) * width)
    both = np.empty(size, dtype=np.int64)
    both[numbers] = found
    return both // width, both % width, totals(numbers, cells.rows, size)


def _least_entropy(n: Ints, starts: Ints, sizes: Ints) -> float:
    """Find the least entropy of a class, in nats: log N - sum(n log n) / N."""
    part = np.add.reduceat(n * np.log(n), starts) / sizes
    return max(0.0, float((np.log(sizes) - part).min()))


def _nominal_t(cells: Cells, entry: Ints, value: Ints, n: Ints, attribute: Attribute) -> float:
    """Largest distance of values without an order."""
    codes = attribute.codes
    whole = totals(codes.codes, cells.rows, codes.distinct + 1)
    return float(nominal_distances(entry, value, n, whole).max())


def _ordered_t(
    cells: Cells, entry: Ints, value: Ints, n: Ints, attribute: Attribute
) -> float | None:
    """Largest distance of values in an order; None where no row has such a value."""
    assert attribute.ranks is not None
    ranks = np.concatenate((np.array([-1]), attribute.ranks))
    place = ranks[value]
    known = place >= 0
    if not known.any():
        return None
    m = int(attribute.ranks.max()) + 1
    whole = totals(ranks[attribute.codes.codes] + 1, cells.rows, m + 1)[1:]
    entry, place, n = entry[known], place[known], n[known]
    order = np.argsort(entry * m + place, kind="stable")
    return float(ordered_distances(entry[order], place[order], n[order], whole).max())
