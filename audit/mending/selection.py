"""What is read of a table to carry a change out, and how a batch of it becomes new columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audit.mending.change import Cells, Change, Computed
from audit.mending.differing import is_number
from audit.store.table import Table, Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """New columns of a batch, and which cells of replaced ones SQL says differ."""

    columns: "dict[str, pa.Array]"
    flags: "dict[str, npt.NDArray[np.bool_]]"
    before: "dict[str, pa.Array]"

    def old(self, name: str) -> "pa.Array":
        """Give a column as it was."""
        return self.before[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The statement that reads a stage, and what comes of it.

    It gives the row number, then the old columns, then those that SQL makes, then for each of
    these that replaces one whether the cell differs.
    """

    sql: str
    values: tuple[Value, ...]
    keys: Mapping[str, str]
    old: tuple[str, ...]
    """Columns of the table."""
    written: tuple[Cells, ...]
    compared: tuple[str, ...]
    computed: tuple[Computed, ...]
    names: tuple[str, ...]
    """Columns that come out, before any is renamed."""
    types: "Mapping[str, pa.DataType]"

    @property
    def replaced(self) -> tuple[str, ...]:
        """Columns that are there before and after, and get new cells."""
        made = {c.column for c in self.written} | {n for c in self.computed for n in c.types}
        return tuple(name for name in self.names if name in made and name in self.old)

    @property
    def new(self) -> tuple[str, ...]:
        """Columns that were not there."""
        return tuple(name for name in self.names if name not in self.old)

    def needed(self, name: str) -> tuple[str, ...]:
        """Name the columns of the table that the cells of a column are made of."""
        said = (n for cells in self.written if cells.column == name for n in cells.names.values())
        computed = (n for part in self.computed if name in part.types for n in part.needs)
        return tuple(dict.fromkeys((*said, *computed)))

    def made(self, batch: "pa.RecordBatch", at: int) -> Made:
        """Make the columns of a batch whose first row has the number ``at``."""
        import numpy as np
        import pyarrow as pa

        first = 1 + len(self.old)
        before = {name: batch.column(1 + i) for i, name in enumerate(self.old)}
        columns = dict(before)
        for i, cells in enumerate(self.written):
            columns[cells.column] = batch.column(first + i)
        flags = {
            name: np.asarray(batch.column(first + len(self.written) + i).to_numpy(False))
            for i, name in enumerate(self.compared)
        }
        for part in self.computed:
            needed = pa.RecordBatch.from_arrays(
                [before[name] for name in part.needs] or [batch.column(0)],
                names=list(part.needs) or ["row"],
            )
            for name, array in part.function(needed, at).items():
                columns[name] = array
                flags.pop(name, None)
        return Made(columns={n: columns[n] for n in self.names}, flags=flags, before=before)


def selection(table: Table, change: Change) -> Selection:
    """Say what is read of ``table`` to carry ``change`` out."""
    old = tuple(c.name for c in table.columns)
    for name in (
        *change.drop_columns,
        *change.rename,
        *(n for c in change.computed for n in c.needs),
    ):
        table.type_of(name)
    keys = {f"o{i}": name for i, name in enumerate(old)}
    parts = [f"{{o{i}}} AS o{i}" for i in range(len(old))]
    values: list[Value] = []
    for i, cells in enumerate(change.cells):
        sql = cells.sql
        for key, name in cells.names.items():
            keys[f"x{i}_{key}"] = name
            sql = sql.replace(f"{{{key}}}", f"{{x{i}_{key}}}")
        parts.append(f"({sql}) AS n{i}")
        values += cells.values
    inner = f"SELECT {{row}} AS r, {', '.join(parts)} FROM {{t}}"  # noqa: S608 - expressions of remedies
    shape = table.arrow(f"{inner} LIMIT 0", values, **keys).schema
    compared, flags = _compared(change, old, shape)
    outer = ", ".join(("*", *flags))
    kept = [name for name in old if name not in change.drop_columns]
    made = {c.column: shape.field(f"n{i}").type for i, c in enumerate(change.cells)}
    made |= {name: type_ for c in change.computed for name, type_ in c.types.items()}
    names = (*kept, *(name for name in made if name not in old))
    types = {name: shape.field(f"o{i}").type for i, name in enumerate(old)} | made
    return Selection(
        sql=f"SELECT {outer} FROM ({inner})",  # noqa: S608 - as above
        values=tuple(values),
        keys=keys,
        old=old,
        written=change.cells,
        compared=compared,
        computed=change.computed,
        names=names,
        types=types,
    )


def _compared(
    change: Change, old: tuple[str, ...], shape: Any
) -> tuple[tuple[str, ...], list[str]]:
    """Write for each replaced column how SQL tells whether a cell differs."""
    names, parts = [], []
    for i, cells in enumerate(change.cells):
        if cells.column not in old or cells.column in change.drop_columns:
            continue
        was, now = f"o{old.index(cells.column)}", f"n{i}"
        types = shape.field(was).type, shape.field(now).type
        if types[0] != types[1] and not all(map(is_number, types)):
            was, now = f"CAST({was} AS VARCHAR)", f"CAST({now} AS VARCHAR)"
        names.append(cells.column)
        parts.append(f"({was} IS DISTINCT FROM {now}) AS d{len(names)}")
    return tuple(names), parts
