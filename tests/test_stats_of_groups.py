"""Intervals, tests, divergences and resamples, against scipy and published figures."""

import subprocess
import sys
from math import isclose, log, nan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats as peer
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr
from scipy.stats.contingency import relative_risk

from audit import stats

UNHURRIED = settings(deadline=None)
"""The first example loads scipy, and may be slow."""

COUNTS = st.lists(st.integers(0, 60), min_size=2, max_size=6)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=5
    )
)
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)

NEWCOMBE_METHOD_10 = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


def test_importing_the_arithmetic_loads_no_scipy():
    code = "import sys, audit.stats; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("a", "n_a", "b", "n_b", "low", "high"), NEWCOMBE_METHOD_10)
def test_newcombe_gives_the_published_intervals(a, n_a, b, n_b, low, high):
    """Newcombe (1998), Statistics in Medicine 17, table II, method 10."""
    found = stats.newcombe_difference(a, n_a, b, n_b)
    assert found == pytest.approx((low, high), abs=6e-5)


@UNHURRIED
@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_newcombe_holds_the_difference_and_turns_with_the_groups(n_a, n_b, data):
    a, b = data.draw(st.integers(0, n_a)), data.draw(st.integers(0, n_b))
    low, high = stats.newcombe_difference(a, n_a, b, n_b)
    assert -1 <= low <= a / n_a - b / n_b <= high <= 1
    assert stats.newcombe_difference(b, n_b, a, n_a) == pytest.approx((-high, -low), abs=1e-12)


@UNHURRIED
@given(st.integers(2, 500), st.integers(2, 500), st.data())
def test_ratio_interval_equals_scipy(n_a, n_b, data):
    a, b = data.draw(st.integers(1, n_a)), data.draw(st.integers(1, n_b))
    assume((a, b) != (n_a, n_b))
    expected = relative_risk(a, n_a, b, n_b).confidence_interval(0.95)
    assert stats.ratio_interval(a, n_a, b, n_b) == pytest.approx(tuple(expected), rel=1e-6)


@pytest.mark.parametrize("case", [(0, 5, 2, 5), (2, 5, 0, 5), (0, 5, 0, 5), (5, 5, 7, 7)])
def test_ratio_interval_has_no_ends_where_the_method_has_no_width(case):
    assert stats.ratio_interval(*case) == (None, None)


def test_wilson_takes_effective_sizes_between_those_of_whole_rows():
    low, high = stats.wilson_interval(2.5, 10.5)
    assert stats.wilson_interval(2, 10.5)[0] < low < stats.wilson_interval(3, 10.5)[0]
    assert low < 2.5 / 10.5 < high


@UNHURRIED
@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50))
def test_effective_size_is_at_most_the_rows_and_all_of_them_for_equal_weights(weights):
    w = np.array(weights)
    found = stats.effective_size(float(w.sum()), float((w**2).sum()))
    assert 1 - 1e-9 <= found <= len(w) * (1 + 1e-9)
    assert isclose(stats.effective_size(len(w) * 3.0, len(w) * 9.0), len(w))


@UNHURRIED
@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_two_proportions_equal_the_chi_square_of_scipy(n_a, n_b, data):
    a, b = data.draw(st.integers(0, n_a)), data.draw(st.integers(0, n_b))
    found = stats.two_proportions_p(a, n_a, b, n_b)
    if 0 < a + b < n_a + n_b:
        table = [[a, n_a - a], [b, n_b - b]]
        expected = peer.chi2_contingency(table, correction=False).pvalue
        assert isclose(found, expected, rel_tol=1e-9, abs_tol=1e-300)
    else:
        assert found is None


def test_two_proportions_of_an_empty_group_have_no_p():
    assert stats.two_proportions_p(0, 0, 1, 2) is None


@UNHURRIED
@given(st.floats(0, 500), st.integers(1, 60))
def test_chi_square_equals_scipy(statistic, degrees):
    expected = peer.chi2.sf(statistic, degrees)
    assert isclose(stats.chi_square_p(statistic, degrees), expected, rel_tol=1e-9, abs_tol=1e-300)


