import doctest
import importlib
import pkgutil
from math import isclose, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as peer
from scipy.stats.contingency import association

from audit import stats

NUMBERS = st.lists(
    st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda x: round(x, 3)), min_size=5, max_size=60
)


def test_examples_in_the_docstrings_hold():
    tried = 0
    for found in pkgutil.iter_modules(stats.__path__, "audit.stats."):
        result = doctest.testmod(importlib.import_module(found.name))
        assert result.failed == 0
        tried += result.attempted
    assert tried > 10


@given(NUMBERS)
def test_moments_equal_scipy_without_bias(values):
    found = stats.moments(np.array(values))
    assert isclose(found.mean, np.mean(values), rel_tol=1e-9, abs_tol=1e-9)
    assert isclose(found.variance, np.var(values, ddof=1), rel_tol=1e-9, abs_tol=1e-9)
    if np.std(values) > 1e-6 * max(1.0, max(map(abs, values))):
        skewness, kurtosis = peer.skew(values, bias=False), peer.kurtosis(values, bias=False)
        assert isclose(found.skewness, skewness, rel_tol=1e-7, abs_tol=1e-7)
        assert isclose(found.kurtosis, kurtosis, rel_tol=1e-7, abs_tol=1e-7)


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9)), min_size=3, max_size=20))
def test_counted_values_have_the_moments_of_the_rows(pairs):
    values, counts = (np.array(part) for part in zip(*pairs, strict=True))
    rows, once = stats.moments(values, counts), stats.moments(np.repeat(values, counts))
    assert rows.n == once.n
    for name in ("mean", "variance", "skewness", "kurtosis"):
        a, b = getattr(rows, name), getattr(once, name)
        assert (a is None and b is None) or isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def test_moments_of_64_bit_integers_lose_nothing():
    values = np.array([2**62 + 1, 2**62 + 2, 2**62 + 3, 2**62 + 10])
    found = stats.moments(values)
    assert isclose(found.variance, np.var([1, 2, 3, 10], ddof=1), rel_tol=1e-12)
    assert isclose(found.skewness, peer.skew([1, 2, 3, 10], bias=False), rel_tol=1e-12)


@pytest.mark.parametrize("scale", [1e-300, 1e-160, 1e150, 1e300])
def test_shape_does_not_depend_on_the_scale(scale):
    found = stats.moments(np.array([1.0, 2.0, 3.0, 10.0]) * scale)
    assert isclose(found.skewness, peer.skew([1, 2, 3, 10], bias=False), rel_tol=1e-9)
    assert isclose(found.mean, 4 * scale, rel_tol=1e-9)


def test_variance_beyond_the_range_of_floats_is_none():
    assert stats.moments(np.array([-1e300, 1e300])).variance is None


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=40))
def test_entropy_equals_scipy_and_stays_in_its_range(counts):
    found = stats.entropy(counts)
    assert isclose(found, peer.entropy(counts, base=2), rel_tol=1e-9, abs_tol=1e-9)
    assert 0 <= found <= log2(len(counts)) + 1e-12


@given(NUMBERS, st.floats(0, 1))
def test_quantiles_by_position_equal_numpy(values, p):
    ordered = sorted(values)
    low, high, share = stats.quantile_positions(len(values), p)
    found = stats.between(ordered[low], ordered[high], share)
    assert isclose(found, np.quantile(values, p), rel_tol=1e-9, abs_tol=1e-9)


def test_cramers_v_is_the_bias_corrected_one():
    """The data and figure of Bergsma's correction as it is commonly checked, by hand."""
    table = np.array([[10, 20, 30], [30, 20, 10]])
    n, phi2 = 120, peer.chi2_contingency(table, correction=False).statistic / 120
    corrected = phi2 - (3 - 1) * (2 - 1) / (n - 1)
    rows, columns = 2 - 1 / (n - 1), 3 - 4 / (n - 1)
    expected = np.sqrt(corrected / min(rows - 1, columns - 1))
    assert isclose(stats.cramers_v(table), expected, rel_tol=1e-12)
    assert stats.cramers_v(table) < association(table, method="cramer")


@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=5))
def test_cramers_v_lies_between_0_and_1_and_is_symmetric(rows):
    table = np.array(rows)
    found = stats.cramers_v(table)
    assert found is None or 0 <= found <= 1
    across = stats.cramers_v(table.T)
    assert (found is None) == (across is None)
    assert found is None or isclose(found, across, abs_tol=1e-12)


def test_cramers_v_needs_two_categories_that_occur():
    assert stats.cramers_v(np.array([[5, 5], [0, 0]])) is None


@given(NUMBERS)
def test_ranks_equal_scipy(values):
    assert stats.ranks(np.array(values)).tolist() == peer.rankdata(values).tolist()


@given(st.integers(2, 10**6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_bins_stay_within_bounds(n, iqr, span):
    assert 1 <= stats.freedman_diaconis_bins(n, min(iqr, span), span) <= 60


def test_bins_are_as_wide_as_freedman_and_diaconis_say():
    values = np.random.default_rng(7).normal(size=500)
    iqr = float(np.subtract(*np.quantile(values, [0.75, 0.25])))
    edges = np.histogram_bin_edges(values, bins="fd")
    assert stats.freedman_diaconis_bins(500, iqr, float(np.ptp(values))) == len(edges) - 1


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_impossible_counts(hits, n):
    with pytest.raises(ValueError, match="hits"):
        stats.wilson_interval(hits, n)


@given(st.integers(1, 5000), st.data())
def test_wilson_equals_scipy(n, data):
    hits = data.draw(st.integers(0, n))
    expected = peer.binomtest(hits, n).proportion_ci(method="wilson")
    found = stats.wilson_interval(hits, n)
    assert found == pytest.approx((expected.low, expected.high), abs=1e-6)
