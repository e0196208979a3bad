"""Other names for columns."""

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.change import Change, Context
from audit.mending.fields import ColumnName
from audit.registry import Settings, remedy
from audit.store.table import Table


class RenameColumns(Settings):
    """Rename columns."""

    names: dict[ColumnName, str] = Field(
        title="Names", description="For each column its new name; all others keep theirs."
    )


@remedy("rename-columns", title="Rename columns", family="clean")
def rename_columns(table: Table, step: RenameColumns, context: Context) -> Change:
    """Give columns other names; their values, their roles and their places stay."""
    del context
    if not step.names:
        message = "No new name is given."
        raise ParameterError(message, hint="Give at least one: names: {old: new}.")
    for name in step.names:
        table.type_of(name)
    return Change(rename={old: new for old, new in step.names.items() if old != new})
