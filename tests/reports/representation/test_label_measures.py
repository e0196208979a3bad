"""Label-bias measures of groups, against published figures and a second implementation."""

from dataclasses import replace
from math import inf, isclose, log, nan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats as peer

from audit import stats
from audit.model import RowTest, Where
from audit.reports.representation.group_values import Axis, Combination, Group, Label, Level
from audit.reports.representation.labels import pairs, with_labels
from audit.reports.representation.options import Options

UNHURRIED = settings(deadline=None)
"""The first example loads scipy, and may be slow."""

QUICK = Options(resamples=0)
DISTANCES = (
    *("kl_divergence", "js_divergence", "lp_norm"),
    *("total_variation_distance", "kolmogorov_smirnov"),
)
TABLES = st.integers(2, 4).flatmap(
    lambda classes: st.lists(
        st.lists(st.integers(0, 12), min_size=classes, max_size=classes), min_size=1, max_size=5
    )
)


def label_of(classes, positive=1):
    test = RowTest(op="present", columns=("y",))
    levels = tuple(Level(name=f"y{i}", kind="value", test=test) for i in range(classes))
    kind = "binary" if classes == 2 else "classes"
    return Label(column="y", kind=kind, axis=Axis(column="y", levels=levels), positive=positive)


def combination_of(rows, names=None, reference=None, weights=None, squares=None):
    names = names or [f"g{i}" for i in range(len(rows))]
    groups = tuple(
        Group(
            levels=(("g", name),),
            n=sum(row),
            where=Where(),
            counts=tuple(row),
            weights=tuple(weights[i]) if weights else (),
            weights_squared=tuple(squares[i]) if weights else (),
        )
        for i, (name, row) in enumerate(zip(names, rows, strict=True))
    )
    return Combination(columns=("g",), groups=groups, reference_group=reference or names[0])


def measured(rows, *, positive=1, options=QUICK, **of):
    label = label_of(len(rows[0]), positive)
    found = combination_of(rows, **of)
    return with_labels((found,), label, options, weighted="weights" in of)[0]


def value(holder, name, **wanted):
    return one(holder, name, **wanted).value


def one(holder, name, **wanted):
    return next(
        e
        for e in holder.estimates
        if e.name == name and all(getattr(e, k) == v for k, v in wanted.items())
    )


BERKELEY = [[2691 - 1198, 1198], [1835 - 557, 557]]
"""Men and women, rejected and admitted, in the six largest departments."""


def test_berkeley_gives_its_published_figures():
    women = measured(BERKELEY, names=["men", "women"]).group("women")
    figures = {
        "class_imbalance": 0.1891,
        "difference_in_proportions_of_labels": 0.1416,
        "demographic_disparity": 0.1438,
        "disparate_impact": 0.6818,
        "statistical_parity_difference": -0.1416,
    }
    assert {name: round(value(women, name), 4) for name in figures} == figures


@pytest.mark.parametrize(
    ("p_a", "p_d", "figures"),
    [
        ([8, 2], [3, 7], (0.5341, 0.1325, 0.7071, 0.5, 0.5)),
        ([4, 4, 2], [2, 1, 7], (0.5812, 0.1387, 0.6164, 0.5, 0.5)),
    ],
)
def test_divergences_of_a_group_from_the_rest_give_the_reference_values(p_a, p_d, figures):
    d = measured([p_a, p_d]).group("g1")
    assert tuple(round(value(d, name), 4) for name in DISTANCES) == figures


def rows_of(table):
    cells = [(g, y) for g, row in enumerate(table) for y, n in enumerate(row) for _ in range(n)]
    found = np.array(cells, dtype=int).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def plain(d, a, y_of, classes, positive):
    """Second implementation: by rows, straight from the table of formulas."""
    y_d, y_a = y_of[d], y_of[a]
    if not len(y_d) or not len(y_a):
        return None
    q_a, q_d = np.mean(y_a == positive), np.mean(y_d == positive)
    p_a = np.array([np.mean(y_a == c) for c in range(classes)])
    p_d = np.array([np.mean(y_d == c) for c in range(classes)])
    m = (p_a + p_d) / 2

    def kl(p, q):
        terms = [inf if b == 0 else x * log(x / b) for x, b in zip(p, q, strict=True) if x > 0]
        return max(0.0, sum(terms))

    yes, no = np.sum(y_of[d | a] == positive), np.sum(y_of[d | a] != positive)
    return {
        "class_imbalance": (len(y_a) - len(y_d)) / (len(y_a) + len(y_d)),
        "difference_in_proportions_of_labels": q_a - q_d,
        "kl_divergence": kl(p_a, p_d),
        "js_divergence": (kl(p_a, m) + kl(p_d, m)) / 2,
        "lp_norm": np.sqrt(np.sum((p_a - p_d) ** 2)),
        "total_variation_distance": np.sum(np.abs(p_a - p_d)) / 2,
        "kolmogorov_smirnov": np.max(np.abs(p_a - p_d)),
        "demographic_disparity": np.sum(y_d != positive) / no - np.sum(y_d == positive) / yes
        if yes and no
        else None,
    }


