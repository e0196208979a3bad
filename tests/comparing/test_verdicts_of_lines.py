"""When a measure is better, worse, the same, or nothing can be said."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.comparing.values import Line
from audit.comparing.verdicts import Scale, joined, judged
from audit.model import Measure
from audit.stats import newcombe_difference, wilson_interval

SWAPPED = {"better": "worse", "worse": "better", "same": "same", "unknown": "unknown"}


def share(hits, n):
    low, high = wilson_interval(hits, n)
    return Measure(name="m", value=hits / n, unit="share", n=n, low=low, high=high)


def line(before, after):
    return Line(topic="quality", name="m", title="M", before=before, after=after)


@given(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([Scale(ideal=0.0), Scale(ideal=1.0, ratio=True), Scale(ideal=0.5)]),
    st.booleans(),
)
def test_swapping_the_sides_swaps_the_verdict(old, new, scale, sure):
    there, back = (
        judged(line(share(*a), share(*b)), scale, sure=sure) for a, b in ((old, new), (new, old))
    )
    assert SWAPPED[there.verdict] == back.verdict
    assert there.change == pytest.approx(-back.change)


@given(st.integers(0, 300), st.sampled_from([None, 0.0, 1.0]))
def test_a_measure_is_the_same_as_itself(hits, ideal):
    found = judged(line(share(hits, 300), share(hits, 300)), Scale(ideal=ideal))
    assert found.verdict == "same"
    assert found.reason


@given(st.integers(0, 80), st.integers(0, 70))
def test_joined_wilson_intervals_are_those_of_newcombe(a, b):
    low, high = joined(share(b, 70), share(a, 80))
    expected = newcombe_difference(a, 80, b, 70)
    assert max(-1.0, low) == pytest.approx(expected[0])
    assert min(1.0, high) == pytest.approx(expected[1])


def test_what_may_be_chance_is_not_called_better():
    few = judged(line(share(6, 20), share(3, 20)), Scale(ideal=0.0))
    many = judged(line(share(6000, 20000), share(3000, 20000)), Scale(ideal=0.0))
    assert (few.verdict, many.verdict) == ("unknown", "better")
    assert "holds 0" in few.reason
    assert few.low < 0 < few.high


def test_what_is_within_the_tolerance_is_the_same_even_if_it_is_no_chance():
    found = judged(
        line(share(300_000, 10**6), share(302_000, 10**6)), Scale(ideal=0.0, tolerance=0.005)
    )
    assert (found.verdict, found.low > 0) == ("same", True)


@given(st.floats(0.05, 20), st.floats(0.05, 20))
def test_ratios_are_as_far_from_one_above_as_below(old, new):
    assume(abs(old - new) > 1e-6)

    def verdict(a, b):
        sides = (Measure(name="m", value=v, unit="ratio", n=9) for v in (a, b))
        return judged(line(*sides), Scale(ideal=1.0, ratio=True), sure=True).verdict

    assert verdict(old, new) == verdict(1 / old, 1 / new)


def test_more_than_enough_is_no_better():
    scale = Scale(ideal=10.0, poor=1.0, at_least=True)

    def verdict(a, b):
        sides = (Measure(name="k", value=v, unit="rows", n=99) for v in (a, b))
        return judged(line(*sides), scale, sure=True).verdict

    assert [verdict(1, 5), verdict(5, 1), verdict(12, 40)] == ["better", "worse", "same"]


def test_a_side_that_is_not_defined_says_why():
    none = Measure(name="m", value=None, unit="share", n=0, reason="There are no rows.")
    found = judged(line(share(1, 2), none), Scale(ideal=0.0))
    assert (found.verdict, found.change) == ("unknown", None)
    assert "There are no rows." in found.reason
