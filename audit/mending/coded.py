"""Columns as whole numbers, row by row: what classes of rows are made from.

Two values are the same as in the re-identification report: 0.0 equals -0.0, blank text is a
value like any other, and a missing value is one of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from audit.reports.reidentification import coding
from audit.reports.reidentification.classes import refuse_nested
from audit.reports.reidentification.coding import Codes, Ints
from audit.store.ordered import in_order
from audit.store.rows import is_numeric
from audit.store.table import Table

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["number", "date", "category"]

_BATCH_ROWS = 131_072
_FLOATS = ("FLOAT", "DOUBLE")
_WHOLE = frozenset(
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One column: a code for each row, and what the codes mean."""

    column: str
    kind: Kind
    codes: npt.NDArray[np.int32]
    """By row; 0 is missing, others are in the order of the values."""
    values: "pa.Array"
    """By code, from 1 on, ascending."""

    @property
    def width(self) -> int:
        """Number of codes, that of missing included."""
        return len(self.values) + 1

    def positions(self) -> npt.NDArray[np.float64]:
        """Give by code where numbers and dates lie; missing lies a step below the lowest.

        What is infinite lies where the last finite value does.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        if self.kind == "date":
            wide = pa.int32() if pa.types.is_date32(self.values.type) else pa.int64()
            numbers = pc.cast(self.values, wide)
        else:
            numbers = self.values
        found = _numpy(pc.cast(numbers, pa.float64(), safe=False), np.float64)
        finite = found[np.isfinite(found)]
        low, high = (finite[0], finite[-1]) if len(finite) else (0.0, 0.0)
        step = (high / 2 - low / 2) / max(1, len(found) - 1) * 2
        return np.concatenate(([low - step], np.clip(found, low, high)))

    def texts(self) -> "pa.Array":
        """Give by code, from 1 on, how the values are written."""
        import pyarrow as pa
        import pyarrow.compute as pc

        texts = pc.cast(self.values, pa.string())
        if self.kind == "date":
            return pc.replace_substring_regex(texts, r"( 00:00:00)?(\.0+)?$", "")
        return texts


def coded(table: Table, columns: Sequence[str], *, ranges: bool = False) -> tuple[Coded, ...]:
    """Read columns in one pass; a few bytes for each cell, and each different value once.

    For ``ranges`` what is no number (NaN) is missing, since no range holds it.
    """
    refuse_nested(table, columns)
    keys = table.keys(columns)
    listed = ", ".join(f"{_term(table, c, f'c{i}', ranges)} AS k{i}" for i, c in enumerate(columns))
    sql = f"SELECT {{row}} AS r, {listed} FROM {{t}}"  # noqa: S608 - expressions of this module
    parts: list[list[pa.DictionaryArray]] = [[] for _ in columns]
    for _, batch in in_order(table, sql, size=_BATCH_ROWS, **keys):
        for i, part in enumerate(parts):
            part.append(batch.column(1 + i).dictionary_encode())
    types = table.arrow(f"{sql} LIMIT 0", **keys).schema.types[1:]
    return tuple(
        encoded(name, kind_of(table.type_of(name)), part, type_)
        for name, part, type_ in zip(columns, parts, types, strict=True)
    )


def kind_of(type_: str) -> Kind:
    """Tell how values of a DuckDB type are put in classes: as numbers, dates or categories."""
    if is_numeric(type_):
        return "number"
    zoned = "ZONE" in type_ or type_ == "TIMESTAMPTZ"
    return "date" if type_.startswith(("DATE", "TIMESTAMP")) and not zoned else "category"


def together(columns: Sequence[Coded]) -> tuple[Ints, int]:
    """Give each row the number of its combination of codes; also say how many there are."""
    whole = [Codes(codes=c.codes.astype(np.int64), distinct=c.width - 1) for c in columns]
    return coding.dense(*coding.keys(whole, len(columns[0].codes)))


def _term(table: Table, column: str, key: str, ranges: bool) -> str:
    """Write how a column is read: numbers and dates as they are, all else as text."""
    type_, cell = table.type_of(column), f"{{{key}}}"
    if type_ in _FLOATS:
        # Adding 0 makes 0.0 of -0.0.
        number = f"{cell} + CAST(0 AS {type_})"
        return f"CASE WHEN isnan({cell}) THEN NULL ELSE {number} END" if ranges else number
    if kind_of(type_) == "number":
        return cell if type_ in _WHOLE else f"CAST({cell} AS DOUBLE)"
    return cell if kind_of(type_) == "date" else f"CAST({cell} AS VARCHAR)"


def encoded(
    name: str, kind: Kind, parts: "list[pa.DictionaryArray]", type_: "pa.DataType"
) -> Coded:
    """Put encoded batches together, and number the values in their order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not parts:
        return Coded(
            column=name, kind=kind, codes=np.zeros(0, np.int32), values=pa.array([], type_)
        )
    whole = pa.chunked_array(parts).unify_dictionaries()
    values = whole.chunk(whole.num_chunks - 1).dictionary
    order = pc.array_sort_indices(values)
    ranks = np.zeros(len(values) + 1, dtype=np.int32)
    ranks[_numpy(order, np.uint64).astype(np.int64)] = np.arange(1, len(values) + 1)
    # The last place is that of the index -1, which stands for a missing value.
    found = [ranks[_numpy(pc.fill_null(c.indices, -1), np.int32)] for c in whole.chunks]
    return Coded(column=name, kind=kind, codes=np.concatenate(found), values=values.take(order))


def _numpy(array: "pa.Array", kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """Read the buffer of an array without gaps: Arrow's own way loads pandas."""
    found = np.frombuffer(array.buffers()[1] or b"", dtype=kind)
    return found[array.offset : array.offset + len(array)]
