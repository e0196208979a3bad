"""The label as the report reads it: its classes, and which of them is the positive one."""

from audit.model import AT_LEAST, Role, RoleMap
from audit.reports.representation.axes import axis_of, bin_levels, missing_level
from audit.reports.representation.group_values import MISSING, Axis, Label, Level
from audit.reports.roles import guess_positive
from audit.store import Table
from audit.store.rows import is_numeric

MOST_CLASSES = 50


def read_label(table: Table, roles: RoleMap) -> Label | None:
    """Read the label of a version; None where no column has that role, or it is constant.

    A label of numbers with a positive value such as ``>=50000`` is cut there; without one it
    stays a number. Everything else has classes; where the positive one is not stated it is
    guessed if there are two, and each class is looked at in turn if there are more.
    """
    column = roles.one(Role.LABEL)
    if column is None or not table.n_rows:
        return None
    number = is_numeric(table.type_of(column))
    if number and (roles.positive or "").startswith(AT_LEAST):
        return _cut(table, column, str(roles.positive))
    axis = axis_of(table, column, most_groups=MOST_CLASSES)
    if number and axis.edges:
        return Label(column=column, kind="number", axis=None)
    names = [level.name for level in axis.levels if level.kind == "value"]
    if len(names) < 2:
        return None
    stated = _position(axis, roles.positive)
    guessed = None
    if stated is None and len(names) == 2:
        guessed = _position(axis, guess_positive(table, column))
        guessed = len(names) - 1 if guessed is None else guessed
    return Label(
        column=column,
        kind="binary" if len(names) == 2 else "classes",
        axis=axis,
        positive=guessed if stated is None else stated,
        guessed=stated is None and guessed is not None,
    )


def classes(label: Label) -> tuple[Level, ...]:
    """Give the levels of the label that are classes: all but the missing ones."""
    if label.axis is None:
        return ()
    return tuple(level for level in label.axis.levels if level.name != MISSING)


def _position(axis: Axis, positive: str | None) -> int | None:
    """Find the level that ``positive`` names: as written, else as the same number."""
    if positive is None:
        return None
    for i, level in enumerate(axis.levels):
        if level.kind == "value" and positive in (level.name, level.test.values[0]):
            return i
    for i, level in enumerate(axis.levels):
        if level.kind == "value" and _same_number(level.name, positive):
            return i
    return None


def _same_number(first: str, second: str) -> bool:
    try:
        return float(first) == float(second)
    except ValueError:
        return False


def _cut(table: Table, column: str, positive: str) -> Label | None:
    edge = float(positive.removeprefix(AT_LEAST))
    (missing,) = table.row("SELECT count(*) - count({c}) FROM {t}", c=column)
    levels = bin_levels(column, (edge,), whole=False)
    if missing:
        levels = (*levels, missing_level(column))
    axis = Axis(column=column, levels=levels, edges=(edge,))
    return Label(column=column, kind="binary", axis=axis, positive=1)
