"""Cells as texts: how a value is written before it is hashed, renamed or encrypted.

The same value is written alike whatever the type of its column: a number with no fraction is
written as a whole one, so that columns of two files still match.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

MOST_EXACT = 2.0**53
"""Decimal numbers up to this size are exact as whole ones."""

Written = Callable[[Sequence[str]], Sequence[str | None]]
"""Takes different texts, gives what each becomes."""


def texts_of(array: "pa.Array") -> "pa.Array":
    """Write the cells of a column as texts; missing ones stay missing."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as t

    if t.is_string(array.type):
        return array
    if t.is_large_string(array.type) or t.is_dictionary(array.type):
        return array.cast(pa.string())
    if t.is_floating(array.type):
        return _decimals(array.cast(pa.float64()))
    if t.is_nested(array.type):
        return pa.array([_json(v) for v in array.to_pylist()], pa.string())
    if t.is_binary(array.type) or t.is_large_binary(array.type):
        return pa.array([None if v is None else v.hex() for v in array.to_pylist()], pa.string())
    return pc.cast(array, pa.string())


def mapped(array: "pa.Array", write: Written) -> "pa.Array":
    """Write every cell anew; ``write`` sees each different text of a batch once."""
    import pyarrow as pa
    import pyarrow.types as t

    coded = texts_of(array).dictionary_encode()
    if t.is_null(array.type) or not len(coded.dictionary):
        return pa.nulls(len(array), pa.string())
    made = pa.array(write(coded.dictionary.to_pylist()), pa.string())
    return made.take(coded.indices)


def _decimals(array: "pa.Array") -> "pa.Array":
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pc.and_(pc.equal(array, pc.trunc(array)), pc.less(pc.abs(array), pa.scalar(MOST_EXACT)))
    whole = pc.fill_null(whole, False)
    numbers = pc.if_else(whole, array, pa.scalar(0.0)).cast(pa.int64()).cast(pa.string())
    return pc.if_else(whole, numbers, pc.cast(array, pa.string()))


def _json(value: object) -> str | None:
    import json

    if value is None:
        return None
    return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
