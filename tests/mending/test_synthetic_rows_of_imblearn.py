"""Synthetic rows are those that imbalanced-learn's own samplers make, bit for bit."""

import numpy as np
import pytest
from imblearn.over_sampling import SMOTE, SMOTEN, SMOTENC

from audit.mending.imblearn_parts import found_once, quick_encoder


def rows(seed, n=90):
    rng = np.random.default_rng(seed)
    codes = np.column_stack([rng.integers(0, 4, n), rng.integers(2, 9, n)]).astype(float)
    numbers = rng.normal(size=(n, 3))
    return codes, numbers, (np.arange(n) < n // 3).astype(int)


def test_of_numbers_and_categories():
    codes, numbers, label = rows(1)
    known = np.hstack([codes, numbers])
    near = found_once(5)
    for seed in (1, 2, 3):
        theirs = SMOTENC([0, 1], random_state=seed).fit_resample(known, label)[0]
        ours = SMOTENC(
            [0, 1], random_state=seed, k_neighbors=near, categorical_encoder=quick_encoder()
        ).fit_resample(known, label)[0]
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("sampler", [SMOTE, SMOTEN])
def test_of_numbers_or_categories_alone(sampler):
    codes, numbers, label = rows(2)
    known = numbers if sampler is SMOTE else codes.astype(int)
    near = found_once(4)
    for seed in (1, 2):
        theirs = sampler(random_state=seed, k_neighbors=4).fit_resample(known, label)[0]
        ours = sampler(random_state=seed, k_neighbors=near).fit_resample(known, label)[0]
        np.testing.assert_array_equal(ours, theirs)


def test_neighbours_are_looked_for_once(monkeypatch):
    from sklearn.neighbors import NearestNeighbors

    calls = []
    search = NearestNeighbors.kneighbors

    def noted(self, *given, **told):
        calls.append(1)
        return search(self, *given, **told)

    monkeypatch.setattr(NearestNeighbors, "kneighbors", noted)
    _, numbers, label = rows(3)
    near = found_once(5)
    for seed in range(3):
        SMOTE(random_state=seed, k_neighbors=near).fit_resample(numbers, label)
    assert len(calls) == 1


def test_categories_are_read_back_where_numbers_do_not_differ_too():
    codes, numbers, label = rows(4)
    known = np.hstack([codes, numbers * 0])
    asked = {"categorical_features": [0, 1], "random_state": 7, "k_neighbors": found_once(5)}
    theirs = SMOTENC(**asked).fit_resample(known, label)[0]
    ours = SMOTENC(**asked, categorical_encoder=quick_encoder()).fit_resample(known, label)[0]
    np.testing.assert_array_equal(ours, theirs)
