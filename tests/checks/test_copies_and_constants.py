"""Rows that repeat and columns that do not change."""

import pytest

from audit.model import Role, RowTest, Severity


def many(make, **given):
    """A report whose columns allow far more combinations than it has rows."""
    return make.report(*(make.column(f"c{i}", distinct=100) for i in range(3)), **given)


@pytest.mark.parametrize(
    ("copies", "severity"),
    [
        (0, None),
        (1, Severity.NOTICE),
        (9, Severity.NOTICE),
        (10, Severity.WARNING),
        (199, Severity.WARNING),
        (200, Severity.CRITICAL),
    ],
)
def test_copies_matter_more_the_more_there_are(make, judge, copies, severity):
    found = judge("duplicate-rows", many(make, duplicate_rows=copies))
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_the_copies_of_adult_read_like_this(make, judge):
    columns = [make.column(f"c{i}", n=48842, distinct=100) for i in range(3)]
    (finding,) = judge("duplicate-rows", make.report(*columns, duplicate_rows=52))
    assert finding.title == "52 of 48,842 rows are exact copies of an earlier row (0.1%)"
    assert finding.rows.tests == (RowTest(op="repeat"),)
    assert finding.suggestions[0].remedy == "drop-duplicates"


def test_copies_that_must_occur_are_an_information_only(make, judge):
    """Three columns of 6, 2 and 2 values cannot make 4,526 different rows."""
    columns = [make.column(f"c{i}", n=4526, distinct=d) for i, d in enumerate((6, 2, 2))]
    (finding,) = judge("duplicate-rows", make.report(*columns, duplicate_rows=4502))
    assert finding.severity is Severity.INFO
    assert finding.suggestions == ()
    assert "24 different rows" in finding.caveats[0]


@pytest.mark.parametrize(("rows", "bound"), [(24, False), (25, True)])
def test_copies_must_occur_once_there_are_more_rows_than_combinations(make, judge, rows, bound):
    columns = [make.column(f"c{i}", n=rows, distinct=d) for i, d in enumerate((6, 2, 2))]
    (finding,) = judge("duplicate-rows", make.report(*columns, duplicate_rows=1))
    assert (finding.severity is Severity.INFO) is bound


def test_a_missing_value_is_one_more_possible_value(make, judge):
    columns = [make.column("a", n=10, distinct=9), make.column("b", n=10, distinct=1, missing=1)]
    (finding,) = judge("duplicate-rows", make.report(*columns, duplicate_rows=1))
    assert finding.severity is not Severity.INFO


def test_a_constant_is_told_with_its_value(make, judge):
    column = make.column("country", distinct=1, mode_share=1.0, top=make.values(("US", 1000)))
    (finding,) = judge("constant-column", make.report(column))
    assert finding.title == "“US” makes up all 1,000 values of “country”"
    assert finding.severity is Severity.WARNING
    assert finding.rows is None


def test_a_constant_with_missing_values_may_still_tell_something(make, judge):
    top = make.values(("US", 600))
    column = make.column(distinct=1, missing=400, mode_share=1.0, top=top)
    (finding,) = judge("constant-column", make.report(column))
    assert finding.severity is Severity.NOTICE
    assert finding.caveats


@pytest.mark.parametrize(("count", "told"), [(989, False), (990, True), (999, True)])
def test_near_constants_are_told_from_the_threshold_on(make, judge, count, told):
    column = make.column(mode_share=count / 1000, top=make.values(("a", count), ("b", 1)))
    found = judge("constant-column", make.report(column))
    assert bool(found) is told
    if found:
        assert found[0].measures[0].value == 1000 - count
        assert [t.op for t in found[0].rows.tests] == ["present", "not-in"]


def test_few_values_and_empty_columns_are_no_constants(make, judge):
    few = make.column(n=19, distinct=1, mode_share=1.0, top=make.values(("a", 19)))
    empty = make.column(n=19, missing=19, distinct=0)
    assert judge("constant-column", make.report(few, empty)) == ()


def test_a_constant_label_is_left_to_its_own_check(make, judge):
    column = make.column("y", distinct=1, mode_share=1.0, top=make.values(("a", 1000)))
    assert judge("constant-column", make.report(column), make.roles(y=Role.LABEL)) == ()


def test_an_identifier_is_told_by_all_its_values_being_different(make, judge):
    column = make.text("code", column={"distinct": 1000})
    (finding,) = judge("identifier-as-feature", make.report(column, keys=("code",)))
    assert finding.title == "“code” has a different value in each of 1,000 rows"


@pytest.mark.parametrize(("distinct", "told"), [(979, False), (980, True)])
def test_text_is_an_identifier_from_the_threshold_on(make, judge, distinct, told):
    column = make.text(column={"distinct": distinct})
    assert bool(judge("identifier-as-feature", make.report(column))) is told


def test_prose_dates_and_measured_numbers_are_no_identifiers(make, judge):
    different = {"distinct": 1000}
    columns = (
        make.text("prose", words_mean=12.0, column=different),
        make.text("day", date_text=1000, column=different),
        make.numbers("height", column=different),
        make.numbers("income", column=different | {"type": "BIGINT"}),
        make.dates("moment", column=different),
    )
    assert judge("identifier-as-feature", make.report(*columns)) == ()


def test_whole_numbers_without_a_gap_are_identifiers(make, judge):
    own = {"distinct": 1000, "type": "BIGINT"}
    column = make.numbers("nr", minimum=1.0, maximum=1000.0, column=own)
    assert len(judge("identifier-as-feature", make.report(column))) == 1


def test_a_marked_identifier_is_told_whatever_its_values(make, judge):
    column = make.text("surname", column={"distinct": 350})
    (finding,) = judge(
        "identifier-as-feature", make.report(column), make.roles(surname=Role.DIRECT_IDENTIFIER)
    )
    assert finding.title == ("“surname” names people or rows: 350 different values in 1,000 rows")
    assert [s.remedy for s in finding.suggestions] == ["drop-columns", "hash-keyed"]


@pytest.mark.parametrize(
    ("distinct", "severity"),
    [(50, None), (51, Severity.NOTICE), (200, Severity.NOTICE), (201, Severity.WARNING)],
)
def test_many_categories_are_told_above_the_thresholds(make, judge, distinct, severity):
    report = make.report(make.text(column={"distinct": distinct}))
    found = judge("high-cardinality", report, notice_distinct=50, warning_distinct=200)
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_identifiers_prose_and_numbers_are_no_categories(make, judge):
    columns = (
        make.text("key", column={"distinct": 1000}),
        make.text("prose", words_mean=9.0, column={"distinct": 500}),
        make.text("number", number_text=1000, column={"distinct": 500}),
        make.numbers("amount", column={"distinct": 500}),
    )
    assert judge("high-cardinality", make.report(*columns)) == ()


def test_an_estimate_is_written_and_marked_as_one(make, judge):
    own = {"distinct": 98231, "n": 10**6, "distinct_method": "approx:hll", "distinct_error": 0.02}
    (finding,) = judge("high-cardinality", make.report(make.text("city", column=own)))
    assert "≈98,231" in finding.title
    assert "standard error 2.0%" in finding.caveats[0]
    measure = finding.measures[0]
    assert measure.approximate
    assert measure.low < 98231 < measure.high
