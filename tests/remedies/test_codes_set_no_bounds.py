"""Codes for a missing value (-999) are no numbers: they set no bound, no scale and no edge."""

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.mending.bounds import quantiles

ORDINARY = np.round(np.random.default_rng(3).normal(50, 5, 970), 2)
DATA = pa.table({"x": np.concatenate([ORDINARY, np.full(30, -999.0)])})


def learnt(done):
    record = runner.applied(done.version)
    return runner.Recipe.parse(record.recipe.encode()).steps[0].params.fitted


def fitted(done):
    return learnt(done)["columns"]["x"]


def expected(method):
    if method == "quantile":
        return np.quantile(ORDINARY, [0.01, 0.99])
    if method == "z":
        spread = 3 * ORDINARY.std(ddof=1)
        return ORDINARY.mean() - spread, ORDINARY.mean() + spread
    first, third = np.quantile(ORDINARY, [0.25, 0.75])
    return first - 3 * (third - first), third + 3 * (third - first)


@pytest.mark.parametrize("method", ["quantile", "z", "fence"])
@pytest.mark.parametrize("name", ["clip-outliers", "drop-outliers"])
def test_bounds_are_those_of_the_other_numbers(mended, name, method):
    done = mended(DATA, (name, {"columns": ["x"], "method": method}))
    found = fitted(done)
    assert (found["low"], found["high"]) == pytest.approx(tuple(expected(method)))
    assert done.column("x").count(-999.0) == 30
    assert any("codes for a missing value" in note for note in done.effect.notes)
    again = mended(DATA, (name, {"columns": ["x"], "method": method, "fitted": learnt(done)}))
    assert again.table.equals(done.table)


def test_rows_that_go_are_those_beyond_the_quantiles(mended):
    done = mended(DATA, ("drop-outliers", {"columns": ["x"], "method": "quantile"}))
    low, high = expected("quantile")
    assert done.effect.removed == int(((low > ORDINARY) | (high < ORDINARY)).sum())


@pytest.mark.parametrize("method", ["standard", "min-max", "robust"])
def test_a_scale_is_that_of_the_other_numbers(mended, method):
    done = mended(DATA, ("scale", {"columns": ["x"], "method": method}))
    alone = mended({"x": ORDINARY.tolist()}, ("scale", {"columns": ["x"], "method": method}))
    assert fitted(done) == fitted(alone)
    assert any("codes for a missing value" in note for note in done.effect.notes)


@pytest.mark.parametrize("method", ["width", "quantile"])
def test_edges_are_those_of_the_other_numbers(mended, method):
    done = mended(DATA, ("bin-values", {"column": "x", "method": method}))
    alone = mended({"x": ORDINARY.tolist()}, ("bin-values", {"column": "x", "method": method}))
    assert fitted(done) == fitted(alone)


def test_without_codes_all_finite_numbers_count(mended):
    done = mended(DATA, ("drop-missing", {"columns": ["x"]}))
    found = quantiles(done.version.table, ("x",), (0.0, 1.0))
    assert found["x"] == (-999.0, ORDINARY.max())


def test_nearest_rows_fill_nothing_where_nothing_lacks(mended):
    data = {"x": [float(i) for i in range(30)], "y": [None, *range(29)]}
    done = mended(data, ("fill-missing", {"columns": ["x", "y"], "method": "knn"}))
    about = [note for note in done.effect.notes if note.startswith("'x'")]
    assert about == ["'x' lacks no value: nothing was filled."]
    assert any(note.startswith("'y' is filled from the 5 rows") for note in done.effect.notes)
