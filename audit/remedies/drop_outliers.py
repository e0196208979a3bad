"""Rows with numbers far away from all the others."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from audit.errors import ParameterError
from audit.mending.bounds import BoundsStep, bounds
from audit.mending.change import Change, Context
from audit.mending.choosing import chosen, learnt_before
from audit.mending.codes import coded_numbers, told
from audit.mending.going import going
from audit.registry import remedy
from audit.store.rows import is_numeric
from audit.store.table import Table


class DropOutliers(BoundsStep):
    """Drop rows with outliers."""


@remedy("drop-outliers", title="Drop rows with outliers", family="filter")
def drop_outliers(table: Table, step: DropOutliers, context: Context) -> Change:
    """Drop rows in which a number lies beyond the bounds of its column.

    Missing values are no outliers, nor are numbers that look like a code for one (-999), which
    set no bound either, nor is what is no number; infinite values are. The bounds are kept in
    the recipe.
    """
    columns = chosen(table, context, step.columns, is_numeric)
    before = learnt_before(step.fitted)
    asked = tuple(name for name in columns if name not in before)
    codes = coded_numbers(table, asked)
    found = bounds(table, asked, step.method, step.factor, step.low, step.high, codes=codes)
    learnt = {n: _Learnt(low, high, tuple(codes.get(n, ()))) for n, (low, high) in found.items()}
    learnt |= {name: _checked(before[name]) for name in columns if name in before}
    judged = tuple(name for name in columns if name in learnt)
    notes = tuple(told(n, "no row goes because of them") for n in codes) + tuple(
        f"{name!r} has no bounds: its values do not spread enough; no row goes because of it."
        for name in columns
        if name not in learnt
    )
    fitted = {"columns": {n: learnt[n].plain() for n in judged}}
    if not judged:
        return Change(notes=notes or ("No column of numbers was looked at.",), fitted=fitted)
    cases = " ".join(
        f"WHEN {learnt[name].ordinary(cell)} AND {cell} < ? THEN {2 * i} "
        f"WHEN {learnt[name].ordinary(cell)} AND {cell} > ? THEN {2 * i + 1}"
        for i, (name, cell) in enumerate(
            (name, f"TRY_CAST({{c{i}}} AS DOUBLE)") for i, name in enumerate(judged)
        )
    )
    removed = going(
        table,
        f"CASE {cases} END",
        [f"{n!r} is {side} its bounds" for n in judged for side in ("below", "above")],
        [end for name in judged for end in (learnt[name].low, learnt[name].high)],
        **table.keys(judged),
    )
    return Change(removed=removed, notes=notes, fitted=fitted)


@dataclass(frozen=True, slots=True)
class _Learnt:
    """Where the ordinary numbers of a column end, and its codes for a missing value."""

    low: float
    high: float
    codes: tuple[float, ...]

    def plain(self) -> dict[str, Any]:
        coded = {"codes": list(self.codes)} if self.codes else {}
        return {"low": self.low, "high": self.high, **coded}

    def ordinary(self, cell: str) -> str:
        barred = f" AND {cell} NOT IN ({', '.join(map(repr, self.codes))})" if self.codes else ""
        return f"NOT isnan({cell}){barred}"


def _checked(learnt: Any) -> _Learnt:
    try:
        codes = tuple(float(code) for code in learnt.get("codes", ()))
        found = _Learnt(float(learnt["low"]), float(learnt["high"]), codes)
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        message = "The parameter 'fitted' is not what this step wrote."
        hint = "Remove it: the step learns from the data anew."
        raise ParameterError(message, hint=hint) from error
    if not all(map(isfinite, codes)):
        message = "The parameter 'fitted' is not what this step wrote."
        raise ParameterError(message, hint="Remove it: the step learns from the data anew.")
    return found
