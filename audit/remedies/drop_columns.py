"""Columns that are not wanted."""

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.change import Change, Context
from audit.mending.fields import Columns
from audit.registry import Settings, remedy
from audit.store.table import Table


class DropColumns(Settings):
    """Drop columns."""

    columns: Columns = Field(
        default=(), title="Columns", description="Columns that go; one at least."
    )


@remedy("drop-columns", title="Drop columns", family="filter")
def drop_columns(table: Table, step: DropColumns, context: Context) -> Change:
    """Drop the columns named; all others stay, in their order."""
    del context
    columns = tuple(dict.fromkeys(step.columns))
    for name in columns:
        table.type_of(name)
    if not columns:
        message = "drop-columns needs columns."
        raise ParameterError(message, hint="Name the columns that shall go.")
    if len(columns) == len(table.columns):
        message = "No column would be left."
        raise ParameterError(message, hint="Keep one column at least.")
    return Change(drop_columns=columns)
