"""Rows of a span of time."""

from datetime import date, datetime, timedelta
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from audit.errors import ColumnError
from audit.format import counted
from audit.mending.change import Change, Context
from audit.mending.fields import ColumnName
from audit.mending.going import going
from audit.registry import Settings, remedy
from audit.store.rows import is_text
from audit.store.table import Table


class FilterDates(Settings):
    """Keep the rows of a span of time."""

    column: ColumnName = Field(
        title="Column", description="Dates or times; text that reads as such (ISO 8601) will do."
    )
    start: str = Field(
        default="", title="From", description="First day, as 2024-01-31; empty: no first day."
    )
    end: str = Field(
        default="", title="To", description="Last day, as 2024-12-31; empty: no last day."
    )
    missing: Literal["drop", "keep"] = Field(
        default="drop", title="No date", description="What becomes of rows without a date."
    )

    @field_validator("start", "end", mode="before")
    @classmethod
    def _day(cls, given: Any) -> Any:
        """Take a date as YAML reads it, and refuse a text that is none."""
        if isinstance(given, datetime):
            given = given.date()
        if isinstance(given, date):
            return given.isoformat()
        if isinstance(given, str) and given:
            return date.fromisoformat(given.strip()).isoformat()
        return given

    @model_validator(mode="after")
    def _spanning(self) -> Self:
        """Refuse no span, and one that ends before it begins."""
        if not (self.start or self.end):
            message = "give the first day, the last day, or both"
            raise ValueError(message)
        if self.start and self.end and self.start > self.end:
            message = "the last day comes before the first"
            raise ValueError(message)
        return self


@remedy("filter-dates", title="Keep rows of a span of time", family="filter")
def filter_dates(table: Table, step: FilterDates, context: Context) -> Change:
    """Keep the rows whose date lies in a span; the first and the last day are within it."""
    del context
    type_ = table.type_of(step.column)
    if not (is_text(type_) or type_ == "DATE" or type_.startswith("TIMESTAMP")):
        message = f"The column {step.column!r} holds no dates."
        raise ColumnError(message, hint="Choose a column of dates, or of text that reads as such.")
    cell = "TRY_CAST({c} AS TIMESTAMP)"
    tests, values = [], []
    if step.start:
        tests.append(f"WHEN {cell} < CAST(? AS TIMESTAMP) THEN 2")
        values.append(step.start)
    if step.end and step.end < date.max.isoformat():
        tests.append(f"WHEN {cell} >= CAST(? AS TIMESTAMP) THEN 3")
        values.append((date.fromisoformat(step.end) + timedelta(days=1)).isoformat())
    stays = "NULL" if step.missing == "keep" else None
    why = (
        f"CASE WHEN {{c}} IS NULL THEN {stays or 0} WHEN {cell} IS NULL THEN {stays or 1} "
        f"{' '.join(tests)} END"
    )
    name = repr(step.column)
    notes = _kept(table, step, cell)
    reasons = (
        f"{name} is missing",
        f"{name} cannot be read as a date",
        f"{name} is before the first day",
        f"{name} is after the last day",
    )
    return Change(removed=going(table, why, reasons, values, c=step.column), notes=notes)


def _kept(table: Table, step: FilterDates, cell: str) -> tuple[str, ...]:
    """Say how many rows stay whatever the span, as the step asks for."""
    if step.missing != "keep":
        return ()
    (n,) = table.row(f"SELECT count(*) FILTER ({cell} IS NULL) FROM {{t}}", c=step.column)  # noqa: S608
    stay = f"{counted(n, 'row')} {'stays' if n == 1 else 'stay'}"
    return (f"{stay} in which {step.column!r} is missing or no date.",) if n else ()
