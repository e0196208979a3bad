"""Groups that somebody named: whether rows are of them, or a name was written otherwise."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.format import cut
from audit.mending.cells import Grid
from audit.model import PERSONAL_ROLES, RoleMap
from audit.reports.representation.group_values import Axis, Level
from audit.reports.representation.options import ReferenceRow
from audit.reports.representation.reference import is_real, position_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_TOLD = 8
_LONGEST = 40


def check_groups(
    grid: Grid, rows: Sequence[ReferenceRow], roles: RoleMap, *, by_hand: bool
) -> None:
    """Refuse names of groups that no row is of.

    Parameters
    ----------
    grid : Grid
        Rows of each cell, counted on the whole table.
    rows : sequence of ReferenceRow
        Amounts by group, as somebody stated them.
    roles : RoleMap
        Values of a personal column are not told as what may have been meant.
    by_hand : bool
        Whether they were set for these data. A reference population may have groups that the
        data have not; but where the data have a group that it does not name, a name was
        written in two ways.

    Raises
    ------
    ParameterError
        Names the group, the column, and what may have been meant.
    """
    for i, axis in enumerate(grid.all):
        named = dict.fromkeys(v for row in rows for c, v in row.group if c == axis.column)
        found = [
            (value, axis.levels[at])
            for value in named
            if (at := position_of(axis, value)) is not None
        ]
        there = _there(grid, i, axis)
        unnamed = [name for name in there if name not in {level.name for _, level in found}]
        for value, level in found:
            if not is_real(level):
                raise _no_group(axis, value)
            absent = level.kind == "value" and level.name not in there
            if absent and (by_hand or unnamed or _alike(value, there)):
                hidden = bool(PERSONAL_ROLES.intersection(roles.of(axis.column)))
                raise _no_row(axis, value, [] if hidden else unnamed or there)


def _there(grid: Grid, place: int, axis: Axis) -> list[str]:
    """Name the groups of an axis that rows are of."""
    counts = grid.counts.reshape([a.size for a in grid.all])
    others = tuple(j for j in range(counts.ndim) if j != place)
    rows: npt.NDArray[np.int64] = counts.sum(axis=others)
    pairs: Sequence[tuple[Level, int]] = list(zip(axis.levels, rows.tolist(), strict=True))
    return [level.name for level, n in pairs if n and is_real(level)]


def _alike(value: str, names: Sequence[str]) -> bool:
    """Whether a name differs from another in case and white space alone."""
    return _plain(value) in {_plain(name) for name in names}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _no_row(axis: Axis, value: str, meant: Sequence[str]) -> ParameterError:
    near = get_close_matches(_plain(value), dict.fromkeys(map(_plain, meant)), n=3)
    close = [name for one in near for name in meant if _plain(name) == one][:3]
    told = ", ".join(repr(cut(name, _LONGEST)) for name in meant[:_TOLD])
    more = ", …" if len(meant) > _TOLD else ""
    hint = "Leave it out, or write it as the column does"
    if close:
        hint = f"Did you mean {' or '.join(repr(cut(name, _LONGEST)) for name in close)}?"
    elif meant:
        hint += f": {told}{more}."
    else:
        hint += "."
    message = f"No row is of the group {cut(value, _LONGEST)!r} of {axis.column!r}."
    return ParameterError(message, hint=hint)


def _no_group(axis: Axis, value: str) -> ParameterError:
    message = f"{cut(value, _LONGEST)!r} of {axis.column!r} is no group: these rows have no value."
    return ParameterError(message, hint="Leave it out, or fill in missing values first.")
