"""Whole cells replaced by what kind of personal data stood there."""

from pydantic import Field

from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import none_fits
from audit.mending.fields import Columns
from audit.mending.personal_look import NONE_FOUND, made_of_personal_data
from audit.registry import Settings, remedy
from audit.store.table import Table

_OTHERWISE = "<REDACTED>"


class ReplaceWithTag(Settings):
    """Replace values by a tag."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns to replace; none: those made of personal data, by a quick look.",
    )
    tag: str = Field(
        default="",
        max_length=200,
        title="Tag",
        description="Stands in every cell that had a value; empty: the kind of personal data, "
        "as <EMAIL_ADDRESS>, or <REDACTED> where it is no single one.",
    )


@remedy(
    "replace-with-tag", title="Replace by a tag", family="anonymize", fast=False, recasts="tags"
)
def replace_with_tag(table: Table, step: ReplaceWithTag, context: Context) -> Change:
    """Replace every value by the kind of personal data that the column is made of."""
    if step.columns and step.tag:
        kinds: dict[str, str | None] = dict.fromkeys(step.columns)
    else:
        kinds = made_of_personal_data(table, step.columns, context)
    if not kinds:
        return none_fits(NONE_FOUND)
    sql = "CASE WHEN {c} IS NULL THEN NULL ELSE CAST(? AS VARCHAR) END"
    return Change(
        cells=tuple(
            Cells(column=name, sql=sql, values=(step.tag or _tag(kind),), names={"c": name})
            for name, kind in kinds.items()
        )
    )


def _tag(kind: str | None) -> str:
    return f"<{kind}>" if kind else _OTHERWISE
