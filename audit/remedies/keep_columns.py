"""Columns that are wanted, and no others."""

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.change import Change, Context
from audit.mending.fields import Columns
from audit.registry import Settings, remedy
from audit.store.table import Table


class KeepColumns(Settings):
    """Keep some columns and drop all others."""

    columns: Columns = Field(
        default=(), title="Columns", description="Columns that stay; one at least."
    )


@remedy("keep-columns", title="Keep columns", family="filter")
def keep_columns(table: Table, step: KeepColumns, context: Context) -> Change:
    """Drop all columns but those named; these stay in their order."""
    del context
    for name in step.columns:
        table.type_of(name)
    if not step.columns:
        message = "keep-columns needs columns."
        raise ParameterError(message, hint="Name the columns that shall stay.")
    gone = (c.name for c in table.columns if c.name not in step.columns)
    return Change(drop_columns=tuple(gone))
