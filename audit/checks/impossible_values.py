"""Values that cannot be, going by the name of the column: an age of -3, a date to come."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import Field

from audit.format import count, number, percent
from audit.judging.columns import coded_outside, rows_of
from audit.judging.possible import TO_COME, possible
from audit.judging.words import quoted
from audit.model import Finding, Measure, RowTest, Severity, Step, Where
from audit.registry import Settings, check
from audit.reports.column_names import says
from audit.reports.distribution.values import Column, Dates, Distribution, Histogram, Numbers


class Params(Settings):
    """Where the possible ends."""

    highest_age: float = Field(
        120, gt=0, description="Years; the oldest person known reached 122 (J. Calment, 1997)."
    )
    earliest_year: int = Field(
        1900, ge=1, le=9999, description="Dates before this year are taken for mistakes."
    )
    latest_year: int = Field(
        2100, ge=1, le=9999, description="Years after this one are taken for mistakes."
    )
    scaled_share: float = Field(
        0.25,
        gt=0,
        le=1,
        description="With more negative values than this share, the column may be rescaled.",
    )


_ENDS = {"highest_age", "earliest_year", "latest_year"}


@check("impossible-values", title="Impossible values")
def impossible_values(report: Distribution, params: Params) -> Iterator[Finding]:
    """Report values that cannot be true of what the column is named like.

    Numbers: ages outside 0 to 120, negative counts, prices and sizes, shares outside 0 to 1,
    degrees and months out of range. Dates: later than the moment of the report unless the
    name speaks of a date to come, or earlier than 1900. The name alone tells what is meant.
    Numbers that *coded-missing* tells are left out.
    """
    for column in report.columns:
        if column.dates is not None:
            finding = _dates(column, column.dates, params)
        elif column.numbers is not None:
            finding = _numbers(column, column.numbers, params)
        else:
            finding = None
        if finding is not None:
            yield finding


def _numbers(column: Column, numbers: Numbers, params: Params) -> Finding | None:
    rule = possible(column.name, dict(numbers.quantiles)[0.95], **params.model_dump(include=_ENDS))
    if rule is None:
        return None
    high = rule.high
    under, over = numbers.minimum < rule.low, high is not None and numbers.maximum > high
    if not under and not over:
        return None
    rows = _below(column, numbers, rule.low) if under else 0
    more = _above(column, numbers, high) if over and high is not None else 0
    codes, coded = coded_outside(column, rule.low, high)
    n = rows + more - coded if rows is not None and more is not None else None
    if n is not None and n <= 0:
        return None
    scaled = numbers.negatives > params.scaled_share * column.present and rule.low >= 0
    measures = (
        _end("minimum", numbers.minimum, column),
        _end("maximum", numbers.maximum, column),
    )
    return Finding(
        check="impossible-values",
        severity=Severity.NOTICE if scaled else Severity.WARNING,
        title=_title(column, numbers, rule.low, high, n),
        why=f"The column is named like {rule.subject.noun}, and such a value cannot be true.",
        columns=(column.name,),
        measures=(*((rows_of("impossible", n, column),) if n is not None else ()), *measures),
        caveats=_caveats(scaled=scaled),
        suggestions=() if scaled else (_filter(column.name, rule.low, high),),
        rows=_outside(column.name, numbers, (rule.low, high), codes),
    )


def _title(column: Column, numbers: Numbers, low: float, high: float | None, n: int | None) -> str:
    name = quoted(column.name)
    limits = f"outside {number(low)} to {number(high)}" if high is not None else "negative"
    if n is None:
        ends = f"{number(numbers.minimum)} to {number(numbers.maximum)}"
        return f"{name} reaches from {ends}; some values are {limits}"
    is_ = "value of" if n == 1 else "values of"
    return f"{count(n)} {is_} {name} {'is' if n == 1 else 'are'} {limits} ({percent(n / column.n)})"


def _caveats(*, scaled: bool) -> tuple[str, ...]:
    told = "Told by the name of the column: it may mean something else."
    if scaled:
        return (told, "So many values are negative that the column may have been rescaled.")
    return (told,)


def _end(name: str, value: float, column: Column) -> Measure:
    return Measure(name=name, value=value, unit="value", n=column.present, columns=(column.name,))


def _outside(
    name: str, numbers: Numbers, limits: tuple[float, float | None], codes: tuple[float, ...]
) -> Where:
    own, (low, high) = (name,), limits
    tests = [
        RowTest(op="outside", columns=own, values=(low, high))
        if high is not None
        else RowTest(op="below", columns=own, values=(low,))
    ]
    if codes:
        tests.append(RowTest(op="not-in", columns=own, values=codes))
    if numbers.infinite or numbers.not_a_number:
        finite = (numbers.minimum, numbers.maximum)
        tests.append(RowTest(op="between", columns=own, values=finite))
    return Where(tests=tuple(tests))


def _filter(name: str, low: float, high: float | None) -> Step:
    params: tuple[tuple[str, str | float | tuple[str, ...]], ...] = (("columns", (name,)),)
    params += (("minimum", low),)
    return Step(
        remedy="clear-out-of-range",
        params=params if high is None else (*params, ("maximum", high)),
    )


def _below(column: Column, numbers: Numbers, low: float) -> int | None:
    """Count the rows below ``low``, if the report knows it exactly."""
    if low == 0:
        return numbers.negatives
    listed = _listed(column)
    if listed is not None:
        return sum(n for value, n in listed if value < low)
    return _known(numbers, low, upper=False)


def _above(column: Column, numbers: Numbers, high: float) -> int | None:
    """Count the rows above ``high``, if the report knows it exactly."""
    listed = _listed(column)
    if listed is not None:
        return sum(n for value, n in listed if value > high)
    return _known(numbers, high, upper=True)


def _listed(column: Column) -> list[tuple[float, int]] | None:
    """All values with their counts, where they are few enough to be listed."""
    if column.distinct_method != "exact" or len(column.top) < column.distinct:
        return None
    return [(float(t.value), t.count) for t in column.top if isinstance(t.value, int | float)]


def _known(numbers: Numbers, limit: float, *, upper: bool) -> int | None:
    for histogram in (numbers.histogram, numbers.log_histogram):
        if histogram is None:
            continue
        n = _beyond(histogram, limit, upper=upper)
        if n is not None:
            return n
    return None


def _beyond(histogram: Histogram, limit: float, *, upper: bool) -> int | None:
    """Count beyond ``limit`` from bins: exact only if the bin that holds the limit is empty."""
    for i, n in enumerate(histogram.counts):
        if not histogram.edges[i] <= limit < histogram.edges[i + 1]:
            continue
        at_edge = not upper and limit == histogram.edges[i]
        if n and not at_edge:
            return None
        return sum(histogram.counts[i + 1 :]) if upper else sum(histogram.counts[:i])
    return None


def _dates(column: Column, dates: Dates, params: Params) -> Finding | None:
    future = 0 if says(column.name, TO_COME) else dates.future
    ancient = sum(n for day, n in dates.periods if _year(day) < params.earliest_year)
    n = future + ancient
    if not n:
        return None
    own, tests, what = (column.name,), [], []
    if future:
        tests.append(RowTest(op="at-least", columns=own, values=(_after(column, dates),)))
        what.append("in the future")
    if ancient:
        first = f"{params.earliest_year:04d}-01-01"
        tests.append(RowTest(op="below", columns=own, values=(first,)))
        what.append(f"before {params.earliest_year}")
    lie = "date of" if n == 1 else "dates of"
    return Finding(
        check="impossible-values",
        severity=Severity.WARNING,
        title=(
            f"{count(n)} {lie} {quoted(column.name)} {'lies' if n == 1 else 'lie'} "
            f"{' or '.join(what)} ({percent(n / column.n)})"
        ),
        why="What is recorded has happened; such dates are slips or stand for a missing one.",
        columns=own,
        measures=(rows_of("impossible", n, column), rows_of("future", dates.future, column)),
        caveats=(f"As of {dates.as_of[:10]}, the day of the report.",) if future else (),
        suggestions=(Step(remedy="clear-out-of-range", params=(("columns", own),)),),
        rows=Where(tests=tuple(tests), any=True),
    )


def _after(column: Column, dates: Dates) -> str:
    """Give the first moment that counts as future; a date begins with its day."""
    if column.type != "DATE":
        return dates.as_of
    return (date.fromisoformat(dates.as_of[:10]) + timedelta(days=1)).isoformat()


def _year(day: str) -> int:
    years, _, _ = day.lstrip("-").partition("-")
    return -int(years) if day.startswith("-") else int(years)
