"""Edges of bins, and the words for them."""

from collections.abc import Sequence
from math import isfinite
from typing import Literal

from audit.mending.bounds import finite, quantiles
from audit.store.table import Table

Method = Literal["width", "quantile"]


def edges_of(
    table: Table, column: str, method: Method, bins: int, codes: Sequence[float] = ()
) -> tuple[float, ...]:
    """Find increasing edges, of equal width or with equally many rows; empty without a number.

    Codes for a missing value make no edge.

    Edges that coincide are one edge, so that there may be fewer bins than asked for.
    """
    import numpy as np

    if method == "quantile":
        shares = tuple(i / bins for i in range(bins + 1))
        found = quantiles(table, (column,), shares, {column: codes})[column]
    else:
        low, high = table.row(
            f"SELECT min(v), max(v) FROM (SELECT {finite('{c}', codes)} AS v FROM {{t}})",  # noqa: S608
            c=column,
        )
        if low is None or not isfinite(high - low):
            return ()
        found = tuple(np.linspace(low, high, bins + 1).tolist())
    edges = tuple(e for e in dict.fromkeys(found) if isfinite(e))
    if len(edges) == 1:
        return (edges[0], edges[0] + 1.0)
    return edges


def labels_of(edges: Sequence[float]) -> tuple[str, ...]:
    """Write bins in the way of mathematics: with the lower edge, without the upper one.

    Examples
    --------
    >>> labels_of([0, 18, 65.5])
    ('[0, 18)', '[18, 65.5]')
    """
    digits = next(d for d in (4, 6, 8, 17) if len({f"{e:.{d}g}" for e in edges}) == len(edges))
    told = [plain(e, digits) for e in edges]
    last = len(told) - 2
    return tuple(
        f"[{told[i]}, {told[i + 1]}{']' if i == last else ')'}" for i in range(len(told) - 1)
    )


def plain(value: float, digits: int = 17) -> str:
    """Write a number without an exponent where it is not very large or small.

    Examples
    --------
    >>> plain(20.0), plain(123456.0, 6), plain(0.25)
    ('20', '123456', '0.25')
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.{digits}g}"
