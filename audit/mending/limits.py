"""Limits of numbers, written so that a column keeps its type."""

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import ceil, floor

_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")


def clipped(
    type_: str, *, low: float, high: float, codes: Sequence[float] = ()
) -> tuple[str, tuple[float | int | str, ...]]:
    """Write a number ``{c}`` drawn in to ``low`` and ``high``; codes stay, and what is not finite.

    Bounds are rounded inwards to what the column can hold: whole numbers, or decimal places.
    """
    first, last = inwards(type_, low, high)
    number = "TRY_CAST({c} AS DOUBLE)"
    kept = f"NOT isfinite({number})"
    if codes:
        kept += f" OR {number} IN ({', '.join('?' * len(codes))})"
    sql = (
        f"CASE WHEN {kept} THEN {{c}} WHEN {number} < ? THEN TRY_CAST(? AS {type_}) "
        f"WHEN {number} > ? THEN TRY_CAST(? AS {type_}) ELSE {{c}} END"
    )
    return sql, (*codes, low, first, high, last)


def inwards(type_: str, low: float, high: float) -> tuple[float | int | str, float | int | str]:
    """Round limits inwards to numbers that a column of this type can hold.

    Examples
    --------
    >>> inwards("BIGINT", 1.5, 9.5), inwards("DOUBLE", 1.5, 9.5)
    ((2, 9), (1.5, 9.5))
    >>> inwards("DECIMAL(18,2)", 1.011, 9.999)
    ('1.02', '9.99')
    """
    if type_ in ("DOUBLE", "FLOAT"):
        return low, high
    decimal = _DECIMAL.fullmatch(type_)
    if decimal is None:
        first, last = ceil(low), floor(high)
        if first > last:
            first, last = floor(low), ceil(high)
        return _writable(first), _writable(last)
    step = Decimal(1).scaleb(-int(decimal[2]))
    return (
        str(Decimal(low).quantize(step, rounding=ROUND_CEILING)),
        str(Decimal(high).quantize(step, rounding=ROUND_FLOOR)),
    )


def _writable(whole: int) -> int | float:
    """Give a number that no column holds as one that can at least be compared with."""
    return whole if abs(whole) < 2**63 else float(whole)
