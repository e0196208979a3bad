"""Columns of Arrow as whole numbers, read from their buffers.

Arrow's own ways to numpy load pandas, which takes longer than a whole report.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from audit.reports.reidentification.coding import Codes, Flags, Ints

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

_CODED_AT_ONCE = 100_000
"""Values up to which one thread is faster than several."""


def coded(columns: "Sequence[pa.ChunkedArray]") -> "list[tuple[Codes, pa.Array]]":
    """Encode each column, and give its values; Arrow lets other threads run meanwhile."""
    if not columns or len(columns[0]) < _CODED_AT_ONCE:
        return [_codes(column) for column in columns]
    with ThreadPoolExecutor(max_workers=4) as pool:
        return list(pool.map(_codes, columns))


def whole_numbers(column: "pa.ChunkedArray") -> Ints:
    """Give a column of BIGINT without gaps."""
    return _values(_whole(column), np.int64).astype(np.int64)


def ranks(values: "pa.Array") -> Ints:
    """Give the place of each value among all; -1 for NaN, which has none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = np.empty(len(values), dtype=np.int64)
    order = _values(pc.array_sort_indices(values), np.uint64).astype(np.int64)
    found[order] = np.arange(len(values))
    if pa.types.is_floating(values.type):
        found[_flags(pc.is_nan(values))] = -1
    return found


def _codes(column: "pa.ChunkedArray") -> "tuple[Codes, pa.Array]":
    import pyarrow as pa

    if not len(column):
        return Codes(codes=np.zeros(0, dtype=np.int64), distinct=0), pa.array([], column.type)
    # All chunks of one encoding share their dictionary. The texts are never put together: they
    # may be more than one array can hold.
    encoded = column.dictionary_encode()
    parts = []
    for chunk in encoded.chunks:
        codes = _values(chunk.indices, np.int32).astype(np.int64) + 1
        if chunk.indices.null_count:
            codes[_flags(chunk.indices.is_null())] = 0
        parts.append(codes)
    values = encoded.chunk(encoded.num_chunks - 1).dictionary
    return Codes(codes=np.concatenate(parts), distinct=len(values)), values


def _whole(column: "pa.ChunkedArray") -> "pa.Array":
    import pyarrow as pa

    found = column.combine_chunks()
    return pa.concat_arrays(found.chunks) if isinstance(found, pa.ChunkedArray) else found


def _values(array: "pa.Array", kind: npt.DTypeLike) -> npt.NDArray[Any]:
    found = np.frombuffer(array.buffers()[1] or b"", dtype=kind)
    return found[array.offset : array.offset + len(array)]


def _flags(found: "pa.BooleanArray") -> Flags:
    import pyarrow as pa

    return _values(found.cast(pa.int8()), np.int8).astype(np.bool_)
