"""Dates and timestamps: from counted microseconds since 1970 to range, periods and gaps."""

from datetime import UTC, datetime
from typing import Literal

import numpy as np
import numpy.typing as npt

from audit.reports.distribution.counted import Counted
from audit.reports.distribution.values import Dates

Period = Literal["day", "month", "year"]

_DAY_US = 86_400_000_000
_MOST_DAYS = 92
_MOST_MONTHS = 240
MOST_PERIODS = 2_000
"""Beyond this only periods with rows are listed."""

_UNITS: dict[Period, str] = {"day": "D", "month": "M", "year": "Y"}


def measure_dates(
    counted: Counted, *, as_of: datetime, has_time: bool, zoned: bool
) -> tuple[Dates, tuple[str, ...]]:
    """Measure a column of at least one date, and say what was left out."""
    first, last = int(counted.values[0]), int(counted.values[-1])
    period = grain(first, last)
    starts, rows = by_period(counted, period)
    whole = int(starts[-1] - starts[0]) + 1
    empty = np.diff(starts) - 1
    reasons: tuple[str, ...] = ()
    if whole <= MOST_PERIODS:
        every = np.arange(whole) + starts[0]
        filled = np.zeros(whole, dtype=np.int64)
        filled[starts - starts[0]] = rows
        starts, rows = every, filled
    else:
        reasons = (f"Of {whole:,} {period}s only those with rows are listed.",)
    dates = Dates(
        minimum=iso(first, has_time=has_time, zoned=zoned),
        maximum=iso(last, has_time=has_time, zoned=zoned),
        range_days=(last - first) / _DAY_US,
        future=counted.rows - counted.first_rows(_place(counted, as_of)),
        as_of=as_of.astimezone(UTC).isoformat(timespec="seconds"),
        period=period,
        periods=tuple(zip(_days(starts, period), rows.tolist(), strict=True)),
        gaps=int(empty.sum()),
        longest_gap=int(empty.max(initial=0)),
    )
    return dates, reasons


def grain(first: int, last: int) -> Period:
    """Choose days up to three months, months up to twenty years, years beyond."""
    days = (last - first) // _DAY_US
    if days <= _MOST_DAYS:
        return "day"
    return "month" if days <= _MOST_MONTHS * 30.44 else "year"


def by_period(
    counted: Counted, period: Period
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Count rows by period: periods since 1970 that have rows, increasing, and their rows."""
    moments = counted.values.astype("datetime64[us]")
    numbers = moments.astype(f"datetime64[{_UNITS[period]}]").astype(np.int64)
    starts = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    return numbers[starts], np.add.reduceat(counted.counts.astype(np.int64), starts)


def iso(microseconds: int, *, has_time: bool, zoned: bool) -> str:
    """Write microseconds since 1970 as ISO 8601."""
    moment = np.datetime64(microseconds, "us")
    if not has_time:
        return str(moment.astype("datetime64[D]"))
    unit: Literal["us", "s"] = "us" if microseconds % 1_000_000 else "s"
    return str(np.datetime_as_string(moment, unit=unit)) + ("+00:00" if zoned else "")


def _days(starts: npt.NDArray[np.int64], period: Period) -> list[str]:
    days = starts.astype(f"datetime64[{_UNITS[period]}]").astype("datetime64[D]")
    return [str(day) for day in days]


def _place(counted: Counted, as_of: datetime) -> int:
    moment = int(as_of.timestamp() * 1_000_000)
    return int(np.searchsorted(counted.values, moment, side="right"))
