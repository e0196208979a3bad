"""Personal data and re-identification: what is told, how severely, and what is not."""

from dataclasses import replace

import pytest

from audit import registry
from audit.model import About, ColumnRole, Role, RoleMap, Severity
from audit.reports.reidentification.values import Population
from tests.checks import private


def ask(check, report, *, roles=None, about=None, **params):
    spec = registry.checks()[check]
    given = {type(report): report}
    return registry.judge(spec, given, roles or RoleMap(), spec.params(**params), about)


def test_a_column_of_card_numbers_is_critical_one_of_addresses_a_warning():
    cards = private.column(
        "a", private.found("CREDIT_CARD", 990), holds="identifiers", entity="CREDIT_CARD"
    )
    mails = private.column(
        "b", private.found("EMAIL_ADDRESS", 990), holds="identifiers", entity="EMAIL_ADDRESS"
    )
    first, second = ask("direct-identifiers", private.data(cards, mails))
    assert (first.severity, second.severity) == (Severity.CRITICAL, Severity.WARNING)
    assert "“b” holds personal data that identifies: e-mail addresses in 99.0%" in second.title
    assert [s.remedy for s in second.suggestions] == [
        "drop-columns",
        "pseudonymize",
        "hash-keyed",
        "mask",
    ]


def test_a_share_that_the_search_missed_is_not_told_of_a_column_of_one_kind():
    """Of rare surnames a search finds a third: the others are surnames, too."""
    surnames = private.column(
        "a", private.found("PERSON", 360), holds="identifiers", entity="PERSON"
    )
    [finding] = ask("direct-identifiers", private.data(surnames))
    assert finding.title == "“a” holds personal data that identifies: names of people"


@pytest.mark.parametrize("entity", ["LOCATION", "DATE_OF_BIRTH", "UUID", "API_KEY"])
def test_what_does_not_identify_by_itself_is_no_direct_identifier(entity):
    column = private.column("a", private.found(entity, 990), holds="identifiers", entity=entity)
    assert not ask("direct-identifiers", private.data(column))


def test_an_unsure_verdict_is_not_told():
    unsure = private.column(
        "a", private.found("PERSON", 500), holds="identifiers", entity="PERSON", score=0.4
    )
    assert not ask("direct-identifiers", private.data(unsure))
    assert ask("direct-identifiers", private.data(unsure), least_score=0.3)


def test_text_with_phone_numbers_is_a_warning_with_places_alone_a_notice():
    both = private.column("a", private.found("LOCATION", 600), private.found("PHONE_NUMBER", 20))
    places = private.column("b", private.found("LOCATION", 600))
    first, second = ask("pii-in-text", private.data(places, both))
    assert (first.columns, first.severity) == (("a",), Severity.WARNING)
    assert first.title.startswith(
        "“a” holds phone numbers and places (the first in 2.0% of the rows)"
    )
    assert (second.columns, second.severity) == (("b",), Severity.NOTICE)
    (step,) = first.suggestions
    assert dict(step.params) == {
        "columns": ("a",),
        "entities": ("PHONE_NUMBER", "LOCATION"),
        "mode": "tag",
    }


def test_one_phone_number_in_a_thousand_rows_is_a_notice_with_its_row():
    column = private.column("a", private.found("PHONE_NUMBER", 1, numbers=(7,)))
    (finding,) = ask("pii-in-text", private.data(column))
    assert finding.severity == Severity.NOTICE
    assert finding.rows.tests[0].values == (7,)


def test_rows_are_given_only_where_all_of_them_are_known():
    some = private.column("a", private.found("PHONE_NUMBER", 300, numbers=range(200)))
    sampled = private.column("b", private.found("PHONE_NUMBER", 5), scanned=500)
    findings = ask("pii-in-text", private.data(some, sampled))
    assert [f.rows for f in findings] == [None, None]


