"""Values that are missing, and values that stand for a missing one."""

import pytest

from audit.model import Role, RowTest, Severity, Where


@pytest.mark.parametrize(
    ("missing", "severity"),
    [
        (0, None),
        (9, None),
        (10, Severity.NOTICE),
        (199, Severity.NOTICE),
        (200, Severity.WARNING),
        (1000, Severity.WARNING),
    ],
)
def test_missing_values_are_told_from_the_thresholds_on(make, judge, missing, severity):
    report = make.report(make.column("age", missing=missing))
    found = judge("missing-values", report, notice_share=0.01, warning_share=0.2)
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_a_threshold_of_zero_still_needs_one_missing_value(make, judge):
    assert judge("missing-values", make.report(make.column()), notice_share=0) == ()


def test_the_title_of_missing_values_says_how_many_of_how_many(make, judge):
    (finding,) = judge("missing-values", make.report(make.column("job", n=48842, missing=2809)))
    assert finding.title == "“job” has no value in 2,809 of 48,842 rows (5.8%)"
    assert finding.measures[0].value == 2809
    assert finding.rows == Where(tests=(RowTest(op="missing", columns=("job",)),))


def test_a_column_without_any_value_is_said_to_have_none(make, judge):
    (finding,) = judge("missing-values", make.report(make.column("job", n=7, missing=7)))
    assert finding.title == "“job” has no value in any of 7 rows"


def test_a_missing_label_is_left_to_its_own_check(make, judge):
    report = make.report(make.column("y", missing=500))
    assert judge("missing-values", report, make.roles(y=Role.LABEL)) == ()


@pytest.mark.parametrize(
    ("missing", "remedies"),
    [
        (20, ["drop-missing", "fill-missing"]),
        (300, ["fill-missing", "drop-missing"]),
        (900, ["drop-columns"]),
    ],
)
def test_what_is_suggested_depends_on_how_much_is_missing(make, judge, missing, remedies):
    (finding,) = judge("missing-values", make.report(make.column(missing=missing)))
    assert [s.remedy for s in finding.suggestions] == remedies
    assert finding.suggestions[0].params == (("columns", ("x",)),)


def test_a_question_mark_stands_for_a_missing_value(make, judge):
    column = make.text("occupation", column={"n": 48842, "null_tokens": make.values((" ?", 2809))})
    (finding,) = judge("coded-missing", make.report(column))
    assert finding.title == "“ ?” stands for a missing value in 2,809 rows of “occupation” (5.8%)"
    assert finding.severity is Severity.WARNING
    assert finding.rows.tests == (RowTest(op="in", columns=("occupation",), values=(" ?",)),)
    assert [s.remedy for s in finding.suggestions] == ["replace-null-tokens"]


@pytest.mark.parametrize(
    ("count", "severity"), [(0, None), (4, None), (5, Severity.NOTICE), (50, Severity.WARNING)]
)
def test_coded_missing_values_are_told_from_the_thresholds_on(make, judge, count, severity):
    column = make.text(column={"null_tokens": make.values(("NA", count))} if count else {})
    found = judge("coded-missing", make.report(column), notice_share=0.005, warning_share=0.05)
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_blank_text_and_codes_are_counted_together_and_once(make, judge):
    column = make.text(blank=30, column={"null_tokens": make.values(("NA", 20), ("", 30))})
    (finding,) = judge("coded-missing", make.report(column))
    assert finding.measures[0].value == 50
    assert finding.title.startswith("Empty text, “NA” stand for missing values in 50 rows")
    assert finding.rows.any
    assert [t.op for t in finding.rows.tests] == ["in", "blank"]


def test_blank_text_alone_needs_no_caveat_about_spelling(make, judge):
    (finding,) = judge("coded-missing", make.report(make.text(blank=30)))
    assert finding.title == "Empty text stands for a missing value in 30 rows of “x” (3.0%)"
    assert finding.caveats == ()


def test_a_number_as_code_says_that_it_may_have_been_measured(make, judge):
    column = make.numbers(column={"null_tokens": make.values((-999, 100))})
    (finding,) = judge("coded-missing", make.report(column))
    assert "may have been measured" in finding.caveats[0]