def agree(estimate, expected):
    if expected is None:
        assert estimate.value is None
        assert estimate.reason
        assert estimate.low is None
    elif expected == inf:
        assert estimate.value == inf
        assert estimate.reason
    else:
        assert isclose(estimate.value, expected, rel_tol=1e-9, abs_tol=1e-12)
        assert not estimate.reason


@UNHURRIED
@given(TABLES)
def test_measures_equal_a_second_implementation(table):
    g, y = rows_of(table)
    found = measured(table)
    for i, group in enumerate(found.groups):
        expected = plain(g == i, g != i, y, len(table[0]), 1)
        for estimate in group.estimates:
            if expected and estimate.name in expected:
                agree(estimate, expected[estimate.name])
            elif estimate.name in (*DISTANCES, "demographic_disparity"):
                agree(estimate, None)
        rate = np.mean(y[g == i] == 1) if (g == i).any() else None
        agree(one(group, "label_rate"), rate)


@UNHURRIED
@given(TABLES)
def test_comparisons_with_one_group_equal_a_second_implementation(table):
    g, y = rows_of(table)
    rate = [np.mean(y[g == i] == 1) if (g == i).any() else None for i in range(len(table))]
    known = [r for r in rate if r is not None]
    found = measured(table)
    for own, group in zip(rate, found.groups, strict=True):
        there = own is not None and rate[0] is not None
        agree(one(group, "statistical_parity_difference"), own - rate[0] if there else None)
        impact = one(group, "disparate_impact", method="log-normal")
        agree(impact, own / rate[0] if there and rate[0] > 0 else None)
        highest = one(group, "disparate_impact", method="log-normal:highest")
        able = own is not None and max(known) > 0
        agree(highest, own / max(known) if able else None)


@UNHURRIED
@given(TABLES)
def test_differential_fairness_is_the_largest_over_pairs(table):
    rates = [(row[1] + 0.5) / (sum(row) + 1) for row in table if sum(row)]
    expected = max(
        (
            abs(log(f(a) / f(b)))
            for a in rates
            for b in rates
            for f in (lambda r: r, lambda r: 1 - r)
        ),
        default=None,
    )
    estimate = one(measured(table), "smoothed_empirical_differential_fairness")
    agree(estimate, expected if len(rates) > 1 else None)


@pytest.mark.parametrize("table", [[[90, 10]] * 6, [[450, 50], [900, 100]]])
def test_distances_of_groups_that_are_treated_alike_lie_in_their_intervals(table):
    found = measured(table, options=Options(resamples=200, min_group=10))
    estimates = [*found.estimates, *(e for g in found.groups for e in g.estimates)]
    drawn = [e for e in estimates if e.method.startswith("bootstrap") and e.value is not None]
    assert {"smoothed_empirical_differential_fairness", "js_divergence"} <= {e.name for e in drawn}
    for e in drawn:
        assert e.low <= e.value <= e.high, e


@UNHURRIED
@given(TABLES)
def test_every_pair_is_compared_both_ways_as_the_second_implementation_does(table):
    g, y = rows_of(table)
    found = pairs(combination_of(table), label_of(len(table[0])))
    names = [f"g{i}" for i in range(len(table))]
    assert [(d, a) for d, a, _ in found] == [(d, a) for d in names for a in names if d != a]
    for d, a, estimates in found:
        own, other = g == names.index(d), g == names.index(a)
        expected = plain(own, other, y, len(table[0]), 1)
        assert {e.against for e in estimates} == {a}
        for estimate in estimates:
            if expected and estimate.name in expected:
                agree(estimate, expected[estimate.name])
            elif estimate.name in DISTANCES:
                agree(estimate, None)


