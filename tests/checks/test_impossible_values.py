"""What cannot be, going by the name."""

import pytest

from audit.model import RowTest, Severity, Where
from audit.reports.distribution.values import Histogram

FAR = Histogram(edges=(0.0, 100.0, 200.0, 900.0, 1000.0), counts=(990, 0, 0, 10))
"""Bins between which an age of 120 falls into an empty one."""


def test_negative_ages_are_counted(make, judge):
    column = make.numbers("age", minimum=-3.0, maximum=90.0, negatives=7)
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.title == "7 values of “age” are outside 0 to 120 (0.7%)"
    assert finding.severity is Severity.WARNING
    assert finding.measures[0].value == 7
    assert finding.rows.tests == (RowTest(op="outside", columns=("age",), values=(0, 120.0)),)


@pytest.mark.parametrize("name", ["age", "Age", "ageAtDiagnosis", "co_applicant_age", "Alter"])
@pytest.mark.parametrize(("highest", "told"), [(120.0, False), (121.0, True)])
def test_ages_end_at_120(make, judge, name, highest, told):
    found = judge("impossible-values", make.report(make.numbers(name, maximum=highest)))
    assert bool(found) is told


def test_a_count_is_stated_only_where_it_is_known(make, judge):
    known = make.numbers("age", maximum=999.0, histogram=FAR)
    full = Histogram(edges=(0.0, 130.0, 1000.0), counts=(995, 5))
    unknown = make.numbers("age", maximum=999.0, histogram=full)
    (first,) = judge("impossible-values", make.report(known))
    (second,) = judge("impossible-values", make.report(unknown))
    assert first.title == "10 values of “age” are outside 0 to 120 (1.0%)"
    assert second.title == "“age” reaches from 1 to 999; some values are outside 0 to 120"
    assert all(m.unit != "rows" for m in second.measures)
    assert first.rows == second.rows


def test_a_short_list_of_values_gives_the_count(make, judge):
    own = {"distinct": 3, "top": make.values((30, 990), (150, 7), (-1, 3))}
    column = make.numbers("age", minimum=-1.0, maximum=150.0, negatives=3, column=own)
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.measures[0].value == 10


@pytest.mark.parametrize(
    "name", ["n_visits", "number of children", "price", "Height", "loan_amount", "duration"]
)
def test_some_quantities_are_never_negative(make, judge, name):
    column = make.numbers(name, minimum=-1.0, negatives=2)
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.measures[0].value == 2
    assert judge("impossible-values", make.report(make.numbers(name, minimum=0.0))) == ()


@pytest.mark.parametrize(
    "name",
    [
        "price_change",
        "weight difference",
        "temperature",
        "balance",
        "x",
        "message",
        "percentage_growth",
    ],
)
def test_other_quantities_may_be_negative(make, judge, name):
    column = make.numbers(name, minimum=-900.0, negatives=20)
    assert judge("impossible-values", make.report(column)) == ()


def test_codes_for_missing_values_are_left_to_their_own_check(make, judge):
    own = {"null_tokens": make.values((-999, 7))}
    coded = make.numbers("age", minimum=-999.0, negatives=7, column=own)
    assert judge("impossible-values", make.report(coded)) == ()
    more = make.numbers("age", minimum=-999.0, negatives=9, column=own)
    (finding,) = judge("impossible-values", make.report(more))
    assert finding.measures[0].value == 2
    assert finding.rows.tests[1] == RowTest(op="not-in", columns=("age",), values=(-999.0,))


def test_a_share_above_one_is_impossible_unless_it_is_a_percentage(make, judge):
    inside = ((0.05, 0.1), (0.25, 0.2), (0.5, 0.5), (0.75, 0.8), (0.95, 0.9))
    share = make.numbers("share_urban", minimum=0.0, maximum=3.0, quantiles=inside)
    assert len(judge("impossible-values", make.report(share))) == 1
    percent = make.numbers("share_urban", minimum=0.0, maximum=99.0)
    assert judge("impossible-values", make.report(percent)) == ()


def test_a_rescaled_column_is_a_notice(make, judge):
    column = make.numbers("age", minimum=-2.0, maximum=2.5, negatives=480)
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.severity is Severity.NOTICE
    assert "rescaled" in finding.caveats[1]
    assert finding.suggestions == ()


def test_an_age_in_days_may_exceed_120(make, judge):
    assert judge("impossible-values", make.report(make.numbers("age_in_days", maximum=9e3))) == ()


def test_dates_to_come_are_counted_as_of_the_report(make, judge):
    column = make.dates("application_date", future=12)
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.title == "12 dates of “application_date” lie in the future (1.2%)"
    test = RowTest(op="at-least", columns=("application_date",), values=("2026-07-02",))
    assert finding.rows == Where(tests=(test,), any=True)


def test_a_moment_to_come_is_later_than_the_report(make, judge):
    column = make.dates("seen", future=1, column={"type": "TIMESTAMP"})
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.rows.tests[0].values == ("2026-07-01T12:00:00+00:00",)
    assert finding.title == "1 date of “seen” lies in the future (0.1%)"


@pytest.mark.parametrize("name", ["due_date", "valid until", "expiryDate", "next_visit"])
def test_some_dates_lie_ahead_rightly(make, judge, name):
    assert judge("impossible-values", make.report(make.dates(name, future=500))) == ()


def test_dates_before_1900_are_counted_by_their_periods(make, judge):
    periods = (("-0044-01-01", 1), ("1753-01-01", 3), ("1899-12-01", 1), ("1900-01-01", 9))
    column = make.dates("born", periods=periods, minimum="-0044-03-15")
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.title == "5 dates of “born” lie before 1900 (0.5%)"
    assert finding.rows.tests == (RowTest(op="below", columns=("born",), values=("1900-01-01",)),)


def test_too_early_and_too_late_are_one_finding(make, judge):
    column = make.dates("seen", future=2, periods=(("1800-01-01", 3), ("2030-01-01", 2)))
    (finding,) = judge("impossible-values", make.report(column))
    assert finding.title == "5 dates of “seen” lie in the future or before 1900 (0.5%)"
    assert finding.rows.any
