"""White space before, after and within texts."""

from pydantic import Field

from audit.mending.change import Cells, Change, Context
from audit.mending.fields import TextColumns
from audit.registry import Settings, remedy
from audit.store.rows import is_text
from audit.store.table import Table


class TrimSpace(Settings):
    """Trim white space."""

    columns: TextColumns = Field(
        default=(), title="Columns", description="Columns of text; none: all of them."
    )
    inner: bool = Field(
        default=True,
        title="Collapse within",
        description="Whether several spaces within a text become one.",
    )


@remedy("trim-space", title="Trim white space", family="clean")
def trim_space(table: Table, step: TrimSpace, context: Context) -> Change:
    """Take white space off both ends of texts; within them, make several spaces one."""
    del context
    columns = step.columns or tuple(c.name for c in table.columns if is_text(c.type))
    sql = r"regexp_replace({c}, '^\s+|\s+$', '', 'g')"
    if step.inner:
        sql = rf"regexp_replace({sql}, '\s+', ' ', 'g')"
    return Change(cells=tuple(Cells(column=name, sql=sql, names={"c": name}) for name in columns))
