"""Columns that say the same in every row."""

from typing import Any

from pydantic import Field

from audit.errors import ParameterError
from audit.format import percent
from audit.mending.change import Change, Context
from audit.mending.fields import Columns, Fitted
from audit.registry import Settings, remedy
from audit.store.table import Table


class DropConstantColumns(Settings):
    """Drop columns that are constant."""

    columns: Columns = Field(
        default=(), title="Columns", description="Columns that are looked at; none: all of them."
    )
    near: float = Field(
        default=1.0,
        gt=0.5,
        le=1,
        title="Nearly",
        description="Share of the rows with the same value, or none, from which a column is constant.",
    )
    fitted: Fitted = None


@remedy("drop-constant-columns", title="Drop constant columns", family="filter")
def drop_constant_columns(table: Table, step: DropConstantColumns, context: Context) -> Change:
    """Drop columns in which all rows have the same value, or nearly all; missing is a value.

    Which columns they were is kept in the recipe: another file loses the same ones.
    """
    del context
    asked = step.columns or tuple(c.name for c in table.columns)
    for name in asked:
        table.type_of(name)
    known = {c.name for c in table.columns}
    if step.fitted is not None:
        dropped = tuple(name for name in _listed(step.fitted) if name in known)
    else:
        dropped = tuple(name for name in asked if _share(table, name) >= step.near)
    if len(dropped) == len(table.columns):
        message = "All columns are constant; none would be left."
        raise ParameterError(message, hint="Name the columns that shall go: drop-columns.")
    far = percent(step.near) if step.near < 1 else "all"
    notes = () if dropped else (f"No column has the same value in {far} of its rows.",)
    return Change(drop_columns=dropped, fitted={"columns": list(dropped)}, notes=notes)


def _share(table: Table, name: str) -> float:
    """Give the share of rows that have the most frequent value of a column."""
    (most,) = table.row(
        "SELECT max(n) FROM (SELECT count(*) AS n FROM {t} GROUP BY {c})",
        c=name,
    )
    return 0.0 if most is None else int(most) / table.n_rows


def _listed(fitted: dict[str, Any]) -> list[str]:
    learnt = fitted.get("columns")
    if isinstance(learnt, list | tuple) and all(isinstance(v, str) for v in learnt):
        return list(learnt)
    message = "The parameter 'fitted' is not what this step wrote."
    raise ParameterError(message, hint="Remove it: the step learns from the data anew.")
