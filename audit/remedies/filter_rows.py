"""Rows that pass a condition."""

from typing import Literal

from pydantic import Field

from audit.format import count
from audit.mending.change import Change, Context
from audit.mending.condition import compile_condition
from audit.mending.fields import Condition
from audit.mending.going import going
from audit.registry import Settings, remedy
from audit.store.table import Table

_FAILS = "does not pass the condition"
_UNDECIDED = "the condition cannot be decided: a value is missing"
_PASSES = "passes the condition"


class FilterRows(Settings):
    """Keep the rows that pass a condition."""

    where: Condition = Field(
        title="Condition",
        description="As in SQL: age >= 18 AND country IN ('DE', 'FR') AND NOT notes ILIKE '%test%'.",
    )
    keep: Literal["matching", "others"] = Field(
        default="matching",
        title="Keep",
        description="The rows that pass it, or all others.",
    )


@remedy("filter-rows", title="Filter rows by a condition", family="filter")
def filter_rows(table: Table, step: FilterRows, context: Context) -> Change:
    """Keep the rows that pass a condition, or those that do not.

    A comparison with a missing value is neither true nor false: such a row does not pass.
    """
    del context
    asked = compile_condition(step.where, table)
    if step.keep == "matching":
        why = f"CASE {asked.sql} WHEN true THEN NULL WHEN false THEN 0 ELSE 1 END"
        removed = going(table, why, (_FAILS, _UNDECIDED), asked.values, **asked.names)
        return Change(removed=removed)
    removed = going(
        table, f"CASE WHEN {asked.sql} THEN 0 END", (_PASSES,), asked.values, **asked.names
    )
    (open_,) = table.row(
        f"SELECT count(*) FROM {{t}} WHERE {asked.sql} IS NULL",  # noqa: S608 - our own text
        asked.values,
        **asked.names,
    )
    notes = (f"{count(open_)} rows stay for which it cannot be decided: a value is missing.",)
    return Change(removed=removed, notes=notes if open_ else ())
