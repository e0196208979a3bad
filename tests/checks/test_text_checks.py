"""Text that mixes numbers and words, is numbers, or is written in several ways."""

import pytest

from audit.model import Role, RowTest, Severity


@pytest.mark.parametrize(
    ("numbers", "severity"),
    [
        (0, None),
        (9, None),
        (10, Severity.NOTICE),
        (99, Severity.NOTICE),
        (100, Severity.WARNING),
        (899, Severity.WARNING),
        (900, None),
    ],
)
def test_numbers_among_words_are_told_between_the_thresholds(make, judge, numbers, severity):
    found = judge("mixed-types", make.report(make.text(number_text=numbers)))
    assert [f.severity for f in found] == [severity] * (severity is not None)


def test_the_rarer_kind_is_what_the_rows_show(make, judge):
    (few,) = judge("mixed-types", make.report(make.text("a", number_text=300)))
    (most,) = judge("mixed-types", make.report(make.text("a", number_text=700)))
    assert few.title == "300 of 1,000 values of “a” read as a number (30.0%)"
    assert most.title == "300 of 1,000 values of “a” do not read as a number (30.0%)"
    assert few.rows.tests == (RowTest(op="number-text", columns=("a",)),)
    assert most.rows.tests == (RowTest(op="not-number-text", columns=("a",)),)


@pytest.mark.parametrize(
    "words",
    [
        ("[42-43]", "[-1.5 to 3]", "[42-43] or missing"),
        ("20-29", "30–39"),
        ("[20, 30)", "[30, 40)"),
    ],
)
def test_ranges_beside_numbers_are_a_column_made_coarser(make, judge, words):
    top = make.values(("?", 50), ("42", 40), *((word, 9) for word in words))
    column = make.text(number_text=600, column={"top": top, "null_tokens": make.values(("?", 50))})
    (finding,) = judge("mixed-types", make.report(column))
    assert finding.severity is Severity.INFO
    assert finding.suggestions == ()
    other = make.values(*((t.value, t.count) for t in top), ("about 30-39", 8))
    column = make.text(number_text=600, column={"top": other})
    (finding,) = judge("mixed-types", make.report(column))
    assert [s.remedy for s in finding.suggestions] == ["parse-numbers"]


def test_codes_for_missing_values_are_neither_numbers_nor_words(make, judge):
    tokens = make.values(("-999", 100), ("NA", 200))
    column = make.text(number_text=800, column={"null_tokens": tokens})
    assert judge("mixed-types", make.report(column)) == ()
    (finding,) = judge("number-as-text", make.report(column))
    assert finding.title == "All 700 values of “x” are numbers stored as text"


def test_a_column_of_nothing_but_codes_and_blanks_is_left_alone(make, judge):
    column = make.text(blank=500, column={"null_tokens": make.values(("NA", 500))})
    for id_ in ("mixed-types", "number-as-text"):
        assert judge(id_, make.report(column)) == ()


@pytest.mark.parametrize(("numbers", "told"), [(899, False), (900, True), (1000, True)])
def test_numbers_as_text_are_told_from_the_threshold_on(make, judge, numbers, told):
    report = make.report(make.text(number_text=numbers))
    assert bool(judge("number-as-text", report)) is told
    assert bool(judge("mixed-types", report)) is not told or numbers == 1000


def test_what_does_not_read_as_a_number_is_shown(make, judge):
    (finding,) = judge("number-as-text", make.report(make.text("price", number_text=997)))
    assert finding.title == (
        "“price” holds numbers as text: 3 of 1,000 values do not read as a number"
    )
    assert finding.measures[0].value == 3
    assert finding.rows.tests == (RowTest(op="not-number-text", columns=("price",)),)


@pytest.mark.parametrize(
    ("name", "top"), [("zip", ("34302", 10)), ("ZipCode", ("34302", 10)), ("x", ("02134", 10))]
)
def test_codes_of_digits_should_stay_text(make, judge, name, top):
    column = make.text(name, number_text=1000, column={"top": make.values(top)})
    (finding,) = judge("number-as-text", make.report(column))
    assert finding.severity is Severity.INFO
    assert finding.suggestions == ()
    assert "should stay text" in finding.caveats[0]


