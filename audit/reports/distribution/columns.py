"""Every column measured: arrays of numbers here, text by ``textual``."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from audit.model import Column as Described
from audit.model import Progress, Scalar
from audit.reports.distribution import temporal
from audit.reports.distribution.counted import Counted
from audit.reports.distribution.kinds import ARRAY_KINDS, UNPLACED, kind_of, number_expression
from audit.reports.distribution.looks import BATCH, Look, batches, look
from audit.reports.distribution.numeric import measure_numbers
from audit.reports.distribution.textual import (
    MOST_TOP,
    MOST_VARIANT_VALUES,
    Texts,
    count_others,
    count_texts,
    scan_texts,
)
from audit.reports.distribution.tokens import number_codes
from audit.reports.distribution.values import Column, ValueCount
from audit.stats import Counts, Floats
from audit.store import Table

BATCH_CELLS = 4_000_000
"""Cells fetched at once: 32 MB."""


PORTION_VALUES, PORTION_COLUMNS = 1_000_000, 50
"""Different texts, and columns of them, grouped in one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one column as numbers: the finite ones counted, the others told apart."""

    counted: Counted
    not_a_number: int = 0
    infinite: int = 0
    minus_infinite: int = 0
    unplaced: int = 0
    """Dates that are infinite or beyond the range of timestamps."""

    @property
    def present(self) -> int:
        """Cells with a value."""
        return self.counted.rows + sum(self._others)

    @property
    def distinct(self) -> int:
        """Different values, NaN being one."""
        return len(self.counted.values) + sum(n > 0 for n in self._others)

    @property
    def _others(self) -> tuple[int, int, int, int]:
        return self.not_a_number, self.infinite, self.minus_infinite, self.unplaced

    def others(self) -> list[ValueCount]:
        """List the values that are not finite, as text."""
        names = ("NaN", "Infinity", "-Infinity", "infinity")
        return [
            ValueCount(value=name, count=n)
            for name, n in zip(names, self._others, strict=True)
            if n
        ]


def measure_columns(
    table: Table, *, exact_rows: int, counted_values: int, as_of: datetime, progress: Progress
) -> tuple[Column, ...]:
    """Measure every column of a table, in table order.

    Each column is read once or twice where its different values can be counted, and a fixed
    number of times where they cannot; never because of the other columns.
    """
    looks = look(table, exact_rows=exact_rows, counted_values=counted_values)
    done: dict[str, Column] = {}
    arrays = tuple(c for c in table.columns if kind_of(c) in ARRAY_KINDS)
    for column, cells in _cells(table, arrays, looks, exact_rows):
        done[column.name] = _of_cells(table, column, cells, as_of)
        progress(len(done) / len(table.columns), column.name)
    texts = tuple(c for c in table.columns if kind_of(c) not in ARRAY_KINDS)
    for column, measured in _texts(table, texts, looks):
        done[column.name] = _of_texts(table, column, measured)
        progress(len(done) / len(table.columns), column.name)
    return tuple(done[c.name] for c in table.columns)


def _cells(
    table: Table, columns: tuple[Described, ...], looks: dict[str, Look], exact_rows: int
) -> Iterator[tuple[Described, Cells]]:
    """Read columns of numbers: several at once in small tables, by value where values are few."""
    small = table.n_rows <= exact_rows
    together = columns if small else ()
    size = max(1, min(BATCH, BATCH_CELLS // max(1, table.n_rows)))
    for part in batches(together, size):
        yield from _fetch(table, part)
    for column in () if small else columns:
        if looks[column.name].few:
            yield column, _group(table, column)
        else:
            yield from _fetch(table, (column,))


def _group(table: Table, column: Described) -> Cells:
    found = table.arrays(
        f"""SELECT {number_expression(column, "v")} AS v, k FROM (
            SELECT {{c}} AS v, count(*) AS k FROM {{t}} WHERE {{c}} IS NOT NULL GROUP BY 1)""",  # noqa: S608
        c=column.name,
    )
    return _sort_out(column, found["v"], np.asarray(found["k"], dtype=np.int64))


def _fetch(table: Table, columns: tuple[Described, ...]) -> Iterator[tuple[Described, Cells]]:
    asked = (f"{number_expression(c, f'{{c{i}}}')} AS v{i}" for i, c in enumerate(columns))
    found = table.arrays(
        f"SELECT {', '.join(asked)} FROM {{t}}",  # noqa: S608
        **table.keys([c.name for c in columns]),
    )
    for i, column in enumerate(columns):
        cells: npt.NDArray[Any] = found.pop(f"v{i}")
        if isinstance(cells, np.ma.MaskedArray):
            cells = cells.compressed()
        yield column, _sort_out(column, cells, None)


def _sort_out(column: Described, values: Floats, counts: Counts | None) -> Cells:
    """Tell finite values from others and count them."""
    if isinstance(values, np.ma.MaskedArray):
        values = values.compressed()
    others: dict[str, int] = {}
    kept = None
    if np.issubdtype(values.dtype, np.floating):
        values = values.astype(np.float64, copy=False)
        kept = np.isfinite(values)
        if not kept.all():
            rest, weights = values[~kept], None if counts is None else counts[~kept]
            for name, hit in (
                ("not_a_number", np.isnan(rest)),
                ("infinite", rest == np.inf),
                ("minus_infinite", rest == -np.inf),
            ):
                others[name] = int(hit.sum() if weights is None else weights[hit].sum())
    elif kind_of(column) == "date" and len(values) and values.max() == UNPLACED:
        kept = values != UNPLACED
        others["unplaced"] = int((~kept).sum() if counts is None else counts[~kept].sum())
    if kept is not None and not kept.all():
        values, counts = values[kept], None if counts is None else counts[kept]
    counted = Counted.of_rows(values) if counts is None else Counted.of_groups(values, counts)
    return Cells(counted=counted, **others)


def _of_cells(table: Table, column: Described, cells: Cells, as_of: datetime) -> Column:
    counted, kind = cells.counted, kind_of(column)
    plain = Column(
        name=column.name,
        type=column.type,
        kind=kind if cells.present else "empty",
        n=table.n_rows,
        missing=table.n_rows - cells.present,
        distinct=cells.distinct,
        distinct_method="exact",
    )
    if not cells.present:
        return replace(plain, reasons=_EMPTY)
    top = _top(column, cells)
    measured = replace(
        plain,
        top=top,
        entropy=_entropy(cells),
        mode_share=top[0].count / cells.present,
    )
    if kind == "boolean":
        true = counted.rows - counted.first_rows(int(np.searchsorted(counted.values, 1)))
        return replace(measured, true_share=true / cells.present)
    if not counted.rows:
        return replace(measured, reasons=(_NONE_FINITE,))
    if kind == "date":
        dates, reasons = temporal.measure_dates(counted, as_of=as_of, **_date_form(column))
        return replace(measured, dates=dates, reasons=reasons)
    numbers, reasons = measure_numbers(
        counted,
        infinite=cells.infinite + cells.minus_infinite,
        not_a_number=cells.not_a_number,
    )
    tokens = tuple(
        ValueCount(value=counted.values[i].item(), count=int(counted.counts[i]))
        for i in number_codes(counted.values, counted.counts)
    )
    return replace(measured, numbers=numbers, null_tokens=tokens, reasons=reasons)


_EMPTY = ("Every value is missing.",)
_NONE_FINITE = "No value is finite, so nothing but their number is measured."


def _entropy(cells: Cells) -> float:
    if not cells.others():
        return cells.counted.entropy()
    from audit.stats import entropy

    others = [o.count for o in cells.others()]
    return entropy(np.concatenate((cells.counted.counts.astype(np.int64), others)))


def _top(column: Described, cells: Cells) -> tuple[ValueCount, ...]:
    counted = cells.counted
    finite = [
        ValueCount(value=_shown(column, counted.values[i].item()), count=int(counted.counts[i]))
        for i in counted.top(MOST_TOP)
    ]
    ranked = sorted(finite + cells.others(), key=lambda v: -v.count)
    return tuple(ranked[:MOST_TOP])


def _shown(column: Described, value: float) -> Scalar:
    match kind_of(column):
        case "boolean":
            return bool(value)
        case "date":
            return temporal.iso(int(value), **_date_form(column))
        case _:
            return value


def _date_form(column: Described) -> dict[str, bool]:
    return {"has_time": column.type != "DATE", "zoned": "TIME ZONE" in column.type}


def _texts(
    table: Table, columns: tuple[Described, ...], looks: dict[str, Look]
) -> Iterator[tuple[Described, Texts]]:
    """Group columns of few different texts together, read the others one by one."""
    texts = tuple(c for c in columns if kind_of(c) == "text")
    few = tuple(c for c in texts if looks[c.name].few)
    for part in _portions(few, looks):
        compare = all(looks[c.name].distinct <= MOST_VARIANT_VALUES for c in part)
        yield from count_texts(table, part, compare=compare)
    for column in columns:
        if column not in texts:
            yield column, count_others(table, column)
        elif column not in few:
            yield column, scan_texts(table, column, distinct=looks[column.name].distinct)


def _portions(
    columns: tuple[Described, ...], looks: dict[str, Look]
) -> Iterator[tuple[Described, ...]]:
    """Cut columns into parts whose different values fit into one statement's memory."""
    part: list[Described] = []
    values = 0
    for column in columns:
        size = looks[column.name].distinct
        if part and (values + size > PORTION_VALUES or len(part) == PORTION_COLUMNS):
            yield tuple(part)
            part, values = [], 0
        part.append(column)
        values += size
    if part:
        yield tuple(part)


def _of_texts(table: Table, column: Described, texts: Texts) -> Column:
    mode = texts.mode_count
    if mode is None and texts.top:
        mode = texts.top[0].count
    return Column(
        name=column.name,
        type=column.type,
        kind=kind_of(column) if texts.present else "empty",
        n=table.n_rows,
        missing=table.n_rows - texts.present,
        distinct=texts.distinct,
        distinct_method=texts.distinct_method,
        distinct_error=texts.distinct_error,
        top=texts.top,
        top_method=texts.top_method,
        entropy=texts.entropy,
        mode_share=mode / texts.present if mode else None,
        null_tokens=texts.null_tokens,
        text=texts.text,
        lengths=texts.lengths,
        reasons=texts.reasons if texts.present else _EMPTY,
    )
