"""How far groups lie apart: one number over all of them, as fairlearn defines it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from audit.model import Unit
from audit.reports.representation.cells import Array
from audit.reports.representation.group_values import Estimate, Estimates
from audit.reports.representation.model.confusion import Rated, divided
from audit.reports.representation.model.estimates import UNDEFINED, Rates, ends

_SELECTED, _TRUE, _FALSE = "selection_rate", "true_positive_rate", "false_positive_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spread:
    """A number over groups, and of each resample."""

    value: float
    samples: Array
    n: int


def parity(rates: Rates, able: npt.NDArray[np.bool_], min_group: int) -> Estimates:
    """Write demographic parity, equal opportunity and equalized odds over groups.

    Parameters
    ----------
    rates : Rates
        Of all groups.
    able : array of bool
        Which groups count: those of people, and large enough to tell.
    min_group : int
        Rows that are enough.

    Notes
    -----
    Definitions of ``fairlearn.metrics`` between groups: the largest rate minus the smallest,
    or the smallest divided by the largest; of equalized odds the worse of the true and the
    false positive rate. A group that has no such rate is left out, where fairlearn takes it
    for 0. The largest of several rates is too large on average, and more so in resamples:
    the interval of a difference near 0 lies to its right.
    """
    spread = {
        (name, kind): _spread(rates.by_name[name], able, function)
        for name in (_SELECTED, _TRUE, _FALSE)
        for kind, function in (("difference", _gap), ("ratio", _share))
    }
    write = partial(_estimate, rates, min_group)
    return (
        write("demographic_parity_difference", [spread[_SELECTED, "difference"]]),
        write("demographic_parity_ratio", [spread[_SELECTED, "ratio"]], unit="ratio"),
        write("equal_opportunity_difference", [spread[_TRUE, "difference"]]),
        write(
            "equalized_odds_difference",
            [spread[_TRUE, "difference"], spread[_FALSE, "difference"]],
        ),
        write(
            "equalized_odds_ratio", [spread[_TRUE, "ratio"], spread[_FALSE, "ratio"]], unit="ratio"
        ),
    )


def _gap(values: Array) -> Array:
    found: Array = values.max(axis=-1) - values.min(axis=-1)
    return found


def _share(values: Array) -> Array:
    return divided(values.min(axis=-1), values.max(axis=-1))


def _spread(
    one: Rated, able: npt.NDArray[np.bool_], function: Callable[[Array], Array]
) -> _Spread | None:
    """Compute a number over the groups that have the rate; None where not two have it."""
    has = able & ~np.isnan(one.value)
    if np.count_nonzero(has) < 2:
        return None
    return _Spread(
        value=float(function(one.value[has])),
        samples=function(one.samples[:, has]),
        n=int(one.n[has].sum()),
    )


def _estimate(
    rates: Rates, min_group: int, name: str, parts: list[_Spread | None], unit: Unit = "share"
) -> Estimate:
    """Write the worse of some spreads: the largest difference, or the smallest ratio."""
    large = f"groups of at least {min_group:,} rows"
    of = partial(Estimate, name=name, unit=unit)
    there = [part for part in parts if part is not None]
    n = min((part.n for part in there), default=0)
    if len(there) < len(parts):
        return of(value=None, n=n, reason=f"There are not two {large} that have these rates.")
    values = [part.value for part in there]
    if np.isnan(values).any():
        return of(value=None, n=n, reason="The rate of every group is 0.")
    worse, worst = (max, np.max) if unit == "share" else (min, np.min)
    of = partial(of, value=worse(values), n=n)
    if not rates.resamples:
        return of(method=rates.method(f"exact; {large}"))
    samples = worst(np.stack([part.samples for part in there]), axis=0)
    low, high = (float(end) for end in ends(samples))
    sure = not np.isnan(low)
    return of(
        low=low if sure else None,
        high=high if sure else None,
        method=rates.method(f"{rates.bootstrap}; {large}"),
        reason="" if sure else UNDEFINED,
    )
