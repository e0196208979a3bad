"""One column of yes and no for each category."""

from typing import Any

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen, fresh, is_personal, learnt_before, none_fits
from audit.mending.fields import Columns, Fitted
from audit.model import NO_FEATURE_ROLES, Role
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric, is_text
from audit.store.table import Table

_LONGEST = 60


class OneHot(Settings):
    """Make a column of each category."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns of categories; none: all features of text that are not "
        "sensitive and have at most as many values as below.",
    )
    most: int = Field(
        default=50,
        ge=1,
        le=1000,
        title="Most columns",
        description="Of each column only so many of the most frequent values get a column.",
    )
    keep: bool = Field(
        default=False, title="Keep", description="Whether the column itself stays, too."
    )
    missing: bool = Field(
        default=True,
        title="Column for missing",
        description="Whether missing gets a column of its own where a value is missing; without "
        "it a missing value is false in all columns.",
    )
    fitted: Fitted = None


@remedy(
    "one-hot",
    title="Make a column of each category",
    family="clean",
    recasts="columns of yes and no",
)
def one_hot(table: Table, step: OneHot, context: Context) -> Change:
    """Add for each category a column that is true where a row has it.

    Which categories have columns is kept in the recipe: a category that another file has in
    addition is false in all of them, and counted. Sensitive columns stay, unless they are named:
    reports find groups by them.
    """
    before = learnt_before(step.fitted)
    named = step.columns or tuple(before)
    without = NO_FEATURE_ROLES | {Role.SENSITIVE}
    columns = chosen(table, context, named, _fits if named else is_text, without=without)
    taken = [c.name for c in table.columns]
    cells: list[Cells] = []
    notes: list[str] = []
    learnt: dict[str, Any] = {}
    for name in columns:
        if is_personal(context, name):
            message = f"{name!r} holds personal values, and columns would be called like them."
            raise ParameterError(message, hint="Choose columns of categories.")
        known = before.get(name)
        made = _read(known) if known is not None else _categories(table, name, step)
        if made is None:
            continue
        learnt[name] = {"values": made[0], "missing": made[1]}
        cells += _cells(name, made, taken)
        notes += _left(table, name, made[0])
    if not cells and not named:
        return none_fits("No column of categories is there to make columns of")
    if not cells:
        message = "The columns named hold no category to make columns of."
        raise ParameterError(message, hint="Name columns that have values.")
    dropped = () if step.keep else tuple(learnt)
    notes += [
        f"{name!r} is sensitive and gone: no report tells its groups now. With keep it stays."
        for name in dropped
        if Role.SENSITIVE in context.roles.of(name)
    ]
    return Change(
        cells=tuple(cells),
        drop_columns=dropped,
        fitted={"columns": learnt},
        notes=tuple(notes),
    )


def _fits(type_: str) -> bool:
    return is_text(type_) or is_numeric(type_) or type_ == "BOOLEAN"


def _categories(table: Table, name: str, step: OneHot) -> tuple[list[str], bool] | None:
    """Give the most frequent values as text, and whether missing gets a column."""
    rows = table.rows(
        """SELECT CAST({c} AS VARCHAR) AS v, count(*) AS k FROM {t} WHERE {c} IS NOT NULL
        GROUP BY 1 ORDER BY k DESC, v LIMIT ?""",
        (step.most + 1,),
        c=name,
    )
    if not rows or (len(rows) > step.most and not step.columns):
        return None
    (missing,) = table.row("SELECT count(*) > count({c}) FROM {t}", c=name)
    return sorted(v for v, _ in rows[: step.most]), bool(missing) and step.missing


def _read(learnt: Any) -> tuple[list[str], bool]:
    if isinstance(learnt, dict) and isinstance(learnt.get("values"), list):
        return [str(v) for v in learnt["values"]], bool(learnt.get("missing"))
    message = "The parameter 'fitted' is not what this step wrote."
    raise ParameterError(message, hint="Remove it: the step learns from the data anew.")


def _cells(name: str, made: tuple[list[str], bool], taken: list[str]) -> list[Cells]:
    values, missing = made
    cells = []
    for value in values:
        column = fresh(f"{name}={value[:_LONGEST]}", taken)
        taken.append(column)
        sql = "coalesce(CAST({c} AS VARCHAR) = CAST(? AS VARCHAR), false)"
        cells.append(Cells(column=column, sql=sql, values=(value,), names={"c": name}))
    if missing:
        column = fresh(f"{name} is missing", taken)
        taken.append(column)
        cells.append(Cells(column=column, sql="{c} IS NULL", names={"c": name}))
    return cells


def _left(table: Table, name: str, values: list[str]) -> list[str]:
    """Count rows with a value that has no column."""
    places = ", ".join("?" * len(values)) or "NULL"
    (n,) = table.row(
        f"SELECT count({{c}}) - count(*) FILTER (CAST({{c}} AS VARCHAR) IN ({places})) FROM {{t}}",  # noqa: S608
        values,
        c=name,
    )
    if not n:
        return []
    have = "has" if n == 1 else "have"
    return [f"{counted(int(n), 'row')} {have} a value of {name!r} without a column: all are false."]
