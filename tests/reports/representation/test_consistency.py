"""Consistency over nearest neighbours, against scikit-learn and by hand."""

from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from sklearn.neighbors import NearestNeighbors

from audit.model import ColumnRole, Role, RoleMap
from audit.reports.representation.consistency import consistency, nearest
from audit.reports.representation.label import read_label
from audit.reports.representation.options import Options


@pytest.fixture
def measured(version_of):
    def measure(data, *, positive=None, more=(), **options):
        table = version_of(data).table
        columns = (ColumnRole(column="y", roles=(Role.LABEL,)),)
        columns += tuple(ColumnRole(column=c, roles=(role,)) for c, role in more)
        roles = RoleMap(columns=columns, positive=positive)
        return consistency(table, read_label(table, roles), roles, Options(**options))

    return measure


def numbers(n=400, seed=0):
    rng = np.random.default_rng(seed)
    data = pd.DataFrame(rng.normal(size=(n, 3)) * [1, 50, 1e-4], columns=["a", "b", "c"])
    data["y"] = (data.a + rng.normal(size=n) > 0).astype(str)
    return data


def by_sklearn(features, y, k):
    _, at = NearestNeighbors(n_neighbors=k).fit(features).kneighbors()
    return 1 - np.mean(np.abs(y - y[at].mean(axis=1)))


@pytest.mark.parametrize("k", [1, 5, 12])
def test_it_equals_scikit_learn_on_numbers(measured, k):
    data = numbers()
    features = data[["a", "b", "c"]]
    features = (features - features.mean()) / features.std(ddof=0)
    expected = by_sklearn(features, (data.y == "True").to_numpy(float), k)
    found = measured(data, neighbours=k)
    assert found.value == pytest.approx(expected, abs=1e-12)
    assert (found.n, found.method) == (400, f"exact; k={k}")


def test_two_different_categories_are_one_apart(measured):
    rng = np.random.default_rng(4)
    data = numbers(300, seed=1)
    data["kind"] = rng.choice(list("pqr"), 300)
    data["on"] = rng.random(300) < 0.5
    features = data[["a", "b", "c"]]
    features = (features - features.mean()) / features.std(ddof=0)
    one_hot = pd.get_dummies(data[["kind", "on"]].astype(str)) / np.sqrt(2)
    together = pd.concat([features, one_hot], axis=1)
    expected = by_sklearn(together, (data.y == "True").to_numpy(float), 5)
    assert measured(data).value == pytest.approx(expected, abs=1e-12)


def test_missing_numbers_are_at_the_mean_and_missing_categories_are_a_value(measured):
    nothing = float("nan")
    data = pd.DataFrame(
        {
            "a": [-2.0, 2.0, nothing, 0.1, -1.9, 2.1],
            "kind": ["p", "p", None, None, "p", "p"],
            "y": ["u", "v", "w", "w", "u", "v"],
        }
    )
    assert measured(data, neighbours=1).value == 1


def test_a_row_is_not_its_own_neighbour(measured):
    alternating = pd.DataFrame({"a": [0.0, 0.1, 5.0, 5.1], "y": ["u", "v", "u", "v"]})
    assert measured(alternating, neighbours=1).value == 0


def test_of_rows_equally_far_away_the_first_ones_are_nearest():
    rng = np.random.default_rng(0)
    values = rng.integers(0, 3, (200, 2)).astype(np.float32)
    codes = rng.integers(0, 3, (200, 2))
    found = nearest(values, codes, 4)
    apart = ((values[:, None] - values[None]) ** 2).sum(axis=2)
    apart += (codes[:, None] != codes[None]).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (found == np.argsort(apart, axis=1, kind="stable")[:, :4]).all()


def test_several_classes_without_a_positive_one_are_alike_or_not(measured):
    data = pd.DataFrame({"a": [0.0, 0.1, 0.2, 9.0, 9.1, 9.2], "y": list("uuvwww")})
    assert measured(data, neighbours=2).value == pytest.approx(1 - 4 / 12)
    assert measured(data, neighbours=2, positive="w").value == 1


def test_roles_that_say_nothing_of_likeness_are_left_out(measured):
    data = numbers()
    plain = measured(data)
    rng = np.random.default_rng(9)
    more = {"w": Role.WEIGHT, "p": Role.PREDICTION, "id": Role.DIRECT_IDENTIFIER}
    added = data.assign(**{c: rng.random(400) * 9 for c in more})
    added["note"] = [f"text {i}" for i in range(400)]
    added["when"] = pd.Timestamp("2024-01-01")
    assert measured(added, more=tuple(more.items())).value == plain.value


def test_large_tables_are_sampled_by_row_number_the_same_each_time(measured):
    data = numbers(5000)
    data.loc[::7, "y"] = None
    found, again = (measured(data, consistency_rows=500, seed=2) for _ in range(2))
    assert found == again
    assert (found.n, found.method) == (500, "sample:500; k=5")
    assert found.value == pytest.approx(measured(data).value, abs=0.1)
    assert found.value != measured(data, consistency_rows=500, seed=3).value


def test_rows_without_a_label_are_left_out(measured):
    data = numbers()
    some = data.assign(y=data.y.where(data.index % 3 > 0))
    assert measured(some).value == measured(data[data.index % 3 > 0]).value


def test_fewer_rows_than_neighbours_and_nothing_to_be_alike_in(measured):
    data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "y": ["u", "v", "v"]})
    assert measured(data).method == "exact; k=2"
    for nothing in (data[["y"]], data.assign(a=7.0)):
        found = measured(nothing)
        assert (found.value, "No other column" in found.reason) == (None, True)


def test_numbers_that_are_not_cut_have_no_consistency(measured):
    data = numbers().assign(y=lambda d: d.a * 3)
    found = measured(data)
    assert (found.value, found.reason != "") == (None, True)
    assert 0 < measured(data, positive=">=0").value <= 1


def test_extreme_numbers_do_no_harm(measured):
    data = numbers(100).assign(d=[1.7e308, -1.7e308, float("inf"), *range(97)], e=[1e-300] * 100)
    assert 0 <= measured(data).value <= 1


def test_three_thousand_rows_take_a_moment():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(3000, 7)).astype(np.float32)
    codes = rng.integers(0, 8, (3000, 7))
    taken = []
    for _ in range(3):
        begun = perf_counter()
        nearest(values, codes, 5)
        taken.append(perf_counter() - begun)
    assert min(taken) < 0.5
