"""Measures of what anonymizing costs, against figures worked out by hand from metrics.md."""

import numpy as np
import pytest

from audit.mending.loss import (
    average_class_size,
    discernibility,
    il1s,
    ncp_of_categories,
    ncp_of_numbers,
)

SIZES = np.array([1, 2, 5, 10])
"""The classes of the reference figures."""


def test_class_sizes():
    assert average_class_size(SIZES, 2) == pytest.approx(18 / (4 * 2))
    assert discernibility(SIZES) == 1 + 4 + 25 + 100
    assert discernibility(SIZES, suppressed=2) == 130 + 20 * 2
    assert discernibility(np.array([10**9])) == 10**18


def test_numbers_lose_the_mean_distance_by_the_deviation():
    before, after = np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0])
    assert il1s(before, after) == pytest.approx((2 / 3) / 2**0.5)
    assert il1s(np.ones(3), np.ones(3)) is None
    assert il1s(np.ones(1), np.ones(1)) is None


def test_ranges_and_sets_lose_their_width():
    rows = np.array([2, 2])
    assert ncp_of_numbers(np.array([0.0, 5.0]), np.array([5.0, 5.0]), rows, 10.0) == 0.25
    assert ncp_of_categories(np.array([3, 1]), rows, 5) == 0.25
    assert ncp_of_categories(np.array([1, 1]), rows, 1) == 0.0
