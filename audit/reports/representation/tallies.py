"""Columns of few different values, counted value by value in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.model import Column
from audit.reports.distribution.looks import batches, sample_condition
from audit.reports.representation.axes import level_codes, level_names
from audit.reports.representation.group_values import Axis
from audit.store import Table

AT_ONCE = 50
"""Columns counted in one statement; each has a hash table of its own."""

_JOINT = 200
"""Combinations of levels up to which columns are counted in all of them at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Rows by value of one column; rows without a value are left out."""

    values: npt.NDArray[Any]
    """Numbers, or hashes of values, in no order; several times where counted by group."""
    n: npt.NDArray[np.int64]
    levels: Mapping[str, npt.NDArray[np.int64]]
    """By sensitive column, the level; -1 where the rows are counted by another one."""


def distinct_in_sample(table: Table, columns: Sequence[Column]) -> dict[str, int]:
    """Estimate how many different values each column has in stretches spread over the file.

    A column of few different values there has few in relation to its rows altogether, so that
    counting them one by one is cheap.
    """
    found: dict[str, int] = {}
    condition = sample_condition(table.n_rows)
    for part in batches(tuple(columns)):
        asked = ", ".join(f"approx_count_distinct({{c{i}}})" for i in range(len(part)))
        row = table.row(
            f"SELECT {asked} FROM {{t}} WHERE {condition}",  # noqa: S608
            **table.keys([c.name for c in part]),
        )
        found |= {c.name: int(n) for c, n in zip(part, row, strict=True)}
    return found


def tally(
    table: Table, columns: Sequence[Column], axes: Sequence[Axis] = (), *, hashed: bool = False
) -> dict[str, Tally]:
    """Count the rows of each value of several columns, by the levels of ``axes``.

    Parameters
    ----------
    table : Table
        The version.
    columns : sequence of Column
        Columns of few different values: numbers, or of any type where ``hashed``.
    axes : sequence of Axis
        Counted by each of them, or by all at once where that makes few groups.
    hashed : bool
        Whether values come as their hashes, not as numbers.
    """
    found: dict[str, Tally] = {}
    for part in batches(tuple(columns), AT_ONCE):
        found |= _tallied(table, part, axes, hashed=hashed)
    return found


def _tallied(
    table: Table, columns: tuple[Column, ...], axes: Sequence[Axis], *, hashed: bool
) -> dict[str, Tally]:
    coded, given = level_codes(table, axes)
    places = range(len(columns))
    cells = [f"hash(v{i})" if hashed else f"CAST(v{i} AS DOUBLE)" for i in places]
    which = " ".join(f"WHEN v{i} IS NOT NULL THEN {i}" for i in places)
    value = " ".join(f"WHEN v{i} IS NOT NULL THEN {cell}" for i, cell in enumerate(cells))
    sets = ", ".join(f"({', '.join([*by, f'v{i}'])})" for by in _by(axes) for i in places)
    asked = [
        *(f"a{j}" for j in range(len(axes))),
        f"CASE {which} END AS c",
        f"CASE {value} END AS v",
    ]
    found = table.arrays(
        f"""WITH coded AS (
            SELECT {", ".join([*coded, *(f"{{c{i}}} AS v{i}" for i in places)])} FROM {{t}})
        SELECT * FROM (
            SELECT {", ".join(asked)}, count(*) AS n FROM coded GROUP BY GROUPING SETS ({sets}))
        WHERE c IS NOT NULL""",  # noqa: S608
        given,
        **table.keys([c.name for c in columns]),
        **level_names(axes),
    )
    place = np.asarray(found["c"])
    return {
        column.name: Tally(
            values=np.asarray(found["v"])[place == i],
            n=np.asarray(found["n"], dtype=np.int64)[place == i],
            levels={
                axis.column: np.ma.filled(found[f"a{j}"].astype(np.int64), -1)[place == i]
                for j, axis in enumerate(axes)
            },
        )
        for i, column in enumerate(columns)
    }


def _by(axes: Sequence[Axis]) -> list[list[str]]:
    names = [f"a{j}" for j in range(len(axes))]
    joint = int(np.prod([axis.size for axis in axes], dtype=np.float64)) <= _JOINT
    return [names] if joint else [[name] for name in names]
