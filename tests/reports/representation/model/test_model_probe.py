"""The probe: what it learns from, that it is out of fold, and that a seed decides everything."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from audit.errors import Stopped
from audit.reports.representation.group_values import named
from audit.reports.representation.model import features as read

ADULT = Path(__file__).parents[4] / "sample_data" / "adult.parquet"


@pytest.fixture
def seen(monkeypatch):
    """Tell which columns a probe is given."""
    names = []
    before = read.Features.names.fget

    def remembered(self):
        names[:] = before(self)
        return before(self)

    monkeypatch.setattr(read.Features, "names", property(remembered))
    return names


def adult(n=None):
    table = pq.read_table(ADULT)
    return table if n is None else table.slice(0, n)


def on_adult(modelled, n=None, **options):
    given = {"probe": "logistic-regression", "resamples": 100, **options}
    return modelled(adult(n), label="income", positive=">50K", sensitive=("sex", "race"), **given)


def area(found):
    return named(found.estimates, "roc_auc").value


def table(n=400, seed=0):
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=n), rng.normal(size=n)
    y = (rng.random(n) < 1 / (1 + np.exp(-1.5 * x))).astype(int)
    return {"g": rng.choice(["a", "b"], n), "x": x, "z": z, "y": y}


def test_logistic_regression_on_adult_is_as_good_as_known(modelled):
    found = on_adult(modelled)
    assert area(found) == pytest.approx(0.905, abs=0.005)
    assert (found.source, found.n, found.note) == ("probe", 48842, "")
    assert found.title == "logistic regression trained here, out of fold"
    assert found.columns == ("income",)
    assert found.threshold == 0.5
    assert [c.column for c in found.curves] == ["sex", "race"]


def test_boosting_is_better_and_says_what_it_is(modelled):
    plain = area(on_adult(modelled, n=8000))
    found = on_adult(modelled, n=8000, probe="gradient-boosting")
    assert area(found) > plain + 0.005
    assert found.title == "gradient boosting trained here, out of fold"


@pytest.mark.parametrize("probe", ["logistic-regression", "gradient-boosting"])
def test_the_same_seed_gives_the_same_bits(probe, modelled):
    first, again, other = (
        modelled(table(200), probe=probe, resamples=100, seed=seed) for seed in (0, 0, 1)
    )
    assert repr(first) == repr(again)
    assert area(other) != area(first)


def test_sensitive_columns_are_left_out_unless_asked_for(modelled, seen):
    on_adult(modelled, n=2000)
    assert set(seen) == set(adult().column_names) - {"income", "sex", "race"}
    on_adult(modelled, n=2000, probe_sensitive=True)
    assert set(seen) == set(adult().column_names) - {"income"}


def test_a_sensitive_column_that_tells_everything_is_not_seen(modelled):
    data = table()
    data["g"] = np.where(data["y"] == 1, "a", "b")
    blind = modelled(data, probe="logistic-regression", resamples=0)
    told = modelled(data, probe="logistic-regression", resamples=0, probe_sensitive=True)
    assert area(told) == 1
    assert area(blind) < 0.9


def test_scores_equal_cross_val_predict_of_scikit_learn(modelled):
    data = table()
    found = modelled(data, probe="logistic-regression", resamples=0, seed=3)
    known = np.column_stack([data["x"], data["z"]])
    expected = cross_val_predict(
        make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)),
        known,
        data["y"],
        cv=StratifiedKFold(5, shuffle=True, random_state=3),
        method="predict_proba",
    )[:, 1]
    assert area(found) == pytest.approx(roc_auc_score(data["y"], expected), abs=1e-12)
    selected = named(found.estimates, "selection_rate").value
    assert selected == (expected >= 0.5).mean()


def test_noise_is_not_learnt(modelled):
    """Trained and measured on the same rows, trees would tell them apart."""
    data = table()
    data["y"] = np.random.default_rng(1).integers(0, 2, 400)
    found = modelled(data, probe="gradient-boosting", resamples=0)
    assert abs(area(found) - 0.5) < 0.1


def test_weights_count_in_training(modelled):
    data = table()
    rng = np.random.default_rng(2)
    data["w"] = np.where(data["y"] == 1, 5.0, 1.0) * rng.uniform(0.9, 1.1, 400)
    plain = modelled({k: v for k, v in data.items() if k != "w"}, probe="logistic-regression")
    weighted = modelled(data, probe="logistic-regression", weight="w")
    rate = "true_positive_rate"
    assert named(weighted.estimates, rate).value > named(plain.estimates, rate).value + 0.1
    assert named(weighted.estimates, rate).method == "bootstrap:1000; weighted"


def test_every_kind_of_column_is_read_and_text_and_identifiers_are_left_out(modelled, seen):
    data = table(300)
    start = datetime(2020, 1, 1)  # noqa: DTZ001 - a moment without a zone, as files have it
    data |= {
        "number": range(300),
        "text": [f"words that differ {i}" for i in range(300)],
        "code": ["a", "b", None] * 100,
        "yes": [True, False, None] * 100,
        "day": [start + timedelta(days=i % 40) for i in range(300)],
        "listed": pa.array([[1, 2]] * 300),
        "empty": pa.array([None] * 300, pa.float64()),
        "key": data["x"],
    }
    found = modelled(pa.table(data), probe="logistic-regression", identifier=("key",), resamples=0)
    assert set(seen) == {"x", "z", "code", "yes", "day"}
    assert found.note == "Left out as identifiers or text: “text”, “number”."


@pytest.mark.parametrize("probe", ["logistic-regression", "gradient-boosting"])
def test_hard_columns_raise_no_warning(probe, modelled):
    rng = np.random.default_rng(4)
    data = table(200)
    data |= {
        "huge": rng.choice([1e308, -1e308, 1.0], 200),
        "endless": rng.choice([np.inf, -np.inf, np.nan, 2.0], 200),
        "same": np.ones(200),
        "rare": [f"v{i % 45}" for i in range(200)],
        "once": [1.0, *[None] * 199],
    }
    found = modelled(data, probe=probe, resamples=0)
    assert area(found) > 0.6
    assert found.note == ""


def test_more_rows_than_allowed_are_sampled_and_it_is_said(modelled):
    found = on_adult(modelled, n=6000, probe_rows=2000)
    assert found.n == 2000
    assert found.note == "Trained on 2,000 of 6,000 rows with a label, drawn by row number."
    for estimate in (*found.estimates, *found.combinations[0].groups[0].estimates):
        if estimate.value is not None and estimate.low is not None:
            assert estimate.method.startswith("sample:2000; ")
    selected = named(found.estimates, "selection_rate")
    assert selected.method == "sample:2000; bootstrap:100"
    assert selected.measure(("income",)).approximate


def test_the_sample_is_of_rows_with_a_label(modelled):
    data = table(3000)
    y = data["y"].astype(float)
    y[::2] = np.nan
    data["y"] = pa.array(y, from_pandas=True)
    found = modelled(pa.table(data), probe="logistic-regression", probe_rows=500, resamples=0)
    assert found.n == 500
    assert "500 of 1,500 rows with a label" in found.note


def test_it_can_be_stopped_between_folds(modelled):
    notes = []

    def progress(share, note="", /):
        notes.append(note)
        if "fold 2" in note:
            message = "stop"
            raise Stopped(message)

    with pytest.raises(Stopped):
        modelled(table(), probe="logistic-regression", progress=progress)
    assert "training fold 1 of 5" in notes
    assert "training fold 3 of 5" not in notes


def test_progress_goes_from_none_to_all(modelled):
    shares = []
    modelled(table(), probe="logistic-regression", progress=lambda s, *_: shares.append(s))
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)


def test_few_rows_of_a_class_make_few_folds_or_none(modelled):
    data = table(60)
    data["y"] = np.where(np.arange(60) < 3, 1, 0)
    found = modelled(data, probe="logistic-regression", resamples=0)
    assert "three folds only" in found.note
    data["y"] = np.where(np.arange(60) < 1, 1, 0)
    found = modelled(data, probe="logistic-regression", resamples=0)
    assert found.n == 0
    assert "at least two rows" in found.note
    assert all(e.value is None and e.reason for e in found.estimates)


def test_nothing_to_learn_from_gives_a_reason(modelled):
    data = {name: values for name, values in table().items() if name in "gy"}
    found = modelled(data, probe="logistic-regression", resamples=0)
    assert (found.title, found.n) == ("a model trained here", 0)
    assert "no other column" in found.note


def test_a_fit_that_has_not_settled_is_noted(modelled, monkeypatch):
    monkeypatch.setattr("audit.reports.representation.model.probe._MOST_STEPS", 1)
    found = on_adult(modelled, n=2000)
    assert found.note == "The logistic regression had not fully settled when it was stopped."