@UNHURRIED
@given(TABLES, st.data())
def test_weights_count_as_rows_where_they_are_whole(table, data):
    """Rows of weight 3 say what three rows say, but for the intervals."""
    times = [[data.draw(st.integers(1, 4)) for _ in row] for row in table]
    weights = [[n * t for n, t in zip(*p, strict=True)] for p in zip(table, times, strict=True)]
    squares = [[n * t * t for n, t in zip(*p, strict=True)] for p in zip(table, times, strict=True)]
    options = Options(resamples=0, min_group=1)
    weighted = measured(table, weights=weights, squares=squares, options=options)
    repeated = measured(weights, options=options)
    for one_of, other in zip(weighted.groups, repeated.groups, strict=True):
        for a, b in zip(one_of.estimates, other.estimates, strict=True):
            if a.name in ("class_imbalance", "parity_p_value"):
                continue
            assert (a.name, a.value is None) == (b.name, b.value is None)
            assert a.value is None or isclose(a.value, b.value, rel_tol=1e-9, abs_tol=1e-12)
            assert a.method == (f"{b.method}; weighted")


def test_weighted_intervals_rest_on_the_effective_size():
    rows, weights, squares = [[30, 10]] * 2, [[30.0, 10.0]] * 2, [[60.0, 40.0]] * 2
    rate = one(measured(rows, weights=weights, squares=squares).group("g0"), "label_rate")
    size = 40**2 / 100
    assert (rate.low, rate.high) == pytest.approx(stats.wilson_interval(size / 4, size))
    assert (rate.n, rate.method) == (40, "wilson; weighted")


def test_closed_intervals_are_those_of_their_methods():
    women = measured(BERKELEY, names=["men", "women"]).group("women")
    difference = one(women, "difference_in_proportions_of_labels")
    assert (difference.low, difference.high) == stats.newcombe_difference(1198, 2691, 557, 1835)
    impact = one(women, "disparate_impact")
    expected = stats.ratio_interval(557, 1835, 1198, 2691)
    assert (impact.low, impact.high) == pytest.approx(expected)
    low, high = stats.wilson_interval(1835, 4526)
    imbalance = one(women, "class_imbalance")
    assert (imbalance.low, imbalance.high) == pytest.approx((1 - 2 * high, 1 - 2 * low))


def test_bootstrap_intervals_are_those_of_resampled_rows():
    table = [[300, 200, 100], [100, 150, 150], [3, 2, 1]]
    d = measured(table, options=Options()).group("g1")
    g, y = rows_of(table)
    rng = np.random.default_rng(5)
    drawn: dict[str, list[float]] = {}
    for _ in range(1000):
        at = rng.integers(0, len(g), len(g))
        for name, x in plain(g[at] == 1, g[at] != 1, y[at], 3, 1).items():
            drawn.setdefault(name, []).append(x)
    for name in (*DISTANCES, "demographic_disparity"):
        estimate = one(d, name)
        expected = np.percentile(drawn[name], [2.5, 97.5])
        width = expected[1] - expected[0]
        assert (estimate.low, estimate.high) == pytest.approx(tuple(expected), abs=0.12 * width)
        assert estimate.method == "bootstrap:1000"


def test_few_resamples_are_drawn_of_very_many_groups_and_the_method_says_so():
    many = measured([[100, 100]] * 2000, options=Options())
    assert one(many.groups[7], "js_divergence").method == "bootstrap:524"


def test_equal_seeds_give_equal_bits():
    first, again = (measured(BERKELEY, options=Options(seed=3)) for _ in range(2))
    assert first == again
    assert first != measured(BERKELEY, options=Options(seed=4))


def test_small_groups_have_numbers_but_neither_bootstrap_nor_p_value():
    found = measured([[400, 200], [300, 100], [60, 39]], options=Options())
    small = found.group("g2")
    assert value(small, "label_rate") == pytest.approx(39 / 99)
    assert one(small, "kl_divergence").low is None
    p = one(small, "parity_p_value")
    assert (p.value, "99 rows" in p.reason) == (None, True)
    assert one(found.group("g1"), "kl_divergence").low is not None


def test_p_values_are_corrected_over_the_groups_that_are_large_enough():
    table = [[400, 200], [310, 100], [250, 130], [5, 4]]
    found = measured(table)
    whole = np.sum(table, axis=0)
    raw = [
        peer.chi2_contingency([row, whole - row], correction=False).pvalue
        for row in np.array(table[:3])
    ]
    expected = peer.false_discovery_control(raw)
    assert [value(g, "parity_p_value") for g in found.groups[:3]] == pytest.approx(expected)
    assert one(found.groups[0], "parity_p_value").method.endswith("benjamini-hochberg")


