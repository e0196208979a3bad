"""Labels that are numbers: distribution functions and means by group, against scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats as peer

from audit.model import Where
from audit.reports.representation.axes import axis_of
from audit.reports.representation.group_values import Combination, Group, Label
from audit.reports.representation.label_numbers import with_numeric_labels
from audit.reports.representation.options import Options

LABEL = Label(column="y", kind="number", axis=None)
IN_ONE_WORKSPACE = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def measured(version_of):
    """Measure a frame with the groups in ``g``; the first one is the reference."""

    def measure(data, *, weight=None, min_group=1, reference=None):
        table = version_of(pd.DataFrame(data)).table
        axis = axis_of(table, "g")
        groups = tuple(
            Group(levels=(("g", level.name),), n=1, where=Where()) for level in axis.levels
        )
        combination = Combination(
            columns=("g",), groups=groups, reference_group=reference or groups[0].name
        )
        options = Options(min_group=min_group)
        return with_numeric_labels(table, (combination,), (axis,), LABEL, options, weight)[0]

    return measure


@IN_ONE_WORKSPACE
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(-3, 3)), min_size=2, max_size=40).filter(
        lambda rows: len({g for g, _ in rows}) > 1
    )
)
def test_distances_of_distribution_functions_equal_scipy(measured, rows):
    data = pd.DataFrame(rows, columns=["g", "y"])
    for group in measured(data).groups:
        own = data.g == group.name
        expected = peer.ks_2samp(data.y[own], data.y[~own], method="exact").statistic
        estimate = group.estimate("ks_cdf")
        assert estimate.value == pytest.approx(expected, abs=1e-12)
        assert (estimate.n, estimate.method) == (len(data), "exact")


def test_means_have_students_and_differences_welchs_intervals(measured):
    rng = np.random.default_rng(1)
    a, b = rng.normal(10, 2, 60), rng.normal(11, 5, 35)
    found = measured({"g": ["a"] * 60 + ["b"] * 35, "y": [*a, *b]}).group("b")
    mean, expected = found.estimate("label_mean"), peer.ttest_1samp(b, 0)
    assert mean.value == pytest.approx(b.mean())
    assert (mean.low, mean.high) == pytest.approx(tuple(expected.confidence_interval()))
    difference = found.estimate("label_mean_difference")
    welch = peer.ttest_ind(b, a, equal_var=False)
    assert (difference.value, difference.against) == (pytest.approx(b.mean() - a.mean()), "a")
    assert (difference.low, difference.high) == pytest.approx(tuple(welch.confidence_interval()))


def test_p_values_are_those_of_kolmogorov_corrected_over_large_groups(measured):
    rng = np.random.default_rng(2)
    g = np.repeat(["a", "b", "c", "d"], [900, 700, 500, 5])
    y = rng.normal(size=len(g)) + 0.15 * (g == "c")
    found = measured({"g": g, "y": y}, min_group=100)
    raw = [peer.ks_2samp(y[g == k], y[g != k], method="asymp").statistic for k in "abc"]
    sizes = [np.sqrt(n * (len(g) - n) / len(g)) for n in (900, 700, 500)]
    p = [peer.kstwobign.sf(d * n) for d, n in zip(raw, sizes, strict=True)]
    expected = peer.false_discovery_control(p)
    assert [found.group(k).estimate("parity_p_value").value for k in "abc"] == pytest.approx(
        expected
    )
    small = found.group("d").estimate("parity_p_value")
    assert (small.value, "5 rows" in small.reason) == (None, True)


def test_whole_weights_count_as_rows(measured):
    rng = np.random.default_rng(3)
    data = pd.DataFrame(
        {"g": rng.choice(["a", "b"], 80), "y": rng.integers(0, 9, 80), "w": rng.integers(0, 4, 80)}
    )
    weighted = measured(data, weight="w")
    repeated = measured(data.loc[data.index.repeat(data.w)], reference=weighted.reference_group)
    for group in weighted.groups:
        for name in ("ks_cdf", "label_mean", "label_mean_difference"):
            own, other = group.estimate(name), repeated.group(group.name).estimate(name)
            assert own.value == pytest.approx(other.value, abs=1e-12)
            assert own.method == f"{other.method}; weighted"


def test_missing_and_infinite_labels_are_left_out(measured):
    y = [1.0, None, 3.0, float("inf"), 2.0, float("nan")]
    found = measured({"g": list("aaabbb"), "y": y})
    assert found.group("a").estimate("label_mean").n == 2
    assert found.group("b").estimate("label_mean").value == 2
    assert found.group("b").estimate("label_mean").low is None


def test_groups_without_labels_and_groups_alone_say_so(measured):
    none = measured({"g": list("aab"), "y": [1.5, 2.5, None]}).group("b")
    assert {e.reason for e in none.estimates} == {"No row of “b” has a label."}
    alone = measured({"g": ["a"] * 3, "y": [1.5, 2.5, 3.5]}).group("a")
    assert alone.estimate("ks_cdf").value is None
    assert alone.estimate("ks_cdf").reason.startswith("No other row")
    assert alone.estimate("label_mean").value == 2.5
    for estimate in (
        measured({"g": ["a"], "y": pd.array([None], dtype="Float64")}).groups[0].estimates
    ):
        assert estimate.value is None
        assert estimate.reason


def test_numbers_too_large_to_add_up_are_said_to_be(measured):
    found = measured({"g": list("aab"), "y": [1.7e308, 1.7e308, 1.0]}).group("a")
    assert found.estimate("label_mean").value is None
    assert found.estimate("label_mean").reason == "The numbers are too large to add up."
    assert found.estimate("ks_cdf").value == 1


def test_combinations_of_columns_are_measured_on_their_own_rows(version_of):
    rng = np.random.default_rng(4)
    data = pd.DataFrame(
        {"g": rng.choice(["a", "b"], 200), "h": rng.choice(["x", "y"], 200), "y": rng.random(200)}
    )
    table = version_of(data).table
    axes = tuple(axis_of(table, c) for c in ("g", "h"))
    levels = [(("g", g), ("h", h)) for g in "ab" for h in "xy"]
    groups = tuple(Group(levels=pair, n=1, where=Where()) for pair in levels)
    combination = Combination(columns=("g", "h"), groups=groups, reference_group="a × x")
    (found,) = with_numeric_labels(table, (combination,), axes, LABEL, Options())
    own = data.y[(data.g == "b") & (data.h == "x")]
    rest = data.y.drop(own.index)
    assert found.group("b × x").estimate("label_mean").value == pytest.approx(own.mean())
    expected = peer.ks_2samp(own, rest, method="asymp").statistic
    assert found.group("b × x").estimate("ks_cdf").value == pytest.approx(expected)
