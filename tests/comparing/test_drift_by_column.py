"""How far columns moved: against scipy, and by hand."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import ks_2samp

from audit.comparing.drift import drift
from audit.comparing.pairing import other_data


def moved(old, new, cells=None):
    rows = other_data(old.table.n_rows, new.table.n_rows)
    return {d.column: d for d in drift(old.table, new.table, rows, cells)}


def test_the_distance_of_numbers_is_that_of_scipy(version_of):
    rng = np.random.default_rng(1)
    old, new = rng.normal(size=700), rng.normal(0.3, 1.5, 400)
    old[::50], new[3], new[4] = np.nan, np.inf, np.nan
    found = moved(version_of({"x": old}), version_of({"x": new}))["x"]
    expected = ks_2samp(old[np.isfinite(old)], new[np.isfinite(new)]).statistic
    assert found.ks.value == pytest.approx(expected)
    assert found.kind == "number"


def test_dates_are_held_against_each_other_as_numbers_are(version_of):
    days = [date(2020, 1, 1) + timedelta(days=i) for i in range(60)]
    found = moved(version_of({"d": days}), version_of({"d": days[30:]}))["d"]
    assert (found.kind, found.ks.value) == ("date", pytest.approx(0.5))


def test_psi_of_ten_bins_between_quantiles_is_that_by_hand(version_of):
    old = list(range(100))
    new = [v for v in old if v < 50] * 2 + [v for v in old if v >= 50]
    found = moved(version_of({"x": old}), version_of({"x": new}))["x"]
    p, q = np.array([20 / 150] * 5 + [10 / 150] * 5), np.full(10, 0.1)
    assert found.psi.value == pytest.approx(((p - q) * np.log(p / q)).sum())
    assert found.js.value == pytest.approx(jensenshannon(p, q) ** 2)
    assert found.psi.method.startswith("10 bins")


def test_categories_are_compared_over_the_union_of_their_values(version_of):
    old = ["a"] * 60 + ["b"] * 30 + ["c"] * 10
    new = ["a"] * 20 + ["b"] * 20 + ["d"] * 5 + [None] * 5
    found = moved(version_of({"x": old}), version_of({"x": new}))["x"]
    p, q = np.array([60, 30, 10, 0, 0]) / 100, np.array([20, 20, 0, 5, 5]) / 50
    assert found.js.value == pytest.approx(jensenshannon(p, q) ** 2)
    assert found.tvd.value == pytest.approx(np.abs(p - q).sum() / 2)
    more = [np.array(counts) + 0.5 for counts in ([60, 30, 10, 0, 0], [20, 20, 0, 5, 5])]
    p, q = (counts / counts.sum() for counts in more)
    assert found.psi.value == pytest.approx(((p - q) * np.log(p / q)).sum())
    assert "half a row" in found.psi.method


CELLS = st.lists(st.sampled_from(["a", "b", "B ", "", None]), min_size=1, max_size=40)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=CELLS, new=CELLS)
def test_ks_of_categories_is_the_largest_difference_of_one_share(version_of, old, new):
    sides = [version_of({"x": pa.array(side, pa.string())}) for side in (old, new)]
    found = moved(*sides)["x"].ks
    widest = max(abs(old.count(v) / len(old) - new.count(v) / len(new)) for v in {*old, *new})
    assert found.value == pytest.approx(widest)
    assert not found.reason


def test_columns_that_went_came_or_changed_their_type_say_so(version_of):
    old = version_of({"gone": [1, 2], "retyped": [1, 2], "same": ["x", "y"]})
    new = version_of({"same": ["x", "y"], "retyped": ["1-2", "1-2"], "new": [0, 0]})
    found = moved(old, new, {"same": 0, "retyped": 2})
    assert list(found) == ["gone", "retyped", "same", "new"]
    assert all(found[c].reason and found[c].psi.value is None for c in ("gone", "retyped", "new"))
    assert (found["same"].psi.value, found["same"].changed_cells) == (0.0, 0)
    assert found["retyped"].changed_cells == 2


@pytest.mark.parametrize("values", [[None, None], [], [float("nan")], [7.0, 7.0]])
def test_columns_without_anything_to_compare_do_not_fail(version_of, values):
    side = version_of(pa.table({"x": pa.array(values, pa.float64())}))
    found = moved(side, side)["x"]
    assert found.psi.value in (None, 0.0)
    assert bool(found.reason) is (found.psi.value is None)


def test_a_constant_that_became_another_one_moved(version_of):
    found = moved(version_of({"x": [1.0] * 50}), version_of({"x": [1.5] * 30}))["x"]
    assert (found.ks.value, found.tvd.value) == (1, 1)
    assert found.js.value == pytest.approx(np.log(2))
    same = moved(version_of({"x": [1.0] * 50}), version_of({"x": [1.0] * 30}))["x"]
    assert (same.psi.value, same.js.value) == (0, 0)
