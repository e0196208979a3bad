"""Random noise on numbers, with a stated budget (differential privacy of each cell)."""

from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from audit.errors import ParameterError
from audit.format import number
from audit.mending.change import Change, Computed, Context
from audit.mending.choosing import chosen
from audit.mending.fields import NumberColumns
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

_WIDE = ("FLOAT", "DOUBLE", "DECIMAL", "HUGEINT", "UHUGEINT", "UBIGINT")
_MOST_WHOLE = 2.0**52


_FURTHEST = 1e15
"""Beyond it noise is lost in the rounding of floats."""


class AddNoise(Settings):
    """Add random noise to numbers."""

    columns: NumberColumns = Field(
        title="Columns",
        min_length=1,
        description="Columns of numbers; each gets noise of its own in every cell.",
    )
    epsilon: float = Field(
        ge=1e-6,
        le=1e6,
        allow_inf_nan=False,
        title="Epsilon",
        description="Privacy budget of each cell: the smaller, the more noise. A row spends it once "
        "for each column.",
    )
    low: float = Field(
        ge=-_FURTHEST,
        le=_FURTHEST,
        allow_inf_nan=False,
        title="Lowest",
        description="Smaller numbers become this. Never take it from the data.",
    )
    high: float = Field(
        ge=-_FURTHEST,
        le=_FURTHEST,
        allow_inf_nan=False,
        title="Highest",
        description="Larger numbers become this. Never take it from the data.",
    )
    method: Literal["laplace", "gaussian"] = Field(
        default="laplace",
        title="Noise",
        description="laplace: the promise of epsilon holds always; gaussian: but for the chance "
        "delta, with fewer very large errors.",
    )
    delta: float = Field(
        default=1e-6,
        gt=0,
        lt=1,
        title="Delta",
        description="Of Gaussian noise: chance that the promise of epsilon does not hold.",
    )

    def lacking(self) -> str:
        """Name the library of the noise where it is not there."""
        return "" if find_spec("opendp") else "opendp"


@remedy("add-noise", title="Add noise to numbers", family="anonymize", fast=False)
def add_noise(table: Table, step: AddNoise, context: Context) -> Change:
    """Bring numbers within bounds and add noise to each cell; a missing one stays missing.

    Laplace noise with scale (high - low) / epsilon, or Gaussian noise for epsilon and delta, by
    OpenDP: whoever sees a cell afterwards can hardly tell which number between the bounds stood
    there (local differential privacy). Whole numbers get whole noise where the bounds are whole.
    The noise cannot be drawn again: unlike all other steps, this one gives other numbers each
    time it is applied.
    """
    columns = chosen(table, context, step.columns, is_numeric)
    if step.low >= step.high:
        message = "The lowest number must lie below the highest."
        raise ParameterError(message, hint="State bounds that hold for anybody, not for this data.")
    if step.lacking():
        message = "Noise needs the library opendp, which is not installed."
        raise ParameterError(message, hint='Install it: pip install "evenhand[noise]"')
    bounds_whole = step.low == int(step.low) and step.high == int(step.high)
    small = max(abs(step.low), abs(step.high)) < _MOST_WHOLE
    made, scales = [], {}
    for name in columns:
        whole = bounds_whole and small and not table.type_of(name).startswith(_WIDE)
        measurement, scale = _measurement(step, whole=whole)
        scales[name] = scale
        made.append(_noisy(name, step, measurement, whole=whole))
    return Change(computed=tuple(made), notes=_notes(step, scales))


def _measurement(step: AddNoise, *, whole: bool) -> tuple[Any, float]:
    """Make what adds the noise, and give its scale: the least that keeps the promise."""
    import opendp.prelude as dp

    dp.enable_features("contrib")
    kind = int if whole else float
    atom = dp.atom_domain(T=int) if whole else dp.atom_domain(T=float, nan=False)
    reach = int(step.high) - int(step.low) if whole else step.high - step.low
    if step.method == "laplace":
        space = dp.vector_domain(atom), dp.l1_distance(T=kind)

        def make(scale: float) -> Any:
            return dp.m.make_laplace(*space, scale=scale)

        scale = dp.binary_search_param(make, d_in=reach, d_out=step.epsilon, T=float)
        return make(scale), float(scale)
    space = dp.vector_domain(atom), dp.l2_distance(T=kind)

    def fixed(scale: float) -> Any:
        plain = dp.m.make_gaussian(*space, scale=scale)
        return dp.c.make_fix_delta(dp.c.make_zCDP_to_approxDP(plain), delta=step.delta)

    scale = dp.binary_search_param(fixed, d_in=reach, d_out=(step.epsilon, step.delta), T=float)
    return dp.m.make_gaussian(*space, scale=scale), float(scale)


def _noisy(name: str, step: AddNoise, measurement: Any, *, whole: bool) -> Computed:
    import pyarrow as pa

    type_ = pa.int64() if whole else pa.float64()
    function = partial(_add, name, (step.low, step.high), measurement, whole=whole)
    return Computed(needs=(name,), types={name: type_}, function=function)


def _add(
    name: str,
    bounds: tuple[float, float],
    measurement: Any,
    batch: "pa.RecordBatch",
    _: int,
    *,
    whole: bool,
) -> "dict[str, pa.Array]":
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pc.cast(batch.column(0), pa.float64(), safe=False)
    cells = pc.if_else(pc.is_nan(cells), pa.scalar(None, pa.float64()), cells)
    there = np.asarray(pc.is_valid(cells).to_numpy(zero_copy_only=False))
    held = np.clip(np.asarray(pc.drop_null(cells).to_numpy(zero_copy_only=False)), *bounds)
    given = [int(v) for v in held] if whole else held.tolist()
    drawn = np.zeros(len(there), dtype=np.int64 if whole else np.float64)
    drawn[there] = measurement(given) if given else ()
    return {name: pa.array(drawn, mask=~there)}


def _notes(step: AddNoise, scales: dict[str, float]) -> tuple[str, ...]:
    promise = f"epsilon = {number(step.epsilon)}"
    if step.method == "gaussian":
        promise += f" and delta = {step.delta:g}"
    told = [
        f"{name!r}: {step.method} noise of scale {number(scale)} on numbers held within "
        f"{step.low:g} and {step.high:g}."
        for name, scale in scales.items()
    ]
    spent = number(step.epsilon * len(scales))
    return (
        *told,
        f"Each cell by itself is protected with {promise}; a row of {len(scales)} such "
        f"{'column' if len(scales) == 1 else 'columns'} with epsilon = {spent}, and a person of "
        "several rows with so much for each. Other columns, which values are missing, and how many "
        "rows there are, are not protected by it.",
        "Noise is drawn anew each time: this step does not give the same numbers again.",
    )