@UNHURRIED
@given(TABLES)
def test_independence_equals_scipy_on_the_categories_that_occur(rows):
    table = np.array(rows)
    there = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    statistic, degrees, p = stats.independence(table)
    if min(there.shape) < 2:
        assert (statistic, degrees, p) == (0.0, 0, None)
        return
    expected = peer.chi2_contingency(there, correction=False)
    assert isclose(statistic, expected.statistic, rel_tol=1e-9, abs_tol=1e-9)
    assert (degrees, p) == (expected.dof, pytest.approx(expected.pvalue, rel=1e-7, abs=1e-300))


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 90), st.floats(0.01, 1)), min_size=2, max_size=8))
def test_goodness_of_fit_equals_scipy(pairs):
    counts, shares = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    assume(counts.sum() > 0)
    expected = peer.chisquare(counts, shares / shares.sum() * counts.sum())
    statistic, degrees, p = stats.goodness_of_fit(counts, shares)
    assert isclose(statistic, expected.statistic, rel_tol=1e-9, abs_tol=1e-9)
    assert (degrees, p) == (len(pairs) - 1, pytest.approx(expected.pvalue, rel=1e-7, abs=1e-300))


def test_goodness_of_fit_at_its_edges():
    of = stats.goodness_of_fit
    assert of(np.array([3, 1]), np.array([1.0, 0.0])) == (np.inf, 1, 0.0)
    assert of(np.array([3, 0]), np.array([1.0, 0.0])) == (0.0, 0, None)
    assert of(np.array([0, 0]), np.array([0.5, 0.5])) == (0.0, 1, None)


@UNHURRIED
@given(P_VALUES)
def test_benjamini_and_hochberg_equal_scipy(p_values):
    expected = peer.false_discovery_control(p_values)
    assert stats.benjamini_hochberg(p_values) == pytest.approx(expected, rel=1e-12, abs=0)


@UNHURRIED
@given(P_VALUES)
def test_what_was_not_tested_does_not_count_in_the_correction(p_values):
    gaps = [q for p in p_values for q in (None, p)]
    assert stats.benjamini_hochberg(gaps)[1::2] == stats.benjamini_hochberg(p_values)
    assert set(stats.benjamini_hochberg(gaps)[0::2]) == {None}


REFERENCE = [
    ((0.8, 0.2), (0.3, 0.7), (0.5341, 0.1325, 0.7071, 0.5, 0.5)),
    ((0.4, 0.4, 0.2), (0.2, 0.1, 0.7), (0.5812, 0.1387, 0.6164, 0.5, 0.5)),
]


@pytest.mark.parametrize(("p", "q", "figures"), REFERENCE)
def test_divergences_give_the_reference_values(p, q, figures):
    a, d = np.array(p), np.array(q)
    of = (
        stats.kl_divergence,
        stats.js_divergence,
        stats.lp_norm,
        stats.total_variation,
        stats.kolmogorov_smirnov,
    )
    assert tuple(round(float(f(a, d)), 4) for f in of) == figures


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6))
def test_divergences_equal_scipy_even_where_an_outcome_is_lacking(pairs):
    p, q = np.array(pairs, dtype=float).T
    assume(p.sum() > 0 and q.sum() > 0)
    p, q = p / p.sum(), q / q.sum()
    assert isclose(stats.kl_divergence(p, q), rel_entr(p, q).sum(), rel_tol=1e-9, abs_tol=1e-12)
    assert isclose(stats.js_divergence(p, q), jensenshannon(p, q) ** 2, abs_tol=1e-12)
    assert 0 <= stats.js_divergence(p, q) <= log(2) + 1e-12
    psi = rel_entr(p, q).sum() + rel_entr(q, p).sum()
    assert isclose(stats.population_stability(p, q), psi, rel_tol=1e-9, abs_tol=1e-12)


def test_divergences_go_along_the_last_axis_and_pass_what_is_not_a_number():
    p = np.array([[0.8, 0.2], [0.5, 0.5], [nan, nan]])
    found = stats.kl_divergence(p, np.array([0.3, 0.7]))
    assert found.shape == (3,)
    assert isclose(found[0], 0.5341, abs_tol=5e-5)
    assert np.isnan(found[2])


@UNHURRIED
@given(COUNTS, st.integers(0, 2**32))
def test_resamples_keep_the_rows_and_the_empty_cells(counts, seed):
    table = np.array([counts, counts[::-1]])
    drawn = stats.resample(table, 20, np.random.default_rng(seed))
    assert drawn.shape == (20, *table.shape)
    assert (drawn.sum(axis=(1, 2)) == table.sum()).all()
    assert not drawn[:, table == 0].any()


