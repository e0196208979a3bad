"""Rows of categories that are rare."""

from typing import Any

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.change import Change, Context
from audit.mending.choosing import learnt_before, remembered
from audit.mending.fields import Columns, Fitted
from audit.mending.going import going
from audit.registry import Settings, remedy
from audit.store.table import Table

_MOST_KEPT = 10_000
"""Different values of a column up to which it is taken for a category."""


class DropRareValues(Settings):
    """Drop rows of rare categories."""

    columns: Columns = Field(
        default=(), title="Columns", description="Columns of categories; one at least."
    )
    least: float = Field(
        default=0.01,
        gt=0,
        title="At least",
        description="What a value needs so that its rows stay: below 1 a share of the rows that "
        "have a value, from 1 on a number of rows.",
    )
    fitted: Fitted = None


@remedy("drop-rare-values", title="Drop rows of rare categories", family="filter")
def drop_rare_values(table: Table, step: DropRareValues, context: Context) -> Change:
    """Drop rows whose value in a column stands in too few rows; missing values are not judged.

    The values that stay are kept in the recipe, for another file, unless the column is of free
    text or identifies people: such values are counted anew there.
    """
    if not step.columns:
        message = "drop-rare-values needs columns."
        raise ParameterError(message, hint="Name one column of categories at least.")
    columns = tuple(dict.fromkeys(step.columns))
    before = learnt_before(step.fitted)
    kept = {n: _listed(before[n]) if n in before else _kept(table, n, step.least) for n in columns}
    parts, values = [], []
    for i, name in enumerate(columns):
        places = ", ".join("?" * len(kept[name])) or "NULL"
        parts.append(
            f"WHEN {{c{i}}} IS NOT NULL "
            f"AND NOT coalesce(CAST({{c{i}}} AS VARCHAR) IN ({places}), false) THEN {i}"
        )
        values += kept[name]
    reasons = [f"the value of {name!r} is rare" for name in columns]
    removed = going(table, f"CASE {' '.join(parts)} END", reasons, values, **table.keys(columns))
    told, notes = remembered(context, kept)
    return Change(removed=removed, fitted={"columns": told}, notes=tuple(notes))


def _kept(table: Table, name: str, least: float) -> list[str]:
    """List the values, as text, that stand in enough rows."""
    # A division rounds to the share that was typed; a product may come out above the count.
    stands = "n" if least >= 1 else "n / whole"
    found = table.rows(
        f"""SELECT v FROM (
            SELECT CAST({{c}} AS VARCHAR) AS v, count(*) AS n, sum(count(*)) OVER () AS whole
            FROM {{t}} WHERE {{c}} IS NOT NULL GROUP BY 1)
        WHERE {stands} >= ? ORDER BY v LIMIT {_MOST_KEPT + 1}""",  # noqa: S608 - constants
        [least],
        c=name,
    )
    if len(found) > _MOST_KEPT:
        message = f"The column {name!r} has more than {_MOST_KEPT:,} values: it is no category."
        raise ParameterError(message, hint="Choose another column, or ask for more rows.")
    return [str(value) for (value,) in found]


def _listed(learnt: Any) -> list[str]:
    if isinstance(learnt, list | tuple) and all(isinstance(v, str) for v in learnt):
        return list(learnt)
    message = "The parameter 'fitted' is not what this step wrote."
    raise ParameterError(message, hint="Remove it: the step learns from the data anew.")