def test_independence_is_tested_over_large_groups_and_corrected_over_combinations():
    tables = [[[400, 200], [310, 100], [5, 4]], [[300, 150], [350, 160]]]
    found = with_labels(tuple(map(combination_of, tables)), label_of(2), QUICK, weighted=False)
    raw = [peer.chi2_contingency(t[:2], correction=False).pvalue for t in tables]
    expected = peer.false_discovery_control(raw)
    assert [value(c, "label_distribution_p_value") for c in found] == pytest.approx(expected)


def test_the_highest_rate_is_that_of_a_large_group_where_there_is_one():
    found = measured([[100, 50], [100, 80], [1, 5]])
    assert one(found.group("g0"), "disparate_impact", method="log-normal:highest").against == "g1"
    small = measured([[10, 5], [10, 8], [1, 5]])
    assert one(small.group("g0"), "disparate_impact", method="log-normal:highest").against == "g2"


def test_missing_values_are_no_group_to_be_compared_with():
    found = measured([[200, 100], [1, 199], [100, 80]], names=["a", "(missing)", "b"])
    assert one(found.group("a"), "disparate_impact", method="log-normal:highest").against == "b"
    without = measured([[200, 100], [100, 80]], names=["a", "b"])
    name = "smoothed_empirical_differential_fairness"
    assert value(found, name) == value(without, name)


def test_the_reference_group_is_at_no_distance_from_itself():
    men = measured(BERKELEY, names=["men", "women"]).group("men")
    assert value(men, "statistical_parity_difference") == 0
    assert value(men, "disparate_impact") == 1


def test_each_class_is_taken_in_turn_where_none_is_positive():
    table = [[50, 30, 20], [20, 30, 60]]
    turned = measured(table, positive=None).group("g1")
    for c in range(3):
        stated = measured(table, positive=c).group("g1")
        for name in ("label_rate", "demographic_disparity", "statistical_parity_difference"):
            assert value(turned, name, label_class=f"y{c}") == value(stated, name)
    assert [e.name for e in turned.estimates].count("kl_divergence") == 1
    p = peer.chi2_contingency(table, correction=False).pvalue
    assert value(turned, "parity_p_value") == pytest.approx(p)


def test_one_group_is_compared_with_nobody():
    found = measured([[30, 10]])
    assert value(found.groups[0], "label_rate") == 0.25
    assert value(found.groups[0], "class_imbalance") == -1
    assert {e.reason for e in found.groups[0].estimates if e.value is None} == {
        "No other row has a label."
    }
    assert value(found, "label_distribution_p_value") is None


def test_one_label_for_all_rows_leaves_nothing_to_compare():
    d = measured([[0, 300], [0, 200]], options=Options()).group("g1")
    assert value(d, "difference_in_proportions_of_labels") == 0
    assert value(d, "kl_divergence") == 0
    for name in ("demographic_disparity", "parity_p_value"):
        assert one(d, name).reason == "All rows have the same label."


def test_no_label_at_all_is_said_and_not_computed():
    found = measured([[0, 0], [0, 0]])
    for estimate in (*found.estimates, *found.groups[0].estimates):
        assert estimate.value is None
        assert estimate.reason


@settings(max_examples=30, deadline=None)
@given(TABLES, st.sampled_from([None, 0, 1]))
def test_what_is_none_has_a_reason_and_what_is_not_lies_in_its_interval(table, positive):
    assume(positive is None or positive < len(table[0]))
    options = Options(resamples=40, min_group=5)
    found = measured(table, positive=positive, options=options)
    assert [g.counts for g in found.groups] == [tuple(row) for row in table]
    for holder in (found, *found.groups):
        for e in holder.estimates:
            assert (e.value is None) <= bool(e.reason)
            assert e.value is None or e.value == e.value
            assert (e.low is None) == (e.high is None)
            if e.low is not None and not e.method.startswith("bootstrap"):
                assert e.low - 1e-12 <= e.value <= e.high + 1e-12


def test_a_label_of_numbers_is_left_alone():
    found = (combination_of(BERKELEY),)
    label = replace(label_of(2), kind="number", axis=None)
    assert with_labels(found, label, QUICK, weighted=False) == found
    assert pairs(found[0], label) == ()


def test_rows_that_weigh_nothing_have_no_rate():
    weights = [[10.0, 20.0], [0.0, 0.0]]
    found = measured([[10, 20], [5, 5]], weights=weights, squares=weights)
    rate = one(found.group("g1"), "label_rate")
    assert (rate.value, rate.reason) == (None, "The rows of “g1” weigh nothing.")
    assert one(found.group("g0"), "js_divergence").reason == "The other rows weigh nothing."
    assert not any(e.value is nan for g in found.groups for e in g.estimates)
