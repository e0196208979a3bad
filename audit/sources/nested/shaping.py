"""One shape for all records: columns by key, types that hold every value."""

import json
from typing import TYPE_CHECKING, Any

from audit.sources.base import Sink

if TYPE_CHECKING:
    import pyarrow as pa

VALUE = "value"
"""Name of the only column where records are not objects."""


class Shaper:
    """Collects records, finds types that fit all of them and writes them to a sink.

    Types come from the first rows. A later record that does not fit them stops the writing
    and only widens the shape; :meth:`finish` is then False, and a second reading with
    :meth:`again` cannot fail.
    """

    def __init__(
        self, sink: Sink, *, rows: int, types: "dict[str, pa.DataType] | None" = None
    ) -> None:
        self._sink = sink
        self._rows = rows
        self._types: dict[str, pa.DataType] = dict(types or {})
        self._started: dict[str, pa.DataType] | None = None
        self._certain = types is not None
        self._waiting: list[Any] = []
        self._objects: bool | None = None
        self._settled = True

    def put(self, value: Any) -> str:
        """Take a record; gives the reason where it cannot be one, else nothing."""
        is_object = isinstance(value, dict)
        if self._objects is None:
            self._objects = is_object
        if is_object != self._objects:
            return "It is no object, as the others are." if self._objects else "It is an object."
        if not _encodable(value):
            return "It holds half of a surrogate pair, which is no text."
        self._waiting.append(value if is_object else {VALUE: value})
        if len(self._waiting) >= self._rows:
            self._flush()
        return ""

    def finish(self) -> bool:
        """Write what waits; whether everything was written."""
        self._flush()
        return self._settled

    def again(self) -> "Shaper":
        """Make a shaper for the second reading, which knows the types of all records."""
        return Shaper(self._sink, rows=self._rows, types=self._types)

    def _flush(self) -> None:
        records, self._waiting = self._waiting, []
        if not self._certain:
            self._widen(records)
        if self._started is None:
            self._start()
        if self._started != self._types:
            self._settled = False
        if records and (self._settled or self._certain):
            self._write(records)

    def _widen(self, records: list[dict[str, Any]]) -> None:
        keys = dict.fromkeys(k for r in records for k in r)
        for key in keys:
            found = infer([r.get(key) for r in records])
            known = self._types.get(key)
            self._types[key] = found if known is None else join(known, found)

    def _start(self) -> None:
        import pyarrow as pa

        self._started = dict(self._types)
        self._sink.start(pa.schema(list(self._types.items())))

    def _write(self, records: list[dict[str, Any]]) -> None:
        import pyarrow as pa

        arrays = []
        for key, type_ in list(self._types.items()):
            try:
                arrays.append(fit([r.get(key) for r in records], type_))
            except (pa.ArrowInvalid, OverflowError):  # a whole number that no double holds
                self._types[key] = pa.string()
                self._settled = False
        if self._settled:
            self._sink.write(pa.RecordBatch.from_arrays(arrays, names=list(self._types)))


def infer(values: list[Any]) -> "pa.DataType":
    """Find the narrowest type that holds all values; text where they are of several kinds."""
    import pyarrow as pa

    try:
        return pa.array(values).type
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return _infer_slowly(values)


def _infer_slowly(values: list[Any]) -> "pa.DataType":
    """Keep what agrees: only the fields of an object that clash become text."""
    import pyarrow as pa

    there = [v for v in values if v is not None]
    if all(isinstance(v, dict) for v in there):
        keys = dict.fromkeys(k for v in there for k in v)
        return pa.struct([(k, infer([v.get(k) for v in there])) for k in keys])
    if all(isinstance(v, list) for v in there):
        return pa.list_(infer([item for v in there for item in v]))
    return pa.string()


def join(one: "pa.DataType", other: "pa.DataType") -> "pa.DataType":
    """Find the type that holds values of both; text where there is none."""
    import pyarrow as pa
    import pyarrow.types as t

    if one == other or t.is_null(other):
        return one
    if t.is_null(one):
        return other
    if {str(one), str(other)} == {"int64", "double"}:
        return pa.float64()
    if t.is_list(one) and t.is_list(other):
        return pa.list_(join(one.value_type, other.value_type))
    if t.is_struct(one) and t.is_struct(other):
        fields = {f.name: f.type for f in one}
        for field in other:
            known = fields.get(field.name)
            fields[field.name] = field.type if known is None else join(known, field.type)
        return pa.struct(list(fields.items()))
    return pa.string()


def fit(values: list[Any], type_: "pa.DataType") -> "pa.Array":
    """Values as an array of ``type_``: what is no text becomes JSON where text is asked for."""
    import pyarrow as pa

    try:
        return pa.array(values, type_)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array([_fitted(v, type_) for v in values], type_)


def _fitted(value: Any, type_: "pa.DataType") -> Any:
    import pyarrow.types as t

    if value is None:
        return None
    if t.is_string(type_):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if t.is_struct(type_):
        return {f.name: _fitted(value.get(f.name), f.type) for f in type_}
    if t.is_list(type_):
        return [_fitted(v, type_.value_type) for v in value]
    return value


def _encodable(value: Any) -> bool:
    """Whether all texts in a value are text: JSON can write half of a surrogate pair."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
        return True
    if isinstance(value, dict):
        return all(_encodable(k) and _encodable(v) for k, v in value.items())
    return all(map(_encodable, value)) if isinstance(value, list) else True
