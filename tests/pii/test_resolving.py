"""Of hits that overlap one stands: what is proven, then what is longer, then what is surer."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.pii.options import ScanOptions
from audit.pii.resolve import WEAKLY_CHECKED, resolve
from audit.pii.values import Hit

USUAL = ScanOptions()


def hit(
    entity: str,
    start: int,
    end: int,
    score: float = 0.5,
    *,
    by: str = "Some",
    validated: bool = False,
    supported: bool = False,
) -> Hit:
    return Hit(
        entity=entity,
        start=start,
        end=end,
        score=score,
        recognizer=by,
        validated=validated,
        supported=supported,
    )


PHONE = hit("PHONE_NUMBER", 0, 12, 0.4)
NHS = hit("UK_NHS", 0, 12, 1.0, validated=True)


@pytest.mark.parametrize(
    ("hits", "kinds"),
    [
        ([PHONE, NHS], ["PHONE_NUMBER"]),
        ([PHONE, hit("UK_NHS", 0, 12, 1.0, validated=True, supported=True)], ["UK_NHS"]),
        ([NHS], ["UK_NHS"]),
        ([hit("EMAIL_ADDRESS", 0, 15, 1, validated=True), hit("URL", 4, 15)], ["EMAIL_ADDRESS"]),
        ([hit("EMAIL_ADDRESS", 9, 24, 1, validated=True), hit("URL", 0, 24)], ["EMAIL_ADDRESS"]),
        (
            [hit("CREDIT_CARD", 0, 19, 1, validated=True), hit("US_BANK_NUMBER", 0, 19), PHONE],
            ["CREDIT_CARD"],
        ),
        ([hit("IBAN_CODE", 0, 22, 1, validated=True), hit("PHONE_NUMBER", 4, 22)], ["IBAN_CODE"]),
        ([hit("ADDRESS", 0, 30, 0.6), hit("LOCATION", 20, 30, 0.85)], ["ADDRESS"]),
        ([hit("US_SSN", 0, 12, 0.5), PHONE], ["US_SSN"]),
        ([hit("US_BANK_NUMBER", 0, 12, 0.4, supported=True), PHONE], ["US_BANK_NUMBER"]),
        (
            [hit("X", 2, 4, 1, by="deny-list"), hit("IBAN_CODE", 0, 22, 1, validated=True)],
            ["X"],
        ),
        ([hit("PERSON", 0, 5, 0.85), hit("LOCATION", 5, 9)], ["PERSON", "LOCATION"]),
        ([hit("US_PASSPORT", 0, 9, 0.1)], []),
    ],
)
def test_which_hit_stands(hits: list[Hit], kinds: list[str]) -> None:
    assert [h.entity for h in resolve(hits, USUAL)] == kinds
    assert [h.entity for h in resolve(reversed(hits), USUAL)] == kinds


def test_a_check_that_many_numbers_pass_counts_little_without_a_word() -> None:
    assert [h.score for h in resolve([NHS], USUAL)] == [0.4]
    assert resolve([NHS], ScanOptions(threshold=0.5)) == ()


def test_thresholds_of_single_kinds_go_before_the_general_one() -> None:
    options = ScanOptions(threshold=0.6, thresholds={"PHONE_NUMBER": 0.3})
    kept = resolve([PHONE, hit("URL", 20, 30, 0.5)], options)
    assert [h.entity for h in kept] == ["PHONE_NUMBER"]


def test_what_does_not_count_takes_no_place() -> None:
    options = ScanOptions(thresholds={"ADDRESS": 0.9})
    kept = resolve([hit("ADDRESS", 0, 30, 0.6), hit("LOCATION", 20, 30)], options)
    assert [h.entity for h in kept] == ["LOCATION"]


def test_weak_checks_are_those_that_many_random_numbers_pass() -> None:
    """One in twenty of the digits that are written like an NHS number is a valid one, or more."""
    import numpy as np

    from audit.pii.patterns import recognizers

    [nhs] = recognizers.load(["UK_NHS"])
    digits = np.random.default_rng(0).integers(10**9, 10**10, 2_000)
    share = sum(bool(nhs.source.validate_result(str(number))) for number in digits) / 2_000
    assert share > 0.05
    assert nhs.entity in WEAKLY_CHECKED
    assert not {"IBAN_CODE", "CREDIT_CARD", "CRYPTO"} & WEAKLY_CHECKED


ENTITIES = ("PHONE_NUMBER", "UK_NHS", "EMAIL_ADDRESS", "URL", "PERSON", "STAFF_ID")
HITS = st.lists(
    st.builds(
        lambda entity, start, length, score, by, validated, supported: hit(
            entity,
            start,
            start + length,
            score,
            by=by,
            validated=validated,
            supported=supported,
        ),
        st.sampled_from(ENTITIES),
        st.integers(0, 20),
        st.integers(1, 10),
        st.sampled_from((0.1, 0.4, 0.5, 0.85, 1.0)),
        st.sampled_from(("A", "B", "deny-list", "own pattern")),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)


@given(hits=HITS)
def test_no_overlaps_are_left_and_nothing_that_counts_is_lost_without_one(hits: list[Hit]) -> None:
    stand = resolve(hits, USUAL)
    assert all(a.end <= b.start for a, b in pairwise(stand))
    for one in hits:
        if one.score >= USUAL.threshold:
            assert any(one.overlaps(other) for other in stand)


@given(hits=HITS)
def test_resolving_twice_is_resolving_once(hits: list[Hit]) -> None:
    stand = resolve(hits, USUAL)
    assert resolve(stand, USUAL) == stand


@given(hits=HITS, order=st.randoms())
def test_the_order_of_hits_makes_no_difference(hits: list[Hit], order: st.DrawFn) -> None:
    shuffled = list(hits)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled, USUAL) == resolve(hits, USUAL)


def test_thousands_of_hits_in_a_text_are_resolved_at_once() -> None:
    """Each held against each other, these take 20 seconds."""
    many = [hit("CODE", i, i + n, by="own pattern") for i in range(0, 40_000, 2) for n in (1, 3)]
    begun = time.process_time()
    stand = resolve(many, USUAL)
    assert time.process_time() - begun < 2
    assert [(h.start, h.end) for h in stand] == [(i, i + 3) for i in range(0, 40_000, 4)]
