"""Sentences and lists of the privacy page: what they say of made-up reports and typed lines."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import ParameterError
from audit.pii.catalogue import ENTITIES
from audit.pii.options import OwnPattern
from audit.pii.values import Hit
from audit.pii.wording import several
from audit.reports.reidentification.values import Risk
from audit.ui.privacy import marked, opening
from audit.ui.privacy import settings_text as lines
from audit.ui.privacy.card import verdict
from audit.ui.privacy.columns import holds, scanned_text
from audit.ui.privacy.one_column import answer
from audit.ui.privacy.view import holding
from tests.ui import privacy_values as made


def said(text: str) -> str:
    return text.replace("\\", "")


# Which columns hold what


def test_columns_of_one_kind_are_named_before_texts():
    found = said(opening.in_the_values(made.personal()))
    assert found == (
        "“email” holds e-mail addresses, “name” names of people, and one more column holds "
        "personal data."
    )
    assert [c.title for c in holding(made.personal())] == ["email", "name", "remarks"]


def test_text_is_named_with_its_most_frequent_kind():
    _, remarks, *_ = made.columns()
    report = made.personal(columns=(remarks,))
    assert said(opening.in_the_values(report)) == (
        "In 12.4% of the rows the text of “remarks” holds names of people."
    )


def test_nothing_found_is_said_with_a_tick_only_where_all_was_looked_at():
    report = made.nothing()
    assert said(opening.in_the_values(report)) == "✓ No personal data was found in 2 columns."
    hasty = replace(report.columns[0], timed_out=3)
    found = said(opening.in_the_values(replace(report, columns=(hasty, report.columns[1]))))
    assert "✓" not in found
    photo = made.columns()[4]
    found = said(opening.in_the_values(replace(report, columns=(*report.columns, photo))))
    assert found == ("No personal data was found in what was looked at; 1 column was not scanned.")


def test_a_sample_that_found_nothing_gets_no_tick():
    report = made.nothing()
    part = replace(report.columns[0], values_scanned=10)
    found = opening.in_the_values(replace(report, sampled=True, columns=(part, report.columns[1])))
    assert "✓" not in found


def test_hits_that_are_taken_for_chance_make_no_column_personal():
    chance = made.column("amount", made.found("PHONE_NUMBER", 0.15), holds="none")
    report = made.personal(columns=(chance,))
    assert holding(report) == []
    assert opening.kinds_of(report) == []
    assert opening.direct_rows(report) == "0"
    assert "taken for chance" in holds(chance)
    assert said(answer(chance)) == (
        "“amount” is not personal as a whole: in 15.0% of the rows it reads as phone numbers, "
        "which is taken for chance."
    )


def test_what_names_people_comes_before_what_does_not():
    zips = made.column("zip", holds="identifiers", entity="POSTCODE")
    _, remarks, *_ = made.columns()
    report = made.personal(columns=(zips, remarks))
    assert [c.title for c in holding(report)] == ["remarks", "zip"]
    assert said(opening.in_the_values(report)).startswith("In 12.4% of the rows the text of")


def test_a_column_whose_kind_only_name_and_form_tell_is_personal():
    zips = made.column("zip", holds="identifiers", entity="POSTCODE")
    report = made.personal(columns=(zips,))
    assert said(opening.in_the_values(report)) == "“zip” holds postcodes."
    assert opening.kinds_of(report) == ["POSTCODE"]
    assert holds(zips) == "postcodes"
    assert said(answer(zips)) == "“zip” is a column of postcodes."


def test_whether_a_person_can_be_picked_out():
    assert said(opening.picked_out(made.risk())) == (
        "By “age”, “sex” and “zip”, 480 of 2,000 rows are the only ones of their kind: who knows "
        "these of a person finds the row."
    )
    five = Risk(columns=("age",), rows=100, classes=20, sizes=((5, 20),))
    assert said(opening.picked_out(made.risk(columns=("age",), risk=five))) == (
        "By “age”, every row looks like at least four others."
    )
    assert "stays open" in opening.picked_out(made.risk(columns=(), risk=None))


def test_rows_with_a_direct_identifier_are_at_least_those_of_the_fullest_column():
    assert opening.direct_rows(made.personal()) == "≥ 98.1%"
    one = made.column("p", made.found("PERSON", 0.2), holds="text")
    assert opening.direct_rows(made.personal(columns=(one,))) == "20.0%"
    place = made.column("p", made.found("LOCATION", 0.2), holds="text")
    assert opening.direct_rows(made.personal(columns=(place,))) == "0"


def test_what_a_column_holds_and_how_much_of_it_was_looked_at():
    age, remarks, mail, _, photo, _ = made.columns()
    assert holds(mail) == "e-mail addresses"
    assert holds(remarks) == "text with names of people, phone numbers, postal addresses"
    assert holds(photo) == "? not scanned"
    assert holds(age) == "nothing found"
    assert scanned_text(age) == "all 61"
    assert scanned_text(remarks) == "1,000 of 1,900"
    assert said(answer(mail)) == (
        "“email” is a column of e-mail addresses: 98.1% of the rows hold one."
    )
    assert said(answer(photo)).endswith("so that what it holds stays open.")
    assert said(answer(age)) == "✓ No personal data was found in “age”."


def test_the_card_speaks_of_what_is_worst():
    report, risk = made.personal(), made.risk()
    assert said(verdict(report, risk, [])) == (
        "“email” holds e-mail addresses; two more columns are personal too."
    )
    assert verdict(made.nothing(), risk, []) == "480 of 2,000 rows can be told from all others."


@pytest.mark.parametrize("id_", sorted(ENTITIES))
def test_every_kind_has_a_plural(id_):
    assert several(id_)
    assert not several(id_).endswith("ss")


# Marked texts


def test_hits_of_an_example_are_badges_and_brackets_of_the_text_stay():
    text = "xxxx [NAME OF A PERSON] xx [99] [E-MAIL ADDRESS]"
    found = marked.example(text, "PERSON")
    assert ":blue-badge[name of a person]" in found
    assert ":gray-badge[US social security number]" in marked.example(
        "xx [US SOCIAL SECURITY NUMBER]", "PERSON"
    )
    assert ":gray-badge[e\\-mail address]" in found
    assert "\\[99\\]" in found


def test_a_text_in_full_is_escaped_outside_and_inside_of_its_hits():
    text = f"{made.HOSTILE} jane@x.org {made.HOSTILE}"
    start = text.index("jane")
    hit = Hit(entity="EMAIL_ADDRESS", start=start, end=start + 10, score=1, recognizer="x")
    found = marked.in_full(text, (hit,), "EMAIL_ADDRESS")
    assert ":blue-badge[jane" in found
    for bad in ("![x]", "<b>", "$x$", " :material/home:"):
        assert bad not in found


def test_a_long_text_is_cut_around_its_first_hit():
    text = "a" * 5_000 + " jane@x.org " + "b" * 5_000
    hit = Hit(entity="EMAIL_ADDRESS", start=5_001, end=5_011, score=1, recognizer="x")
    found = marked.in_full(text, (hit,), "EMAIL_ADDRESS")
    assert len(found) < 2_000
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert ":blue-badge[" in found


# Lists of the settings

_KINDS = st.sampled_from(["PERSON", "EMAIL_ADDRESS", "STAFF_NUMBER", "X1"])
_TEXTS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("Cc", "Zl", "Zp")),
    min_size=1,
).filter(lambda text: len(text.splitlines()) == 1)


@given(st.dictionaries(_KINDS, st.lists(_TEXTS, min_size=1, unique=True).map(tuple), max_size=3))
def test_a_deny_list_reads_as_it_was_written(deny):
    written = {k: tuple(v.strip() for v in vs if v.strip()) for k, vs in deny.items()}
    written = {k: tuple(dict.fromkeys(vs)) for k, vs in written.items() if vs}
    assert lines.read_deny(lines.write_deny(written)) == written


@given(st.dictionaries(_KINDS, st.sampled_from([0.0, 0.25, 0.6, 1.0])))
def test_scores_of_kinds_read_as_they_were_written(thresholds):
    assert lines.read_thresholds(lines.write_thresholds(thresholds)) == thresholds


@given(
    st.lists(
        st.builds(
            OwnPattern,
            entity=_KINDS,
            pattern=_TEXTS.filter(lambda t: t == t.strip()),
            score=st.sampled_from([0.5, 0.8, 1.0]),
        )
    )
)
def test_own_patterns_read_as_they_were_written(patterns):
    assert lines.read_patterns(lines.write_patterns(patterns)) == tuple(patterns)


@pytest.mark.parametrize(
    ("read", "text", "problem"),
    [
        (lines.read_deny, "PERSON: Ann\nBob", "Line 2 does not say of which kind it is"),
        (lines.read_deny, "12: Ann", "Line 1: this is no name of a kind"),
        (lines.read_thresholds, "\nPERSON: high", "Line 2: a score is a number from 0 to 1"),
        (lines.read_thresholds, "PERSON: 1.2", "a score is a number from 0 to 1"),
        (lines.read_patterns, "STAFF 0: x", "a score is a number from 0.01 to 1"),
        (lines.read_patterns, "STAFF: " + "x" * 501, "the pattern has 501 characters"),
        (lines.read_patterns, "STAFF", "does not say of which kind"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_not_quoted(read, text, problem):
    with pytest.raises(ParameterError) as caught:
        read(text)
    assert problem in caught.value.problem
    assert "Bob" not in str(caught.value)


def test_a_kind_is_known_by_its_id_and_by_its_title():
    read = lines.read_deny("phone number: 110\nUK health service number (NHS): a\nstaff id: E1")
    assert list(read) == ["PHONE_NUMBER", "UK_NHS", "STAFF_ID"]
