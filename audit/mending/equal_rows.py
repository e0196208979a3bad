"""New rows that equal one of the table: they are as much somebody's as that one."""

from typing import TYPE_CHECKING

from audit.store import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

_BATCH_ROWS = 100_000


def equal_rows(table: Table, new: "pa.Table") -> int:
    """Count the rows of ``new`` that equal a row of the table in all columns that ``new`` has.

    One pass over the table; of the new rows a few bytes for each cell are held. A missing value
    equals a missing one.
    """
    import numpy as np
    import pyarrow.compute as pc

    names = new.column_names
    if not new.num_rows or not names:
        return 0
    known = [pc.unique(_plain(new[name])) for name in names]
    codes = np.column_stack(
        [_places(_plain(new[n]), values) for n, values in zip(names, known, strict=True)]
    )
    rows, of_row = np.unique(_whole(codes), return_inverse=True)
    found = np.zeros(len(rows), dtype=bool)
    listed = ", ".join(f"{{c{i}}}" for i in range(len(names)))
    for batch in table.batches(
        f"SELECT {listed} FROM {{t}}",  # noqa: S608
        size=_BATCH_ROWS,
        **table.keys(names),
    ):
        found |= np.isin(rows, _whole(_coded(batch, known)))
        if found.all():
            break
    return int(found[of_row].sum())


def _coded(batch: "pa.RecordBatch", known: "list[pa.Array]") -> "npt.NDArray[np.int32]":
    """Give the rows all of whose values are known, as places among them."""
    import numpy as np

    left = np.arange(batch.num_rows)
    columns: list[npt.NDArray[np.int32]] = []
    for i, values in enumerate(known):
        places = _places(_plain(batch.column(i)).take(left), values)
        there = places >= 0
        left = left[there]
        columns = [c[there] for c in (*columns, places)]
    return np.column_stack(columns)


def _places(column: "pa.Array | pa.ChunkedArray", values: "pa.Array") -> "npt.NDArray[np.int32]":
    import numpy as np
    import pyarrow.compute as pc

    places = pc.fill_null(pc.index_in(column, value_set=values), -1)
    return np.asarray(places.to_numpy(), dtype=np.int32)


def _plain(column: "pa.Array | pa.ChunkedArray") -> "pa.Array | pa.ChunkedArray":
    """Give the values themselves where they came as places in a dictionary."""
    import pyarrow as pa

    type_ = column.type
    return column.cast(type_.value_type) if pa.types.is_dictionary(type_) else column


def _whole(codes: "npt.NDArray[np.int32]") -> "npt.NDArray[np.void]":
    """Give each row as one value that can be compared and sorted."""
    import numpy as np

    rows = np.ascontiguousarray(codes)
    return rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
