"""The grammars together: bounds, overlaps, sameness, and texts made to take long."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.pii.grammar import find
from audit.pii.grammar.listed import listed

PARTS = st.sampled_from(
    [
        *sorted(
            listed(
                "12 221B Baker Street St. Oak Lane Drive rue de via Roma Apt. # Suite P.O. Box 12345 NY "
                "Berlin 10117 , . > the corner of and +49 (0)30 123-4567 555 call born 12.05.1990 May 1990 "
                "52.520008 13.404954 lat lon ° ' N W é 😀 İstanbul 北京路12号 サ ß Carrera 7 APO AP PSC Unit "
                "United Kingdom of republic -"
            )
        ),
        "\n",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(PARTS, max_size=24).map(" ".join),
    st.lists(PARTS, max_size=24).map("".join),
)
MADE_TO_TAKE_LONG = [
    "a", "1", "1 ", "1-1-1-", " ", "\n", "(1", "(1)", "1.123 ", "1.1234, ", "+1 ", "1/1/", "A ",
    "Apt 1 ", "12 Oak Street ", "the corner of A and ", "rue de la ", "12 A\n", "St. ", "May 1, ",
    "1° ", "republic of ", "born ", "東路1", "시 ", "PSC 1 APO ", "é1 ", "12 A 3, B, ", "tel ", "12 St. ",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_hits_are_in_bounds_in_order_apart_within_a_kind_and_the_same_again(
    texts: list[str],
) -> None:
    found = find(texts)
    assert len(found) == len(texts)
    for text, hits in zip(texts, found, strict=True):
        assert all(0 <= hit.start < hit.end <= len(text) and 0 < hit.score <= 1 for hit in hits)
        assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
        for entity in {hit.entity for hit in hits}:
            kind = [hit for hit in hits if hit.entity == entity]
            assert not any(one.overlaps(other) for one, other in pairwise(kind))
    assert find(texts) == found
    assert [find([text])[0] for text in texts] == found


@pytest.mark.parametrize("part", MADE_TO_TAKE_LONG)
def test_no_long_text_takes_long(part: str) -> None:
    find(["12 High Street"])
    text = (part * 20_000)[:20_000]
    begun = time.process_time()
    find([text])
    assert time.process_time() - begun < 1


def test_a_hit_says_what_found_it_and_of_which_kind_it_is() -> None:
    text = (
        "Ann, born 12 May 1990, 12 High Street, Leeds LS1 4AP, (020) 7946-0958, geo:53.8008,-1.5491"
    )
    kinds = {hit.entity: hit.recognizer for hit in find([text])[0]}
    assert kinds == {
        "DATE_OF_BIRTH": "date grammar",
        "ADDRESS": "address grammar",
        "PHONE_NUMBER": "phone grammar",
        "COORDINATES": "coordinate grammar",
    }
