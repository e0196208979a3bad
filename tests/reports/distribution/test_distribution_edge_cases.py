"""Tables that trip others: nothing in them, strange names, strange types, extreme values."""

import math
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pytest

from audit.reports.distribution.values import Distribution
from audit.store import codec

HOSTILE = ['a"" ; DROP TABLE d; --', "{t} {0}", "{c0}", "?", "v", "k", "file_row_number ", "a'b"]


def dumped(report):
    data = codec.dump(report)
    assert codec.dump(codec.read(Distribution, data)) == data
    return data


@pytest.mark.parametrize("options", [{}, {"exact_rows": 0, "counted_values": 0}])
def test_hostile_names_and_values_are_only_names_and_values(options, measured):
    columns = {name: [name, "x", None] for name in HOSTILE}
    report = measured(pa.table({**columns, **{f"{n}#": [1, 2, 2] for n in HOSTILE}}), **options)
    assert [c.name for c in report.columns][: len(HOSTILE)] == HOSTILE
    for name in HOSTILE:
        assert {v.value for v in report.column(name).top} == {name, "x"}
        assert report.column(f"{name}#").numbers.mean == pytest.approx(5 / 3)
    assert report.patterns[0].columns == tuple(HOSTILE)


def test_the_big_list_of_naughty_strings_comes_through(measured, shared):
    import json

    strings = json.loads(shared("blns/blns.json").read_text())
    report = measured(pa.table({"s": strings}))
    column = report.column("s")
    assert column.distinct == len(set(strings))
    assert column.text.length_maximum == max(map(len, strings))
    assert column.text.blank == sum(not s.strip() for s in strings)
    dumped(report)


@pytest.mark.parametrize("options", [{}, {"exact_rows": 0, "counted_values": 0}])
def test_no_rows(options, measured):
    empty = {"i": pa.array([], pa.int64()), "t": pa.array([], pa.string())}
    report = measured(pa.table(empty), **options)
    assert (report.rows, report.duplicate_rows, report.rows_with_missing) == (0, 0, 0)
    assert {c.kind for c in report.columns} == {"empty"}
    for measure in report.measures():
        assert measure.value is not None or measure.reason
    dumped(report)


def test_one_row(measured):
    report = measured(pa.table({"i": [3], "f": [1.5], "t": ["a"], "d": [date(2024, 1, 1)]}))
    numbers = report.column("f").numbers
    assert (numbers.mean, numbers.mad, numbers.iqr) == (1.5, 0, 0)
    assert (numbers.variance, numbers.skewness, numbers.kurtosis) == (None, None, None)
    assert report.column("f").reasons
    assert report.keys == ()
    assert report.pairs == ()
    dumped(report)


def test_nothing_but_missing_values(measured):
    report = measured(pa.table({"n": pa.nulls(3), "i": pa.array([None] * 3, pa.int32())}))
    assert {c.kind for c in report.columns} == {"empty"}
    assert (report.rows_with_missing, report.duplicate_rows) == (3, 2)
    assert all(c.reasons for c in report.columns)


def test_infinite_values_and_nan_are_counted_then_left_out(measured):
    values = [1.0, 3.0, math.inf, -math.inf, math.nan, math.nan, None]
    column = measured(pa.table({"f": values})).column("f")
    assert (column.numbers.mean, column.numbers.infinite, column.numbers.not_a_number) == (2, 2, 2)
    assert (column.missing, column.distinct) == (1, 5)
    assert {v.value: v.count for v in column.top} == {
        "NaN": 2,
        1.0: 1,
        3.0: 1,
        "Infinity": 1,
        "-Infinity": 1,
    }


def test_no_finite_number_at_all(measured):
    report = measured(pa.table({"f": [math.nan, math.inf]}))
    assert report.column("f").numbers is None
    assert report.column("f").reasons
    dumped(report)


def test_64_bit_integers_keep_every_digit(measured):
    low = 2**63 - 5
    table = pa.table({"i": [low, low + 1, low + 2], "u": pa.array([2**64 - 1, 1, 1], pa.uint64())})
    report = measured(table)
    assert [v.value for v in report.column("i").top] == [low, low + 1, low + 2]
    assert report.column("i").numbers.variance == 1.0
    assert report.column("i").numbers.mad == pytest.approx(0, abs=1024)
    assert report.column("u").top[1].value == 2**64 - 1
    dumped(report)


