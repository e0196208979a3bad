from datetime import date, datetime
from math import isfinite

import numpy as np
import pytest

from audit.errors import ParameterError

WRITTEN = [
    ("1,234.50", 1234.5),
    ("1,234,567", 1234567),
    ("1 234", 1234),
    ("1\u00a0234.5", 1234.5),
    ("1'000", 1000),
    ("$ 12", 12),
    ("US$12.10", 12.1),
    ("12 EUR", 12),
    ("€-3", -3),
    ("(300)", -300),
    ("($1,300.25)", -1300.25),
    ("\u22125", -5),
    ("5-", -5),
    ("+7", 7),
    (".5", 0.5),
    ("1e3", 1000),
    ("2.5E-2", 0.025),
    ("5%", 0.05),
    (" 7 ", 7),
    ("12k", None),
    ("1,23", None),
    ("(300", None),
    ("1.2.3", None),
    ("about 20", None),
    ("0x10", None),
    ("inf", None),
    ("1_000", None),
    ("", None),
    ("-", None),
]


def test_numbers_are_read_as_people_write_them_and_nothing_else_is(mended):
    step = ("parse-numbers", {"columns": ["t"], "decimal": "point"})
    made = mended({"t": [text for text, _ in WRITTEN]}, step)
    assert dict(zip([t for t, _ in WRITTEN], made.column("t"), strict=True)) == dict(WRITTEN)


def test_a_decimal_comma_is_seen_from_the_whole_column(mended):
    made = mended({"t": ["1.234,50", "3,5", "2", "1.000"]}, ("parse-numbers", {}))
    assert made.column("t") == [1234.5, 3.5, 2.0, 1000.0]
    assert "'t' is read with a decimal comma." in made.effect.notes


def test_what_could_mean_two_numbers_is_told(mended):
    made = mended({"t": ["1,234", "5"]}, ("parse-numbers", {}))
    assert made.column("t") == [1234, 5]
    assert any("could be read with a decimal point or" in note for note in made.effect.notes)


def test_large_whole_numbers_lose_no_digit(mended):
    made = mended({"t": ["9007199254740993", "-9,007,199,254,740,993"]}, ("parse-numbers", {}))
    assert made.column("t") == [9007199254740993, -9007199254740993]


def test_numbers_that_a_program_wrote_come_back_bit_by_bit(mended):
    rng = np.random.default_rng(5)
    numbers = rng.integers(0, 2**64, 3000, dtype=np.uint64).view(np.float64)
    told = [n for n in numbers.tolist() if isfinite(n)]
    made = mended({"t": [repr(n) for n in told]}, ("parse-numbers", {"columns": ["t"]}))
    assert made.column("t") == told


@pytest.mark.parametrize(
    ("unparsed", "expected"),
    [("missing", [1.5, None, None, None]), ("keep-text", ["1.5", "see file", None, None])],
)
def test_what_does_not_read_is_counted(mended, unparsed, expected):
    data = {"t": ["1.5", "see file", "n/a", None]}
    made = mended(data, ("parse-numbers", {"columns": ["t"], "unparsed": unparsed}))
    assert made.column("t") == expected
    assert made.effect.notes[0] == "1 cell of 't' stood for a missing value."
    assert made.effect.notes[1].startswith("1 cell of 't' does not read as a number")


def test_nothing_is_done_where_not_reading_is_an_error(mended):
    step = ("parse-numbers", {"columns": ["t"], "unparsed": "error"})
    with pytest.raises(ParameterError, match="1 cell of 't' does not read"):
        mended({"t": ["1", "secret"]}, step)


def test_codes_are_left_as_text_where_no_column_is_named(mended):
    data = {"zip": ["12345", "23456"], "code": ["007", "013"], "price": ["1", "2"]}
    made = mended(data, ("parse-numbers", {}))
    assert made.column("zip") == data["zip"]
    assert made.column("code") == data["code"]
    assert made.column("price") == [1, 2]


def test_the_column_tells_whether_the_day_comes_first(mended):
    data = {
        "d": ["03/04/2024", "13/04/2024", "1.5.24", "3 March 2024", "2024-05-06", None],
        "m": ["03/04/2024", "04/13/2024", "Mar 5, 2024", "n/a", "31/02/2024", ""],
    }
    made = mended(data, ("parse-dates", {"columns": ["d", "m"]}))
    first = [date(2024, 4, 3), date(2024, 4, 13), date(2024, 5, 1), date(2024, 3, 3)]
    assert made.column("d") == [*first, date(2024, 5, 6), None]
    assert made.column("m") == [
        *(date(2024, 3, 4), date(2024, 4, 13), date(2024, 3, 5)),
        *(None, None, None),
    ]
    assert "1 cell of 'm' does not read as a date and is missing now." in made.effect.notes


def test_an_order_that_nothing_tells_is_said(mended):
    made = mended({"d": ["03/04/2024"]}, ("parse-dates", {}))
    assert made.column("d") == [date(2024, 3, 4)]
    assert "nothing in the column tells" in made.effect.notes[0]
    stated = mended({"d": ["03/04/2024"]}, ("parse-dates", {"format": "day first"}))
    assert stated.column("d") == [date(2024, 4, 3)]


def test_moments_digits_and_layouts_are_read(mended):
    data = {
        "t": ["2024-01-01T10:00:00", "Mar. 3, 2020 5:06 PM"],
        "n": [20240102, 20240103],
        "l": ["03_04_24", "04_04_24"],
    }
    layout = ("parse-dates", {"columns": ["l"], "format": "%d_%m_%y"})
    made = mended(data, ("parse-dates", {"columns": ["t", "n"]}), layout)
    moments = ["2024-01-01T10:00:00", "2020-03-03T17:06:00"]
    assert made.column("t") == [datetime.fromisoformat(m) for m in moments]
    assert made.column("n") == [date(2024, 1, 2), date(2024, 1, 3)]
    assert made.column("l") == [date(2024, 4, 3), date(2024, 4, 4)]


@pytest.mark.parametrize("layout", ["%Q", "dd.mm.yyyy", "%d", "%Y'); DROP"])
def test_a_layout_that_is_none_is_refused(mended, layout):
    with pytest.raises(ParameterError, match="format of dates"):
        mended({"d": ["2024-01-01"]}, ("parse-dates", {"columns": ["d"], "format": layout}))


def test_types_change_and_nothing_is_rounded(mended):
    data = {
        "i": ["12", "12.0", "12.5", "9007199254740993", "x"],
        "b": ["yes", "0", "TRUE", "maybe", None],
        "f": [1.0, 2.5, None, 3.0, float("inf")],
        "n": [1, 0, 2, None, 1],
    }
    types = {"i": "integer", "b": "boolean", "f": "integer", "n": "boolean"}
    made = mended(data, ("change-types", {"columns": types}))
    assert made.column("i") == [12, 12, None, 9007199254740993, None]
    assert made.column("b") == [True, False, True, None, None]
    assert made.column("f") == [1, None, None, 3, None]
    assert made.column("n") == [True, False, None, None, True]


def test_a_number_is_no_date(mended):
    with pytest.raises(ParameterError, match="cannot become a date"):
        mended({"n": [1]}, ("change-types", {"columns": {"n": "date"}}))
