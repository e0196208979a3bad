"""Where the ordinary numbers of a column end: fences, quantiles, standard deviations."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Literal, Self

from pydantic import Field, model_validator

from audit.errors import ColumnError, ParameterError
from audit.mending.fields import Fitted, NumberColumns
from audit.registry import Settings
from audit.store.rows import is_numeric
from audit.store.table import Table

Method = Literal["fence", "quantile", "z"]
Bounds = dict[str, tuple[float, float]]
Codes = Mapping[str, Sequence[float]]
"""By column the numbers that stand for a missing value, which count for nothing."""

FACTOR = 3.0
"""Interquartile ranges beyond the quartiles (Tukey's outer fence), or standard deviations."""
_LOW, _HIGH = 0.01, 0.99


class BoundsStep(Settings):
    """Parameters of steps on numbers far away from all the others."""

    columns: NumberColumns = Field(
        default=(),
        title="Columns",
        description="Columns of numbers; none: all but the label, scores, weights and identifiers.",
    )
    method: Method = Field(
        default="fence",
        title="Bounds",
        description="fence: interquartile ranges beyond the quartiles; z: standard deviations "
        "beyond the mean; quantile: the two quantiles below.",
    )
    factor: float = Field(
        default=FACTOR,
        gt=0,
        title="Factor",
        description="How many interquartile ranges or standard deviations.",
    )
    low: float = Field(
        default=_LOW,
        ge=0,
        le=1,
        title="Lower quantile",
        description="For quantile: the share of the values below the lower bound.",
    )
    high: float = Field(
        default=_HIGH,
        ge=0,
        le=1,
        title="Upper quantile",
        description="For quantile: the share of the values below the upper bound.",
    )
    fitted: Fitted = None

    @model_validator(mode="after")
    def _used(self) -> Self:
        if self.method != "quantile" and (self.low, self.high) != (_LOW, _HIGH):
            message = "low and high are quantiles: they need method: quantile"
            raise ValueError(message)
        if self.method == "quantile" and self.factor != FACTOR:
            message = "factor is of method: fence and z; quantiles are set by low and high"
            raise ValueError(message)
        return self


def bounds(
    table: Table,
    columns: Sequence[str],
    method: Method = "fence",
    factor: float = FACTOR,
    low: float = _LOW,
    high: float = _HIGH,
    *,
    codes: Codes | None = None,
) -> Bounds:
    """Find the bounds of columns of numbers; infinite values, NaN and codes are left out.

    Parameters
    ----------
    table : Table
        The table they are found in.
    columns : sequence of str
        Columns of numbers.
    method : {'fence', 'quantile', 'z'}
        ``factor`` interquartile ranges beyond the quartiles; the quantiles ``low`` and ``high``;
        ``factor`` standard deviations (of the sample) beyond the mean.
    factor, low, high : float
        As said.
    codes : mapping
        By column the codes for a missing value: of some, -999 would be the lowest quantile.

    Returns
    -------
    dict
        Lowest and highest ordinary value by column. Left out are columns that have none: without
        a number, with equal quartiles (no fence), without a spread (no z).

    Raises
    ------
    ColumnError
        If a column does not hold numbers.
    ParameterError
        If ``low`` is not below ``high``, or they are no shares.
    """
    if not 0 <= low < high <= 1:
        message = f"The quantiles must be shares, the lower one first, not {low:g} and {high:g}."
        raise ParameterError(message, hint="For instance 0.01 and 0.99.")
    for name in columns:
        if not is_numeric(table.type_of(name)):
            message = f"The column {name!r} holds no numbers."
            raise ColumnError(message, hint="Choose columns of numbers, or parse it first.")
    if not columns:
        return {}
    known = codes or {}
    if method == "z":
        found = {name: _around_mean(table, name, factor, known.get(name, ())) for name in columns}
    elif method == "fence":
        ends = quantiles(table, columns, (0.25, 0.75), known)
        found = {n: _fence(q[0], q[1], factor) if q else None for n, q in ends.items()}
    else:
        ends = quantiles(table, columns, (low, high), known)
        found = {n: (q[0], q[1]) if q else None for n, q in ends.items()}
    return {n: b for n, b in found.items() if b is not None and isfinite(b[1] - b[0])}


def quantiles(
    table: Table, columns: Sequence[str], shares: Sequence[float], codes: Codes | None = None
) -> dict[str, tuple[float, ...]]:
    """Give exact quantiles of finite numbers, in one scan; an empty tuple where there are none."""
    own = [(codes or {}).get(name, ()) for name in columns]
    listed = ", ".join(repr(float(share)) for share in shares)
    numbers = ", ".join(f"{finite(f'{{c{i}}}', c)} AS v{i}" for i, c in enumerate(own))
    asked = ", ".join(f"quantile_cont(v{i}, [{listed}])" for i in range(len(columns)))
    row = table.row(
        f"SELECT {asked} FROM (SELECT {numbers} FROM {{t}})",  # noqa: S608
        **table.keys(columns),
    )
    return {n: tuple(map(float, q or ())) for n, q in zip(columns, row, strict=True)}


def mean_and_deviation(
    table: Table, column: str, *, ddof: int, codes: Sequence[float] = ()
) -> tuple[float, float, int]:
    """Give mean, standard deviation and number of the finite numbers of a column.

    Summed in the order of the rows, so that the number of threads changes no bit of it.
    """
    import numpy as np

    asked = finite("{c}", codes)
    found = table.arrays(
        f"SELECT v FROM (SELECT {asked} AS v, {{row}} AS r FROM {{t}}) "  # noqa: S608
        "WHERE v IS NOT NULL ORDER BY r",
        c=column,
    )
    values = np.ma.getdata(found["v"]).astype(np.float64, copy=False)
    if len(values) <= ddof:
        return float("nan"), float("nan"), len(values)
    with np.errstate(over="ignore", invalid="ignore"):
        return float(values.mean()), float(values.std(ddof=ddof)), len(values)


def finite(cell: str, codes: Sequence[float] = ()) -> str:
    """Write a cell as a finite DOUBLE, or NULL, which codes for a missing value are, too."""
    number = f"TRY_CAST({cell} AS DOUBLE)"
    listed = ", ".join(repr(float(code)) for code in codes)
    barred = f" AND {number} NOT IN ({listed})" if codes else ""
    return f"CASE WHEN isfinite({number}){barred} THEN {number} END"


def _fence(first: float, third: float, factor: float) -> tuple[float, float] | None:
    spread = third - first
    return (first - factor * spread, third + factor * spread) if spread > 0 else None


def _around_mean(
    table: Table, column: str, factor: float, codes: Sequence[float]
) -> tuple[float, float] | None:
    mean, deviation, _ = mean_and_deviation(table, column, ddof=1, codes=codes)
    if not (isfinite(mean) and deviation > 0):
        return None
    return mean - factor * deviation, mean + factor * deviation
