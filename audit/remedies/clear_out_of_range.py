"""Values that cannot be, made missing: an age of -3, a date to come."""

from datetime import UTC, date, datetime
from math import isnan, nan
from typing import Annotated, Any

from pydantic import Field

from audit.errors import ParameterError
from audit.judging.possible import EARLIEST_YEAR, TO_COME, possible
from audit.mending.bounds import quantiles
from audit.mending.change import Cells, Change, Context
from audit.mending.choosing import chosen, learnt_before, none_fits
from audit.mending.fields import Fitted, OfColumns
from audit.registry import Settings, remedy
from audit.reports.column_names import says
from audit.store.rows import is_numeric
from audit.store.table import Table

End = float | str | None


class ClearOutOfRange(Settings):
    """Make impossible values missing."""

    columns: Annotated[tuple[str, ...], OfColumns(("number", "date"))] = Field(
        default=(),
        title="Columns",
        description="Columns of numbers or dates; none: those whose name tells what is possible "
        "(an age, a share, a price, a latitude), and all dates.",
    )
    minimum: float | str | None = Field(
        default=None,
        title="Lowest possible value",
        description="A number or a date; with neither end given, the name of the column tells.",
    )
    maximum: float | str | None = Field(
        default=None,
        title="Highest possible value",
        description="A number or a date; with the lowest given alone, there is no highest.",
    )
    fitted: Fitted = None


@remedy("clear-out-of-range", title="Make impossible values missing", family="clean")
def clear_out_of_range(table: Table, step: ClearOutOfRange, context: Context) -> Change:
    """Make values below the lowest or above the highest possible one missing.

    Without limits the name of a column tells them: ages lie within 0 and 120, shares within 0
    and 1, dates after 1899 and, unless the name speaks of a date to come, not after today.
    """
    columns = chosen(table, context, step.columns, _fits, without=())
    before = learnt_before(step.fitted)
    stated = step.minimum is not None or step.maximum is not None
    if stated and not step.columns:
        message = "Limits are given, but no column that they are for."
        raise ParameterError(message, hint="Name the columns.")
    _check(table, step)
    ends: dict[str, tuple[End, End]] = {}
    for name in columns:
        if stated:
            ends[name] = (step.minimum, step.maximum)
        elif name in before:
            ends[name] = _read(before[name])
        else:
            found = _told(table, name)
            if found is not None:
                ends[name] = found
    if not ends and not step.columns:
        return none_fits("No name of a column tells which values are possible")
    if not ends:
        message = "No name of these columns tells which values are possible."
        raise ParameterError(message, hint="Give the lowest or the highest possible value.")
    missing = [name for name in step.columns if name not in ends]
    notes = tuple(
        f"The name of {name!r} does not tell which values are possible; it is left as it was."
        for name in missing
    )
    return Change(
        cells=tuple(_cells(table, name, *both) for name, both in ends.items()),
        fitted=None if stated else {"columns": {n: list(both) for n, both in ends.items()}},
        notes=notes,
    )


def _check(table: Table, step: ClearOutOfRange) -> None:
    """Refuse limits that no value lies between."""
    if step.minimum is None or step.maximum is None:
        return
    for name in step.columns:
        read = _number if is_numeric(table.type_of(name)) else _moment
        if read(step.minimum) > read(step.maximum):  # type: ignore[operator]
            message = "The lowest possible value lies above the highest."
            raise ParameterError(message, hint="Exchange them: minimum: 0, maximum: 120.")


def _fits(type_: str) -> bool:
    return is_numeric(type_) or type_ == "DATE" or type_.startswith("TIMESTAMP")


def _told(table: Table, name: str) -> tuple[End, End] | None:
    """Give the ends that the name of a column tells."""
    type_ = table.type_of(name)
    if not is_numeric(type_):
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        latest = now.date().isoformat() if type_ == "DATE" else now.isoformat(sep=" ")
        first = date(EARLIEST_YEAR, 1, 1).isoformat()
        return first, None if says(name, TO_COME) else latest
    (found,) = quantiles(table, (name,), (0.95,)).values()
    rule = possible(name, found[0]) if found else None
    return None if rule is None else (rule.low, rule.high)


def _cells(table: Table, name: str, low: End, high: End) -> Cells:
    type_ = table.type_of(name)
    number = is_numeric(type_)
    cell, place = ("TRY_CAST({c} AS DOUBLE)", "?") if number else ("{c}", f"CAST(? AS {type_})")
    tests, values = [], []
    for end, sign in ((low, "<"), (high, ">")):
        if end is not None:
            tests.append(f"{cell} {sign} {place}")
            values.append(_number(end) if number else _moment(end))
    found = f"isfinite({cell}) AND ({' OR '.join(tests)})"
    sql = f"CASE WHEN {found} THEN NULL ELSE {{c}} END"
    return Cells(column=name, sql=sql, values=tuple(values), names={"c": name})


def _number(end: float | str) -> float:
    try:
        number = float(end)
    except ValueError:
        number = nan
    if isnan(number):
        message = "A column of numbers needs a number as limit."
        raise ParameterError(message, hint="Write it with a point: 0.5.")
    return number


def _moment(end: float | str) -> str:
    try:
        return datetime.fromisoformat(str(end)).isoformat(sep=" ")
    except ValueError as error:
        message = "A column of dates needs a date as limit."
        raise ParameterError(message, hint="Write it as year, month, day: 2024-12-31.") from error


def _read(learnt: Any) -> tuple[End, End]:
    if not isinstance(learnt, list) or len(learnt) != 2:
        message = "The parameter 'fitted' is not what this step wrote."
        raise ParameterError(message, hint="Remove it: the step learns from the data anew.")
    return learnt[0], learnt[1]
