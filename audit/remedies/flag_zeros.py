"""Whether there is an amount at all, in a column of its own."""

from pydantic import Field

from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen, fresh, none_fits
from audit.mending.fields import NumberColumns
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric
from audit.store.table import Table

_SHARE = 0.4


class FlagZeros(Settings):
    """Flag zeros."""

    columns: NumberColumns = Field(
        default=(),
        title="Columns",
        description="Columns of numbers; none: those that are 0 in 40% of their values or more.",
    )


@remedy("flag-zeros", title="Flag zeros", family="clean")
def flag_zeros(table: Table, step: FlagZeros, context: Context) -> Change:
    """Add a column that says where a number is 0; it is false where the number is missing.

    A model can then learn apart whether there is an amount, and how large it is.
    """
    columns = chosen(table, context, step.columns, is_numeric)
    if not step.columns:
        columns = _mostly_zero(table, columns)
    if not columns:
        return none_fits("No column of numbers is 0 in 40% of its values")
    taken = [c.name for c in table.columns]
    cells = []
    for name in columns:
        made = fresh(f"{name}_is_zero", taken)
        taken.append(made)
        cells.append(Cells(column=made, sql="coalesce({c} = 0, false)", names={"c": name}))
    return Change(cells=tuple(cells))


def _mostly_zero(table: Table, columns: tuple[str, ...]) -> tuple[str, ...]:
    if not columns:
        return ()
    asked = ", ".join(
        f"count(*) FILTER ({{c{i}}} = 0) >= {_SHARE} * count({{c{i}}}) AND count({{c{i}}}) > 0"
        for i in range(len(columns))
    )
    row = table.row(f"SELECT {asked} FROM {{t}}", **table.keys(columns))  # noqa: S608
    return tuple(name for name, mostly in zip(columns, row, strict=True) if mostly)
