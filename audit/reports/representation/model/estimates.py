"""The numbers of groups that follow from confusion counts, each with its interval."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from audit.model import Unit
from audit.reports.representation.cells import Array
from audit.reports.representation.group_values import Estimate
from audit.reports.representation.model.confusion import Confusion, Rated, divided, rated
from audit.stats import (
    benjamini_hochberg,
    newcombe_difference,
    percentile_interval,
    ratio_interval,
    two_proportions_p,
    wilson_interval,
)

Flags = npt.NDArray[np.bool_]

COMPARED = (
    *("selection_rate", "true_positive_rate", "false_positive_rate", "false_negative_rate"),
    *("false_discovery_rate", "false_omission_rate", "accuracy", "precision"),
)
"""Rates that are held against those of the reference group."""

UNDEFINED = "More than 5% of the resamples have no such number: no interval is given."
ALIKE = "Both rates are 0, or both are 1."
TEST = "two-proportion z; benjamini-hochberg"
NO_WIDTH = "The method has no interval to give at these rates."
_MOST_UNDEFINED = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The rates of some groups, with what is needed to write intervals."""

    by_name: Mapping[str, Rated]
    groups: int
    resamples: int
    before: str
    """What each method begins with: '' or 'sample:200000; '."""
    after: str
    """What each method ends with: '' or '; weighted'."""

    def method(self, how: str) -> str:
        """Name a method."""
        return f"{self.before}{how}{self.after}"

    @property
    def bootstrap(self) -> str:
        """Name of the bootstrap."""
        return f"bootstrap:{self.resamples}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """An interval, and how it was come by."""

    low: float | None
    high: float | None
    method: str
    reason: str = ""


def rates_of(confusion: Confusion, resamples: int, seed: int, basis: str) -> Rates:
    """Compute all rates of all groups, and of all resamples."""
    drawn = confusion.drawn(resamples, seed)
    return Rates(
        by_name=rated(confusion, drawn),
        groups=len(confusion.n),
        resamples=len(drawn),
        before=f"{basis}; " if basis else "",
        after="; weighted" if confusion.weighted else "",
    )


def ends(samples: Array) -> tuple[Array, Array]:
    """Give percentile intervals over the first axis; NaN where too many are not defined."""
    low, high = percentile_interval(samples)
    few = np.mean(np.isnan(samples), axis=0) > _MOST_UNDEFINED
    return np.where(few, np.nan, low), np.where(few, np.nan, high)


def of_rates(rates: Rates) -> list[list[Estimate]]:
    """Write the rates of each group.

    Intervals are percentiles of the bootstrap. A rate of 0 or 1 is the same in every
    resample, which says nothing of how sure it is: there the interval is Wilson's, and so it
    is where nothing was resampled.
    """
    found: list[list[Estimate]] = [[] for _ in range(rates.groups)]
    for name, one in rates.by_name.items():
        low, high = ends(one.samples) if rates.resamples else (one.value, one.value)
        for group in range(rates.groups):
            value, n = float(one.value[group]), int(one.n[group])
            of = partial(Estimate, name=name, n=n)
            if np.isnan(value):
                found[group].append(of(value=None, reason=one.reason(group)))
                continue
            closed = wilson_interval(*_effective(one, group))
            sure = value in (0.0, 1.0)
            given = _chosen(rates, sure, (low[group], high[group]), closed, "wilson")
            found[group].append(_with(of(value=value), given))
    return found


def against(rates: Rates, reference: int, name: str, able: Flags) -> list[list[Estimate]]:
    """Write differences to, and ratios of, the rates of the group at ``reference``.

    They have the resamples of the rates, so that both groups vary in their intervals. Where a
    rate is 0 or 1, differences have Newcombe's interval and ratios the log-normal one. The
    groups in ``able`` are tested too: all of them and all their rates are one family of tests.
    """
    found: list[list[Estimate]] = [[] for _ in range(rates.groups)]
    for compared in COMPARED:
        one = rates.by_name[compared]
        gaps, shares = _samples(one, reference, rates.resamples)
        for group in range(rates.groups):
            pair = _Pair(rates=rates, one=one, group=group, reference=reference, name=name)
            found[group].append(pair.difference((gaps[0][group], gaps[1][group])))
            found[group].append(pair.ratio((shares[0][group], shares[1][group])))
    for group, tested in _tested(rates, reference, name, able):
        found[group].append(tested)
    return found


def _tested(rates: Rates, reference: int, name: str, able: Flags) -> Iterator[tuple[int, Estimate]]:
    """Test each rate of each group against the reference group, corrected over all of them."""
    cases = [
        _Pair(
            rates=rates,
            one=rates.by_name[compared],
            group=int(group),
            reference=reference,
            name=name,
        )
        for compared in COMPARED
        for group in np.flatnonzero(able)
        if group != reference
    ]
    adjusted = benjamini_hochberg([case.p_value() for case in cases])
    for case, p in zip(cases, adjusted, strict=True):
        yield case.group, case.test(p)


def _samples(
    one: Rated, reference: int, resamples: int
) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Give the ends of all differences, and those of all ratios."""
    if not resamples:
        return (one.value, one.value), (one.value, one.value)
    base = one.samples[:, [reference]]
    return ends(one.samples - base), ends(divided(one.samples, base))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """One rate of a group, and of the one it is compared with."""

    rates: Rates
    one: Rated
    group: int
    reference: int
    name: str
    """Of the reference group."""

    def difference(self, found: tuple[float, float]) -> Estimate:
        of = partial(self._estimate, kind="difference", unit="share")
        why = self._undefined()
        if why:
            return of(value=None, reason=why)
        a, b = self._values()
        if self.group == self.reference:
            return of(value=0.0)
        closed = newcombe_difference(*self._sizes())
        return _with(of(value=a - b), self._interval(found, closed, "newcombe"))

    def ratio(self, found: tuple[float, float]) -> Estimate:
        of = partial(self._estimate, kind="ratio", unit="ratio")
        why = self._undefined()
        a, b = self._values()
        if why or b == 0:
            zero = f"The rate of “{self.name}” is 0: no ratio to it exists."
            return of(value=None, reason=why or zero)
        if self.group == self.reference:
            return of(value=1.0)
        closed = ratio_interval(*self._sizes())
        return _with(of(value=a / b), self._interval(found, closed, "log-normal"))

    def p_value(self) -> float | None:
        """Test that both rates are the same; None where one is not defined."""
        return None if self._undefined() else two_proportions_p(*self._sizes())

    def test(self, p: float | None) -> Estimate:
        """Write the corrected p-value."""
        why = "" if p is not None else self._undefined() or ALIKE
        tested = self._estimate(kind="p_value", unit="value", value=p, reason=why)
        return replace(tested, method=self.rates.method(TEST))

    def _estimate(
        self, *, kind: str, unit: Unit, value: float | None, reason: str = ""
    ) -> Estimate:
        n = int(self.one.n[self.group])
        other = int(self.one.n[self.reference]) if self.group != self.reference else 0
        return Estimate(
            name=f"{self.one.rate.name}_{kind}",
            value=value,
            n=n + other,
            unit=unit,
            reason=reason,
            against=self.name,
        )

    def _values(self) -> tuple[float, float]:
        return float(self.one.value[self.group]), float(self.one.value[self.reference])

    def _sizes(self) -> tuple[float, float, float, float]:
        return *_effective(self.one, self.group), *_effective(self.one, self.reference)

    def _undefined(self) -> str:
        a, b = self._values()
        if np.isnan(a):
            return self.one.reason(self.group)
        return f"Of “{self.name}”: {self.one.reason(self.reference)}" if np.isnan(b) else ""

    def _interval(
        self, found: tuple[float, float], closed: tuple[float | None, float | None], how: str
    ) -> Ends:
        sure = not {0.0, 1.0}.isdisjoint(self._values())
        return _chosen(self.rates, sure, found, closed, how)


def _effective(one: Rated, group: int) -> tuple[float, float]:
    """Give hits and rows as an unweighted sample would have them."""
    n = float(one.effective[group])
    return float(one.value[group]) * n, n


def _chosen(
    rates: Rates,
    sure: bool,
    bootstrap: tuple[float, float],
    closed: tuple[float | None, float | None],
    how: str,
) -> Ends:
    """Choose the interval: of the resamples, unless there are none or a rate is alike in all."""
    low, high = (None if np.isnan(end) else float(end) for end in bootstrap)
    resampled = rates.method(rates.bootstrap)
    if rates.resamples and low is None:
        return Ends(low=None, high=None, method=resampled, reason=UNDEFINED)
    if rates.resamples and not sure:
        return Ends(low=low, high=high, method=resampled)
    why = NO_WIDTH if closed[0] is None else ""
    return Ends(low=closed[0], high=closed[1], method=rates.method(how), reason=why)


def _with(estimate: Estimate, given: Ends) -> Estimate:
    return replace(
        estimate, low=given.low, high=given.high, method=given.method, reason=given.reason
    )
