"""Means of the rows most alike, against scikit-learn's KNNImputer."""

import numpy as np
import pytest
from sklearn.impute import KNNImputer

from audit.mending import neighbours
from audit.mending.neighbours import mean_of_nearest


def rows(seed, n, columns, missing):
    rng = np.random.default_rng(seed)
    cells = rng.normal(size=(n, columns))
    cells[rng.random(cells.shape) < missing] = np.nan
    return cells


@pytest.mark.parametrize("missing", [0.0, 0.3, 0.8])
@pytest.mark.parametrize("count", [1, 5, 100])
def test_they_are_those_of_scikit_learn_whatever_is_missing(monkeypatch, missing, count):
    monkeypatch.setattr(neighbours, "_AT_ONCE", 500)
    known, asked = rows(1, 80, 4, missing), rows(2, 60, 4, missing)
    asked[:, 2] = np.nan
    imputer = KNNImputer(n_neighbors=count).fit(known)
    expected = imputer.transform(asked)[:, 2]
    np.testing.assert_allclose(mean_of_nearest(asked, known, 2, count), expected, rtol=1e-9)


def test_a_row_without_a_column_in_common_gets_the_mean_of_all():
    known = np.array([[1.0, np.nan, 10.0], [2.0, np.nan, 20.0]])
    asked = np.array([[np.nan, 5.0, np.nan], [1.9, 5.0, np.nan]])
    assert mean_of_nearest(asked, known, 2, 1).tolist() == [15.0, 20.0]


def test_where_no_row_has_the_column_the_mean_of_the_whole_table_stands():
    known = np.array([[1.0, np.nan], [2.0, np.nan]])
    assert mean_of_nearest(np.array([[1.0, np.nan]]), known, 1, 3).tolist() == [0.0]