def test_an_estimated_share_is_told_with_its_interval_and_the_sample():
    kind = private.found("PHONE_NUMBER", 120, low=0.1, high=0.15)
    (finding,) = ask("pii-in-text", private.data(private.column("a", kind, scanned=100)))
    assert "12.0%, 95% interval 10.0% to 15.0%" in finding.title
    assert finding.caveats == ("Of “a” 100 of 1,000 different values were looked at.",)


def test_a_secret_is_critical_wherever_it_stands_and_is_told_once():
    column = private.column("a", private.found("API_KEY", 1), holds="some")
    (finding,) = ask("secrets", private.data(column))
    assert finding.severity == Severity.CRITICAL
    assert finding.title == "“a” holds secrets: API keys in fewer than 10 rows looked at"
    assert not ask("pii-in-text", private.data(column))


def test_a_special_category_that_is_known_as_sensitive_is_a_notice():
    report = private.data(special=(("diagnosis", "health"), ("faith", "religion")))
    known = RoleMap(columns=(ColumnRole(column="faith", roles=(Role.SENSITIVE,)),))
    told = {f.columns[0]: f.severity for f in ask("special-category", report, roles=known)}
    assert told == {"diagnosis": Severity.WARNING, "faith": Severity.NOTICE}


def test_a_class_of_one_is_a_warning_of_seven_a_notice_of_ten_nothing():
    (one,) = ask("low-k", private.people({1: 3, 20: 50}))
    assert one.severity == Severity.WARNING
    assert (
        "fewer than 10 rows of 1,003 share their values with fewer than 4 others (k = 1)"
        in one.title
    )
    assert one.rows.tests[0].values == (0, 1, 2)
    (more,) = ask("low-k", private.people({1: 3, 2: 4, 20: 50}))
    assert more.rows is None, "those in classes of two are meant too, and their numbers unknown"
    (seven,) = ask("low-k", private.people({7: 3, 20: 50}))
    assert seven.severity == Severity.NOTICE
    assert "fewer than 9 others (k = 7)" in seven.title
    assert not ask("low-k", private.people({10: 100}))


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({1: 13}, "all 13 rows share their values"),
        ({1: 2, 5: 1}, "some of 7 rows share their values"),
        ({1: 1, 20: 1}, "fewer than 10 rows of 21 share their values"),
        ({1: 1}, "the only row shares its values"),
    ],
)
def test_rows_in_small_classes_are_counted_in_plain_words(sizes, said):
    (finding,) = ask("low-k", private.people(sizes))
    assert said in finding.title


def test_a_table_in_which_every_row_is_unique_says_so():
    (finding,) = ask("many-uniques", private.people({1: 13}))
    assert finding.title == "By “age” and “zip”, every row is unique (13 rows)"


def test_the_risk_against_a_population_is_told_beside_that_of_the_rows():
    given = Population(
        name="the census",
        journalist_max=0.25,
        journalist_average=0.1,
        marketer=0.1,
        unknown_rows=0,
    )
    report = replace(private.people({1: 13}), population=given)
    for name in ("low-k", "many-uniques"):
        (finding,) = ask(name, report)
        assert any("the census" in c and "25.0%" in c for c in finding.caveats)


def test_unique_rows_are_a_warning_from_a_twentieth_and_critical_from_a_fifth():
    assert not ask("many-uniques", private.people({1: 40, 10: 96}))
    (some,) = ask("many-uniques", private.people({1: 50, 10: 95}))
    (many,) = ask("many-uniques", private.people({1: 200, 10: 80}))
    assert (some.severity, many.severity) == (Severity.WARNING, Severity.CRITICAL)
    assert many.title == "By “age” and “zip”, 20.0% of 1,000 rows are unique"


