"""From counts to the counts that resampling aims at, and to those it reaches: pure functions."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.cells import Grid
from audit.mending.population import margins_of, reference_rows
from audit.mending.raking import inside, rake
from audit.mending.resampling import Resample

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Counts = npt.NDArray[np.int64]
    Numbers = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

EMPTY = "there is no row to draw from"
REPEATS = "a row may stand {n} times at the most"
GROWTH = "the table may become {n:g} times as long at the most"
KEPT = "rows are repeated only, not dropped"
_MANY = 2**42
"""More rows than a table has; times any cap on repeats it is still a whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Rows of each cell, groups by classes."""

    wanted: "Counts"
    """What the target asks for; as many as now in cells it does not speak of."""
    then: "Counts"
    """What the rows that are there, and the caps, allow."""
    targeted: "Flags"
    """Cells that the target speaks of."""
    why: "npt.NDArray[np.object_]"
    """Why a cell does not get what is wanted; empty where it does."""
    missed: float = 0.0
    """Distance of the population's margins from those that the target could be given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What a target asks for, before caps."""

    wanted: "Counts"
    targeted: "Flags"
    least: "Counts"
    """What a cap on growth may not take away."""
    most: "Counts"
    """What a cap on repeats allows."""
    missed: float = 0.0


def plan(grid: Grid, step: Resample) -> Plan:
    """Say how many rows of each cell there are to be.

    Notes
    -----
    *equal* gives all cells as many rows as the largest has (over), the smallest (under), or
    their mean (both). Where a cap keeps a group from it the classes of the group are still
    made equal first: label rates come before sizes of groups. *equal-rates* brings each group
    to the distribution of the label over the whole table, on its own; *independent* brings
    cells to n_g n_y / n (Kamiran and Calders 2012), and so keeps the shares of groups.
    """
    import numpy as np

    wish = _WISHES[step.target](grid, step)
    now = grid.counts
    most = np.maximum(now, np.minimum(wish.most, now * step.most_repeats))
    then = np.where(wish.targeted, np.minimum(wish.wanted, most), now)
    if step.method == "over":
        then = np.maximum(then, now)
        then = _within_growth(now, then, wish, step.most_growth)
    return Plan(
        wanted=np.where(wish.targeted, wish.wanted, now),
        then=then,
        targeted=wish.targeted,
        why=_reasons(now, then, wish, most, step),
        missed=wish.missed,
    )


def _reasons(
    now: "Counts", then: "Counts", wish: _Wish, most: "Counts", step: Resample
) -> "npt.NDArray[np.object_]":
    import numpy as np

    why = np.full(now.shape, "", dtype=object)
    short = wish.targeted & (then < wish.wanted)
    why[short] = GROWTH.format(n=step.most_growth)
    why[short & (then >= most)] = REPEATS.format(n=step.most_repeats)
    why[short & (now == 0)] = EMPTY
    why[wish.targeted & (then > wish.wanted)] = KEPT
    return why


def _within_growth(now: "Counts", then: "Counts", wish: _Wish, growth: float) -> "Counts":
    """Lower what is added, in proportion to what is wanted, until the table is short enough."""
    import numpy as np

    allowed = floor(growth * int(now.sum()) + 1e-9)
    if int(then.sum()) <= allowed:
        return then
    least = np.minimum(np.maximum(now, wish.least), then)
    if int(least.sum()) > allowed:
        least, then = now, least

    def at(share: float) -> "Counts":
        lowered = np.floor(share * wish.wanted).astype(np.int64)
        fitting: Counts = np.maximum(least, np.minimum(then, lowered))
        return fitting

    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if int(at(middle).sum()) <= allowed:
            low = middle
        else:
            high = middle
    return at(low)


def _equal(grid: Grid, step: Resample) -> _Wish:
    import numpy as np

    now, real = grid.counts, grid.real()
    drawn = real & (now > 0)
    if not drawn.any():
        return _nothing(grid)
    level = {"over": now[drawn].max(), "under": now[drawn].min(), "both": 0}[step.method]
    wanted = np.where(real, level, now)
    if step.method == "both":
        wanted = shared_out(int(now[drawn].sum()), drawn.astype(np.float64), now)
        wanted[real & ~drawn] = wanted[drawn].min()
    largest = np.where(drawn, now, 0).max(axis=1, keepdims=True, initial=0)
    rarest = np.where(drawn, now, _MANY).min(axis=1, keepdims=True, initial=_MANY)
    return _Wish(
        wanted=wanted,
        targeted=real,
        least=np.where(drawn, largest, now),
        most=np.where(drawn, np.maximum(largest, rarest * step.most_repeats), now),
    )


def _equal_rates(grid: Grid, step: Resample) -> _Wish:
    import numpy as np

    now, real, shares = _labelled(grid)
    asked = real & (shares > 0)
    wanted = now.copy()
    for g in np.flatnonzero((now * asked).any(axis=1)):
        own = asked[g]
        wanted[g][own] = _at_rates(now[g][own], shares[own] / shares[own].sum(), step)
    return _plain(wanted, real, now)


