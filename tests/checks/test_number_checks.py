"""Outliers, infinities, skew and zeros."""

import pytest

from audit.model import Role, RowTest, Severity


@pytest.mark.parametrize(("far", "told"), [(0, False), (1, True), (50, True), (51, False)])
def test_outliers_are_some_but_not_many(make, judge, far, told):
    column = make.numbers(far_outliers=far, outliers=far, maximum=400.0)
    assert bool(judge("outliers", make.report(column))) is told


def test_outliers_lie_outside_the_outer_fence(make, judge):
    column = make.numbers("pay", far_outliers=3, outliers=7, maximum=400.0)
    (finding,) = judge("outliers", make.report(column))
    assert finding.title == "3 rows lie far from the rest of “pay”: above 225 (0.3%)"
    assert finding.rows.tests == (RowTest(op="outside", columns=("pay",), values=(-125.0, 225.0)),)
    assert finding.measures[0].value == 3


@pytest.mark.parametrize(
    ("minimum", "maximum", "said"),
    [(-400.0, 100.0, "below −125"), (-400.0, 400.0, "outside −125 to 225")],
)
def test_outliers_name_the_side_on_which_they_lie(make, judge, minimum, maximum, said):
    column = make.numbers(far_outliers=1, minimum=minimum, maximum=maximum)
    (finding,) = judge("outliers", make.report(column))
    assert f": {said} (" in finding.title


@pytest.mark.parametrize(
    ("maximum", "severity"), [(1074.0, Severity.NOTICE), (1075.0, Severity.WARNING)]
)
def test_outliers_weigh_by_how_far_they_reach(make, judge, maximum, severity):
    """The third quartile is 75 and the range 50: twenty ranges beyond is 1,075."""
    column = make.numbers(far_outliers=1, maximum=maximum)
    (finding,) = judge("outliers", make.report(column))
    assert finding.severity is severity


def test_infinite_numbers_are_not_among_the_rows_of_outliers(make, judge):
    column = make.numbers(far_outliers=1, maximum=400.0, infinite=2)
    (finding,) = judge("outliers", make.report(column))
    assert finding.rows.tests[1] == RowTest(op="between", columns=("x",), values=(1.0, 400.0))


def test_codes_for_missing_values_are_no_outliers(make, judge):
    own = {"null_tokens": make.values((-999, 30), (99, 4))}
    coded = make.numbers(minimum=-999.0, far_outliers=30, column=own)
    assert judge("outliers", make.report(coded)) == ()
    more = make.numbers(minimum=-999.0, far_outliers=32, maximum=400.0, column=own)
    (finding,) = judge("outliers", make.report(more))
    assert finding.measures[0].value == 2
    assert finding.rows.tests[1] == RowTest(op="not-in", columns=("x",), values=(-999.0,))


def test_without_a_range_there_are_no_outliers(make, judge):
    assert judge("outliers", make.report(make.numbers(far_outliers=9, iqr=0.0))) == ()


def test_codes_identifiers_and_few_rows_have_no_outliers(make, judge):
    codes = make.numbers("a", far_outliers=1, column={"distinct": 9})
    few = make.numbers("b", far_outliers=1, column={"n": 19})
    weight = make.numbers("w", far_outliers=1)
    report = make.report(codes, few, weight)
    assert judge("outliers", report, make.roles(w=Role.WEIGHT)) == ()


def test_infinite_and_nan_are_counted_together(make, judge):
    (finding,) = judge("not-finite", make.report(make.numbers("r", infinite=2, not_a_number=3)))
    assert finding.title == "5 numbers of “r” are infinite or NaN (0.5%)"
    assert finding.rows.tests == (RowTest(op="not-finite", columns=("r",)),)
    assert judge("not-finite", make.report(make.numbers())) == ()


@pytest.mark.parametrize(
    ("skewness", "severity"),
    [
        (None, None),
        (1.9, None),
        (2.0, Severity.INFO),
        (-2.0, Severity.INFO),
        (5.0, Severity.NOTICE),
        (-5.0, Severity.NOTICE),
    ],
)
def test_skew_is_told_from_the_thresholds_on(make, judge, skewness, severity):
    found = judge("skew", make.report(make.numbers(skewness=skewness)))
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_skew_names_its_side_and_no_single_value(make, judge):
    column = make.numbers("pay", skewness=-3.0, mean=40.0, maximum=123456.0)
    (finding,) = judge("skew", make.report(column))
    assert finding.title == (
        "“pay” is skewed to the left: its mean is 40, its median 50 (skewness −3)"
    )


@pytest.mark.parametrize(
    ("skewness", "minimum", "remedy"),
    [(3.0, 1.0, "transform-log"), (3.0, 0.0, "clip-outliers"), (-3.0, 1.0, "clip-outliers")],
)
def test_a_logarithm_is_suggested_where_there_is_one(make, judge, skewness, minimum, remedy):
    (finding,) = judge("skew", make.report(make.numbers(skewness=skewness, minimum=minimum)))
    assert finding.suggestions[0].remedy == remedy


def test_skew_by_zeros_is_left_to_the_check_of_zeros(make, judge):
    report = make.report(make.numbers("debt", skewness=4.0, zeros=600))
    assert judge("skew", report) == ()
    assert len(judge("heavy-zeros", report)) == 1


@pytest.mark.parametrize(
    ("zeros", "severity"),
    [
        (399, None),
        (400, Severity.INFO),
        (749, Severity.INFO),
        (750, Severity.NOTICE),
        (989, Severity.NOTICE),
        (990, None),
    ],
)
def test_zeros_are_told_between_the_thresholds(make, judge, zeros, severity):
    found = judge("heavy-zeros", make.report(make.numbers(zeros=zeros)))
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_zeros_read_like_this(make, judge):
    column = make.numbers("capital-gain", zeros=44807, column={"n": 48842})
    (finding,) = judge("heavy-zeros", make.report(column))
    assert finding.title == "“capital-gain” is 0 in 44,807 of 48,842 rows (91.7%)"
    assert finding.rows.tests == (RowTest(op="equal", columns=("capital-gain",), values=(0,)),)


def test_zeros_of_a_code_are_no_heavy_zeros(make, judge):
    assert judge("heavy-zeros", make.report(make.numbers(zeros=600, column={"distinct": 2}))) == ()
