"""Names and types that every reader of our Parquet agrees on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.errors import SourceError

if TYPE_CHECKING:
    import pyarrow as pa

RESERVED = frozenset({"file_row_number"})
"""Names the engine gives to columns of its own."""
_DECIMAL_DIGITS = 38


def plain_names(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Make names that differ even when case is ignored, none of them empty; and say what changed.

    The first of several equal names keeps it, the second becomes ``name_2``, and so on.
    """
    taken, plain, notes = set(RESERVED), [], []
    wanted = {n.casefold() for n in names}
    for i, name in enumerate(names, 1):
        base = name if name.strip() else f"column_{i}"
        new, k = base, 2
        while new.casefold() in taken or (new != name and new.casefold() in wanted):
            new, k = f"{base}_{k}", k + 1
        taken.add(new.casefold())
        plain.append(new)
        if new != name:
            notes.append(f"Column {i} ({name!r}) is called {new!r}: {_why(name)}.")
    return plain, notes


def plain_schema(schema: "pa.Schema") -> tuple["pa.Schema", tuple[str, ...]]:
    """Make the schema that is written: plain names, and types that DuckDB reads back alike."""
    import pyarrow as pa

    if len(schema) == 0:
        message = "The table has no columns."
        raise SourceError(message, hint="Choose another file, sheet or table.")
    names, notes = plain_names(schema.names)
    fields = []
    for name, field in zip(names, schema, strict=True):
        type_ = plain_type(field.type)
        if type_ != field.type and not _same_values(field.type, type_):
            notes.append(f"Column {name!r}: {field.type} is kept as {type_}.")
        fields.append(pa.field(name, type_))
    return pa.schema(fields), tuple(notes)


def plain_batch(batch: "pa.RecordBatch", schema: "pa.Schema | None") -> "pa.RecordBatch":
    """``batch`` with the names and types of ``schema``."""
    import pyarrow as pa

    if schema is None:
        message = "write before start"
        raise RuntimeError(message)
    arrays = [_cast(a, f.type) for a, f in zip(batch.columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def plain_type(type_: "pa.DataType") -> "pa.DataType":  # noqa: C901, PLR0911, PLR0912 - a table of types
    """Choose the type a column is written with."""
    import pyarrow as pa
    import pyarrow.types as t

    if isinstance(type_, pa.BaseExtensionType):
        return plain_type(type_.storage_type)
    if t.is_dictionary(type_) or t.is_run_end_encoded(type_):
        return plain_type(type_.value_type)
    if t.is_null(type_) or t.is_large_string(type_) or t.is_string_view(type_):
        return pa.string()
    if t.is_large_binary(type_) or t.is_binary_view(type_) or t.is_fixed_size_binary(type_):
        return pa.binary()
    if t.is_float16(type_):
        return pa.float32()
    if t.is_decimal(type_):
        wide = type_.precision > _DECIMAL_DIGITS
        return pa.string() if wide else pa.decimal128(type_.precision, max(type_.scale, 0))
    if t.is_timestamp(type_):
        zone = "UTC" if type_.tz else None
        return pa.timestamp("ns" if type_.unit == "ns" and zone is None else "us", zone)
    if t.is_date64(type_):
        return pa.timestamp("us")
    if t.is_time(type_):
        return pa.time64("us")
    if t.is_duration(type_) or t.is_interval(type_) or t.is_union(type_):
        return pa.int64() if t.is_duration(type_) else pa.string()
    if t.is_map(type_):
        return pa.map_(plain_type(type_.key_type), plain_type(type_.item_type))
    if t.is_list(type_) or t.is_large_list(type_) or t.is_fixed_size_list(type_):
        return pa.list_(pa.field("element", plain_type(type_.value_type)))
    if t.is_list_view(type_) or t.is_large_list_view(type_):
        return pa.list_(pa.field("element", plain_type(type_.value_type)))
    if t.is_struct(type_):
        if type_.num_fields == 0:
            return pa.string()
        names, _ = plain_names([f.name for f in type_])
        return pa.struct(
            [pa.field(n, plain_type(f.type)) for n, f in zip(names, type_, strict=True)]
        )
    return type_


def _why(name: str) -> str:
    if not name.strip():
        return "it had no name"
    if name.casefold() in RESERVED:
        return "the engine uses that name"
    return "an earlier column has that name"


def _same_values(given: "pa.DataType", kept: "pa.DataType") -> bool:
    """Whether the change of type changes nothing a person would notice."""
    import pyarrow.types as t

    if t.is_timestamp(given):
        return bool(given.unit != "ns" or (t.is_timestamp(kept) and kept.unit == "ns"))
    return not (
        t.is_duration(given)
        or t.is_interval(given)
        or t.is_union(given)
        or t.is_date64(given)
        or (t.is_decimal(given) and not t.is_decimal(kept))
        or (t.is_struct(given) and not t.is_struct(kept))
    )


def _cast(array: "pa.Array", to: "pa.DataType") -> "pa.Array":
    import pyarrow as pa
    import pyarrow.types as t

    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if array.type == to:
        return array
    if t.is_dictionary(array.type):
        array = array.dictionary_decode()
    if t.is_string(to) and _nested(array.type):
        return _json(array)
    if t.is_struct(to):
        return _structs(array, to)
    if t.is_list(to) and _nested(to.value_type):
        return _lists(array, to)
    if t.is_duration(array.type):
        array = array.cast(pa.duration("us"), safe=False)
    try:
        return array.cast(to)
    except pa.ArrowNotImplementedError:
        return _json(array).cast(to)


def _nested(type_: "pa.DataType") -> bool:
    import pyarrow.types as t

    return bool(t.is_nested(type_))


def _json(array: "pa.Array") -> "pa.Array":
    """Values that no type of ours holds, as JSON."""
    import json

    import pyarrow as pa

    texts = [
        None if v is None else json.dumps(v, default=str, ensure_ascii=False)
        for v in array.to_pylist()
    ]
    return pa.array(texts, pa.string())


def _structs(array: "pa.Array", to: "pa.DataType") -> "pa.Array":
    """Field by field and by position: names may have changed, and a cast goes by name."""
    import pyarrow as pa

    parts = [_cast(a, f.type) for a, f in zip(array.flatten(), to, strict=True)]
    mask = array.is_null() if array.null_count else None
    return pa.StructArray.from_arrays(parts, fields=list(to), mask=mask)


def _lists(array: "pa.Array", to: "pa.DataType") -> "pa.Array":
    import pyarrow as pa
    import pyarrow.compute as pc

    values = _cast(pc.list_flatten(array), to.value_type)
    lengths = pc.fill_null(pc.list_value_length(array), 0)
    offsets = pa.concat_arrays(
        [pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())]
    )
    mask = array.is_null() if array.null_count else None
    return pa.ListArray.from_arrays(offsets, values, type=to, mask=mask)
