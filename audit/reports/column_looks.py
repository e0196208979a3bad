"""What the values of columns look like, from a small sample: enough to guess their meaning."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audit.store import Table
from audit.store.rows import is_numeric, is_temporal, is_text

SAMPLE_ROWS = 5_000
"""Rows looked at, at the most."""
SAMPLE_CELLS = 500_000
"""Cells looked at, at the most: of a wide table fewer rows are taken."""
FEWEST_ROWS = 500
STRETCHES = 20
"""The sample is this many stretches of neighbouring rows, spread evenly over the version."""
TEXT_LENGTH = 200
"""Characters of a value that are looked at."""

_SHAPES = (
    ("e-mail addresses", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")),
    ("UUIDs", re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")),
    ("social security numbers", re.compile(r"\d{3}-\d{2}-\d{4}")),
    ("telephone numbers", re.compile(r"(\+\d[\d ()./-]{6,18}\d|\(\d{3}\) ?\d{3}[- ]\d{4})")),
    ("IP addresses", re.compile(r"\d{1,3}(\.\d{1,3}){3}")),
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ]\d{2}:\d{2}.*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|(1[89]|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
)
_CODE = re.compile(r"(?=.*\d)(?=.*[^\W\d_])[\w-]{4,40}")
_MOST_SHOULD = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the sampled values of one column look like."""

    name: str
    kind: Literal["number", "text", "boolean", "temporal", "other"]
    present: int
    distinct: int
    values: tuple[str, ...] = ()
    """The values as text, in order, where there are at most 20."""
    length_mean: float = 0.0
    words_mean: float = 0.0
    shape: str = ""
    """Something personal that nearly all values have the form of."""
    is_date: bool = False
    date_shaped: bool = False
    """Dates, or text or numbers that are written like dates (19081209)."""
    is_code: bool = False
    """Single words of letters and digits."""
    negative: bool = False
    in_unit_interval: bool = False

    @property
    def folded(self) -> frozenset[str]:
        """The few values there are, without case and white space around them."""
        return frozenset(v.strip().casefold() for v in self.values)

    @property
    def distinct_share(self) -> float:
        """Different values per value seen; 0 where there is none."""
        return self.distinct / self.present if self.present else 0.0

    @property
    def all_different(self) -> bool:
        """Whether (nearly) every value seen is different; a table of copies has some twice."""
        return self.present >= 2 and self.distinct_share >= 0.98

    @property
    def varied(self) -> bool:
        """Whether there are more different values than a yes or no, or a type, would have."""
        return self.distinct > min(10, self.present / 3)


def looks(table: Table, columns: Sequence[str] | None = None) -> tuple[Look, ...]:
    """Look at a bounded sample of ``columns`` (by default all), in one statement."""
    chosen = [c.name for c in table.columns] if columns is None else list(columns)
    kinds = [_kind(table.type_of(name)) for name in chosen]
    asked = [name for name, kind in zip(chosen, kinds, strict=True) if kind != "other"]
    cells = dict(zip(asked, _sample(table, asked), strict=True))
    return tuple(_look(n, k, cells.get(n, ())) for n, k in zip(chosen, kinds, strict=True))


def _kind(type_: str) -> Literal["number", "text", "boolean", "temporal", "other"]:
    if is_numeric(type_):
        return "number"
    if is_text(type_):
        return "text"
    if type_ == "BOOLEAN":
        return "boolean"
    return "temporal" if is_temporal(type_) else "other"


def _sample(table: Table, columns: list[str]) -> list[tuple[str | None, ...]]:
    """Values of ``columns`` as text, in stretches that a Parquet reader can skip to."""
    if not columns or not table.n_rows:
        return [() for _ in columns]
    n = min(SAMPLE_ROWS, max(FEWEST_ROWS, SAMPLE_CELLS // len(columns)), table.n_rows)
    stretches = STRETCHES if n < table.n_rows else 1
    length = -(-n // stretches)
    starts = [i * (table.n_rows - length) // max(1, stretches - 1) for i in range(stretches)]
    listed = ", ".join(
        f"left(CAST({{c{i}}} AS VARCHAR), {TEXT_LENGTH})" for i in range(len(columns))
    )
    where = " OR ".join(["{row} BETWEEN ? AND ?"] * stretches)
    ends = [end for start in starts for end in (start, start + length - 1)]
    sql = f"SELECT {listed} FROM {{t}} WHERE {where}"  # noqa: S608
    return list(zip(*table.rows(sql, ends, **table.keys(columns)), strict=True))


def _look(
    name: str,
    kind: Literal["number", "text", "boolean", "temporal", "other"],
    cells: Sequence[str | None],
) -> Look:
    counts = {v: n for v, n in Counter(cells).items() if v is not None and v.strip()}
    distinct, present = sorted(counts), sum(counts.values())
    few = tuple(distinct) if len(distinct) <= 20 else ()
    if not present or kind == "other":
        return Look(name=name, kind=kind, present=0, distinct=0)
    numbers = [float(v) for v in distinct] if kind == "number" else []
    dated = kind == "temporal" or _most(distinct, _DATE)
    return Look(
        name=name,
        kind=kind,
        present=present,
        distinct=len(distinct),
        values=few,
        length_mean=sum(len(v) * n for v, n in counts.items()) / present,
        words_mean=sum((v.strip().count(" ") + 1) * n for v, n in counts.items()) / present,
        shape=_shape(distinct) if kind == "text" else "",
        is_date=dated if kind != "number" else False,
        date_shaped=dated,
        is_code=kind == "text" and _most(distinct, _CODE),
        negative=any(v < 0 for v in numbers),
        in_unit_interval=bool(numbers) and all(0 <= v <= 1 for v in numbers),
    )


def _shape(values: list[str]) -> str:
    return next((noun for noun, pattern in _SHAPES if _most(values, pattern)), "")


def _most(values: list[str], pattern: re.Pattern[str]) -> bool:
    """Whether nearly all of (some hundreds of) ``values`` have the form of ``pattern``."""
    looked = values[:: max(1, len(values) // 250)]
    fitting = sum(1 for v in looked if pattern.fullmatch(v.strip()))
    return fitting >= _MOST_SHOULD * len(looked)
