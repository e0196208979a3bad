import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ColumnError, ParameterError

PAY = {"pay": [*range(1, 21), 1000.0, float("nan"), None, float("-inf")], "one": [1] * 24}


def left(done):
    return runner.lineage(done.version).tolist()


def fitted(done):
    record = runner.applied(done.version)
    return runner.Recipe.parse(record.recipe.encode()).steps[0].params.fitted


def test_numbers_beyond_the_fence_go_and_what_is_missing_stays(mended):
    done = mended(PAY, ("drop-outliers", {}))
    assert left(done) == [*range(20), 21, 22]
    assert done.effect.reasons == (
        ("'pay' is below its bounds", 1),
        ("'pay' is above its bounds", 1),
    )
    first, third = np.quantile([*range(1, 21), 1000.0], [0.25, 0.75])
    bounds = fitted(done)["columns"]["pay"]
    assert bounds["low"] == pytest.approx(first - 3 * (third - first))
    assert bounds["high"] == pytest.approx(third + 3 * (third - first))


def test_a_column_without_a_spread_loses_no_row_and_is_told(mended):
    done = mended(PAY, ("drop-outliers", {"columns": ["one"]}))
    assert done.effect.removed == 0
    assert "'one' has no bounds" in done.effect.notes[0]


def test_standard_deviations_and_quantiles_are_those_of_numpy(mended):
    rng = np.random.default_rng(3)
    pay = rng.normal(size=500)
    by_z = mended({"pay": pay}, ("drop-outliers", {"method": "z", "factor": 2}))
    away = np.abs(pay - pay.mean()) > 2 * pay.std(ddof=1)
    assert left(by_z) == np.flatnonzero(~away).tolist()
    by_q = mended({"pay": pay}, ("drop-outliers", {"method": "quantile", "low": 0.1, "high": 0.8}))
    low, high = np.quantile(pay, [0.1, 0.8])
    assert left(by_q) == np.flatnonzero((pay >= low) & (pay <= high)).tolist()


def test_bounds_that_were_learnt_are_used_on_another_file(mended):
    learnt = fitted(mended(PAY, ("drop-outliers", {})))
    other = {"pay": [50.0, -7.0, 45.5], "one": [5, 6, 7]}
    done = mended(other, ("drop-outliers", {"columns": ["pay"], "fitted": learnt}))
    bounds = learnt["columns"]["pay"]
    assert left(done) == [
        i for i, v in enumerate(other["pay"]) if bounds["low"] <= v <= bounds["high"]
    ]
    assert fitted(done) == learnt


def test_bounds_that_are_no_bounds_are_refused(mended):
    for learnt in ({"columns": {"pay": 3}}, {"x": 1}, {"columns": {"pay": {"low": "x"}}}):
        with pytest.raises(ParameterError, match="not what this step wrote"):
            mended(PAY, ("drop-outliers", {"columns": ["pay"], "fitted": learnt}))


def test_a_column_of_text_has_no_outliers(mended):
    with pytest.raises(ParameterError, match="holds text"):
        mended({"a": ["x"]}, ("drop-outliers", {"columns": ["a"]}))


TOWNS = {"town": ["a"] * 7 + ["b"] * 2 + ["c"] + [None] * 2, "n": list(range(12))}


@pytest.mark.parametrize(
    ("least", "kept"),
    [(2, ["a", "b"]), (3, ["a"]), (0.1, ["a", "b", "c"]), (0.2, ["a", "b"]), (0.21, ["a"])],
)
def test_rows_of_values_that_stand_in_too_few_rows_go(mended, least, kept):
    done = mended(TOWNS, ("drop-rare-values", {"columns": ["town"], "least": least}))
    assert sorted({v for v in done.column("town") if v}) == kept
    assert done.column("town").count(None) == 2
    assert fitted(done) == {"columns": {"town": kept}}


def test_values_that_were_kept_are_kept_in_another_file(mended):
    learnt = {"columns": {"town": ["a", "b"]}}
    other = {"town": ["b", "z", "z", "z", None]}
    done = mended(other, ("drop-rare-values", {"columns": ["town"], "least": 2, "fitted": learnt}))
    assert done.column("town") == ["b", None]


def test_values_of_personal_columns_stay_out_of_the_recipe(mended):
    data = {"name": ["Ann", "Ann", "Bob"]}
    done = mended(
        data,
        ("drop-rare-values", {"columns": ["name"], "least": 2}),
        roles={"direct_identifier": ["name"]},
    )
    assert done.column("name") == ["Ann", "Ann"]
    assert "Ann" not in runner.applied(done.version).recipe
    assert "not kept in the recipe" in done.effect.notes[0]


def test_rare_values_of_what_columns_is_asked(mended):
    with pytest.raises(ParameterError, match="needs columns"):
        mended(TOWNS, ("drop-rare-values", {}))


WIDE = {"n": [1, 1, 1, 1], "v": [None] * 4, "k": ["x", "x", "x", "y"], "z": [1, 2, 3, 4]}


@pytest.mark.parametrize(("near", "stay"), [(1.0, ["k", "z"]), (0.75, ["z"])])
def test_columns_that_say_the_same_go_and_missing_is_a_value(mended, near, stay):
    data = pa.table({**WIDE, "v": pa.nulls(4, pa.string())})
    done = mended(data, ("drop-constant-columns", {"near": near}))
    assert done.table.column_names == stay


def test_the_same_columns_go_from_another_file(mended):
    learnt = {"columns": ["n", "gone"]}
    done = mended({"n": [1, 2], "k": [1, 1]}, ("drop-constant-columns", {"fitted": learnt}))
    assert done.table.column_names == ["k"]


def test_a_table_of_constant_columns_is_told(mended):
    with pytest.raises(ParameterError, match="none would be left"):
        mended({"a": [1, 1]}, ("drop-constant-columns", {}))


def test_columns_go_or_stay_by_name(mended):
    assert mended(TOWNS, ("drop-columns", {"columns": ["n"]})).table.column_names == ["town"]
    assert mended(TOWNS, ("keep-columns", {"columns": ["n", "n"]})).table.column_names == ["n"]
    for remedy, given in (
        ("drop-columns", {}),
        ("keep-columns", {}),
        ("drop-columns", {"columns": ["n", "town"]}),
        ("keep-columns", {"columns": ["N "]}),
    ):
        with pytest.raises((ParameterError, ColumnError)):
            mended(TOWNS, (remedy, given))
