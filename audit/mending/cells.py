"""Groups and labels of a table, counted: what rebalancing starts from.

A row is in exactly one cell. Cells in which a value is missing, left over or no finite number
are no groups of people: their rows are counted, and left as they are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.format import cut
from audit.model import AT_LEAST, PERSONAL_ROLES, ColumnRole, Pairs, Role, RoleMap, Scalar
from audit.reports.representation.axes import axis_of, code, level_names
from audit.reports.representation.group_values import Axis
from audit.reports.representation.label import read_label
from audit.reports.representation.options import ReferenceRow
from audit.reports.representation.reference import is_real, with_reference_levels
from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOST_LEVELS = 1000
"""Values of one column that are groups of their own."""
MOST_CELLS = 100_000
"""Groups in which columns may meet, classes of the label included."""
MOST_COLUMNS = 3
"""Columns that may meet in a group, besides the label."""
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows by group and class: groups one after the other, the first column slowest."""

    axes: tuple[Axis, ...]
    """Columns of the groups, without the label."""
    classes: Axis | None
    """The label; None where it is not looked at: there is one class then, of all rows."""
    positive: int | None
    """Position of the positive class; None where no class is."""
    counts: "npt.NDArray[np.int64]"
    """Rows, groups by classes."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns: those of the groups, then the label."""
        return tuple(axis.column for axis in self.all)

    @property
    def positive_name(self) -> str | None:
        """Name of the positive class."""
        if self.classes is None or self.positive is None:
            return None
        return self.classes.levels[self.positive].name

    @property
    def all(self) -> tuple[Axis, ...]:
        """Give the axes of the cells."""
        return (*self.axes, self.classes) if self.classes else self.axes

    def real(self) -> "npt.NDArray[np.bool_]":
        """Tell the cells that are groups of people: no value is missing or left over."""
        import numpy as np

        found = np.ones((1,), dtype=bool)
        for axis in self.all:
            own = np.array([is_real(level) for level in axis.levels], dtype=bool)
            found = np.logical_and.outer(found, own).ravel()
        return found.reshape(self.counts.shape)

    def groups(self) -> list[Pairs]:
        """Name the groups, in the order of the counts."""
        named = [[(a.column, level.name) for level in a.levels] for a in self.axes]
        return [tuple(levels) for levels in product(*named)]

    def cells(self) -> list[Pairs]:
        """Name the cells, in the order of the flattened counts."""
        named = [[(a.column, level.name) for level in a.levels] for a in self.all]
        return [tuple(levels) for levels in product(*named)]


def name_of(levels: Pairs) -> str:
    r"""Write a group in words, on one line: 'Female × Black'.

    Examples
    --------
    >>> name_of((("sex", "Female"), ("race", "a\nb")))
    'Female × a b'
    """
    return " × ".join(cut(" ".join(name.split()), _LONGEST_NAME) for _, name in levels)


def cut_notes(grid: Grid) -> Iterator[str]:
    """Say of columns of numbers into which groups they were cut."""
    for axis in grid.axes:
        if axis.edges:
            bins = ", ".join(level.name for level in axis.levels if level.kind == "bin")
            yield f"The numbers of “{name_of((('', axis.column),))}” were cut into groups: {bins}."


def read_grid(
    table: Table,
    roles: RoleMap,
    by: Sequence[str],
    *,
    label: str | None,
    bins: Mapping[str, tuple[float, ...]] | None = None,
    rows: Sequence[ReferenceRow] = (),
    most_columns: int = MOST_COLUMNS,
) -> Grid:
    """Find the groups and the classes of a table; nothing is counted yet.

    Parameters
    ----------
    table : Table
        What is rebalanced.
    roles : RoleMap
        Tells the positive value of the label, and which columns are personal.
    by : sequence of str
        Columns of the groups; the label among them is left out.
    label : str or None
        The column whose classes are told apart.
    bins : mapping, optional
        Inner edges by which columns of numbers are cut; others are cut as the report on
        representation does.
    rows : sequence of ReferenceRow
        A population that may have groups which the table has not.
    most_columns : int
        Columns that may meet, besides the label.

    Raises
    ------
    ParameterError
        If there are too many groups, or a column holds what is personal.
    """
    import numpy as np

    for column in bins or {}:
        table.type_of(column)
    axes = tuple(
        with_reference_levels(_axis(table, roles, c, (bins or {}).get(c)), rows)
        for c in dict.fromkeys(by)
        if c != label
    )
    classes, positive = _classes(table, roles, label, rows) if label else (None, None)
    if len(axes) > most_columns:
        message = f"{len(axes)} columns are to meet in a group; {most_columns} can at the most."
        raise ParameterError(message, hint="Choose fewer columns.")
    shape = (prod(a.size for a in axes), classes.size if classes else 1)
    if shape[0] * shape[1] > MOST_CELLS:
        message = f"The columns make {shape[0] * shape[1]:,} groups; {MOST_CELLS:,} are possible."
        raise ParameterError(message, hint="Choose fewer columns, or group rare values first.")
    return Grid(axes=axes, classes=classes, positive=positive, counts=np.zeros(shape, np.int64))


