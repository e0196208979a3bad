"""Whether like rows have like labels: consistency over the nearest neighbours."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.model import NO_FEATURE_ROLES, Column, RoleMap
from audit.reports.distribution.drawn import floats
from audit.reports.distribution.kinds import kind_of, number_expression
from audit.reports.representation.axes import code
from audit.reports.representation.group_values import Estimate, Label
from audit.reports.representation.options import Options
from audit.store import Table

MOST_VALUES = 50
"""Different values up to which a text is a category; others have no distance."""
NO_CLASSES = (
    "Labels that are numbers are neither alike nor different: say from where on they count."
)
NO_FEATURES = "No other column tells which rows are alike."
NO_NEIGHBOURS = "There are not two rows with a label."
_BLOCK = 1 << 16
"""Distances held at a time: few enough for the cache of a core."""

Numbers = npt.NDArray[np.float32]
Codes = npt.NDArray[np.int64]


def consistency(table: Table, label: Label, roles: RoleMap, options: Options) -> Estimate:
    """Measure how far the label of a row is that of the rows most like it.

    Parameters
    ----------
    table : Table
        The version.
    label : Label
        With classes: the positive one against all others, or where none is stated each as
        different from each other one.
    roles : RoleMap
        Columns that are not the label, a prediction, a weight, a split, an identifier or free
        text make rows alike; the sensitive ones too, as in AIF360.
    options : Options
        ``neighbours``; ``consistency_rows``, above which a sample is drawn with ``seed``.

    Returns
    -------
    Estimate
        In [0, 1]; 1 where every row has the label of its neighbours. Over rows, not weights.

    Notes
    -----
    Zemel et al. (2013): ``1 - mean |y_i - mean of y over the k nearest neighbours|``. A row is
    not its own neighbour. Distances are Euclidean over standardised numbers (missing ones at
    the mean) and categories (two different values are 1 apart); of rows equally far away those
    that come first in the table are nearer.
    """
    if label.axis is None:
        return _none(NO_CLASSES)
    columns = _features(table, roles)
    labels, cells, method = _draw(table, columns, label, options)
    n = len(labels)
    if n < 2:
        return _none(NO_NEIGHBOURS, n)
    by_number = [kind_of(column) == "number" for column in columns]
    numbers = _standardised([c for c, it_is in zip(cells, by_number, strict=True) if it_is], n)
    codes = _codes([c for c, it_is in zip(cells, by_number, strict=True) if not it_is], n)
    if not numbers.shape[1] + codes.shape[1]:
        return _none(NO_FEATURES, n)
    k = min(options.neighbours, n - 1)
    unlike = labels[nearest(numbers, codes, k)] != labels[:, None]
    return Estimate(
        name="consistency",
        value=1 - int(unlike.sum()) / (n * k),
        n=n,
        unit="coefficient",
        method=f"{method}; k={k}",
    )


def nearest(numbers: Numbers, codes: Codes, k: int) -> npt.NDArray[np.int64]:
    """Find the ``k`` nearest other rows of each row.

    Parameters
    ----------
    numbers : array of shape (n, p)
        Coordinates.
    codes : array of shape (n, q)
        Categories: two different ones are 1 apart.
    k : int
        In [1, n - 1].

    Returns
    -------
    array of shape (n, k)
        Their positions, the nearest first; of rows equally far away the first ones.
    """
    n = len(numbers)
    # Column by column, so that equal distances are equal to the last bit wherever they stand.
    across, names = np.ascontiguousarray(numbers.T), _smallest(codes.T)
    step = max(1, _BLOCK // n)
    found = np.empty((n, k), dtype=np.int64)
    for start in range(0, n, step):
        rows = slice(start, start + step)
        squared = _squared(across, names, rows)
        own = np.arange(len(squared))
        squared[own, start + own] = np.inf
        for place in range(k):
            # The first of the smallest ones; for a few neighbours faster than any sorting.
            at = squared.argmin(axis=1)
            found[rows, place] = at
            squared[own, at] = np.inf
    return found


def _squared(across: Numbers, names: npt.NDArray[Any], rows: slice) -> Numbers:
    shape = len(range(*rows.indices(across.shape[1]))), across.shape[1]
    squared = np.zeros(shape, dtype=np.float32)
    apart = np.empty(shape, dtype=np.float32)
    for values in across:
        np.subtract(values[rows, None], values[None, :], out=apart)
        apart *= apart
        squared += apart
    unlike = np.zeros(shape, dtype=np.uint16)
    for values in names:
        unlike += values[rows, None] != values[None, :]
    squared += unlike
    return squared


def _smallest(codes: Codes) -> npt.NDArray[Any]:
    """Give codes of few values in a byte each: comparing them is all that is done."""
    few = codes.max(initial=0) < 256
    return np.ascontiguousarray(codes, dtype=np.uint8 if few else np.int64)


def _features(table: Table, roles: RoleMap) -> list[Column]:
    """Find the columns that may say which rows are alike."""
    return [
        c
        for c in table.columns
        if kind_of(c) in ("number", "text", "boolean")
        and not NO_FEATURE_ROLES.intersection(roles.of(c.name))
    ]


def _draw(
    table: Table, columns: Sequence[Column], label: Label, options: Options
) -> tuple[Codes, list[npt.NDArray[Any]], str]:
    """Fetch rows with a label, in the order of the table: all, or those of the smallest hashes."""
    assert label.axis is not None
    (n,) = table.row("SELECT count({y}) FROM {t}", y=label.column)
    rows = options.consistency_rows
    place, values = code(label.axis, "y", table.type_of(label.column))
    hashed = f"hash({{row}}, {options.seed})"
    # A few more than needed, so that not every row is fetched to be sorted.
    most = 1.05 * rows + 100
    drawn = f" AND {hashed} < {int(most / n * (2**64 - 1))}" if most < n else ""
    asked = [_expression(column, f"{{c{i}}}") for i, column in enumerate(columns)]
    listed = "".join(f", {e} AS v{i}" for i, e in enumerate(asked))
    found = table.arrays(
        f"""SELECT {place} AS y, {hashed} AS h{listed}
        FROM {{t}} WHERE {{y}} IS NOT NULL{drawn}""",  # noqa: S608
        values,
        y=label.column,
        **table.keys([c.name for c in columns]),
    )
    kept: Any = np.sort(np.argsort(found["h"], kind="stable")[:rows]) if n > rows else slice(None)
    labels = np.asarray(found["y"], dtype=np.int64)[kept]
    if label.positive is not None:
        labels = (labels == label.positive).astype(np.int64)
    cells = [found[f"v{i}"][kept] for i in range(len(columns))]
    return labels, cells, f"sample:{len(labels)}" if n > rows else "exact"


def _expression(column: Column, cell: str) -> str:
    if kind_of(column) == "number":
        return number_expression(column, cell)
    return f"CASE WHEN {cell} IS NOT NULL THEN hash({cell}) END"


def _standardised(cells: Sequence[npt.NDArray[Any]], n: int) -> Numbers:
    """Bring numbers to a mean of 0 and a standard deviation of 1; leave out those all equal."""
    found = []
    for cell in cells:
        values = floats(cell)
        there = ~np.isnan(values)
        if not there.any():
            continue
        # Scaled first: the square of a number may be beyond the range.
        values /= max(float(np.abs(values[there]).max()), 1e-300)
        values -= values[there].mean()
        values[~there] = 0.0
        spread = float(values[there].std())
        if spread > 1e-12:
            found.append(values / spread)
    return np.array(found, dtype=np.float32).reshape(-1, n).T


def _codes(cells: Sequence[npt.NDArray[Any]], n: int) -> Codes:
    """Give values of categories a number, missing ones 0; leave out texts of too many values."""
    found = []
    for cell in cells:
        missing = np.ma.getmaskarray(cell)
        values, places = np.unique(np.ma.getdata(cell)[~missing], return_inverse=True)
        if len(values) <= MOST_VALUES:
            codes = np.zeros(n, dtype=np.int64)
            codes[~missing] = places + 1
            found.append(codes)
    return np.array(found, dtype=np.int64).reshape(-1, n).T


def _none(reason: str, n: int = 0) -> Estimate:
    return Estimate(name="consistency", value=None, n=n, unit="coefficient", reason=reason)
