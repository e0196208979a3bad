"""Numbers far away from all the others, drawn in to where the others end."""

from typing import Any

from audit.errors import ParameterError
from audit.mending.bounds import BoundsStep, bounds
from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen, learnt_before
from audit.mending.codes import coded_numbers, told
from audit.mending.limits import clipped
from audit.registry import remedy
from audit.store.rows import is_numeric
from audit.store.table import Table


class ClipOutliers(BoundsStep):
    """Clip outliers (winsorise)."""


@remedy("clip-outliers", title="Clip outliers", family="clean")
def clip_outliers(table: Table, step: ClipOutliers, context: Context) -> Change:
    """Replace numbers beyond the bounds by the bound; no row goes.

    Numbers that look like a code for a missing value (-999) set no bound and are left to
    *replace-null-tokens*, infinite ones and NaN too. Whole numbers stay whole. The bounds are kept in the recipe.
    """
    columns = chosen(table, context, step.columns, is_numeric)
    before = learnt_before(step.fitted)
    asked = tuple(name for name in columns if name not in before)
    codes = coded_numbers(table, asked)
    found = bounds(table, asked, step.method, step.factor, step.low, step.high, codes=codes)
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
    notes += [told(name, "they set no bound and were left as they are") for name in codes]
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
