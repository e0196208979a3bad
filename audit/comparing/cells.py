"""Paired rows side by side: which of their cells differ. Rows of both versions go by once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.comparing.pairing import Rows
from audit.mending.differing import differing
from audit.store import Table
from audit.store.ordered import in_order

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

_BATCH_CELLS = 2_000_000
_LOOKED_AT, _FEWEST = 1000, 10
"""Rows from which it is told whether rows are the same, and how many it takes at the least."""
_AGREEMENT = 0.25
"""Cohen's kappa, over all columns, from which on rows of the same number are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some paired rows in their order."""

    before: "npt.NDArray[np.int64]"
    """Numbers of the rows before."""
    after: "npt.NDArray[np.int64]"
    flags: "dict[str, npt.NDArray[np.bool_]]"
    """By column, as it is called before: which cells differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Counts of paired rows and cells that differ."""

    rows: int
    cells: dict[str, int]


def shared_columns(before: Table, after: Table, rows: Rows) -> tuple[str, ...]:
    """List the columns of 'before' that 'after' has too, as they are called before."""
    later = {c.name for c in after.columns}
    return tuple(c.name for c in before.columns if rows.later_name(c.name) in later)


def changed(before: Table, after: Table, rows: Rows) -> Changed:
    """Count the paired rows in which a cell of a shared column differs, and these cells."""
    import numpy as np

    columns = shared_columns(before, after, rows)
    cells = dict.fromkeys(columns, 0)
    total = 0
    for part in stretches(before, after, rows, columns):
        whole = np.zeros(len(part.before), dtype=bool)
        for name, flags in part.flags.items():
            cells[name] += int(flags.sum())
            whole |= flags
        total += int(whole.sum())
    return Changed(rows=total, cells=cells)


def agree_by_number(before: Table, after: Table) -> bool:
    """Tell whether rows of the same number hold the same cells more often than by chance.

    Two files of equally many rows may be two samples: paired by number, their rows would be
    taken for changed ones. By chance is how often cells agree with those half the rows away.
    """
    import numpy as np
    import pyarrow as pa

    names = tuple(c.name for c in before.columns)
    if before.n_rows < _FEWEST or not names:
        return True
    n = min(before.n_rows, _LOOKED_AT)
    wanted = np.linspace(0, before.n_rows - 1, n).astype(np.int64)
    old, new = (
        pa.Table.from_batches(list(_taken(t, names, wanted))).combine_chunks().to_batches()[0]
        for t in (before, after)
    )
    other = new.take(pa.array(np.roll(np.arange(n), n // 2)))
    there, chance = (
        np.array([1 - np.mean(differing(old.column(i), b.column(i))) for i in range(len(names))])
        for b in (new, other)
    )
    told = chance < 1
    if not told.any():
        return True
    kappa = (there[told] - chance[told]) / (1 - chance[told])
    return float(kappa.mean()) >= _AGREEMENT


def stretches(before: Table, after: Table, rows: Rows, columns: Sequence[str]) -> Iterator[Stretch]:
    """Give all paired rows, the first copy of each, with what differs in ``columns``."""
    if not rows.are_paired or not columns:
        return
    import numpy as np

    later = rows.first()
    earlier = rows.of[later]
    names = [rows.later_name(c) for c in columns]
    left = _taken(before, columns, earlier)
    right = _taken(after, names, later)
    at = 0
    for old, new in _side_by_side(left, right):
        end = at + old.num_rows
        flags = {
            name: np.asarray(differing(old.column(i), new.column(i)))
            for i, name in enumerate(columns)
        }
        yield Stretch(before=earlier[at:end], after=later[at:end], flags=flags)
        at = end


def _taken(
    table: Table, columns: Sequence[str], wanted: "npt.NDArray[np.int64]"
) -> "Iterator[pa.RecordBatch]":
    """Give the rows ``wanted``, ascending, in batches."""
    import numpy as np
    import pyarrow as pa

    size = max(1024, _BATCH_CELLS // max(1, len(columns)))
    keys = table.keys(columns)
    listed = ", ".join(f"{{{key}}} AS {key}" for key in keys)
    sql = f"SELECT {{row}} AS r, {listed} FROM {{t}}"  # noqa: S608
    for at, batch in in_order(table, sql, size=size, **keys):
        cells = batch.remove_column(0)
        low, high = np.searchsorted(wanted, [at, at + batch.num_rows])
        chosen = wanted[low:high] - at
        if len(chosen) == batch.num_rows:
            yield cells
        elif len(chosen):
            yield cells.take(pa.array(chosen))


def _side_by_side(
    left: "Iterator[pa.RecordBatch]", right: "Iterator[pa.RecordBatch]"
) -> "Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]":
    """Cut two streams of equally many rows into parts of the same length."""
    old, new = next(left, None), next(right, None)
    while old is not None and new is not None:
        n = min(old.num_rows, new.num_rows)
        yield old.slice(0, n), new.slice(0, n)
        old = old.slice(n) if old.num_rows > n else next(left, None)
        new = new.slice(n) if new.num_rows > n else next(right, None)