def test_digits_that_are_dates_should_become_dates(make, judge):
    report = make.report(make.text("dob", number_text=1000))
    (finding,) = judge("number-as-text", report, make.roles(dob=Role.DATE))
    assert finding.title == "All 1,000 values of “dob” are dates in digits stored as text"
    assert [s.remedy for s in finding.suggestions] == ["parse-dates"]


def test_dates_as_text_are_told(make, judge):
    (finding,) = judge("number-as-text", make.report(make.text("joined", date_text=950)))
    assert finding.title == "950 of 1,000 values of “joined” are dates stored as text"
    assert [s.remedy for s in finding.suggestions] == ["parse-dates"]
    assert judge("number-as-text", make.report(make.text("joined", date_text=899))) == ()


def test_free_text_may_hold_numbers(make, judge):
    report = make.report(make.text("notes", number_text=300))
    assert judge("mixed-types", report, make.roles(notes=Role.FREE_TEXT)) == ()


def test_spellings_of_one_category_are_told_with_the_rows_of_the_rarer_ones(make, judge):
    variants = (make.variants("male", ("Male", 600), ("male ", 9), ("MALE", 5)),)
    (finding,) = judge("spelling-variants", make.report(make.text("sex", variants=variants)))
    assert finding.title == "“Male” is also written “male ” and “MALE” in 14 rows of “sex”"
    assert finding.rows.tests == (RowTest(op="in", columns=("sex",), values=("male ", "MALE")),)
    assert [s.remedy for s in finding.suggestions] == ["unify-variants", "trim-space"]


@pytest.mark.parametrize(("count", "severity"), [(9, Severity.NOTICE), (10, Severity.WARNING)])
def test_spellings_weigh_by_their_share(make, judge, count, severity):
    variants = (make.variants("a", ("A", 500), ("a", count)),)
    (finding,) = judge("spelling-variants", make.report(make.text(variants=variants)))
    assert finding.severity is severity
    assert [s.remedy for s in finding.suggestions] == ["unify-variants"]


def test_a_split_group_of_people_is_a_warning_however_small(make, judge):
    report = make.report(make.text("sex", variants=(make.variants("m", ("M", 500), ("m", 1)),)))
    (finding,) = judge("spelling-variants", report, make.roles(sex=Role.SENSITIVE))
    assert finding.severity is Severity.WARNING
    assert finding.title.endswith("in 1 row of “sex”")


def test_names_of_people_are_never_quoted(make, judge):
    variants = (make.variants("ann lee", ("Ann Lee", 3), ("ann lee", 2)),)
    marked = make.text("name", variants=variants)
    unmarked = make.text("who", variants=variants, column={"distinct": 900})
    for column, roles in (
        (marked, make.roles(name=Role.DIRECT_IDENTIFIER)),
        (unmarked, make.roles()),
    ):
        (finding,) = judge("spelling-variants", make.report(column), roles)
        assert "ann lee" not in finding.title.casefold()
        assert "2 rows" in finding.title


@pytest.mark.parametrize(("rows", "told"), [(9, False), (10, True)])
def test_values_of_a_few_rows_are_not_quoted(make, judge, rows, told):
    variants = (
        make.variants("oslo", ("Oslo", 500), ("oslo", 2)),
        make.variants("rome", ("Rome", rows - 2), ("rome", 2)),
    )
    (finding,) = judge("spelling-variants", make.report(make.text("city", variants=variants)))
    assert ("Rome" in finding.title) is told
    assert finding.title.endswith("in 4 rows of “city”")


def test_white_space_around_every_value_is_told_once_for_all_columns(make, judge):
    columns = [make.text(name, padded=1000) for name in ("race", "sex")]
    (finding,) = judge("spelling-variants", make.report(*columns, make.text("city", padded=7)))[1:]
    assert finding.title == "All 1,000 values of “race” and “sex” have white space around"
    assert finding.columns == ("race", "sex")
    assert finding.rows.tests == (RowTest(op="padded", columns=("race",)),)


def test_white_space_around_some_values_is_told_for_the_column(make, judge):
    (finding,) = judge("spelling-variants", make.report(make.text("city", padded=7)))
    assert finding.title == "7 of 1,000 values of “city” have white space around (0.7%)"
    assert finding.rows.tests == (RowTest(op="padded", columns=("city",)),)


def test_blank_values_alone_are_no_padding(make, judge):
    assert judge("spelling-variants", make.report(make.text(padded=30, blank=30))) == ()
