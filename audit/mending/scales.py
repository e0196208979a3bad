"""By how much numbers are shifted and stretched so that columns can be compared."""

from collections.abc import Sequence
from math import isfinite
from typing import Literal

from audit.mending.bounds import Codes, finite, mean_and_deviation, quantiles
from audit.store.table import Table

Method = Literal["standard", "min-max", "robust"]
Scale = tuple[float, float]
"""What is taken off, and what the rest is divided by."""

_EPSILON = 2.0**-52


def fit(
    table: Table, columns: Sequence[str], method: Method, codes: Codes | None = None
) -> dict[str, Scale]:
    """Find shift and scale of columns; those without a number, or with too large ones, are left out.

    Codes for a missing value count for nothing. Where all numbers are equal, but for rounding, the scale is 1, as in scikit-learn.
    """
    if not columns:
        return {}
    codes = codes or {}
    if method == "standard":
        found = {name: _standard(table, name, codes.get(name, ())) for name in columns}
    elif method == "min-max":
        found = _ends(table, columns, codes)
    else:
        quartiles = quantiles(table, columns, (0.25, 0.5, 0.75), codes)
        found = {n: (q[1], _scale(q[2] - q[0])) if q else None for n, q in quartiles.items()}
    return {n: s for n, s in found.items() if s is not None and all(map(isfinite, s))}


def _standard(table: Table, column: str, codes: Sequence[float]) -> Scale | None:
    mean, deviation, n = mean_and_deviation(table, column, ddof=0, codes=codes)
    if not n or not isfinite(deviation):
        return None
    variance, rounding = deviation * deviation, n * mean * _EPSILON
    constant = variance <= n * _EPSILON * variance + rounding * rounding
    return mean, 1.0 if constant else _scale(deviation)


def _ends(table: Table, columns: Sequence[str], codes: Codes) -> dict[str, Scale | None]:
    own = [codes.get(name, ()) for name in columns]
    numbers = ", ".join(f"{finite(f'{{c{i}}}', c)} AS v{i}" for i, c in enumerate(own))
    asked = ", ".join(f"min(v{i}), max(v{i})" for i in range(len(columns)))
    row = table.row(
        f"SELECT {asked} FROM (SELECT {numbers} FROM {{t}})",  # noqa: S608
        **table.keys(columns),
    )
    pairs = zip(row[::2], row[1::2], strict=True)
    return {
        name: None if low is None else (float(low), _scale(float(high) - float(low)))
        for name, (low, high) in zip(columns, pairs, strict=True)
    }


def _scale(width: float) -> float:
    return width if width >= 10 * _EPSILON else 1.0
