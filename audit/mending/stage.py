"""Carrying out one step: the rows go by once, and out comes the next table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import ParameterError
from audit.mending.change import Change
from audit.mending.differing import differing
from audit.mending.effects import Effect, Shown
from audit.mending.examples import Examples
from audit.mending.selection import Selection, selection
from audit.model import Progress, silent
from audit.sources.columns import RESERVED, plain_type
from audit.store.ordered import in_order
from audit.store.parquet import GROUP_ROWS, ParquetWriter
from audit.store.table import Table, table_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

ADDED = -1
"""Stands for the source row of a row that has none."""
_BATCH_CELLS = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A table on its way through a recipe, and where its rows came from."""

    table: Table
    lineage: "npt.NDArray[np.int64]"
    """For each row its number in the source version; :data:`ADDED` for a row that is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Rows that a step removed."""

    rows: "npt.NDArray[np.int64]"
    """Their numbers in the source version; :data:`ADDED` for rows that an earlier step added."""
    why: "npt.NDArray[np.int32]"
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The next stage, and what the step did."""

    stage: Stage
    effect: Effect
    gone: Gone
    shown: Shown


def carry_out(
    stage: Stage,
    change: Change,
    *,
    path: Path,
    position: int,
    remedy: str,
    title: str,
    draft: bool = False,
    examples: bool = False,
    progress: Progress = silent,
) -> Outcome:
    """Write the table that ``change`` makes of a stage to ``path``.

    Parameters
    ----------
    stage : Stage
        What is changed; it is not touched.
    change : Change
        What the remedy asks for.
    path : Path
        The Parquet file that is written, below the workspace.
    position, remedy, title
        Which step it is, for the effect.
    draft : bool
        Whether the file is not kept: quicker, and not the same bytes on every machine.
    examples : bool
        Whether examples of the rows touched are collected.
    progress : Progress
        Told the share of rows written; may raise Stopped, after which there is no file.

    Raises
    ------
    ParameterError
        Where two columns would have one name.
    """
    chosen = selection(stage.table, change)
    times = _times(stage.table.n_rows, change)
    names = [change.rename.get(name, name) for name in chosen.names]
    _check_names(names, stage.table)
    schema = _schema(chosen, names)
    writer = ParquetWriter(path, schema, draft=draft)
    seen = Examples(stage, change, chosen, names, most=0 if not examples else None)
    tally = _Tally(chosen)
    try:
        for at, batch in _batches(stage.table, chosen):
            progress(at / max(1, stage.table.n_rows))
            made = chosen.made(batch, at)
            flags = tally.add(made, batch, times[at : at + batch.num_rows])
            out = _taken(made.columns, times[at : at + batch.num_rows], schema)
            seen.add(at, batch, made.columns, flags, times[at : at + batch.num_rows])
            writer.write(out)
        for table in change.added:
            whole = _completed(table, chosen.names, schema)
            seen.add_new(whole)
            for part in whole.to_batches():
                writer.write(part)
        progress(1.0)
        writer.close()
    except BaseException:
        writer.abandon()
        path.unlink(missing_ok=True)
        raise
    added = sum(t.num_rows for t in change.added)
    return Outcome(
        stage=Stage(
            table=table_of(stage.table.engine, path, id_=f"{stage.table.id}-{position}"),
            lineage=_lineage(stage, times, added),
        ),
        effect=_effect(stage, change, chosen, tally, times, (position, remedy, title)),
        gone=_gone(stage, change),
        shown=seen.shown(),
    )


class _Tally:
    """Counts the rows and cells of existing columns that differ afterwards."""

    def __init__(self, chosen: Selection) -> None:
        self.rows = 0
        self.cells = dict.fromkeys(chosen.replaced, 0)

    def add(
        self, made: Any, batch: "pa.RecordBatch", times: "npt.NDArray[np.int32]"
    ) -> "dict[str, npt.NDArray[np.bool_]]":
        """Count, and give for each replaced column which rows differ; rows that go are not counted."""
        import numpy as np

        flags = {}
        whole = np.zeros(batch.num_rows, dtype=bool)
        for name in self.cells:
            differs = made.flags.get(name)
            if differs is None:
                differs = differing(made.old(name), made.columns[name])
            differs = differs & (times > 0)
            self.cells[name] += int(differs.sum())
            whole |= differs
            flags[name] = differs
        self.rows += int(whole.sum())
        return flags


def _times(rows: int, change: Change) -> "npt.NDArray[np.int32]":
    """Tell how often each row stands in the result."""
    import numpy as np

    times = np.ones(rows, dtype=np.int32) if change.times is None else change.times.copy()
    if len(times) != rows or times.min(initial=1) < 1:
        message = "times needs one number of at least 1 for each row"
        raise ValueError(message)
    if change.removed is not None:
        times[change.removed.rows] = 0
    return times


def _check_names(names: Sequence[str], table: Table) -> None:
    taken: set[str] = set(RESERVED)
    for name in names:
        if not name.strip() or name.casefold() in taken:
            message = f"There would be two columns called {name!r} (case does not tell them apart)."
            if not name.strip():
                message = "A column needs a name."
            elif name.casefold() in RESERVED:
                message = f"The engine uses the name {name!r} itself."
            hint = f"Choose another name; the table has {len(table.columns)} columns."
            raise ParameterError(message, hint=hint)
        taken.add(name.casefold())
    if not names:
        message = "No column would be left."
        raise ParameterError(message, hint="Keep one column at least.")


def _schema(chosen: Selection, names: Sequence[str]) -> "pa.Schema":
    import pyarrow as pa

    types = [plain_type(chosen.types[name]) for name in chosen.names]
    return pa.schema([pa.field(n, t) for n, t in zip(names, types, strict=True)])


def _batches(table: Table, chosen: Selection) -> "Iterator[tuple[int, pa.RecordBatch]]":
    """Give the rows in their order, with the number of the first of each batch."""
    size = max(1024, min(GROUP_ROWS, _BATCH_CELLS // max(1, len(table.columns))))
    return in_order(table, chosen.sql, chosen.values, size=size, **chosen.keys)


def _taken(
    columns: "Mapping[str, pa.Array]", times: "npt.NDArray[np.int32]", schema: "pa.Schema"
) -> "pa.RecordBatch":
    import numpy as np
    import pyarrow as pa

    from audit.sources.columns import plain_batch

    whole = pa.RecordBatch.from_arrays(list(columns.values()), names=schema.names)
    if not (times == 1).all():
        whole = whole.take(pa.array(np.repeat(np.arange(len(times)), times)))
    return plain_batch(whole, schema)


def _completed(table: "pa.Table", names: Sequence[str], schema: "pa.Schema") -> "pa.Table":
    """Give added rows all columns of the schema; those they lack are missing."""
    import pyarrow as pa

    columns = [
        table[name].cast(field.type)
        if name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for name, field in zip(names, schema, strict=True)
    ]
    return pa.table(columns, schema=schema)


def _lineage(stage: Stage, times: "npt.NDArray[np.int32]", added: int) -> "npt.NDArray[np.int64]":
    import numpy as np

    kept = np.repeat(stage.lineage, times)
    return np.concatenate([kept, np.full(added, ADDED, dtype=np.int64)]) if added else kept


def _gone(stage: Stage, change: Change) -> Gone:
    import numpy as np

    removed = change.removed
    if removed is None:
        return Gone(rows=np.empty(0, np.int64), why=np.empty(0, np.int32), reasons=())
    return Gone(rows=stage.lineage[removed.rows], why=removed.why, reasons=removed.reasons)


def _effect(
    stage: Stage,
    change: Change,
    chosen: Selection,
    tally: _Tally,
    times: "npt.NDArray[np.int32]",
    which: tuple[int, str, str],
) -> Effect:
    import numpy as np

    position, remedy, title = which
    removed = int((times == 0).sum())
    copied = int(times.sum()) - (len(times) - removed)
    added = sum(t.num_rows for t in change.added)
    reasons: list[tuple[str, int]] = []
    if change.removed is not None:
        counts = np.bincount(change.removed.why, minlength=len(change.removed.reasons))
        told = zip(change.removed.reasons, (int(n) for n in counts), strict=True)
        reasons = sorted((r for r in told if r[1]), key=lambda r: -r[1])
    return Effect(
        position=position,
        remedy=remedy,
        title=title,
        rows_in=stage.table.n_rows,
        rows_out=int(times.sum()) + added,
        removed=removed,
        copied=copied,
        added=added,
        changed=tally.rows,
        reasons=tuple(reasons),
        changed_cells=tuple((n, k) for n, k in tally.cells.items() if k),
        columns_added=tuple(change.rename.get(n, n) for n in chosen.new),
        made_of=tuple(
            (change.rename.get(n, n), sources) for n in chosen.new if (sources := chosen.needed(n))
        ),
        columns_removed=tuple(change.drop_columns),
        columns_renamed=tuple(change.rename.items()),
        notes=change.notes,
    )
