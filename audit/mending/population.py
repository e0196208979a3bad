"""A population that groups are brought to: stated amounts, as shares of the cells of a grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.mending.fields import Amount
from audit.reports.representation.group_values import Axis
from audit.reports.representation.options import MOST_AMOUNT, ReferenceRow
from audit.reports.representation.reference import position_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Shares over some of the axes of a grid."""

    at: tuple[int, ...]
    """Positions of the axes, ascending."""
    shares: "npt.NDArray[np.float64]"
    """One axis each; sums to 1."""
    named: "npt.NDArray[np.bool_]"
    """Which of them the population speaks of."""


def reference_rows(amounts: Sequence[Amount] | str) -> tuple[ReferenceRow, ...]:
    """Give amounts as the report on representation holds them."""
    if isinstance(amounts, str):
        message = f"The reference population {amounts!r} has not been read."
        raise ParameterError(message, hint="Give its groups and amounts in the step itself.")
    if any(a.amount > MOST_AMOUNT for a in amounts):
        message = "An amount of the population is too large."
        raise ParameterError(message, hint="Give shares or counts.")
    return tuple(ReferenceRow(group=tuple(a.group.items()), amount=a.amount) for a in amounts)


def columns_of(rows: Sequence[ReferenceRow]) -> tuple[str, ...]:
    """Name the columns that a population speaks of, in the order they come."""
    return tuple(dict.fromkeys(column for row in rows for column, _ in row.group))


def margins_of(rows: Sequence[ReferenceRow], axes: Sequence[Axis]) -> tuple[Margin, ...]:
    """Put a population on the axes of a grid.

    Groups of columns besides these axes are added up. Where one margin holds the columns of
    another, it alone counts.

    Raises
    ------
    ParameterError
        If nothing is said about one of the axes, a group is none of its levels, or amounts
        add up to nothing.
    """
    names = [axis.column for axis in axes]
    sources: dict[frozenset[str], frozenset[str]] = {}
    for whole in sorted({frozenset(c for c, _ in r.group) for r in rows}, key=_size):
        sources.setdefault(whole.intersection(names), whole)
    kept = [m for m in sources if m and not any(m < other for other in sources)]
    for name in names:
        if not any(name in margin for margin in kept):
            message = f"The population says nothing about the column {name!r}."
            raise ParameterError(message, hint="Add its shares, or leave the column out.")
    return tuple(_margin(rows, axes, m, sources[m]) for m in sorted(kept, key=_size))


def _size(columns: frozenset[str]) -> tuple[int, list[str]]:
    return len(columns), sorted(columns)


def _margin(
    rows: Sequence[ReferenceRow],
    axes: Sequence[Axis],
    columns: frozenset[str],
    whole: frozenset[str],
) -> Margin:
    import numpy as np

    at = tuple(i for i, axis in enumerate(axes) if axis.column in columns)
    shape = [axes[i].size for i in at]
    amounts, named = np.zeros(shape), np.zeros(shape, dtype=bool)
    for row in rows:
        given = dict(row.group)
        if frozenset(given) != whole:
            continue
        place = tuple(_place(axes[i], given[axes[i].column]) for i in at)
        amounts[place] += row.amount
        named[place] = True
    total = float(amounts.sum())
    if not 0 < total < np.inf:
        listed = ", ".join(sorted(columns))
        message = f"The amounts of the population by {listed} add up to nothing."
        raise ParameterError(message, hint="Give shares or counts, one of them above 0.")
    return Margin(at=at, shares=amounts / total, named=named)


def _place(axis: Axis, value: str) -> int:
    found = position_of(axis, value)
    if found is None:
        message = (
            f"The population names a group of {axis.column!r} that is none of its bins: {value!r}."
        )
        hint = "Name bins as they are called here, or give the edges of bins: "
        raise ParameterError(message, hint=f"{hint}{', '.join(axis.names()[:8])}.")
    return found
