"""From runs to figures: medians, ratios of pairs, and whether a target is reached."""

import math
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from benchmarks.data import TABLES
from benchmarks.measure import Run
from benchmarks.model import OURS, Benchmark, Ceiling, Linear, Quantity, Ratio, Target
from benchmarks.pairs import Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Median, least and greatest of several runs or pairs."""

    median: float
    least: float
    most: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one contender on one case."""

    case: str
    contender: str
    wall_s: Spread | None
    inner_s: Spread | None
    peak_bytes: Spread | None
    ratio: Spread | None
    """Its figure divided by ours, pair by pair: above 1, ours is better."""
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a target asked for, what was measured, and whether that reaches it."""

    target: str
    figure: str
    reached: bool | None
    """None: it could not be measured."""


def rows(benchmark: Benchmark, runs: Runs) -> list[Row]:
    """Return the figures of every contender on every case, in the order of the suite."""
    found = []
    for case in benchmark.cases:
        for contender in benchmark.contenders:
            own = runs.get((case.id, contender.id))
            if own is None:
                continue
            found.append(
                Row(
                    case=case.id,
                    contender=contender.id,
                    wall_s=spread(values(own, "wall_s")),
                    inner_s=spread(values(own, "inner_s")),
                    peak_bytes=spread(values(own, "peak_bytes")),
                    ratio=spread(ratios(runs, case.id, contender.id, benchmark.quantity)),
                    errors=tuple(sorted({run.error for run in own if run.error})),
                )
            )
    return found


def values(runs: list[Run], quantity: Quantity) -> list[float]:
    """Return one quantity of the runs that ended well."""
    found = (getattr(run, quantity) for run in runs if not run.error)
    return [float(value) for value in found if value is not None]


def ratios(runs: Runs, case: str, contender: str, quantity: Quantity) -> list[float]:
    """Return theirs / ours for each pair of which both ended well; none for ourselves."""
    if contender == OURS:
        return []
    found = []
    pairs = zip(runs.get((case, contender), []), runs.get((case, OURS), []), strict=False)
    for theirs, ours in pairs:
        above, below = values([theirs], quantity), values([ours], quantity)
        if above and below:
            found.append(above[0] / below[0])
    return found


def spread(found: list[float]) -> Spread | None:
    """Summarise ``found``; None where there is nothing."""
    if not found:
        return None
    return Spread(median=median(found), least=min(found), most=max(found), n=len(found))


def verdict(target: Target, runs: Runs) -> Verdict:
    """Judge one target. What could not be measured is not reached, and says so."""
    match target:
        case Ratio():
            return _ratio(target, runs)
        case Ceiling():
            return _ceiling(target, runs)
        case Linear():
            return _linear(target, runs)


_NAMES = {"wall_s": "whole process", "inner_s": "work alone", "peak_bytes": "peak memory"}


def _ratio(target: Ratio, runs: Runs) -> Verdict:
    asked = (
        f"{target.peer} / ours at least {target.at_least:.3g} "
        f"({target.case}, {_NAMES[target.quantity]})"
    )
    found = spread(ratios(runs, target.case, target.peer, target.quantity))
    if found is None:
        return Verdict(target=asked, figure="not measured", reached=None)
    return Verdict(
        target=asked, figure=f"{found.median:.3g}", reached=found.median >= target.at_least
    )


def _ceiling(target: Ceiling, runs: Runs) -> Verdict:
    shown = f"{target.limit / 1e6:,.0f} MB" if target.quantity == "peak_bytes" else target.limit
    asked = f"{target.contender} below {shown} ({target.case}, {_NAMES[target.quantity]})"
    own = runs.get((target.case, target.contender), [])
    found = values(own, target.quantity)
    if not found or len(found) < len(own):
        return Verdict(target=asked, figure="not measured", reached=None)
    most = max(found)
    figure = f"{most / 1e6:,.0f} MB" if target.quantity == "peak_bytes" else f"{most:.3g}"
    return Verdict(target=asked, figure=figure, reached=most < target.limit)


def _linear(target: Linear, runs: Runs) -> Verdict:
    asked = (
        f"{target.contender} grows with the {target.over} by an exponent of at most "
        f"{target.at_most:.3g} ({_NAMES[target.quantity]})"
    )
    points = []
    for case in target.cases:
        found = spread(values(runs.get((case, target.contender), []), target.quantity))
        if found is None:
            return Verdict(target=asked, figure="not measured", reached=None)
        table = TABLES[case.rpartition(".")[0]]
        points.append((getattr(table, target.over), found.median))
    found_exponents = exponents(points)
    shown = ", ".join(f"{exponent:.2f}" for exponent in found_exponents)
    return Verdict(target=asked, figure=shown, reached=max(found_exponents) <= target.at_most)


def exponents(points: list[tuple[float, float]]) -> list[float]:
    """Return the growth between neighbours: ln(t2/t1) / ln(n2/n1); 1 is linear.

    Examples
    --------
    >>> [round(e, 6) for e in exponents([(10, 1.0), (100, 10.0), (1000, 1000.0)])]
    [1.0, 2.0]
    """
    return [math.log(t2 / t1) / math.log(n2 / n1) for (n1, t1), (n2, t2) in pairwise(points)]
