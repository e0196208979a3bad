"""add-noise: within the promise of epsilon, bounds stated, and said not to be repeatable."""

import numpy as np
import pytest

from audit.errors import ParameterError

DATA = {
    "age": [30, None] * 400,
    "paid": [1.5, float("nan"), -1e300, float("inf")] * 200,
    "name": ["a", "b"] * 400,
}
STEP = {"columns": ["age"], "epsilon": 2, "low": 0, "high": 100}


@pytest.fixture(autouse=True)
def _opendp():
    pytest.importorskip("opendp")


def test_noise_has_the_scale_of_range_by_epsilon_and_whole_numbers_stay_whole(mended):
    done = mended(DATA, ("add-noise", STEP))
    found = done.column("age")
    assert found[1::2] == [None] * 400
    assert all(isinstance(v, int) for v in found[::2])
    # The mean distance of Laplace noise from 0 is its scale, here 100 / 2.
    distances = np.abs(np.array(found[::2]) - 30)
    assert distances.mean() == pytest.approx(50, rel=0.3)
    assert "scale 50" in done.effect.notes[0]
    assert "does not give the same numbers again" in done.effect.notes[-1]


def test_numbers_are_brought_within_the_bounds_first(mended):
    step = {"columns": ["paid"], "epsilon": 100, "low": -1.5, "high": 4.5}
    found = mended(DATA, ("add-noise", step)).column("paid")
    means = [np.mean(found[i::4]) if i != 1 else None for i in range(4)]
    assert means[0] == pytest.approx(1.5, abs=0.1)
    assert found[1::4] == [None] * 200
    assert (means[2], means[3]) == (pytest.approx(-1.5, abs=0.1), pytest.approx(4.5, abs=0.1))


def test_gaussian_noise_names_its_delta(mended):
    done = mended(DATA, ("add-noise", {**STEP, "method": "gaussian", "delta": 1e-5}))
    assert "epsilon = 2 and delta = 1e-05" in done.effect.notes[1]
    assert np.std(np.array(done.column("age")[::2]) - 30) > 50


def test_bounds_the_wrong_way_round_and_text_are_errors(mended):
    with pytest.raises(ParameterError, match="lowest"):
        mended(DATA, ("add-noise", {**STEP, "low": 100}))
    with pytest.raises(ParameterError, match="numbers"):
        mended(DATA, ("add-noise", {**STEP, "columns": ["name"]}))
    with pytest.raises(ParameterError, match="low"):
        mended(DATA, ("add-noise", {"columns": ["age"], "epsilon": 1}))


def test_where_the_library_is_not_there_the_command_is_named(mended, monkeypatch):
    monkeypatch.setattr("audit.remedies.add_noise.find_spec", lambda _: None)
    with pytest.raises(ParameterError) as raised:
        mended(DATA, ("add-noise", STEP))
    assert 'pip install "evenhand[noise]"' in str(raised.value.hint)
