"""How a model treats groups: errors, selection, calibration."""

from dataclasses import replace

import pytest

from audit.model import RowTest, Severity, Where
from tests.checks import people


def race(name):
    return (("race", name),)


def judged(*groups, **given):
    """Groups with their false positive, false negative and selection rate; the first is compared with."""
    names = ("White", "Black", "Asian")
    rates = {race(n): r for n, r in zip(names, groups, strict=False)}
    axes = (people.axis("race", names),)
    return people.plain(axes=axes, model=people.model(rates, **given))


COMPAS = ((0.2345, 0.4772, 0.3480), (0.4485, 0.2799, 0.5880))
"""Rates of the groups Caucasian and African-American, as Aequitas publishes them."""


def test_error_rates_are_told_with_both_rates_and_the_interval(judge):
    (found,) = judge("unequal-error-rates", judged(*COMPAS))
    assert found.title == (
        "For “Black” the false positive rate is 21.4 pp higher than for “White” "
        "(44.9% against 23.4%; 95% interval 20.4 pp to 22.4 pp), "
        "its false negative rate is 19.7 pp lower (28.0% against 47.7%), "
        "its selection rate is 24.0 pp higher (58.8% against 34.8%)"
    )
    assert found.severity is Severity.CRITICAL
    assert found.columns == ("race", "y", "p")
    assert found.group == race("Black")
    assert found.rows == Where(tests=(RowTest(op="equal", columns=("race",), values=("Black",)),))
    names = {m.name for m in found.measures}
    assert {"false_positive_rate_difference", "equalized_odds_difference"} <= names
    assert found.caveats[:2] == (
        "Measured on predictions in “p”.",
        "Equalized odds difference over all groups: 20.0 pp; 95% interval 19.0 pp to 21.0 pp.",
    )


@pytest.mark.parametrize(
    ("difference", "severity"),
    [
        (0.055, None),
        (0.07, Severity.NOTICE),
        (-0.07, Severity.NOTICE),
        (0.12, Severity.WARNING),
        (-0.22, Severity.CRITICAL),
    ],
)
def test_the_interval_of_the_difference_must_lie_beyond_a_threshold(judge, difference, severity):
    report = judged((0.3, 0.3, 0.3), (0.3 + difference, 0.3, 0.3))
    found = judge("unequal-error-rates", report)
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_thresholds_of_error_rates_can_be_moved(judge):
    report = judged((0.3, 0.3, 0.3), (0.42, 0.3, 0.3))
    assert judge("unequal-error-rates", report, None, notice_difference=0.115) == ()
    (found,) = judge("unequal-error-rates", report, None, critical_difference=0.1)
    assert found.severity is Severity.CRITICAL
    (found,) = judge("unequal-error-rates", report, None, warning_difference=0.15)
    assert found.severity is Severity.NOTICE


def test_errors_come_before_selection(judge):
    (found,) = judge("unequal-error-rates", judged((0.3, 0.3, 0.3), (0.38, 0.3, 0.6)))
    assert found.title.startswith("For “Black” the false positive rate is 8.0 pp higher")
    assert found.severity is Severity.CRITICAL


def test_small_groups_and_rates_of_few_rows_are_not_judged(judge):
    unfair = ((0.1, 0.1, 0.1), (0.9, 0.9, 0.9))
    assert judge("unequal-error-rates", judged(*unfair))
    assert judge("unequal-error-rates", judged(*unfair, n=99)) == ()
    assert judge("unequal-error-rates", judged(*unfair, basis=29)) == ()
    assert judge("unequal-error-rates", judged(*unfair, basis=29), None, fewest_rows=29)
    assert judge("unequal-error-rates", people.plain()) == ()
    missing = {race("White"): unfair[0], race("(missing)"): unfair[1]}
    assert judge("unequal-error-rates", people.plain(model=people.model(missing))) == ()


def test_a_reference_group_that_is_too_small_is_no_measure(judge):
    report = judged((0.1, 0.1, 0.1), (0.9, 0.9, 0.9))
    (whole,) = report.model.combinations
    small = (replace(whole.groups[0], n=50), *whole.groups[1:])
    model = replace(report.model, combinations=(replace(whole, groups=small),))
    assert judge("unequal-error-rates", replace(report, model=model)) == ()


def both(sex, name):
    return (("sex", sex), ("race", name))


def test_an_intersection_is_told_where_it_is_further_off_than_its_parts(judge):
    fair, unfair = (0.3, 0.3, 0.3), (0.6, 0.3, 0.3)
    rates = {
        (("sex", "Male"),): fair,
        (("sex", "Female"),): (0.45, 0.3, 0.3),
        race("White"): fair,
        race("Black"): (0.45, 0.3, 0.3),
        both("Male", "White"): fair,
        both("Male", "Black"): fair,
        both("Female", "White"): (0.45, 0.3, 0.3),
        both("Female", "Black"): unfair,
    }
    found = judge("unequal-error-rates", people.plain(model=people.model(rates)))
    assert {f.group for f in found} == {
        (("sex", "Female"),), race("Black"), both("Female", "Black")
    }  # fmt: skip


def test_scores_that_are_off_are_told(judge):
    rates = {race("White"): (0.3, 0.3, 0.3), race("Black"): (0.3, 0.3, 0.3)}
    gaps = {race("White"): 0.02, race("Black"): -0.082}
    report = people.plain(model=people.model(rates, gaps=gaps))
    (found,) = judge("poor-calibration", report)
    assert found.title == (
        "Scores of “Black” are 8.2 pp too low on average; 95% interval 7.2 pp to 9.2 pp"
    )
    assert found.severity is Severity.NOTICE
    assert found.columns == ("race", "y", "p")
    assert found.group == race("Black")
    assert found.measures[0].value == -0.082


@pytest.mark.parametrize(
    ("gap", "given", "severity"),
    [
        (0.055, {}, None),
        (0.07, {}, Severity.NOTICE),
        (0.07, {"notice_gap": 0.065}, None),
        (0.12, {}, Severity.WARNING),
        (0.12, {"warning_gap": 0.2}, Severity.NOTICE),
        (None, {}, None),
    ],
)
def test_thresholds_of_calibration_can_be_moved(judge, gap, given, severity):
    rates = {race("White"): (0.3, 0.3, 0.3)}
    gaps = {} if gap is None else {race("White"): gap}
    found = judge(
        "poor-calibration", people.plain(model=people.model(rates, gaps=gaps)), None, **given
    )
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_calibration_of_small_groups_is_not_judged(judge):
    rates, gaps = {race("White"): (0.3, 0.3, 0.3)}, {race("White"): 0.4}
    assert judge("poor-calibration", people.plain(model=people.model(rates, gaps=gaps, n=99))) == ()
    assert judge("poor-calibration", people.plain()) == ()


def test_what_the_model_is_and_what_was_sampled_is_said(judge):
    report = judged(*COMPAS, title="logistic regression trained here", note="On 200,000 rows.")
    (found,) = judge("unequal-error-rates", people.guessed(report))
    assert "Measured on logistic regression trained here." in found.caveats
    assert "On 200,000 rows." in found.caveats
    assert "The positive value was guessed." in found.caveats
