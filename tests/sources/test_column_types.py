"""Types: only ones that lose nothing, decided by every value of the column."""

import datetime as dt
import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.sources.facts import Fact, convert, observe, type_of

QUICK = settings(deadline=None)
TYPES = {
    "whole numbers": (["0", "-1", "12"], "int64"),
    "eighteen digits": (["999999999999999999", "1"], "int64"),
    "nineteen digits": (["9223372036854775807"], "string"),
    "leading zero": (["1", "00123"], "string"),
    "zero alone": (["0", "1"], "int64"),
    "plus sign": (["+1", "2"], "string"),
    "blank beside": (["1 ", "2"], "string"),
    "decimals": (["1.5", "2", "-0.25", ".5", "1e5", "2E-3"], "double"),
    "decimal with leading zeros": (["00.5"], "string"),
    "minus zero": (["-0", "1"], "double"),
    "codes like 1e5 among words": (["1e5", "B7"], "string"),
    "too large for a double": (["1e999"], "string"),
    "nineteen digits of %.18e": (["1.000000000000000056e-01"], "double"),
    "long money": (["12345678901234567890.25"], "string"),
    "whole beyond 2**53 beside decimals": (["9007199254740993", "1.5"], "string"),
    "nan among numbers": (["nan", "1.5", "-inf"], "double"),
    "nan alone": (["nan"], "string"),
    "hexadecimal": (["0x10"], "string"),
    "underscore": (["1_000"], "string"),
    "thousands": (["1,000"], "string"),
    "truth": (["true", "false"], "bool"),
    "two spellings of truth": (["true", "False"], "string"),
    "yes and no": (["yes", "no"], "string"),
    "dates": (["2024-02-29", "1999-12-31"], "date32[day]"),
    "no such day": (["2023-02-29"], "string"),
    "another order": (["31-12-1999"], "string"),
    "one digit": (["2024-1-1"], "string"),
    "timestamps": (["2024-01-01 10:00", "2024-01-01T10:00:00.123456"], "timestamp[us]"),
    "nanoseconds": (["2024-01-01 10:00:00.123456789"], "string"),
    "zones": (["2024-01-01T10:00:00Z", "2024-01-01T10:00:00+02:00"], "timestamp[us, tz=UTC]"),
    "zone and none": (["2024-01-01T10:00:00Z", "2024-01-01T10:00:00"], "string"),
    "date and time": (["2024-01-01", "2024-01-01 10:00:00"], "string"),
    "no value": ([None, None], "string"),
    "number and word": (["1", "x"], "string"),
    "NA": (["1", "NA"], "string"),
    "other digits": (["١٢"], "string"),
}


@pytest.mark.parametrize("case", TYPES)
def test_a_column_gets_a_type_that_loses_nothing(case):
    texts, expected = TYPES[case]
    column = pa.array(texts, pa.string())
    assert str(type_of(observe(column))) == expected
    one_by_one = Fact(0)
    for text in texts:
        one_by_one = observe(pa.array([text], pa.string()), one_by_one)
    assert str(type_of(one_by_one)) == expected, "in parts"


@QUICK
@given(st.lists(st.integers(-(10**18) + 1, 10**18 - 1) | st.none(), min_size=1))
def test_whole_numbers_come_back_as_they_were_written(values):
    column = pa.array([None if v is None else str(v) for v in values], pa.string())
    type_ = type_of(observe(column))
    got = convert(column, type_).to_pylist()
    assert [None if v is None else str(v) for v in got] == column.to_pylist()


@QUICK
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_decimals_come_back_as_the_same_double(values):
    column = pa.array([repr(v) for v in values], pa.string())
    assert type_of(observe(column)) == pa.float64()
    got = convert(column, pa.float64()).to_pylist()
    assert all(
        math.copysign(1, a) == math.copysign(1, b) and a == b
        for a, b in zip(got, values, strict=True)
    )


@QUICK
@given(st.lists(st.dates() | st.none(), min_size=1))
def test_dates_come_back(values):
    column = pa.array([None if v is None else v.isoformat() for v in values], pa.string())
    assert convert(column, type_of(observe(column))).to_pylist() in (values, column.to_pylist())


@QUICK
@given(st.lists(st.text(alphabet="0123456789+-.eE _", max_size=6), min_size=1), st.data())
def test_facts_do_not_depend_on_chunks_or_order(texts, data):
    texts = [t or None for t in texts]
    whole = observe(pa.array(texts, pa.string()))
    shuffled = data.draw(st.permutations(texts))
    cut = data.draw(st.integers(0, len(texts)))
    parts = observe(pa.array(shuffled[:cut], pa.string()))
    parts = observe(pa.array(shuffled[cut:], pa.string()), parts)
    assert type_of(whole) == type_of(parts)


@QUICK
@given(st.lists(st.text(alphabet="0123456789+-.eEnaif T:Ztrue", max_size=7), min_size=1))
def test_no_type_takes_two_texts_for_one_value_unless_they_are_spellings_of_a_number(texts):
    column = pa.array([t or None for t in texts], pa.string())
    type_ = type_of(observe(column))
    values = convert(column, type_).to_pylist()
    for text, value in zip(column.to_pylist(), values, strict=True):
        if type_ == pa.int64() and text is not None:
            assert str(value) == text
        if type_ == pa.float64() and text is not None:
            assert float(text) == value or math.isnan(value)


def test_a_leading_zero_in_the_last_of_many_rows_keeps_the_column_text(read):
    found = read(
        "id,zip\n" + "".join(f"{i},{10_000 + i}\n" for i in range(150_000)) + "150000,00123\n"
    )
    assert found.types == {"id": "BIGINT", "zip": "VARCHAR"}
    assert found.rows[0] == (0, "10000")
    assert found.rows[-1] == (150_000, "00123")


def test_a_column_that_widens_late_is_read_again(read):
    text = "a,b,c\n" + "1,,x\n" * 130_000 + "2.5,7,x\n"
    found = read(text)
    assert found.types == {"a": "DOUBLE", "b": "BIGINT", "c": "VARCHAR"}
    assert found.rows[-1] == (2.5, 7, "x")
    assert found.counts == (130_001, 130_001, 0, 0)


def test_zoned_times_are_the_same_moment(read):
    found = read("t,n\n2024-01-01T10:00:00+02:00,1\n2024-01-01T08:00:00Z,2\n")
    moment = dt.datetime(2024, 1, 1, 8, tzinfo=dt.UTC)
    assert [r[0] for r in found.rows] == [moment, moment]
