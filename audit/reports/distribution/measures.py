"""The report as a flat stream of named numbers, for scripts and files."""

from collections.abc import Iterator
from functools import partial

from audit.model import Measure, Unit
from audit.reports.distribution.values import Column, Dates, Distribution, Numbers, Pair, Text
from audit.stats import wilson_interval

TOO_FEW = "Not defined for so few, or so equal, values."


def measures(report: Distribution) -> Iterator[Measure]:
    """Yield every number of the report: first of the table, then by column, then of pairs."""
    table = partial(Measure, n=report.rows)
    yield table(name="rows", value=report.rows, unit="rows")
    yield table(name="columns", value=len(report.columns), unit="columns")
    yield table(name="bytes", value=report.size_bytes, unit="bytes")
    yield table(name="duplicate_rows", value=report.duplicate_rows, unit="rows")
    yield table(name="rows_with_missing", value=report.rows_with_missing, unit="rows")
    for column in report.columns:
        yield from _column(column)
    for pair in report.pairs:
        yield pair_measure(pair)


def pair_measure(pair: Pair) -> Measure:
    """Make the measure of an association."""
    return Measure(
        name=pair.measure,
        value=pair.value,
        unit="coefficient",
        n=pair.n,
        columns=(pair.first, pair.second),
        method=pair.method,
        reason=pair.reason,
    )


def _column(column: Column) -> Iterator[Measure]:
    whole = partial(Measure, columns=(column.name,), n=column.n)
    there = partial(Measure, columns=(column.name,), n=column.present)
    why = "" if column.present else "Every value is missing."
    yield whole(name="missing", value=column.missing, unit="count")
    yield _share("missing_share", column.missing, column.n, column.name)
    yield _distinct(column)
    yield there(
        name="distinct_share",
        value=column.distinct_share,
        unit="share",
        method=column.distinct_method,
        reason=why,
    )
    yield there(
        name="entropy",
        value=column.entropy,
        unit="bits",
        method=column.entropy_method,
        reason="" if column.entropy is not None else why or "Too many different values.",
    )
    yield there(
        name="mode_share",
        value=column.mode_share,
        unit="share",
        method=column.top_method,
        reason="" if column.mode_share is not None else why or "Values are not compared.",
    )
    for token in column.null_tokens:
        yield there(
            name="null_tokens",
            value=token.count,
            unit="count",
            group=(("value", str(token.value)),),
        )
    if column.true_share is not None:
        true = round(column.true_share * column.present)
        yield _share("true_share", true, column.present, column.name)
    if column.text is not None:
        yield from _text(column, column.text)
    if column.numbers is not None:
        yield from _numbers(column, column.numbers)
    if column.dates is not None:
        yield from _dates(column, column.dates)
    if column.lengths is not None:
        lengths = column.lengths
        yield there(name="length_minimum", value=lengths.minimum, unit="count")
        yield there(name="length_mean", value=lengths.mean, unit="count")
        yield there(name="length_maximum", value=lengths.maximum, unit="count")


def _share(name: str, hits: int, n: int, column: str) -> Measure:
    if not n:
        return Measure(
            name=name, value=None, unit="share", n=0, columns=(column,), reason="There are no rows."
        )
    low, high = wilson_interval(hits, n)
    return Measure(
        name=name,
        value=hits / n,
        unit="share",
        n=n,
        columns=(column,),
        low=low,
        high=high,
        method="wilson",
    )


def _distinct(column: Column) -> Measure:
    margin = 1.96 * column.distinct_error
    return Measure(
        name="distinct",
        value=column.distinct,
        unit="count",
        n=column.present,
        columns=(column.name,),
        low=column.distinct * (1 - margin) if margin else None,
        high=column.distinct * (1 + margin) if margin else None,
        method=column.distinct_method,
    )


def _numbers(column: Column, numbers: Numbers) -> Iterator[Measure]:
    finite = column.present - numbers.infinite - numbers.not_a_number
    of = partial(Measure, columns=(column.name,), n=finite)
    values: tuple[tuple[str, float | None, Unit], ...] = (
        ("mean", numbers.mean, "value"),
        ("standard_deviation", numbers.standard_deviation, "value"),
        ("variance", numbers.variance, "value"),
        ("minimum", numbers.minimum, "value"),
        ("maximum", numbers.maximum, "value"),
        ("skewness", numbers.skewness, "coefficient"),
        ("kurtosis", numbers.kurtosis, "coefficient"),
        ("iqr", numbers.iqr, "value"),
        ("mad", numbers.mad, "value"),
        ("zeros", numbers.zeros, "count"),
        ("negatives", numbers.negatives, "count"),
        ("outliers", numbers.outliers, "count"),
        ("far_outliers", numbers.far_outliers, "count"),
    )
    for name, value, unit in values:
        method = numbers.quantile_method if name in _BY_QUANTILE else "exact"
        yield of(
            name=name,
            value=value,
            unit=unit,
            method=method,
            reason="" if value is not None else " ".join(column.reasons) or TOO_FEW,
        )
    for p, value in numbers.quantiles:
        yield of(
            name="quantile",
            value=value,
            unit="value",
            group=(("q", f"{p:g}"),),
            method=numbers.quantile_method,
        )
    all_of = partial(of, n=column.present)
    yield all_of(name="infinite", value=numbers.infinite, unit="count")
    yield all_of(name="not_a_number", value=numbers.not_a_number, unit="count")


_BY_QUANTILE = {"iqr", "mad", "outliers", "far_outliers"}


def _text(column: Column, text: Text) -> Iterator[Measure]:
    of = partial(Measure, columns=(column.name,), n=column.present)
    yield of(name="length_minimum", value=text.length_minimum, unit="characters")
    yield of(name="length_mean", value=text.length_mean, unit="characters")
    yield of(name="length_maximum", value=text.length_maximum, unit="characters")
    yield of(name="blank", value=text.blank, unit="count")
    yield of(name="padded", value=text.padded, unit="count")
    yield of(name="number_text", value=text.number_text, unit="count")
    yield of(name="date_text", value=text.date_text, unit="count")
    yield of(name="letters", value=text.letters, unit="count")
    yield of(name="digits", value=text.digits, unit="count")
    yield of(name="mixed", value=text.mixed, unit="count")
    yield of(name="words_mean", value=text.words_mean, unit="value", method=text.words_method)


def _dates(column: Column, dates: Dates) -> Iterator[Measure]:
    of = partial(Measure, columns=(column.name,), n=column.present)
    yield of(name="range_days", value=dates.range_days, unit="days")
    yield of(name="future_dates", value=dates.future, unit="count")
    yield of(name="gaps", value=dates.gaps, unit="count", group=(("period", dates.period),))
    yield of(
        name="longest_gap", value=dates.longest_gap, unit="count", group=(("period", dates.period),)
    )
