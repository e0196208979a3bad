"""Numbers far away from all the others, drawn in to where the others end."""

from typing import Any

from audit.errors import ParameterError
from audit.mending.bounds import BoundsStep, bounds
from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen, learnt_before
from audit.mending.codes import coded_numbers
from audit.mending.limits import clipped
from audit.registry import remedy
from audit.store.rows import is_numeric
from audit.store.table import Table


class ClipOutliers(BoundsStep):
    """Clip outliers (winsorise)."""


@remedy("clip-outliers", title="Clip outliers", family="clean")
def clip_outliers(table: Table, step: ClipOutliers, context: Context) -> Change:
    """Replace numbers beyond the bounds by the bound; no row goes.

    Numbers that look like a code for a missing value (-999) are left to *replace-null-tokens*,
    infinite ones and NaN too. Whole numbers stay whole. The bounds are kept in the recipe.
    """
    columns = chosen(table, context, step.columns, is_numeric)
    before = learnt_before(step.fitted)
    asked = tuple(name for name in columns if name not in before)
    found = bounds(table, asked, step.method, step.factor, step.low, step.high)
    codes = coded_numbers(table, tuple(found))
    learnt: dict[str, Any] = {
        name: {"low": low, "high": high, "codes": list(codes.get(name, ()))}
        for name, (low, high) in found.items()
    }
    learnt |= {name: _checked(before[name]) for name in columns if name in before}
    cells = []
    for name in columns:
        if name not in learnt:
            continue
        sql, values = clipped(table.type_of(name), **learnt[name])
        cells.append(Cells(column=name, sql=sql, values=values, names={"c": name}))
    notes = [
        f"{name!r} has no bounds: its values do not spread enough; it is left as it was."
        for name in columns
        if name not in learnt
    ]
    notes += [
        f"{name!r} holds numbers that look like codes for a missing value; they were left as they are."
        for name in codes
    ]
    return Change(cells=tuple(cells), fitted={"columns": learnt}, notes=tuple(notes))


def _checked(learnt: Any) -> dict[str, Any]:
    try:
        low, high = float(learnt["low"]), float(learnt["high"])
        return {"low": low, "high": high, "codes": [float(c) for c in learnt.get("codes", ())]}
    except (TypeError, KeyError, ValueError) as error:
        message = "The parameter 'fitted' is not what this step wrote."
        raise ParameterError(
            message, hint="Remove it: the step learns from the data anew."
        ) from error
