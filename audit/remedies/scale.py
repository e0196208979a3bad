"""Numbers on one scale."""

from math import isfinite
from typing import Literal

from pydantic import Field

from audit.errors import ParameterError
from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen, learnt_before
from audit.mending.codes import coded_numbers, told
from audit.mending.fields import Fitted, NumberColumns
from audit.mending.scales import Scale, fit
from audit.model import NO_FEATURE_ROLES, Role
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric
from audit.store.table import Table


class ScaleNumbers(Settings):
    """Put numbers on one scale."""

    columns: NumberColumns = Field(
        default=(),
        title="Columns",
        description="Columns of numbers; none: all features that are not sensitive.",
    )
    method: Literal["standard", "min-max", "robust"] = Field(
        default="standard",
        title="Scale",
        description="standard: mean 0 and standard deviation 1; min-max: from 0 to 1; robust: "
        "median 0 and interquartile range 1.",
    )
    fitted: Fitted = None


@remedy("scale", title="Put numbers on one scale", family="clean", recasts="another scale")
def scale(table: Table, step: ScaleNumbers, context: Context) -> Change:
    """Shift and stretch numbers; the shift and the scale are kept in the recipe for other files.

    As StandardScaler, MinMaxScaler and RobustScaler of scikit-learn do. A column of equal
    numbers is shifted only. What is missing, infinite or NaN stays so and counts for nothing.
    """
    without = NO_FEATURE_ROLES | {Role.SENSITIVE}
    before = learnt_before(step.fitted)
    named = step.columns or tuple(before)
    columns = chosen(table, context, named, is_numeric, without=without)
    asked = tuple(n for n in columns if n not in before)
    codes = coded_numbers(table, asked)
    new = fit(table, asked, step.method, codes)
    known = {name: _read(before[name]) for name in columns if name in before}
    scales = new | known
    lacking = [name for name in columns if name not in scales]
    return Change(
        cells=tuple(
            Cells(
                column=name,
                sql="(TRY_CAST({c} AS DOUBLE) - CAST(? AS DOUBLE)) / CAST(? AS DOUBLE)",
                values=scales[name],
                names={"c": name},
            )
            for name in columns
            if name in scales
        ),
        fitted={"columns": {n: {"shift": s[0], "scale": s[1]} for n, s in scales.items()}},
        notes=(
            *(told(n, "they count for nothing, but are put on the scale, too") for n in codes),
            *(f"{name!r} has no number to fit a scale to; it is left." for name in lacking),
        ),
    )


def _read(learnt: object) -> Scale:
    if isinstance(learnt, dict) and isinstance(learnt.get("scale"), int | float):
        shift, width = learnt.get("shift"), learnt["scale"]
        if isinstance(shift, int | float) and width and isfinite(shift) and isfinite(width):
            return float(shift), float(width)
    message = "The parameter 'fitted' is not what this step wrote."
    raise ParameterError(message, hint="Remove it: the step learns from the data anew.")
