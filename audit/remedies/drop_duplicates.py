"""Rows that are copies of another row."""

from typing import Literal, Self

from pydantic import Field, model_validator

from audit.mending.change import Change, Context
from audit.mending.copies import copies
from audit.mending.fields import ColumnName, Columns
from audit.mending.going import going_rows
from audit.registry import Settings, remedy
from audit.store.table import Table

_KEPT = {"first": "an earlier row", "last": "a later row", "best": "a row that is kept for its"}


class DropDuplicates(Settings):
    """Drop copies of rows."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Rows that are equal in these are copies; none: in all columns.",
    )
    keep: Literal["first", "last", "best"] = Field(
        default="first",
        title="Keep",
        description="Which row of a set of copies stays; best: by the column below.",
    )
    by: ColumnName | None = Field(
        default=None, title="Best by", description="The column that tells which copy is best."
    )
    order: Literal["highest", "lowest"] = Field(
        default="highest",
        title="Best is",
        description="Whether the highest or the lowest value is best; a missing one never is.",
    )

    @model_validator(mode="after")
    def _told(self) -> Self:
        """Refuse 'best' without a column that tells what is best, and such a column without it."""
        if self.keep == "best" and not self.by:
            message = "keep: best needs a column in 'by' that tells which copy is best"
            raise ValueError(message)
        if self.by and self.keep != "best":
            message = f"by: a column tells which copy is best, but keep is {self.keep}, not best"
            raise ValueError(message)
        if self.order != "highest" and self.keep != "best":
            message = f"order: {self.order} tells which copy is best, but keep is {self.keep}"
            raise ValueError(message)
        return self


@remedy("drop-duplicates", title="Drop duplicate rows", family="filter")
def drop_duplicates(table: Table, step: DropDuplicates, context: Context) -> Change:
    """Drop rows that equal another row exactly, in all columns or in those named.

    A missing value equals a missing value.
    """
    del context
    columns = tuple(dict.fromkeys(step.columns)) or tuple(c.name for c in table.columns)
    for name in (*columns, *([step.by] if step.by else ())):
        table.type_of(name)
    rows = copies(table, columns, keep=step.keep, by=step.by or "", highest=step.order == "highest")
    where = f" in {', '.join(map(repr, columns))}" if step.columns else ""
    kept = _KEPT[step.keep] + (f" {step.by!r}" if step.keep == "best" else "")
    return Change(removed=going_rows(rows, f"the same{where} as {kept}"))