def test_resamples_vary_as_drawing_rows_does():
    counts = np.array([100, 300, 600])
    drawn = stats.resample(counts, 20_000, np.random.default_rng(1))
    p = counts / 1000
    assert drawn.mean(axis=0) == pytest.approx(counts, rel=0.01)
    expected = 1000 * (np.diag(p) - np.outer(p, p))
    assert np.cov(drawn.T) == pytest.approx(expected, rel=0.1)


def test_resampled_weights_vary_as_drawing_weighted_rows_does():
    rng = np.random.default_rng(2)
    cells = np.repeat([0, 1, 2], [50, 150, 300])
    weights = np.where(cells == 1, 2.0, rng.lognormal(0, 1, 500))
    rows = rng.integers(0, 500, (8000, 500))
    by_rows = np.stack([(weights[rows] * (cells[rows] == c)).sum(axis=1) for c in range(3)], axis=1)
    sums = [np.bincount(cells, w, 3) for w in (np.ones(500), weights, weights**2)]
    found = stats.resample_weights(sums[0].astype(int), sums[1], sums[2], 8000, rng)
    assert found.mean(axis=0) == pytest.approx(by_rows.mean(axis=0), rel=0.02)
    assert found.std(axis=0) == pytest.approx(by_rows.std(axis=0), rel=0.05)
    for p in (0.025, 0.975):
        expected = np.quantile(by_rows, p, axis=0)
        assert np.quantile(found, p, axis=0) == pytest.approx(expected, rel=0.03)


def test_rows_that_all_weigh_the_same_are_resampled_as_rows():
    counts = np.array([3, 7, 0])
    weighed = stats.resample_weights(
        counts, counts * 0.1, counts * 0.01, 50, np.random.default_rng(3)
    )
    assert weighed == pytest.approx(stats.resample(counts, 50, np.random.default_rng(3)) * 0.1)


@UNHURRIED
@given(st.lists(st.floats(-1e3, 1e3) | st.just(nan), min_size=1, max_size=40))
def test_percentile_intervals_equal_numpy_where_something_is_defined(samples):
    low, high = stats.percentile_interval(np.array(samples))
    defined = [x for x in samples if x == x]
    if defined:
        expected = np.percentile(defined, [2.5, 97.5])
        assert (float(low), float(high)) == pytest.approx(tuple(expected), abs=1e-9)
    else:
        assert np.isnan(low)
        assert np.isnan(high)


def test_no_resamples_give_no_interval():
    low, high = stats.percentile_interval(np.zeros((0, 3)))
    assert np.isnan([low, high]).all()
    assert low.shape == (3,)


def test_a_percentile_interval_without_end_is_none():
    samples = np.column_stack([np.arange(10.0), np.r_[np.arange(8.0), np.inf, np.inf]])
    low, high = stats.percentile_interval(samples)
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [False, True]


def test_a_distance_lies_in_its_interval_however_many_classes_there_are():
    rng = np.random.default_rng(1)
    shares = np.full(50, 0.02)
    own, rest = rng.multinomial(150, shares), rng.multinomial(500, shares)
    distance = stats.total_variation(own / 150, rest / 500)
    drawn = stats.total_variation(
        stats.resample(own, 500, rng) / 150, stats.resample(rest, 500, rng) / 500
    )
    assert drawn.min() > distance
    low, high = stats.distance_interval(drawn, distance)
    assert 0 <= low <= distance <= high


def test_the_interval_of_a_distance_covers_the_true_one():
    rng = np.random.default_rng(2)
    p, q = np.full(50, 0.02), np.repeat([0.03, 0.01], 25)
    covered = plain = 0
    for _ in range(200):
        own, rest = rng.multinomial(150, p), rng.multinomial(500, q)
        drawn = stats.total_variation(
            stats.resample(own, 200, rng) / 150, stats.resample(rest, 200, rng) / 500
        )
        low, high = stats.distance_interval(drawn, stats.total_variation(own / 150, rest / 500))
        covered += bool(low <= 0.25 <= high)
        low, high = stats.percentile_interval(drawn)
        plain += bool(low <= 0.25 <= high)
    assert plain < 20
    assert covered > 150


def test_an_unbiased_distance_has_the_percentile_interval():
    samples = np.linspace(0.2, 0.4, 1001)
    low, high = stats.distance_interval(samples, np.array(0.3))
    assert (float(low), float(high)) == pytest.approx((0.205, 0.395))
