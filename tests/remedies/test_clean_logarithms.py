import math

import numpy as np
import pytest

from audit.errors import ParameterError

VALUES = [0.0, 1.0, 99.0, None, -1.0, float("inf"), float("nan"), -5.0]


def test_logarithms_are_those_of_numpy_and_what_has_none_is_counted(mended):
    done = mended({"x": VALUES}, ("transform-log", {"columns": ["x"]}))
    assert done.column("x")[:3] == pytest.approx(np.log1p([0.0, 1.0, 99.0]), abs=1e-12)
    assert done.column("x")[3:] == [None] * 5
    assert done.effect.notes == ("4 of 'x' have no logarithm of 1 + x and became missing.",)


def test_the_plain_logarithm_has_none_at_zero(mended):
    done = mended({"x": [0, 1, 100]}, ("transform-log", {"columns": ["x"], "of": "x"}))
    assert done.column("x") == [None, 0.0, pytest.approx(math.log(100), abs=1e-12)]


def test_columns_have_to_be_named(mended):
    with pytest.raises(ParameterError, match="No column is named"):
        mended({"x": [1]}, ("transform-log", {}))
