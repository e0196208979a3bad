"""Confusion counts by group, the rates that follow from them, and resamples of both."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.reports.representation.cells import Array
from audit.stats import resample_weights

TP, FN, FP, TN = range(4)
"""Places of the four cells: the label is positive in the first two."""

_ALL = (TP, FN, FP, TN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share of some cells among others."""

    name: str
    hits: tuple[int, ...]
    of: tuple[int, ...]
    nobody: str
    """Why it is not defined where no row is among ``of``."""


_NO_POSITIVE = "No row of the group has a positive label."
_NO_NEGATIVE = "No row of the group has a negative label."
_NONE_SELECTED = "No row of the group is predicted positive."
_ALL_SELECTED = "No row of the group is predicted negative."
_NO_ROWS = "There are no rows with a label and a prediction."

RATES = {
    rate.name: rate
    for rate in (
        Rate(name="selection_rate", hits=(TP, FP), of=_ALL, nobody=_NO_ROWS),
        Rate(name="accuracy", hits=(TP, TN), of=_ALL, nobody=_NO_ROWS),
        Rate(name="precision", hits=(TP,), of=(TP, FP), nobody=_NONE_SELECTED),
        Rate(name="true_positive_rate", hits=(TP,), of=(TP, FN), nobody=_NO_POSITIVE),
        Rate(name="true_negative_rate", hits=(TN,), of=(FP, TN), nobody=_NO_NEGATIVE),
        Rate(name="false_positive_rate", hits=(FP,), of=(FP, TN), nobody=_NO_NEGATIVE),
        Rate(name="false_negative_rate", hits=(FN,), of=(TP, FN), nobody=_NO_POSITIVE),
        Rate(name="false_discovery_rate", hits=(FP,), of=(TP, FP), nobody=_NONE_SELECTED),
        Rate(name="false_omission_rate", hits=(FN,), of=(FN, TN), nobody=_ALL_SELECTED),
    )
}

NO_WEIGHT = "All rows it rests on weigh nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Rows of each group by cell: arrays of shape (groups, 4)."""

    n: npt.NDArray[np.int64]
    weight: Array
    """Sums of weights; the rows where there is no weight column."""
    weight_squared: Array
    rest: int = 0
    """Rows of groups that are not among these: resamples draw them too."""
    weighted: bool = False

    @property
    def rows(self) -> npt.NDArray[np.int64]:
        """Rows by group."""
        sums: npt.NDArray[np.int64] = self.n.sum(axis=1)
        return sums

    def take(self, kept: npt.NDArray[np.intp]) -> "Confusion":
        """Keep some groups; the rows of the others stay in what is resampled."""
        return Confusion(
            n=self.n[kept],
            weight=self.weight[kept],
            weight_squared=self.weight_squared[kept],
            rest=self.rest + int(self.n.sum() - self.n[kept].sum()),
            weighted=self.weighted,
        )

    def together(self) -> "Confusion":
        """Add up all groups."""
        return Confusion(
            n=self.n.sum(axis=0, keepdims=True),
            weight=self.weight.sum(axis=0, keepdims=True),
            weight_squared=self.weight_squared.sum(axis=0, keepdims=True),
            rest=self.rest,
            weighted=self.weighted,
        )

    def drawn(self, times: int, seed: int) -> Array:
        """Resample all rows ``times`` times: cells (or their weights), (times, groups, 4).

        Rows are drawn from the whole table, so that the sizes of groups vary as they would
        had other people been met.
        """
        if not times or not self.n.sum():
            return np.zeros((0, *self.n.shape))
        rng = np.random.default_rng(seed)
        counts = np.append(self.n.ravel(), self.rest)
        weights = np.append(self.weight.ravel(), 0.0)
        squared = np.append(self.weight_squared.ravel(), 0.0)
        found = resample_weights(counts, weights, squared, times, rng)
        return found[:, :-1].reshape(times, *self.n.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One rate of each group: arrays of shape (groups,)."""

    rate: Rate
    value: Array
    """NaN where it is not defined."""
    n: npt.NDArray[np.int64]
    """Rows it is a share of."""
    effective: Array
    """Kish's effective number of them."""
    samples: Array
    """Of each resample, (times, groups); NaN where it is not defined."""

    def reason(self, group: int) -> str:
        """Say why it is not defined for a group."""
        return NO_WEIGHT if self.n[group] else self.rate.nobody


def rated(confusion: Confusion, drawn: Array) -> dict[str, Rated]:
    """Compute every rate of every group and of every resample."""
    found = {}
    for name, rate in RATES.items():
        weight = _sum(confusion.weight, rate.of)
        squared = _sum(confusion.weight_squared, rate.of)
        found[name] = Rated(
            rate=rate,
            value=divided(_sum(confusion.weight, rate.hits), weight),
            n=confusion.n[:, rate.of].sum(axis=1),
            effective=divided(weight * weight, squared),
            samples=divided(_sum(drawn, rate.hits), _sum(drawn, rate.of)),
        )
    return found


def divided(part: Array, whole: Array) -> Array:
    """Divide; NaN where the whole is 0."""
    there = np.broadcast_to(whole > 0, np.broadcast_shapes(part.shape, whole.shape))
    share: Array = np.divide(part, whole, out=np.full(there.shape, np.nan), where=there)
    return share


def _sum(cells: Array, places: tuple[int, ...]) -> Array:
    """Add up some cells, always in the same order: sums of weights are the same to the bit."""
    total: Array = cells[..., places[0]].copy()
    for place in places[1:]:
        total += cells[..., place]
    return total
