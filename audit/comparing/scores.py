"""Two models on the same rows: how much better one is, with a paired bootstrap."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

RESAMPLES = 300
_SEED = 20_261_124
_FEWEST = 10
"""Rows of a group from which on its rate is one of those compared."""
_CELLS = 4_000_000
"""Weights of resamples that are held at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Rows that both models have scored."""

    positive: "npt.NDArray[np.bool_]"
    before: "Floats"
    """Scores of the model trained on 'before'."""
    after: "Floats"
    group: "npt.NDArray[np.int64] | None" = None
    """Group of each row, 0, 1, …; -1 where it is in none that is large enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A metric of both models, and the interval of the change."""

    name: str
    before: float | None
    after: float | None
    low: float | None
    high: float | None


def held_against(tested: Scores) -> tuple[Difference, ...]:
    """Measure both models on the same rows.

    Returns
    -------
    tuple of Difference
        ``roc_auc`` and ``accuracy``; with groups also ``demographic_parity_difference`` and
        ``equal_opportunity_difference``: largest minus smallest selection rate, and true
        positive rate. A prediction is positive from 0.5 on.

    Notes
    -----
    Percentile interval over resamples of the tested rows; both models are measured on the same
    resample, so that what the rows have in common cancels out.
    """
    import numpy as np

    n = len(tested.positive)
    rng = np.random.default_rng(_SEED)
    times = max(1, _CELLS // max(1, n))
    values = [_metrics(tested, np.ones((1, n)))]
    left = RESAMPLES
    while left:
        now = min(times, left)
        values.append(_metrics(tested, rng.multinomial(n, np.full(n, 1 / n), now).astype(float)))
        left -= now
    return tuple(_difference(name, [v[name] for v in values]) for name in values[0])


def _metrics(tested: Scores, weights: "Floats") -> "dict[str, list[Floats]]":
    import numpy as np

    scores = (tested.before, tested.after)
    found = {
        "roc_auc": [_auc(s, tested.positive, weights) for s in scores],
        "accuracy": [
            (weights @ ((s >= 0.5) == tested.positive)) / weights.sum(axis=1) for s in scores
        ],
    }
    if tested.group is not None:
        true = tested.positive
        found["demographic_parity_difference"] = [
            _gap(s >= 0.5, tested.group, weights) for s in scores
        ]
        found["equal_opportunity_difference"] = [
            _gap(s >= 0.5, np.where(true, tested.group, -1), weights) for s in scores
        ]
    return found


def _auc(score: "Floats", positive: "npt.NDArray[np.bool_]", weights: "Floats") -> "Floats":
    """Area under the ROC curve by resample: pairs in which the positive row scores higher."""
    import numpy as np

    order = np.argsort(score, kind="stable")
    ordered = score[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    up = np.add.reduceat((weights * positive)[:, order], starts, axis=1)
    down = np.add.reduceat((weights * ~positive)[:, order], starts, axis=1)
    below = np.cumsum(down, axis=1) - down / 2
    with np.errstate(invalid="ignore"):
        area: Floats = (up * below).sum(axis=1) / (up.sum(axis=1) * down.sum(axis=1))
    return area


def _gap(
    selected: "npt.NDArray[np.bool_]", group: "npt.NDArray[np.int64]", weights: "Floats"
) -> "Floats":
    """Largest minus smallest share of selected rows, by resample; of groups large enough."""
    import numpy as np

    rates = []
    sizes = np.bincount(group[group >= 0])
    for i in np.flatnonzero(sizes >= _FEWEST):
        own = weights[:, group == i]
        with np.errstate(invalid="ignore"):
            rates.append((own @ selected[group == i]) / own.sum(axis=1))
    if len(rates) < 2:
        return np.full(len(weights), np.nan)
    table = np.stack(rates)
    gaps: Floats = table.max(axis=0) - table.min(axis=0)
    return gaps


def _difference(name: str, values: "list[list[Floats]]") -> Difference:
    import numpy as np

    from audit.stats import percentile_interval

    before, after = (float(side[0]) for side in values[0])
    changes = np.concatenate([later - first for first, later in values[1:]])
    low, high = (float(end) for end in percentile_interval(changes))
    return Difference(
        name=name,
        before=None if np.isnan(before) else before,
        after=None if np.isnan(after) else after,
        low=None if np.isnan(low) else low,
        high=None if np.isnan(high) else high,
    )
