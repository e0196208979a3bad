"""From hits in a sample of different values to the share of rows, with its interval."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit.stats.intervals import wilson_interval

Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


_POISSON = {1: 0.0513, 2: 0.3554, 3: 0.8177}
"""By few hits, the mean of the Poisson distribution that gives as many or more in 5%: half the
5% quantile of chi squared with twice as many degrees of freedom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The values of a place that are looked at, and how many rows there are in all."""

    rows: Counts
    """By value, the rows that hold it."""
    drawn: Counts
    """By value, how many of the rows drawn at random hold it; 0 for a value that is so frequent
    that it is looked at in any case."""
    all_rows: int
    """Rows that hold any value."""

    @property
    def complete(self) -> bool:
        """Whether every row's value is looked at."""
        return int(self.rows.sum()) >= self.all_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its 95% interval."""

    value: float
    low: float
    high: float


def share_of_rows(frame: Frame, hit: Flags, unknown: Flags) -> Share:
    """Estimate the share of rows whose value is a hit.

    Parameters
    ----------
    frame : Frame
        The values looked at: all frequent ones, and those of rows drawn at random among the
        rows that hold another.
    hit, unknown : arrays
        By value: whether it holds what is asked for; whether it may, for it was not looked at
        to its end.

    Returns
    -------
    Share
        Of a full count without unknown values both ends equal the share. Unknown values count
        as no hits in the lower end and as hits in the upper one.

    Notes
    -----
    Two strata: the frequent values are counted, the rows of the others are a simple random
    sample, of which the Wilson interval is taken with the finite population correction
    (Cochran 1977, *Sampling Techniques*, 2.6) and, near 0 and 1, the Poisson bounds of Brown,
    Cai and DasGupta (2001), *Statistical Science* 16, 101-133, without which one rare hit in
    the sample would say too much. Rows are drawn rather than values, so that a
    hit may well depend on how frequent a value is.
    """
    if not frame.all_rows:
        return Share(value=0.0, low=0.0, high=0.0)
    share, low, _ = _ends(frame, hit)
    high = _ends(frame, hit | unknown)[2]
    return Share(value=share, low=low, high=high)


def _ends(frame: Frame, hit: Flags) -> tuple[float, float, float]:
    known = int(frame.rows[hit].sum()) / frame.all_rows
    if frame.complete:
        return known, known, known
    frequent = frame.drawn == 0
    sure = int(frame.rows[frequent & hit].sum())
    left = frame.all_rows - int(frame.rows[frequent].sum())
    n, hits = int(frame.drawn.sum()), int(frame.drawn[hit].sum())
    most = 1 - int(frame.rows[~hit].sum()) / frame.all_rows
    if not 0 < n < left:
        return known, known, most
    ends = _interval(hits, n, left)
    share, low, high = ((sure + part * left) / frame.all_rows for part in (hits / n, *ends))
    return share, max(low, known), min(high, most)


def _interval(hits: int, n: int, of: int) -> tuple[float, float]:
    """Give the ends for ``hits`` among ``n`` rows drawn of ``of``."""
    effective = n / (1 - n / of)
    low, high = wilson_interval(hits / n * effective, effective)
    few, left = _POISSON.get(hits), _POISSON.get(n - hits)
    return low if few is None else min(low, few / n), high if left is None else max(
        high, 1 - left / n
    )
