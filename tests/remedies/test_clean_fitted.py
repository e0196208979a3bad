"""What clean steps learn from one table, and do to another; figures of scikit-learn and pandas."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.impute import KNNImputer
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from audit import runner
from audit.errors import ColumnError, ParameterError
from audit.mending.bounds import bounds

SCALERS = {"standard": StandardScaler, "min-max": MinMaxScaler, "robust": RobustScaler}


def numbers(seed, rows=400):
    rng = np.random.default_rng(seed)
    data = {
        "normal": rng.normal(50, 10, rows),
        "wide": rng.lognormal(3, 2, rows),
        "whole": rng.integers(-5, 90, rows).astype(float),
        "constant": np.full(rows, 7.3),
    }
    for values in data.values():
        values[rng.random(rows) < 0.1] = np.nan
    return data


def as_table(data):
    return pa.table({name: pa.array(v, from_pandas=True) for name, v in data.items()})


def cells(version, names):
    table = version.table.arrow("SELECT * FROM {t}")
    return np.column_stack([table[n].to_numpy().astype(float) for n in names])


def again(made, table, workspace):
    """Do to another table what was done to the first, with what was learnt there."""
    recipe = runner.Recipe.parse(runner.applied(made.version).recipe.encode())
    version = runner.load(table, workspace=workspace)
    return runner.apply(version, recipe, workspace=workspace)


@pytest.mark.parametrize("method", sorted(SCALERS))
def test_scales_are_those_of_scikit_learn_on_the_same_and_on_another_table(
    mended, workspace, method
):
    first, second = numbers(1), numbers(2, rows=90)
    made = mended(as_table(first), ("scale", {"method": method}))
    scaler = SCALERS[method]().fit(np.column_stack(list(first.values())))
    for version, data in (
        (made.version, first),
        (again(made, as_table(second), workspace), second),
    ):
        expected = scaler.transform(np.column_stack(list(data.values())))
        np.testing.assert_allclose(cells(version, list(data)), expected, rtol=1e-12, atol=1e-12)


def test_a_column_that_another_file_lacks_is_told(mended, workspace):
    made = mended({"a": [1, 2], "b": [3, 4]}, ("scale", {"columns": ["a", "b"]}))
    with pytest.raises((ColumnError, ParameterError), match="There is no column 'b'"):
        again(made, pa.table({"a": [1]}), workspace)


def test_sensitive_columns_and_the_label_keep_their_scale_unless_they_are_named(mended):
    data = {"x": [1, 2, 3], "age_x": [20, 30, 40], "y": [0, 1, 1]}
    roles = {"sensitive": ["age_x"], "label": "y", "positive": "1"}
    made = mended(data, ("scale", {}), roles=roles)
    assert (made.column("age_x"), made.column("y")) == (data["age_x"], data["y"])
    assert made.column("x")[1] == 0


@pytest.mark.parametrize(
    ("method", "low", "high"),
    [
        ("fence", lambda x: np.quantile(x, 0.25) - 3 * np.subtract(*np.quantile(x, [0.75, 0.25])),
         lambda x: np.quantile(x, 0.75) + 3 * np.subtract(*np.quantile(x, [0.75, 0.25]))),
        ("z", lambda x: x.mean() - 3 * x.std(ddof=1), lambda x: x.mean() + 3 * x.std(ddof=1)),
        ("quantile", lambda x: np.quantile(x, 0.01), lambda x: np.quantile(x, 0.99)),
    ],
)  # fmt: skip
def test_numbers_are_clipped_at_the_bounds_of_numpy(mended, workspace, method, low, high):
    data = numbers(3)
    x = data["wide"][~np.isnan(data["wide"])]
    made = mended(as_table({"wide": data["wide"]}), ("clip-outliers", {"method": method}))
    found = bounds(made.before.table, ["wide"], method)["wide"]
    assert found == pytest.approx((low(x), high(x)), rel=1e-12)
    np.testing.assert_allclose(
        cells(made.version, ["wide"])[:, 0], np.clip(data["wide"], *found), rtol=0
    )
    other = again(made, as_table({"wide": data["wide"] * 10}), workspace)
    np.testing.assert_allclose(cells(other, ["wide"])[:, 0], np.clip(data["wide"] * 10, *found))


def test_whole_numbers_stay_whole_and_codes_are_left_alone(mended):
    data = {"n": [*range(100), 10_000, -9999, -9999], "f": [*[0.5] * 99, 1e9, np.inf, None, 2.0]}
    made = mended(data, ("clip-outliers", {}))
    assert made.table["n"].type == pa.int64()
    assert (max(made.column("n")), min(made.column("n"))) == (225, -9999)
    assert made.column("f")[99:102] == [1e9, np.inf, None]
    assert len(made.effect.notes) == 2


def test_medians_and_modes_of_groups_are_those_of_pandas(mended, workspace):
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {
            "g": rng.choice(["a", "b", "c"], 300),
            "h": rng.integers(0, 3, 300),
            "x": rng.normal(0, 1, 300),
        }
    )
    frame.loc[rng.random(300) < 0.3, "x"] = np.nan
    step = ("fill-missing", {"columns": ["x"], "method": "by-group", "by": ["g", "h"]})
    made = mended(pa.Table.from_pandas(frame), step)
    middle = frame.groupby(["g", "h"])["x"].transform("median")
    np.testing.assert_allclose(made.column("x"), frame["x"].fillna(middle), rtol=1e-12)
    new = pa.table({"g": ["zz"], "h": [0], "x": pa.array([None], pa.float64())})
    (value,) = cells(again(made, new, workspace), ["x"])[:, 0]
    assert value == pytest.approx(frame["x"].median())


@pytest.mark.parametrize("method", ["mean", "median"])
def test_one_value_for_all_is_that_of_pandas(mended, method):
    x = pd.Series([1.0, None, 4.0, 10.0, float("nan")])
    made = mended(
        {"x": pa.array(x, from_pandas=False)},
        ("fill-missing", {"columns": ["x"], "method": method}),
    )
    np.testing.assert_allclose(made.column("x"), x.fillna(getattr(x, method)()))


def test_neighbours_are_those_of_scikit_learn(mended):
    data = {name: x for name, x in numbers(6, rows=200).items() if name in ("normal", "wide")}
    data["other"] = data["normal"][::-1] * 2
    made = mended(as_table(data), ("fill-missing", {"method": "knn", "neighbours": 4}))
    whole = np.column_stack(list(data.values()))
    scaler = StandardScaler()
    expected = KNNImputer(n_neighbors=4).fit_transform(scaler.fit_transform(whole))
    np.testing.assert_allclose(
        cells(made.version, list(data)), scaler.inverse_transform(expected), rtol=1e-9
    )


def test_label_identifiers_and_free_text_are_filled_only_where_they_are_named(mended):
    data = {
        "y": ["a", None, "a"],
        "who": ["x", None, "z"],
        "t": ["u", None, "u"],
        "n": [1, None, 3],
    }
    roles = {"label": "y", "positive": "a", "direct_identifier": ["who"], "free_text": ["t"]}
    made = mended(data, ("fill-missing", {"flag": True}), roles=roles)
    assert made.column("n") == [1, 2, 3]
    assert made.column("n_was_missing") == [False, True, False]
    assert [made.column(c)[1] for c in ("y", "who", "t")] == [None] * 3
    named = mended(data, ("fill-missing", {"columns": ["y"]}), roles=roles)
    assert named.column("y") == ["a", "a", "a"]


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({"method": "constant"}, "No value"),
        ({"method": "by-group"}, "makes the groups"),
        ({"method": "mean", "columns": ["t"]}, "no mean of 't'"),
        ({"method": "constant", "columns": ["n"], "value": "x"}, "does not fit 'n'"),
    ],
)
def test_filling_says_what_it_needs(mended, params, told):
    with pytest.raises(ParameterError, match=told):
        mended({"n": [1, None], "t": ["a", None]}, ("fill-missing", params))


@pytest.mark.parametrize(("method", "cut"), [("width", pd.cut), ("quantile", pd.qcut)])
def test_ranges_are_those_of_pandas(mended, workspace, method, cut):
    x = pd.Series(np.random.default_rng(8).lognormal(0, 1, 500))
    made = mended({"x": x.to_list()}, ("bin-values", {"column": "x", "method": method, "bins": 4}))
    codes = pd.Series(made.column("x_bin")).astype("category")
    order = sorted(codes.cat.categories, key=lambda label: float(label[1:].split(",")[0]))
    found = [order.index(label) for label in made.column("x_bin")]
    assert found == cut(x, 4, labels=False).to_list()
    other = again(made, pa.table({"x": [-1e9, 1e9, None]}), workspace)
    rows = other.table.rows("SELECT {b} FROM {t} ORDER BY {row}", b="x_bin")
    assert [r[0] for r in rows] == [order[0], order[-1], None]


def test_a_value_at_an_edge_belongs_above_it_and_beyond_the_last_is_none(mended):
    step = ("bin-values", {"column": "age", "method": "edges", "edges": [0, 18, 65]})
    made = mended({"age": [0, 17, 18, 65, 66, None]}, step, roles={"sensitive": ["age"]})
    assert made.column("age_bin") == ["[0, 18)"] * 2 + ["[18, 65]"] * 2 + [None, None]
    assert made.effect.notes == ("1 value of 'age' lies beyond the edges: no range.",)
    assert "sensitive" in made.version.roles().of("age_bin")


def test_categories_have_columns_and_new_ones_are_false_and_counted(mended, workspace):
    data = {"c": ["b", "a", "A", None, "b"], "x": [1, 2, 3, 4, 5]}
    made = mended(data, ("one-hot", {"columns": ["c"]}))
    names = ["x", "c=A", "c=a_2", "c=b", "c is missing"]
    assert made.table.column_names == names
    dummies = pd.get_dummies(pd.Series(data["c"]))
    assert made.column("c=b") == dummies["b"].to_list()
    assert made.column("c is missing") == [False] * 3 + [True, False]
    other = again(made, pa.table({"c": ["z", "b"], "x": [0, 0]}), workspace)
    assert cells(other, names).tolist() == [[0] * 5, [0, 0, 0, 1, 0]]
    assert runner.applied(other).effects[0].notes == (
        "1 row has a value of 'c' without a column: all are false.",
    )


def test_a_value_like_the_one_that_rare_ones_become_is_told(mended):
    step = ("group-rare-values", {"column": "c", "least": 2})
    (_, told) = mended({"c": ["Other", "Other", "x", "x", "y"]}, step).effect.notes
    assert "one but for case" in told
    assert len(mended({"c": ["z", "z", "x", "x", "y"]}, step).effect.notes) == 1


def test_what_is_sensitive_has_columns_of_its_categories_only_if_it_is_named(mended):
    data, roles = {"c": ["b", "a"], "sex": ["f", "m"]}, {"sensitive": ["sex"]}
    made = mended(data, ("one-hot", {}), roles=roles)
    assert made.table.column_names == ["sex", "c=a", "c=b"]
    named = mended(data, ("one-hot", {"columns": ["sex"]}), roles=roles)
    assert named.table.column_names == ["c", "sex=f", "sex=m"]
    assert "'sex' is sensitive and gone" in named.effect.notes[0]


def test_another_file_is_treated_in_the_columns_that_were_learnt(mended, workspace):
    made = mended({"a": [1.0, 3.0], "b": ["x", "y"]}, ("scale", {}))
    other = again(made, pa.table({"a": [5.0, 7.0], "b": [1.0, 2.0]}), workspace)
    assert cells(other, ["a", "b"]).tolist() == [[3, 1], [5, 2]]


def test_a_column_that_lacked_nothing_before_is_told_where_it_is_filled_from_this_file(
    mended, workspace
):
    made = mended({"a": [1.0, None, 1.0], "b": [4.0, 4.0, 4.0]}, ("fill-missing", {}))
    other = again(made, pa.table({"a": [5.0, None], "b": [9.0, None]}), workspace)
    assert cells(other, ["a", "b"]).tolist() == [[5, 9], [1, 9]]
    (told,) = runner.applied(other).effects[0].notes
    assert told.startswith("'b' lacked no value where the recipe learnt")


def test_no_column_is_called_like_a_person(mended):
    with pytest.raises(ParameterError, match="personal values"):
        mended(
            {"who": ["a", "b"]},
            ("one-hot", {"columns": ["who"]}),
            roles={"direct_identifier": ["who"]},
        )
