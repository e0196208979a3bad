"""Dates that are stored as text."""

from pydantic import Field

from audit.errors import ParameterError
from audit.format import counted
from audit.mending.change import Change, Context
from audit.mending.choosing import chosen, learnt_before, none_fits
from audit.mending.dates_in_text import (
    Dated,
    Order,
    has_time,
    layout_is_known,
    look,
    moment,
    moment_by,
)
from audit.mending.fields import Columns, Fitted
from audit.mending.unparsed import UNPARSED, Reading, Unparsed, settled
from audit.registry import Settings, remedy
from audit.store.rows import is_numeric, is_text
from audit.store.table import Table

_MOSTLY = 0.9
_ORDERS: dict[str, Order] = {"iso": "iso", "day first": "day-first", "month first": "month-first"}


class ParseDates(Settings):
    """Read text as dates."""

    columns: Columns = Field(
        default=(),
        title="Columns",
        description="Columns of text, or of numbers such as 20240302; none: columns of text in "
        "which nine of ten values read as dates.",
    )
    format: str = Field(
        default="auto",
        title="Format",
        description="auto: as most values of the column are written; ISO; day first; month "
        "first; or a layout such as %d.%m.%Y.",
    )
    unparsed: Unparsed = Field(default="missing", title="What does not read", description=UNPARSED)
    fitted: Fitted = None


@remedy("parse-dates", title="Read text as dates", family="clean")
def parse_dates(table: Table, step: ParseDates, context: Context) -> Change:
    """Read text as dates, or as moments where a time of day stands with them.

    ISO dates and months written as words are read always; for 03/04/2024 the whole column
    decides whether the day or the month comes first. Cells that do not read are counted.
    """
    fits = _fits if step.columns else is_text
    columns = chosen(table, context, step.columns, fits)
    order = _asked(table, step.format)
    before = learnt_before(step.fitted)
    cells, notes = [], []
    learnt: dict[str, str] = {}
    for name in columns:
        type_ = table.type_of(name)
        seen = look(table, name) if order == "auto" or not step.columns else None
        if seen is not None and not step.columns and seen.share < _MOSTLY:
            continue
        own = order
        if seen is not None and order == "auto":
            own = learnt[name] = _known(before.get(name)) or seen.order
        sql = moment(type_, _known(own) or "iso") if _known(own) else moment_by(type_, own)
        made, said = settled(table, _reading(table, name, sql), step.unparsed)
        cells.append(made)
        notes += [*said, *_unclear(name, seen, own)]
    if not cells:
        return none_fits("In no column of text do nine of ten values read as dates")
    fitted = {"columns": learnt} if learnt else None
    return Change(cells=tuple(cells), fitted=fitted, notes=tuple(notes))


def _fits(type_: str) -> bool:
    return is_text(type_) or is_numeric(type_)


def _asked(table: Table, given: str) -> str:
    """Give 'auto', an order of day and month, or a layout that the engine knows."""
    plain = given.strip().lower().replace("-", " ")
    if plain == "auto":
        return plain
    if plain in _ORDERS:
        return _ORDERS[plain]
    if not layout_is_known(table, given):
        message = "The format of dates is none that is known."
        hint = "Use auto, ISO, day first, month first, or a layout such as %d.%m.%Y."
        raise ParameterError(message, hint=hint)
    return given


def _known(order: object) -> Order | None:
    return next((known for known in _ORDERS.values() if known == order), None)


def _reading(table: Table, name: str, sql: str) -> Reading:
    type_ = "TIMESTAMP" if has_time(table, name, sql) else "DATE"
    return Reading(column=name, sql=sql, type=type_, what="a date")


def _unclear(name: str, seen: Dated | None, order: str) -> tuple[str, ...]:
    if seen is None or not seen.unclear or seen.day_first != seen.month_first:
        return ()
    return (
        f"{counted(seen.unclear, 'cell')} of {name!r} could be read with the day or the month "
        f"first, as 03/04/2024 can, and nothing in the column tells; read {order}.",
    )