def _at_rates(now: "Counts", shares: "Numbers", step: Resample) -> "Counts":
    """Bring one group to the distribution of the label, where it has all classes."""
    import numpy as np

    if (now == 0).any():
        # No drawing gives a group a class that none of its rows has: it stays as it is.
        return np.where(now > 0, now, np.maximum(1, np.rint(now.sum() * shares).astype(np.int64)))
    if step.method == "both":
        return shared_out(int(now.sum()), shares, now)
    needed = now / shares
    return _bounded((needed.max() if step.method == "over" else needed.min()) * shares, now, step)


def _independent(grid: Grid, step: Resample) -> _Wish:
    import numpy as np

    now, real, shares = _labelled(grid)
    groups = np.where(real, now, 0).sum(axis=1, keepdims=True)
    return _of_shares(np.where(real, groups * shares, 0.0), real, now, step)


def _population(grid: Grid, step: Resample) -> _Wish:
    import numpy as np

    by_hand = step.target == "shares"
    rows = reference_rows(step.shares if by_hand else step.reference)
    if not rows:
        named = "shares" if by_hand else "a reference population"
        message = f"The target {step.target} needs {named}, and there is none."
        raise ParameterError(message, hint=f"Give {named} for the columns of the groups.")
    margins = margins_of(rows, grid.all)
    shape = tuple(axis.size for axis in grid.all)
    real = grid.real()
    asked = inside(shape, margins).reshape(real.shape) & real
    now = grid.counts
    if by_hand and (unnamed := int(((now > 0) & real & ~asked).sum())):
        message = f"No share is given for {counted(unnamed, 'group')} that rows are in."
        raise ParameterError(message, hint="Give each an amount; 0 leaves a group out.")
    if len(margins) == 1:
        shares = np.where(asked, margins[0].shares.reshape(real.shape), 0.0)
        return _of_shares(shares, asked, now, step)
    raked = rake(np.where(asked, now, 0).reshape(shape).astype(np.float64), margins)
    found = _of_shares(raked.fitted.reshape(real.shape), asked, now, step)
    return _Wish(
        wanted=found.wanted,
        targeted=found.targeted,
        least=found.least,
        most=found.most,
        missed=max(raked.missed),
    )


def _of_shares(shares: "Numbers", asked: "Flags", now: "Counts", step: Resample) -> _Wish:
    """Scale shares to the smallest table that drops nothing, the largest that adds nothing."""
    import numpy as np

    drawn = asked & (now > 0) & (shares > 0)
    if not drawn.any():
        return _plain(now, asked & False, now)
    total = float(shares[asked].sum())
    shares = np.where(asked, shares / total, 0.0)
    if step.method == "both":
        rows = int(now[asked].sum())
        wanted = shared_out(rows, shares, now)
    else:
        needed = now[drawn] / shares[drawn]
        scale = float(needed.max() if step.method == "over" else needed.min())
        # More rows than a computer holds are wanted of nobody; the cap on growth says less.
        scale = min(scale, 1e15)
        wanted = np.where(drawn, _bounded(scale * shares, now, step), np.rint(scale * shares))
    return _plain(np.where(asked, wanted, now).astype(np.int64), asked, now)


def _bounded(exact: "Numbers", now: "Counts", step: Resample) -> "Counts":
    """Round, without asking for a row less where rows are added, nor more where they are dropped."""
    import numpy as np

    rounded: Counts = np.rint(exact).astype(np.int64)
    beyond = rounded < now if step.method == "over" else rounded > now
    bounded: Counts = np.where(beyond, now, rounded)
    return bounded


def shared_out(total: int, shares: "Numbers", now: "Counts") -> "Counts":
    """Part ``total`` rows by shares: largest remainders first, then the larger, then the earlier cell."""
    import numpy as np

    exact = total * (shares / shares.sum())
    whole: Counts = np.floor(exact + 1e-9).astype(np.int64)
    left = total - int(whole.sum())
    rest = np.where(shares > 0, exact - whole, -1.0).round(9)
    order = np.lexsort((-now.ravel(), -rest.ravel()))
    whole.ravel()[order[: max(0, left)]] += 1
    return whole


def _labelled(grid: Grid) -> "tuple[Counts, Flags, Numbers]":
    """Give rows, the cells of groups, and the distribution of the label over them."""
    import numpy as np

    if grid.classes is None or not grid.axes:
        message = "Equal label rates need a label, and a column of groups besides it."
        raise ParameterError(message, hint="Name the label and the columns of the groups.")
    real = grid.real()
    sums = np.where(real, grid.counts, 0).sum(axis=0)
    if (sums > 0).sum() < 2:
        message = f"The label {grid.classes.column!r} has fewer than two classes here."
        raise ParameterError(message, hint="Choose a label that differs between rows.")
    return grid.counts, real, sums / sums.sum()


def _plain(wanted: "Counts", targeted: "Flags", now: "Counts") -> _Wish:
    import numpy as np

    most = np.full(now.shape, np.iinfo(np.int64).max)
    return _Wish(wanted=wanted, targeted=targeted, least=now, most=most)


def _nothing(grid: Grid) -> _Wish:
    return _plain(grid.counts, grid.real() & False, grid.counts)


_WISHES: dict[str, Callable[[Grid, Resample], _Wish]] = {
    "equal": _equal,
    "equal-rates": _equal_rates,
    "independent": _independent,
    "reference": _population,
    "shares": _population,
}
