"""Rows with numbers far away from all the others."""

from typing import Any

from audit.errors import ParameterError
from audit.mending.bounds import BoundsStep, bounds
from audit.mending.change import Change, Context
from audit.mending.choosing import chosen, learnt_before
from audit.mending.going import going
from audit.registry import remedy
from audit.store.rows import is_numeric
from audit.store.table import Table


class DropOutliers(BoundsStep):
    """Drop rows with outliers."""


@remedy("drop-outliers", title="Drop rows with outliers", family="filter")
def drop_outliers(table: Table, step: DropOutliers, context: Context) -> Change:
    """Drop rows in which a number lies beyond the bounds of its column.

    Missing values are no outliers, nor is what is no number; infinite values are. The bounds are
    kept in the recipe.
    """
    columns = chosen(table, context, step.columns, is_numeric)
    before = learnt_before(step.fitted)
    asked = tuple(name for name in columns if name not in before)
    learnt = bounds(table, asked, step.method, step.factor, step.low, step.high)
    learnt |= {name: _checked(before[name]) for name in columns if name in before}
    judged = tuple(name for name in columns if name in learnt)
    notes = tuple(
        f"{name!r} has no bounds: its values do not spread enough; no row goes because of it."
        for name in columns
        if name not in learnt
    )
    fitted = {"columns": {n: {"low": learnt[n][0], "high": learnt[n][1]} for n in judged}}
    if not judged:
        return Change(notes=notes or ("No column of numbers was looked at.",), fitted=fitted)
    cases = " ".join(
        f"WHEN NOT isnan({cell}) AND {cell} < ? THEN {2 * i} "
        f"WHEN NOT isnan({cell}) AND {cell} > ? THEN {2 * i + 1}"
        for i, cell in enumerate(f"TRY_CAST({{c{i}}} AS DOUBLE)" for i in range(len(judged)))
    )
    removed = going(
        table,
        f"CASE {cases} END",
        [f"{n!r} is {side} its bounds" for n in judged for side in ("below", "above")],
        [end for name in judged for end in learnt[name]],
        **table.keys(judged),
    )
    return Change(removed=removed, notes=notes, fitted=fitted)


def _checked(learnt: Any) -> tuple[float, float]:
    try:
        return float(learnt["low"]), float(learnt["high"])
    except (TypeError, KeyError, ValueError) as error:
        message = "The parameter 'fitted' is not what this step wrote."
        hint = "Remove it: the step learns from the data anew."
        raise ParameterError(message, hint=hint) from error
