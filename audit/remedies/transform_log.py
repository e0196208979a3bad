"""Numbers that spread over orders of magnitude."""

from typing import Literal

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.change import Cells, Change, Context
from audit.mending.fields import NumberColumns
from audit.registry import Settings, remedy
from audit.store.table import Table

_SQL = {"1 + x": "ln(1 + v)", "x": "ln(v)"}
_FROM = {"1 + x": -1.0, "x": 0.0}
"""What a number must lie above to have a logarithm."""


class TransformLog(Settings):
    """Take logarithms."""

    columns: NumberColumns = Field(
        default=(), title="Columns", description="Columns of numbers; needed."
    )
    of: Literal["1 + x", "x"] = Field(
        default="1 + x",
        title="Logarithm of",
        description="ln(1 + x) is defined at 0; ln(x) is not.",
    )


@remedy("transform-log", title="Take logarithms", family="clean", recasts="another scale")
def transform_log(table: Table, step: TransformLog, context: Context) -> Change:
    """Put the natural logarithm in the place of numbers that spread over orders of magnitude.

    What has none (a negative number, infinity, NaN) becomes missing, and is counted.
    """
    del context
    if not step.columns:
        message = "No column is named."
        raise ParameterError(message, hint="Name the columns of numbers: columns: [income].")
    notes = [_lost(table, name, step.of) for name in step.columns]
    return Change(
        cells=tuple(_cells(name, step.of) for name in step.columns),
        notes=tuple(note for note in notes if note),
    )


def _cells(column: str, of: str) -> Cells:
    number = "TRY_CAST({c} AS DOUBLE)"
    sql = f"CASE WHEN isfinite({number}) AND {number} > ? THEN {_SQL[of].replace('v', number)} END"
    return Cells(column=column, sql=sql, values=(_FROM[of],), names={"c": column})


def _lost(table: Table, column: str, of: str) -> str:
    """Say how many numbers of a column have no logarithm."""
    (lost,) = table.row(
        "SELECT count(*) FROM (SELECT TRY_CAST({c} AS DOUBLE) AS v FROM {t} WHERE {c} IS NOT NULL) "
        "WHERE NOT coalesce(isfinite(v) AND v > ?, false)",
        [_FROM[of]],
        c=column,
    )
    has = "has" if lost == 1 else "have"
    return f"{lost:,} of {column!r} {has} no logarithm of {of} and became missing." if lost else ""
