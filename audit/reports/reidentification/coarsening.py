"""Quasi-identifiers made coarser: what may be done to a column, and what is sensible to propose.

None of the proposals, and none of their titles, quotes a value of the data.
"""

from dataclasses import dataclass
from typing import Literal

from audit.errors import ParameterError
from audit.format import count, number
from audit.reports.reidentification.classes import Key, refuse_nested
from audit.store import Table
from audit.store.rows import is_numeric, is_temporal, is_text

Way = Literal["bins", "month", "year", "decade", "first", "rare"]

_FIRST = (4, 3, 2, 1)
_LONGEST_CODE = 12
"""Characters of the longest text of which the first ones are proposed: codes, not names."""
_RARE = (10, 100)
_BINS = (20, 10, 5)
"""Numbers of bins that proposals aim at."""
_DECADE = 10
_FEWEST_DISTINCT = 3
_DATED = ("DATE", "TIMESTAMP")
_FREQUENT = "SELECT {cell} FROM {t} WHERE {cell} IS NOT NULL GROUP BY 1 HAVING count(*) >= ?"
_SQL: dict[Way, str] = {
    "bins": "floor(CAST({cell} AS DOUBLE) / CAST(? AS DOUBLE)) + CAST(0 AS DOUBLE)",
    "first": "left({cell}, CAST(? AS BIGINT))",
    "month": "year({cell}) * 12 + month({cell})",
    "year": "year({cell})",
    "decade": f"CAST(floor(year({{cell}}) / {_DECADE}) AS BIGINT)",
    # Letters before a frequent value keep it apart from the word that stands for rare ones.
    "rare": f"CASE WHEN {{cell}} IS NULL THEN NULL WHEN {{cell}} IN ({_FREQUENT}) "
    "THEN 'v:' || CAST({cell} AS VARCHAR) ELSE 'rare' END",
}
"""By way of making coarser: SQL with the place ``{cell}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coarsening:
    """One way to make the values of a column coarser.

    ``bins``: numbers to multiples of ``size`` below them; ``month``, ``year``, ``decade``:
    dates; ``first``: text to its first ``size`` characters; ``rare``: values of fewer than
    ``size`` rows to one. A missing value stays missing.
    """

    way: Way
    size: float = 0

    def __post_init__(self) -> None:
        """Refuse a size that means nothing: it may come from a URL typed by hand."""
        whole = self.way in ("first", "rare")
        if self.way in ("bins", "first", "rare") and not 0 < self.size < float("inf"):
            message = "A coarsening needs a size above 0."
            raise ParameterError(message)
        if whole and self.size != int(self.size):
            message = f"The coarsening {self.way!r} needs a whole number."
            raise ParameterError(message)

    @property
    def title(self) -> str:
        """What it does, in words."""
        if self.way == "bins":
            return f"bins of {number(self.size)}"
        if self.way == "first":
            return "first character" if self.size == 1 else f"first {int(self.size)} characters"
        if self.way == "rare":
            return f"values below {count(int(self.size))} rows as one"
        return {"month": "month", "year": "year", "decade": "decade"}[self.way]


def key_of(table: Table, column: str, coarsening: Coarsening | None) -> Key:
    """Write how rows are grouped by a column that is made coarser."""
    refuse_nested(table, [column])
    if coarsening is None:
        return Key(column=column)
    type_ = table.type_of(column)
    _refuse_other(column, type_, coarsening)
    size = coarsening.size
    values = {"bins": (float(size),), "first": (int(size),), "rare": (int(size),)}
    return Key(column=column, sql=_SQL[coarsening.way], values=values.get(coarsening.way, ()))


def _refuse_other(column: str, type_: str, coarsening: Coarsening) -> None:
    fits = {
        "bins": is_numeric(type_),
        "first": is_text(type_),
        "rare": True,
    }.get(coarsening.way, type_.startswith(_DATED))
    if not fits:
        message = f"{column!r} cannot be made coarser by {coarsening.title!r}."
        raise ParameterError(message, hint="Choose another way that fits its kind of values.")


def coarsenings(table: Table, column: str) -> tuple[Coarsening, ...]:
    """Propose ways to make a column coarser, the gentlest first; none for a yes or no."""
    refuse_nested(table, [column])
    type_ = table.type_of(column)
    if not table.n_rows or type_ == "BOOLEAN":
        return ()
    if is_numeric(type_):
        return (*_bins(table, column), *_rare())
    if is_temporal(type_) and type_.startswith(_DATED):
        return tuple(Coarsening(way=way) for way in ("month", "year", "decade"))
    if not is_text(type_):
        return _rare()
    (longest, distinct) = table.row(
        "SELECT max(length({c})), approx_count_distinct({c}) FROM {t}", c=column
    )
    if distinct < _FEWEST_DISTINCT:
        return ()
    codes = _FIRST if longest is not None and longest <= _LONGEST_CODE else ()
    first = (Coarsening(way="first", size=n) for n in codes if n < longest)
    return (*first, *_rare())


def _rare() -> tuple[Coarsening, ...]:
    return tuple(Coarsening(way="rare", size=n) for n in _RARE)


def _bins(table: Table, column: str) -> tuple[Coarsening, ...]:
    """Propose round widths that cut the range of ordinary values into about so many bins.

    A few numbers far away from all the others, as an age of 999, do not make bins wide.
    """
    low, high, least, most = table.row(
        "SELECT quantile_disc(v, 0.01), quantile_disc(v, 0.99), min(v), max(v) "
        "FROM (SELECT CAST({c} AS DOUBLE) AS v FROM {t}) WHERE isfinite(v)",
        c=column,
    )
    if low is not None and low == high:
        low, high = least, most
    if low is None or not 0 < high - low < float("inf"):
        return ()
    widths = dict.fromkeys(_round((high - low) / n) for n in _BINS)
    whole = not table.type_of(column).startswith(("FLOAT", "DOUBLE", "DECIMAL"))
    return tuple(Coarsening(way="bins", size=w) for w in widths if not whole or w > 1)


def _round(width: float) -> float:
    """Round to 1, 2 or 5 times a power of ten, the next above."""
    power = 10.0 ** int(f"{width:e}".partition("e")[2])
    return next(power * step for step in (1, 2, 5, 10) if power * step >= width * (1 - 1e-9))
