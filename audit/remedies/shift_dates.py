"""Dates moved by a number of days that each person has for their own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.cell_texts import texts_of
from audit.mending.change import Change, Computed, Context
from audit.mending.choosing import none_fits
from audit.mending.fields import Columns, DateColumns
from audit.mending.keyed import Digests, KeyedStep
from audit.mending.text_dates import leaves_order_open, order_in, unread_dates
from audit.model import Role
from audit.pii.date_texts import Order, shifted
from audit.registry import remedy
from audit.store.rows import is_text
from audit.store.table import Table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

_DAYS = ("DATE", "TIMESTAMP")
_FIRST, _LAST = -719_162, 2_932_896
"""Days from 1970 to the first and to the last date of four digits."""
_MICROSECONDS = 86_400_000_000


class ShiftDates(KeyedStep):
    """Move dates, for each person by days of their own."""

    columns: DateColumns = Field(
        default=(),
        title="Columns",
        description="Columns of dates; none: all of the type date or timestamp. Dates written "
        "as text must be named.",
    )
    by: Columns = Field(
        default=(),
        title="Person",
        description="Columns that together say whose dates they are; none: the columns with "
        "the role direct-identifier.",
    )
    most_days: int = Field(
        default=30, ge=1, le=3650, title="Days", description="By how many at the most."
    )


@remedy("shift-dates", title="Shift dates per person", family="anonymize", fast=False)
def shift_dates(table: Table, step: ShiftDates, context: Context) -> Change:
    """Move all dates of a person by the same number of days, drawn with the secret key.

    The order of a person's dates and the time between them stay; with the same key a person's
    dates move alike in all files. Rows that do not say whose they are move together. Dates
    written as text keep their form; what cannot be read as a date is emptied, and counted.
    """
    digests = Digests(context.key(), "shift dates")
    columns = step.columns or tuple(c.name for c in table.columns if c.type.startswith(_DAYS))
    by = step.by or tuple(context.roles.having(Role.DIRECT_IDENTIFIER))
    columns = tuple(name for name in columns if step.columns or name not in by)
    if not columns:
        return none_fits("No column is of the type date or timestamp")
    _check(table, columns, by)
    orders: dict[str, Order] = {name: order_in(table, name) or "month" for name in columns}
    types = {
        name: table.arrow("SELECT {c} FROM {t} LIMIT 0", c=name).schema.field(0).type
        for name in columns
    }

    def function(batch: "pa.RecordBatch", at: int) -> "dict[str, pa.Array]":
        del at
        days = _days([batch.column(name) for name in by], digests, step.most_days)
        return {name: _moved(batch.column(name), days, orders[name]) for name in columns}

    needs = tuple(dict.fromkeys((*columns, *by)))
    computed = Computed(needs=needs, types=types, function=function)
    return Change(computed=(computed,), notes=_notes(table, columns, by, orders))


def _check(table: Table, columns: Sequence[str], by: Sequence[str]) -> None:
    for name in (*columns, *by):
        table.type_of(name)
    if not by:
        message = "Nothing says whose dates they are."
        raise ParameterError(message, hint="Name the columns that identify a person under 'by'.")
    other = [n for n in columns if not (table.type_of(n).startswith(_DAYS) or _text(table, n))]
    if other:
        message = f"The column {other[0]!r} holds no dates."
        raise ParameterError(message)


def _text(table: Table, name: str) -> bool:
    return is_text(table.type_of(name))


def _days(persons: "list[pa.Array]", digests: Digests, most: int) -> "npt.NDArray[np.int64]":
    """Give for each row by how many days it moves: never 0."""
    import numpy as np

    texts = [texts_of(array).to_pylist() for array in persons]
    known: dict[tuple[str | None, ...], int] = {}
    days = np.empty(len(texts[0]), dtype=np.int64)
    for i, who in enumerate(zip(*texts, strict=True)):
        if who not in known:
            known[who] = _drawn(who, digests, most)
        days[i] = known[who]
    return days


def _drawn(who: tuple[str | None, ...], digests: Digests, most: int) -> int:
    parts = [digests.digest(text).hex() if text is not None else "" for text in who]
    number = int.from_bytes(digests.digest(" ".join(parts))[:8], "big") % (2 * most)
    return number - most if number < most else number - most + 1


def _moved(array: "pa.Array", days: "npt.NDArray[np.int64]", order: Order) -> "pa.Array":
    import pyarrow as pa
    import pyarrow.types as t

    if t.is_string(array.type) or t.is_large_string(array.type) or t.is_dictionary(array.type):
        pairs = zip(texts_of(array).to_pylist(), days.tolist(), strict=True)
        moved = [_text_moved(text, n, order) for text, n in pairs]
        return pa.array(moved, array.type if t.is_string(array.type) else pa.string())
    return _typed(array, days)


def _text_moved(text: str | None, days: int, order: Order) -> str | None:
    if text is None or not text.strip():
        return text
    return shifted(text, days, order)


def _typed(array: "pa.Array", days: "npt.NDArray[np.int64]") -> "pa.Array":
    """Move dates and timestamps by their numbers; those before year 1 or after 9999 stay."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.types as t

    a_day, integer = 1, pa.int32()
    if t.is_timestamp(array.type):
        units = {"s": 86_400, "ms": 86_400_000, "us": _MICROSECONDS, "ns": 1000 * _MICROSECONDS}
        a_day, integer = units[array.type.unit], pa.int64()
    missing = np.asarray(array.is_null())
    # With a missing one among them, Arrow would give the others as decimal numbers.
    numbers = pc.fill_null(array.cast(integer), 0).to_numpy(zero_copy_only=False)
    whole = numbers.astype(np.int64)
    limits = np.iinfo(np.int64)
    least, most = max(_FIRST * a_day, limits.min // 2), min(_LAST * a_day, limits.max // 2)
    inside = (whole >= least) & (whole <= most)
    moved = whole + np.where(inside, days, 0) * a_day
    return pa.array(moved, integer, mask=missing).cast(array.type)


def _notes(
    table: Table, columns: Sequence[str], by: Sequence[str], orders: "dict[str, Order]"
) -> tuple[str, ...]:
    notes = []
    (nobody,) = table.row(
        f"SELECT count(*) FROM {{t}} WHERE {' AND '.join(f'{{c{i}}} IS NULL' for i in range(len(by)))}",  # noqa: S608
        **table.keys(by),
    )
    if nobody:
        notes.append(f"{counted(nobody, 'row')} do not say whose they are; they move together.")
    for name in (n for n in columns if _text(table, n)):
        unread = unread_dates(table, name, orders[name])
        if unread:
            notes.append(
                f"{counted(unread, 'cell')} of '{name}' could not be read as dates: emptied."
            )
        if order_in(table, name) is None and leaves_order_open(table, name):
            notes.append(f"'{name}' leaves open whether day or month comes first: read as month.")
    return tuple(notes)