def test_a_class_of_one_value_gives_it_away_a_single_row_does_not():
    given = private.people(
        {5: 10}, disclosures=(private.disclosure("illness", l=1, t=0.9, homogeneous=10),)
    )
    single = private.people({1: 10}, disclosures=(private.disclosure("illness", l=1, t=0.4),))
    (finding,) = ask("low-diversity", given)
    assert finding.severity == Severity.WARNING
    assert "give “illness” away for 10 rows of 50" in finding.title
    assert not ask("low-diversity", single)
    far = private.people({1: 10}, disclosures=(private.disclosure("illness", l=1, t=0.9),))
    assert not ask("low-diversity", far), "a class of one is unlike all rows of necessity"


def test_more_values_can_be_asked_for_in_each_class():
    two = private.people({5: 10}, disclosures=(private.disclosure("illness", l=2, t=0.4),))
    assert not ask("low-diversity", two)
    (finding,) = ask("low-diversity", two, least_l=3)
    assert finding.title == "In some class “illness” takes only 2 values (l = 2)"
    assert dict(finding.suggestions[0].params)["l"] == 3


def test_a_class_unlike_all_rows_is_a_notice():
    far = private.people({5: 10}, disclosures=(private.disclosure("illness", l=2, t=0.68),))
    (finding,) = ask("low-diversity", far)
    assert finding.severity == Severity.NOTICE
    assert finding.title.endswith("(t = .68)")


def test_the_column_that_makes_most_rows_unique_drives_the_risk():
    report = private.people(
        {1: 400, 10: 60}, without={"age": {1: 390, 10: 61}, "zip": {1: 40, 10: 96}}
    )
    (finding,) = ask("risk-driver", report)
    assert finding.columns == ("zip",)
    assert "without it 4.0% of the rows are unique instead of 40.0%" in finding.title
    even = private.people(
        {1: 400, 10: 60}, without={"age": {1: 390, 10: 61}, "zip": {1: 380, 10: 62}}
    )
    assert not ask("risk-driver", even)


def test_personal_data_that_stands_in_ten_rows_or_more_is_told():
    report = private.data(
        repeats=(
            private.repeats("EMAIL_ADDRESS", 412, "notes"),
            private.repeats("PHONE_NUMBER", 9, "notes"),
            private.repeats("LOCATION", 900, "notes"),
        ),
        texts=(private.texts("notes", 30, 12),),
    )
    piece, texts = ask("repeated-personal-data", report)
    assert piece.title == "One e-mail address stands in 412 rows"
    assert texts.title.startswith("“notes” repeats texts with names of people in 42 rows")
    assert texts.suggestions[0].remedy == "drop-near-duplicates"


def test_consent_and_licence_are_asked_for_only_where_there_is_personal_data():
    report = private.data(private.column("a", private.found("PERSON", 5)))
    (finding,) = ask("terms-not-stated", report)
    assert "consent and the licence are not stated" in finding.title
    (half,) = ask("terms-not-stated", report, about=About(consent="asked"))
    assert "the licence is not stated" in half.title
    assert not ask("terms-not-stated", report, about=About(consent="asked", licence="CC0"))
    assert not ask("terms-not-stated", private.data(private.column("a", holds="none")))


def test_what_was_not_looked_at_is_a_notice_a_sample_an_information():
    slow = private.column("a", timed_out=2)
    unknown = private.column("b", holds="unknown", note="The model is not there.")
    sampled = private.column("c", scanned=10)
    lost, part = ask("incomplete-scan", private.data(slow, unknown, sampled, private.column("d")))
    assert (lost.severity, lost.columns) == (Severity.NOTICE, ("a", "b"))
    assert lost.caveats == (
        "2 values of “a” could not be looked at whole.",
        "The model is not there.",
    )
    assert (part.severity, part.columns) == (Severity.INFO, ("c",))


def test_a_kind_in_few_rows_is_told_without_their_number():
    column = private.column("a", private.found("PHONE_NUMBER", 3))
    (finding,) = ask("pii-in-text", private.data(column))
    assert finding.title.endswith("(the first in fewer than 10 rows)")
