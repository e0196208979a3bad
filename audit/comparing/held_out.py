"""Which rows two models are trained on, and which both are tested on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.comparing.pairing import Rows
from audit.format import counted
from audit.model import Role, RoleMap
from audit.reports.representation.axes import code
from audit.reports.representation.group_values import Axis
from audit.reports.representation.model.scored import expressions, labelled
from audit.reports.representation.model.sides import Sides
from audit.reports.representation.options import ProbeKind
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

MOST_ROWS = 20_000
"""Rows of 'before' that take part at the most, and rows of 'after' trained on."""
HELD_OUT = 0.25
TRAIN, TEST = 1, 2
_LAST = 2**64
_OTHER_DATA = "Rows are not paired: those tested may stand among those that 'after' is learnt from."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is compared."""

    before: Table
    after: Table
    rows: Rows
    roles: RoleMap
    """Of 'before'."""
    cells: Mapping[str, int] | None
    """Cells that differ, by column; None where rows are not paired."""
    weights: tuple[str | None, str | None] = (None, None)
    by: Axis | None = None
    """The groups whose rates are compared."""
    kind: ProbeKind = "logistic-regression"
    seed: int = 0

    @property
    def doubt(self) -> str:
        """Say why models cannot be held against each other; empty: they can."""
        return "" if self.rows.are_paired else _OTHER_DATA


def rows_before(
    asked: Asked, side: Sides, notes: list[str]
) -> "tuple[npt.NDArray[np.bool_], npt.NDArray[np.int8]]":
    """Tell of each row before whether its label is positive, and whether it takes part."""
    import numpy as np

    table = asked.before
    direct = asked.roles.having(Role.DIRECT_IDENTIFIER)
    columns = [c.name for c in table.columns if c.name not in direct] or [side.axis.column]
    keys = table.keys(columns)
    parts, values, names = expressions(table, (), side)
    found = table.arrays(
        f"""SELECT y, h, {labelled(side)} AS known FROM (
        SELECT {parts["y"]} AS y, hash({asked.seed},
        {", ".join(f"{{{key}}}" for key in keys)}) AS h FROM {{t}})""",  # noqa: S608
        values,
        **names,
        **keys,
    )
    known = np.asarray(found["known"], dtype=bool)
    share = min(1.0, MOST_ROWS / max(1, int(known.sum())))
    if share < 1:
        notes.append(f"{share:.0%} of the rows, drawn by their cells, took part.")
    at = np.asarray(found["h"]).astype(np.float64) / _LAST
    drawn = np.zeros(len(at), dtype=np.int8)
    drawn[known & (at < share)] = TRAIN
    drawn[known & (at < share * HELD_OUT)] = TEST
    return np.isin(found["y"], side.positive), drawn


def rows_after(
    asked: Asked, side: Sides, drawn: "npt.NDArray[np.int8]", notes: list[str]
) -> "tuple[Numbers, npt.NDArray[np.bool_]]":
    """Choose the rows of 'after' that are trained on; with their labels."""
    import numpy as np

    axis = side.axis
    sql, values = code(axis, "k", asked.after.type_of(asked.rows.later_name(axis.column)))
    found = asked.after.arrays(
        f"SELECT y, {labelled(side)} AS known FROM (SELECT {sql} AS y FROM {{t}})",  # noqa: S608
        values,
        k=asked.rows.later_name(axis.column),
    )
    known = np.asarray(found["known"], dtype=bool)
    if asked.rows.are_paired:
        new = asked.rows.of < 0
        origin = np.where(new, 0, asked.rows.of)
        chosen = known & (new | (drawn[origin] == TRAIN) if len(drawn) else new)
        if (chosen & new).any():
            n = int((chosen & new).sum())
            notes.append(f"{counted(n, 'synthetic row')} may rest on rows that are tested.")
    else:
        chosen = known
        notes.append(_OTHER_DATA)
    later = np.flatnonzero(chosen)
    if len(later) > MOST_ROWS:
        rng = np.random.default_rng([asked.seed, len(later)])
        later = np.sort(rng.choice(later, MOST_ROWS, replace=False))
        notes.append(f"{MOST_ROWS:,} rows of 'after' were drawn for training.")
    return later, np.isin(np.asarray(found["y"])[later], side.positive)


def survivors_of(rows: Rows, test: "Numbers") -> "Numbers":
    """Give for each tested row its row after, or -1."""
    import numpy as np

    place = np.full(rows.before, -1, dtype=np.int64)
    if rows.are_paired:
        first = rows.first()
        place[rows.of[first]] = first
    found: Numbers = place[test]
    return found