def test_decimals_booleans_times_and_bytes(measured):
    table = pa.table(
        {
            "decimal": [Decimal("1.10"), Decimal("2.20"), None],
            "boolean": [True, True, False],
            "time": [time(1, 2), time(1, 2), None],
            "bytes": [b"\x00\xff", b"abc", b"abc"],
        }
    )
    report = measured(table)
    assert [c.kind for c in report.columns] == ["number", "boolean", "time", "binary"]
    assert report.column("decimal").numbers.mean == pytest.approx(1.65)
    assert report.column("boolean").true_share == pytest.approx(2 / 3)
    assert [v.value for v in report.column("boolean").top] == [True, False]
    assert report.column("time").top[0].value == "01:02:00"
    lengths = report.column("bytes").lengths
    assert (lengths.minimum, lengths.maximum, report.column("bytes").top) == (2, 3, ())
    dumped(report)


def test_lists_structs_and_maps(measured):
    table = pa.table(
        {
            "list": [[1, 2], [], None],
            "struct": [{"a": 1}, {"a": 1}, None],
            "map": pa.array([[("k", 1)], [], []], pa.map_(pa.string(), pa.int64())),
        }
    )
    report = measured(table)
    assert {c.kind for c in report.columns} == {"nested"}
    lengths = report.column("list").lengths
    assert (lengths.minimum, lengths.mean, lengths.maximum) == (0, 1, 2)
    assert report.column("struct").distinct == 1
    assert report.column("map").lengths.maximum == 1
    dumped(report)


def test_dates_have_range_periods_gaps_and_a_future(measured):
    days = [date(2024, 1, 1), date(2024, 1, 1), date(2024, 4, 9), date(2025, 1, 1), None]
    column = measured(pa.table({"d": days})).column("d")
    dates = column.dates
    assert (dates.minimum, dates.maximum, dates.range_days) == ("2024-01-01", "2025-01-01", 366)
    assert (dates.future, dates.as_of) == (1, "2024-06-01T00:00:00+00:00")
    assert dates.period == "month"
    assert (len(dates.periods), dates.gaps, dates.longest_gap) == (13, 10, 8)
    assert dates.periods[0] == ("2024-01-01", 2)
    assert column.top[0].value == "2024-01-01"


def test_timestamps_keep_their_zone_and_fractions(measured):
    moments = [datetime(2024, 1, 1, 12, tzinfo=UTC), datetime(2024, 1, 3, 0, 0, 0, 5, tzinfo=UTC)]
    plain = pa.array([m.replace(tzinfo=None) for m in moments], pa.timestamp("ns"))
    report = measured(pa.table({"z": moments, "p": plain}))
    assert report.column("z").dates.maximum == "2024-01-03T00:00:00.000005+00:00"
    assert report.column("z").top[0].value == "2024-01-01T12:00:00+00:00"
    assert report.column("p").dates.minimum == "2024-01-01T12:00:00"
    assert report.column("p").dates.gaps == 1


def test_dates_of_two_thousand_years_do_not_fill_the_report(measured):
    days = [date(1, 1, 1), date(9999, 12, 31)]
    column = measured(pa.table({"d": days})).column("d")
    assert (len(column.dates.periods), column.dates.gaps) == (2, 9997)
    assert column.reasons


def test_long_texts_are_cut_and_say_so(measured):
    column = measured(pa.table({"t": ["x" * 10_000, "y"]})).column("t")
    assert [(len(v.value), v.cut) for v in column.top] == [(500, True), (1, False)]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ([-999, 18, 25, 40, 33, -999], [(-999, 2)]),
        ([-999, 18, 25, 40, 33], []),
        ([0, 1, 2, -1, -1, 3], []),
        ([*range(12), -1, -1], [(-1, 2)]),
        ([40, 50, 60, 98, 99, 99], []),
        ([1.5, 2.5, 3.5, 9999.0, 9999.0], [(9999.0, 2)]),
        ([-999, -999], []),
    ],
)
def test_number_codes_are_those_that_stand_apart(values, codes, measured):
    column = measured(pa.table({"n": values})).column("n")
    assert [(v.value, v.count) for v in column.null_tokens] == codes
    assert column.missing == 0


def test_the_correlation_ratio_of_the_textbook_example(measured):
    """Scores in algebra, geometry and statistics: eta squared is 6780/9640."""
    scores = [45, 70, 29, 15, 21, 40, 20, 30, 42, 65, 95, 80, 70, 85, 73]
    subject = ["algebra"] * 5 + ["geometry"] * 4 + ["statistics"] * 6
    report = measured({"subject": subject, "score": scores})
    (eta,) = [p.value for p in report.pairs if p.measure == "correlation_ratio"]
    assert eta == pytest.approx((6780 / 9640) ** 0.5, abs=1e-9)
