"""How columns are measured, by their type, and how their cells are read."""

from audit.model import Column
from audit.reports.distribution.values import Kind
from audit.store.rows import is_numeric, is_temporal

_DAYS = ("DATE", "TIMESTAMP")
_NESTED = ("STRUCT", "MAP", "UNION", "VARIANT")
_WIDE = ("DECIMAL", "HUGEINT", "UHUGEINT")

UNPLACED = 2**63 - 1
"""Stands for dates that are infinite or beyond the range of timestamps."""

ARRAY_KINDS = ("number", "boolean", "date")
"""Kinds whose values travel as arrays of numbers; the others are text to us."""


def kind_of(column: Column) -> Kind:
    """Tell how a column that has values is measured."""
    type_ = column.type
    if type_.endswith("]") or type_.startswith(_NESTED):
        return "nested"
    if is_numeric(type_):
        return "number"
    if type_ == "BOOLEAN":
        return "boolean"
    if is_temporal(type_):
        return "date" if type_.startswith(_DAYS) else "time"
    return "binary" if type_ in ("BLOB", "BIT") else "text"


def is_list(column: Column) -> bool:
    """Whether the cells have a length: lists, arrays and maps."""
    return column.type.endswith("]") or column.type.startswith("MAP(")


def is_integer(type_: str) -> bool:
    """Whether a numeric type holds whole numbers only."""
    return "INT" in type_ and not type_.startswith("INTERVAL")


def number_expression(column: Column, cell: str) -> str:
    """Write SQL for the cell as a number that travels: microseconds for dates, bytes for booleans.

    Infinite dates, and those beyond the range of timestamps, become :data:`UNPLACED`.
    """
    match kind_of(column):
        case "boolean":
            return f"CAST({cell} AS UTINYINT)"
        case "date":
            placed = f"TRY(epoch_us(CASE WHEN isfinite({cell}) THEN {cell} END))"
            return f"CASE WHEN {cell} IS NOT NULL THEN coalesce({placed}, {UNPLACED}) END"
        case _ if column.type.startswith(_WIDE):
            return f"CAST({cell} AS DOUBLE)"
        case _:
            return cell


def text_expression(column: Column, cell: str) -> str:
    """Write SQL for the cell as text."""
    if column.type == "VARCHAR":
        return cell
    if column.type.startswith("TIMESTAMP WITH"):
        return f"strftime({cell}, '%Y-%m-%dT%H:%M:%S.%f+00:00')"
    return f"CAST({cell} AS VARCHAR)"
