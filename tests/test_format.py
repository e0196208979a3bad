"""Numbers as people read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.format import (
    coefficient,
    counted,
    cut,
    duration,
    in_unit,
    in_words,
    moved,
    number,
    percent,
    points,
    ratio,
    size,
)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.109, "10.9%"),
        (0.0, "0.0%"),
        (1.0, "100.0%"),
        (0.0004, "<0.1%"),
        (0.0005, "0.1%"),
        (0.99999, ">99.9%"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_a_share_never_rounds_something_to_nothing_or_to_all(share, text):
    assert percent(share) == text


def test_differences_of_shares_are_points_with_a_real_minus():
    assert points(-0.195) == "−19.5 pp"
    assert points(0.02) == "+2.0 pp"
    assert points(0.0) == points(-0.0001) == "0.0 pp"
    assert points(None) == "–"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (38.5816, "38.58"),
        (1_484_705, "1,484,705"),
        (12_285.6, "12,286"),
        (0.000123, "0.000123"),
        (-3, "−3"),
        (-0.5, "−0.5"),
        (0, "0"),
        (1e21, "1e+21"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
        (None, "–"),
    ],
)
def test_values_are_written_short_and_without_a_hyphen_for_minus(value, text):
    assert number(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14))
def test_a_written_value_is_within_one_per_cent_of_the_value(value):
    text = number(value).replace("−", "-").replace(",", "")
    assert float(text) == pytest.approx(value, rel=0.01, abs=1e-9)


def test_sizes_and_durations_and_counts():
    assert [size(n) for n in (0, 999, 1_000, 3_141_592, 2e12)] == [
        "0 bytes",
        "999 bytes",
        "1.0 kB",
        "3.1 MB",
        "2.0 TB",
    ]
    assert [duration(s) for s in (0.4, 8.2, 200, 7_500)] == [
        "under 1 s",
        "8 s",
        "3 min",
        "2 h 5 min",
    ]
    assert counted(1, "row") == "1 row"
    assert counted(48_842, "row") == "48,842 rows"
    assert [in_words(n) for n in (0, 3, 10, 11)] == ["no", "three", "ten", "11"]
    assert ratio(0.3579) == "0.36"
    assert coefficient(-0.321) == "−0.32"
    assert coefficient(-0.0001) == "0.00"


def test_long_names_that_begin_alike_can_be_told_apart_when_cut():
    names = [f"temperature_of_the_sensor_number_{i:04d}" for i in range(20)]
    short = [cut(name, 18) for name in names]
    assert len(set(short)) == len(names)
    assert all(len(name) == 18 for name in short)


def test_a_difference_of_shares_is_written_in_points_and_a_tiny_change_is_no_row_of_digits() -> (
    None
):
    assert in_unit(-0.042, "share", "statistical_parity_difference") == "−4.2 pp"
    assert in_unit(0.042, "share", "missing_share") == "4.2%"
    assert in_unit(-0.042, "value", "label_mean_difference") == "−0.042"
    assert moved(0.0000051, "share") == "+<0.1 pp"
    assert moved(-0.000151, "share") == "−0.02 pp"
    assert in_unit(8491.0, "ratio") == "8,491.00"
