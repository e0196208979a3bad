"""How far the values of each column moved: counted in SQL on both sides, held against each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from audit.comparing.pairing import Rows
from audit.comparing.values import ColumnDrift
from audit.format import type_word
from audit.model import Measure, Progress, silent
from audit.store import Table
from audit.store.rows import is_numeric, is_temporal

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BINS = 10
MOST_VALUES = 5_000
"""A column with more different values, on both sides together, is no category."""
_HALF = 0.5
_FEWER = 10
"""Equal values are added up in SQL if that leaves at most one in so many."""
_NOT_COMPARED = "Its values are not compared."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Distances:
    psi: Measure
    ks: Measure
    js: Measure
    tvd: Measure
    reason: str = ""


def drift(
    before: Table,
    after: Table,
    rows: Rows,
    cells: Mapping[str, int] | None,
    progress: Progress = silent,
) -> tuple[ColumnDrift, ...]:
    """Measure how far each column moved, in the order of 'before', then those that are new.

    Parameters
    ----------
    before, after : Table
        The two versions.
    rows : Rows
        Which columns are called otherwise afterwards.
    cells : mapping or None
        Cells that differ, by column; None where rows are not paired.
    progress : Progress
        Told after each column.

    Notes
    -----
    Numbers and dates: PSI and the Jensen-Shannon divergence over ten bins between quantiles of
    'before', and the two-sample Kolmogorov-Smirnov distance of all values. Categories: PSI,
    Jensen-Shannon, total variation and, as Kolmogorov-Smirnov distance, the largest difference
    of one value's shares, over the union of values. Missing values are a bin or value of their
    own; only the Kolmogorov-Smirnov distance of numbers leaves them out. PSI is infinite where a bin is empty on one
    side: half a row is then added to each bin, and the method says so. Rows count once each:
    weights are not honoured here.
    """
    later = {c.name: c.type for c in after.columns}
    names = {rows.later_name(c.name) for c in before.columns}
    found = []
    for i, column in enumerate(before.columns):
        progress(i / len(before.columns), column.name)
        name = rows.later_name(column.name)
        if name not in later:
            found.append(_alone(column.name, column.type, "", "It is not there afterwards."))
        else:
            found.append(_one(before, after, (column.name, name), cells))
    new = (c for c in after.columns if c.name not in names)
    found += [_alone(c.name, "", c.type, "It is new.") for c in new]
    progress(1.0)
    return tuple(found)


def _one(
    before: Table, after: Table, names: tuple[str, str], cells: Mapping[str, int] | None
) -> ColumnDrift:
    types = before.type_of(names[0]), after.type_of(names[1])
    kinds = tuple(_kind(type_) for type_ in types)
    changed = None if cells is None else cells.get(names[0])
    told = [type_word(type_) for type_ in types]
    if kinds[0] != kinds[1]:
        reason = f"It was of type {told[0]}, and is of type {told[1]} now."
        return _alone(names[0], *types, reason, changed)
    if not kinds[0]:
        return _alone(names[0], *types, f"{_NOT_COMPARED} Its type is {told[0]}.", changed)
    sides = (before, names[0]), (after, names[1])
    apart = _numbers(*sides) if kinds[0] in ("number", "date") else _categories(*sides)
    return ColumnDrift(
        column=names[0],
        type_before=types[0],
        type_after=types[1],
        kind="" if apart.reason else kinds[0],
        psi=apart.psi,
        ks=apart.ks,
        js=apart.js,
        tvd=apart.tvd,
        changed_cells=changed,
        reason=apart.reason,
    )


def _kind(type_: str) -> str:
    if is_numeric(type_):
        return "number"
    if is_temporal(type_):
        return "date"
    return "category" if type_ in ("VARCHAR", "BOOLEAN", "UUID") else ""


def _alone(
    column: str, before: str, after: str, reason: str, changed: int | None = None
) -> ColumnDrift:
    none = _none(column, reason)
    return ColumnDrift(
        column=column,
        type_before=before,
        type_after=after,
        kind="",
        psi=none.psi,
        ks=none.ks,
        js=none.js,
        tvd=none.tvd,
        changed_cells=changed,
        reason=reason,
    )


def _none(column: str, reason: str) -> _Distances:
    own = partial(Measure, value=None, unit="value", n=0, columns=(column,), reason=reason)
    return _Distances(
        psi=own(name="population_stability_index"),
        ks=own(name="kolmogorov_smirnov"),
        js=own(name="js_divergence"),
        tvd=own(name="total_variation_distance"),
        reason=reason,
    )


_Side = tuple[Table, str]


def _numbers(old: _Side, new: _Side) -> _Distances:
    import numpy as np

    values, counts, missing = zip(*(_value_counts(side) for side in (old, new)), strict=True)
    if not (counts[0].sum() and counts[1].sum()):
        return _none(old[1], "One side has no value.")
    union = np.union1d(values[0], values[1])
    steps = [np.zeros(len(union)), np.zeros(len(union))]
    for step, own, n in zip(steps, values, counts, strict=True):
        step[np.searchsorted(union, own)] = n
    heights = [np.cumsum(step) / step.sum() for step in steps]
    edges = _edges(values[0], counts[0])
    binned = [
        np.append(np.bincount(np.searchsorted(edges, own, side="right"), n, len(edges) + 1), absent)
        for own, n, absent in zip(values, counts, missing, strict=True)
    ]
    ks = float(np.abs(heights[0] - heights[1]).max())
    how = f"{len(edges) + 1} bins between quantiles of the first"
    return _distances(old[1], binned, how, ks=ks)


def _value_counts(
    side: _Side,
) -> "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], int]":
    """Count finite values, ascending, and rows without one."""
    import numpy as np

    table, column = side
    cell = "{c}::DOUBLE" if is_numeric(table.type_of(column)) else "TRY(epoch({c})::DOUBLE)"
    finite = f"SELECT v FROM (SELECT {cell} AS v FROM {{t}}) WHERE isfinite(v)"  # noqa: S608
    (several,) = table.row("SELECT approx_count_distinct({c}) FROM {t}", c=column)
    if several * _FEWER > table.n_rows:
        # To add up equal values in SQL costs more than it saves where hardly any are equal.
        found = np.asarray(table.arrays(finite, c=column)["v"], dtype=np.float64)
        values, counts = np.unique(found, return_counts=True)
        return values, counts.astype(np.float64), table.n_rows - len(found)
    added = table.arrays(
        f"SELECT v, count(*) AS n FROM ({finite}) GROUP BY v ORDER BY v",  # noqa: S608
        c=column,
    )
    n = np.asarray(added["n"], dtype=np.float64)
    return np.asarray(added["v"], dtype=np.float64), n, table.n_rows - int(n.sum())


def _edges(
    values: "npt.NDArray[np.float64]", counts: "npt.NDArray[np.float64]"
) -> "npt.NDArray[np.float64]":
    """Give inner edges at which the rows before fall into ten parts as even as may be.

    One value alone gets a bin of its own, between those below and above it: it may have moved.
    """
    import numpy as np

    if len(values) == 1:
        return np.array([values[0], np.nextafter(values[0], np.inf)])

    at = np.cumsum(counts) / counts.sum()
    wanted = np.arange(1, BINS) / BINS
    places = np.minimum(np.searchsorted(at, wanted, side="left") + 1, len(values) - 1)
    found: npt.NDArray[np.float64] = np.unique(values[places[values[places] > values[0]]])
    return found


def _categories(old: _Side, new: _Side) -> _Distances:
    import numpy as np

    several = [t.row("SELECT approx_count_distinct({c}) FROM {t}", c=c)[0] for t, c in (old, new)]
    if max(several) > MOST_VALUES:
        reason = f"It has more than {MOST_VALUES:,} different values. {_NOT_COMPARED}"
        return _none(old[1], reason)
    sides = [dict(_texts(side)) for side in (old, new)]
    union = list(dict.fromkeys((*sides[0], *sides[1])))
    binned = [np.array([float(side.get(v, 0)) for v in union]) for side in sides]
    if not (binned[0].sum() and binned[1].sum()):
        return _none(old[1], "One side has no row.")
    there = len([v for v in union if v is not None])
    return _distances(old[1], binned, f"{there} values")


def _texts(side: _Side) -> Iterator[tuple[str | None, int]]:
    table, column = side
    sql = "SELECT CAST({c} AS VARCHAR) AS v, count(*) FROM {t} GROUP BY 1 ORDER BY v NULLS LAST"
    return ((value, int(n)) for value, n in table.rows(sql, c=column))


def _distances(
    column: str,
    counts: "list[npt.NDArray[np.float64]]",
    how: str,
    *,
    ks: float | None = None,
) -> _Distances:
    from audit.stats import (
        js_divergence,
        kolmogorov_smirnov,
        population_stability,
        total_variation,
    )

    there = (counts[0] > 0) | (counts[1] > 0)
    old, new = (side[there] for side in counts)
    n = int(new.sum())
    p, q = new / new.sum(), old / old.sum()
    is_open = bool(((old == 0) | (new == 0)).any())
    added = _HALF if is_open else 0.0
    smooth = [(side + added) / (side + added).sum() for side in (new, old)]
    own = partial(Measure, n=n, columns=(column,))
    told = f"{how}; half a row added to each" if is_open else how
    widest = float(kolmogorov_smirnov(p, q)) if ks is None else ks
    return _Distances(
        psi=own(
            name="population_stability_index",
            value=float(population_stability(*smooth)),
            unit="value",
            method=told,
        ),
        ks=own(
            name="kolmogorov_smirnov",
            value=widest,
            unit="share",
            method="largest difference of one value's shares" if ks is None else "",
        ),
        js=own(name="js_divergence", value=float(js_divergence(p, q)), unit="value", method=how),
        tvd=own(
            name="total_variation_distance",
            value=float(total_variation(p, q)),
            unit="share",
            method=how,
        ),
    )
