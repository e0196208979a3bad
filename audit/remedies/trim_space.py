"""White space before, after and within texts."""

from pydantic import Field

from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen
from audit.mending.fields import TextColumns
from audit.mending.labels import positive_after
from audit.mending.spaces import collapsed, squeezed, trimmed
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
    """Take white space off both ends of texts; within them, make several spaces one.

    All that Unicode calls white space is meant: tabs, line breaks, no-break spaces. A text of
    nothing else becomes empty, not missing: *replace-null-tokens* does that.
    """
    columns = chosen(table, context, step.columns, is_text, without=())
    sql = collapsed(trimmed("{c}")) if step.inner else trimmed("{c}")
    return Change(
        cells=tuple(Cells(column=name, sql=sql, names={"c": name}) for name in columns),
        positive=positive_after(context, columns, lambda t: squeezed(t, inner=step.inner)),
    )