def counted(table: Table, grid: Grid) -> Grid:
    """Count the rows of each cell, in one statement."""
    import numpy as np

    sql, values, names = cell_sql(table, grid)
    found = table.arrays(
        f"SELECT {sql} AS c, count(*) AS n FROM {{t}} GROUP BY 1",  # noqa: S608
        values,
        **names,
    )
    counts = np.zeros(grid.counts.size, dtype=np.int64)
    counts[np.asarray(found["c"]).astype(np.int64)] = found["n"]
    return replace(grid, counts=counts.reshape(grid.counts.shape))


def placed(table: Table, grid: Grid) -> "tuple[Grid, npt.NDArray[np.int32]]":
    """Count the rows of each cell, and give the number of its cell for each row."""
    import numpy as np

    sql, values, names = cell_sql(table, grid)
    found = table.arrays(f"SELECT {{row}} AS r, {sql} AS c FROM {{t}}", values, **names)  # noqa: S608
    cells = np.empty(table.n_rows, dtype=np.int32)
    cells[np.asarray(found["r"]).astype(np.int64)] = found["c"]
    counts = np.bincount(cells, minlength=grid.counts.size)
    return replace(grid, counts=counts.astype(np.int64).reshape(grid.counts.shape)), cells


def cell_sql(table: Table, grid: Grid) -> tuple[str, list[Scalar], dict[str, str]]:
    """Write SQL for the number of the cell that a row is in, with its values and names."""
    parts = [code(axis, f"k{j}", table.type_of(axis.column)) for j, axis in enumerate(grid.all)]
    sql = "0"
    for axis, (place, _) in zip(grid.all, parts, strict=True):
        sql = f"({sql}) * {axis.size} + ({place})"
    values = [value for _, own in parts for value in own]
    return f"CAST({sql} AS INTEGER)", values, level_names(grid.all)


def label_of(roles: RoleMap, named: str) -> str | None:
    """Give the label: the column named, else the one of that role."""
    return named or roles.one(Role.LABEL)


def _axis(
    table: Table, roles: RoleMap, column: str, edges: tuple[float, ...] | None = None
) -> Axis:
    _check_shared(roles, column)
    axis = axis_of(table, column, edges=edges, most_groups=MOST_LEVELS)
    if axis.size > MOST_LEVELS:
        message = f"The column {column!r} has more than {MOST_LEVELS:,} different values."
        raise ParameterError(message, hint="Group its rare values, or generalise it, first.")
    return axis


def _check_shared(roles: RoleMap, column: str) -> None:
    """Refuse a column of personal data: its values would be told as names of groups."""
    if PERSONAL_ROLES.intersection(roles.of(column)):
        message = f"The column {column!r} names or describes people one by one: it has no groups."
        raise ParameterError(message, hint="Choose columns that many rows share the values of.")


def _classes(
    table: Table, roles: RoleMap, column: str, rows: Sequence[ReferenceRow]
) -> tuple[Axis, int | None]:
    """Read the label; a number without a positive value from which on is cut as groups are."""
    is_label = roles.one(Role.LABEL) == column
    if not is_label:
        _check_shared(roles, column)
    positive = roles.positive if is_label else None
    alone = RoleMap(
        columns=(ColumnRole(column=column, roles=(Role.LABEL,)),),
        positive=positive,
    )
    label = read_label(table, alone)
    if label is not None and label.axis is not None:
        cut = (positive or "").startswith(AT_LEAST)
        return label.axis if cut else with_reference_levels(label.axis, rows), label.positive
    return _axis(table, roles, column), None
