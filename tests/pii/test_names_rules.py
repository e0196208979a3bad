"""What lists, titles, cues and blocks of lines find, without a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.pii.names.casing import recased
from audit.pii.names.labels import hits_of
from audit.pii.names.scanner import by_lists


def found(text: str) -> set[tuple[str, str]]:
    view = recased(text)
    return {(hit.entity, text[hit.start : hit.end]) for hit in by_lists(view)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I met Maria Garcia yesterday.", "Maria Garcia"),
        ("please call Mr. Zzyxq back", "Mr. Zzyxq"),
        ("Report by Dr. A. Jones, MD", "Dr. A. Jones, MD"),
        ("Dear Xanthippa,", "Xanthippa"),
        ("Kind regards,\nMaria", "Maria"),
        ("my name is xanthippa", "xanthippa"),
        ("She spoke to Ludwig van Beethoven.", "Ludwig van Beethoven"),
        ("I asked Mark Johnson.", "Mark Johnson"),
        ("mr. zzyxq did not pay", "mr. zzyxq"),
        ("Emily's order is late", "Emily"),
        ("She named him Mark", "Mark"),
        ("HELLO THIS IS MARIA GARCIA", "MARIA GARCIA"),
    ],
)
def test_people_are_found(text: str, name: str) -> None:
    assert ("PERSON", name) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mark the box and return the form.",
        "May I cancel my order?",
        "Rose petals and Green leaves",
        "Will order again in May.",
        "Grace period ends on Sunday.",
        "Wireless Mouse, Black",
        "Great Value",
        "DO NOT BUY THIS",
        "the jasmine tea was good",
        "i will mark the page",
        "Dear Sir or Madam,",
        "ORDER-2211 PAID",
        "",
        "…",
        "12 345",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("flights to New York are full", "New York"),
        ("Shipped from Cameroon.", "Cameroon"),
        ("we live in lima", "lima"),
        ("I was born in Xyzzyton last year", "Xyzzyton"),
        ("offices in the United Kingdom", "United Kingdom"),
    ],
)
def test_places_are_found(text: str, place: str) -> None:
    assert ("LOCATION", place) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("an invoice of Zzyxq Widgets Inc", "Zzyxq Widgets Inc"),
        ("Zzyxq GmbH pays late", "Zzyxq GmbH"),
        ("he works for Zzyxq now", "Zzyxq"),
        ("the University of Zzyxq", "University of Zzyxq"),
        ("paid by zzyxq llc", "zzyxq llc"),
        ("Smith & Zzyxq Ltd", "Smith & Zzyxq Ltd"),
    ],
)
def test_organisations_are_found(text: str, name: str) -> None:
    assert ("ORGANIZATION", name) in found(text)


def test_a_block_of_short_lines_is_read_as_a_card() -> None:
    card = "Zzyxq Person\nGlimmerly\n12 Main Street\nApt. 4\nSmallville\nCameroon 12345"
    assert {("ORGANIZATION", "Glimmerly"), ("LOCATION", "Smallville")} <= found(card)
    assert ("LOCATION", "Cameroon") in found(card)


def test_lines_of_sentences_are_no_card() -> None:
    assert found("The parcel is late.\nWe paid 12 dollars.\nNobody has answered.") == set()


@given(st.text(max_size=60))
def test_giving_capital_letters_moves_nothing(text: str) -> None:
    view = recased(text)
    assert len(view) == len(text)
    assert view.lower() == text.lower() or not text.isascii()


@given(st.text(alphabet="abM .,'-\n1Ω\u2019ßİ", max_size=40))
def test_hits_lie_within_the_text_and_never_begin_or_end_in_space(text: str) -> None:
    for hit in by_lists(recased(text)):
        piece = text[hit.start : hit.end]
        assert 0 <= hit.start < hit.end <= len(text)
        assert piece == piece.strip()


def test_a_text_with_capital_letters_keeps_its_own() -> None:
    assert recased("Jane and lima") == "Jane and lima"
    assert recased("jane lives in lima, i think") == "Jane lives in Lima, I think"


def marked(text: str, piece: str, label: str) -> list[tuple[str, str]]:
    start = text.index(piece)
    hits = hits_of(text, label, start, start + len(piece))
    return [(hit.entity, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("piece", "label"),
    [
        ("SSN", "ORG"),
        ("NA", "PERSON"),
        ("Unknown", "PERSON"),
        ("Wireless Mouse", "PERSON"),
        ("1990s", "ORG"),
        ("8o3RVi7vGb", "PERSON"),
        ("pos_tag_for_word", "ORG"),
        ("sometime", "PERSON"),
        ("42", "ORG"),
        ("London", "DATE"),
        ("Data Scientist", "ORG"),
    ],
)
def test_what_a_small_model_gets_wrong_is_dropped(piece: str, label: str) -> None:
    assert marked(piece, piece, label) == []


@pytest.mark.parametrize(
    ("text", "piece", "label", "expected"),
    [
        ("Ask Jane's boss", "Jane's", "PERSON", [("PERSON", "Jane")]),
        ("the Netherlands", "the Netherlands", "GPE", [("LOCATION", "Netherlands")]),
        (
            "Jane Roe\nLima",
            "Jane Roe\nLima",
            "PERSON",
            [("PERSON", "Jane Roe"), ("LOCATION", "Lima")],
        ),
        ("Kristi said so", "Kristi", "GPE", [("PERSON", "Kristi")]),
        ("Cameroon", "Cameroon", "ORG", [("LOCATION", "Cameroon")]),
        ("Jane Roe Inc", "Jane Roe Inc", "PERSON", [("ORGANIZATION", "Jane Roe Inc")]),
    ],
)
def test_what_it_marks_is_trimmed_and_given_its_kind(
    text: str, piece: str, label: str, expected: list[tuple[str, str]]
) -> None:
    assert marked(text, piece, label) == expected
