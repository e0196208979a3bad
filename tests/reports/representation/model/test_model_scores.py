"""Scores: ROC AUC and its interval, calibration, the threshold, and the curves behind a slider."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix, roc_auc_score

from audit.reports.representation.model import curve_metrics
from audit.reports.representation.model.confusion import FN, FP, TN, TP
from audit.reports.representation.model.curves import _cells, _edge

LAWS = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(0, 1),
        st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5000001, 0.75, 1.0]),
        st.integers(0, 4),
    ),
    min_size=2,
    max_size=40,
)


def frame_of(rows):
    frame = pd.DataFrame(rows, columns=["g", "y", "s", "w"])
    frame.loc[:1, "y"] = [0, 1]  # the label has both classes
    return frame


def drawn(n, seed=0, groups="ab", decimals=None):
    """Draw scores that tell the label, better in some groups than in others."""
    rng = np.random.default_rng(seed)
    g = rng.integers(0, len(groups), n)
    s = rng.random(n)
    s = s if decimals is None else s.round(decimals)
    y = (rng.random(n) < 0.15 + 0.5 * s + 0.2 * g * s).astype(int)
    return pd.DataFrame(
        {"g": np.array(list(groups))[g], "y": y, "s": s, "w": rng.integers(1, 6, n)}
    )


def delong(y, s, w=None):
    """Compute the area and its standard error pair by pair, by the definition."""
    w = np.ones(len(y)) if w is None else np.asarray(w, float)
    above, below = s[y == 1], s[y == 0]
    wins = (above[:, None] > below[None, :]) + 0.5 * (above[:, None] == below[None, :])
    wp, wn = w[y == 1], w[y == 0]
    area = wp @ wins @ wn / wp.sum() / wn.sum()
    parts = []
    for own, placed in ((wp, wins @ wn / wn.sum()), (wn, wp @ wins / wp.sum())):
        size = own.sum() ** 2 / (own**2).sum()
        spread = (own**2 * (placed - area) ** 2).sum() / own.sum() ** 2
        parts.append(spread * size / (size - 1))
    return area, np.sqrt(sum(parts))


@LAWS
@given(rows=ROWS, weighted=st.booleans())
def test_area_equals_scikit_learn_and_delong_pair_by_pair(rows, weighted, modelled):
    frame = frame_of(rows)
    weight = "w" if weighted else None
    found = modelled(frame, score="s", weight=weight, resamples=0)
    (combination,) = found.combinations
    for group in combination.groups:
        part = frame[frame["g"] == group.name]
        own = part["w"].to_numpy(float) if weighted else np.ones(len(part))
        estimate = group.estimate("roc_auc")
        assert estimate.n == len(part)
        y, s = part["y"].to_numpy(), part["s"].to_numpy()
        if not (own[y == 1].sum() and own[y == 0].sum()):
            assert estimate.value is None
            assert estimate.reason
            continue
        expected = roc_auc_score(y, s, sample_weight=own)
        assert estimate.value == pytest.approx(expected, abs=1e-12)
        if estimate.low is None:
            few = min(np.count_nonzero(own[y == 1]), np.count_nonzero(own[y == 0])) < 2
            assert few or expected in (0, 1)
            assert estimate.reason
            continue
        area, error = delong(y, s, own)
        half = norm.ppf(0.975) * error
        assert estimate.low == pytest.approx(max(0, area - half), abs=1e-6)
        assert estimate.high == pytest.approx(min(1, area + half), abs=1e-6)


@pytest.mark.parametrize("decimals", [None, 2])
def test_area_is_the_same_from_rows_and_from_counts(decimals, modelled):
    frame = drawn(3000, decimals=decimals)
    found = modelled(frame, score="s", resamples=0)
    for group in found.combinations[0].groups:
        part = frame[frame["g"] == group.name]
        _, error = delong(part["y"].to_numpy(), part["s"].to_numpy())
        estimate = group.estimate("roc_auc")
        assert estimate.value == pytest.approx(roc_auc_score(part["y"], part["s"]), abs=1e-12)
        assert estimate.high - estimate.value == pytest.approx(1.959964 * error, abs=1e-9)
    whole = next(e for e in found.estimates if e.name == "roc_auc")
    assert whole.value == pytest.approx(roc_auc_score(frame["y"], frame["s"]), abs=1e-12)
    assert whole.method == "delong"


def test_a_score_decides_from_one_half_on_where_it_is_a_probability(modelled):
    frame = drawn(500, decimals=1)
    found = modelled(frame, score="s", resamples=0)
    assert (found.source, found.threshold) == ("score", 0.5)
    assert found.title == "scores in “s”, positive from 0.5 on"
    assert found.columns == ("y", "s")
    selected = next(e for e in found.estimates if e.name == "selection_rate")
    assert selected.value == (frame["s"] >= 0.5).mean()


def test_a_stated_threshold_decides(modelled):
    frame = drawn(500)
    found = modelled(frame, score="s", resamples=0, threshold=0.8)
    selected = next(e for e in found.estimates if e.name == "selection_rate")
    assert (found.threshold, selected.value) == (0.8, (frame["s"] >= 0.8).mean())


def test_other_scores_select_as_many_rows_as_are_positive(modelled):
    frame = drawn(1000)
    frame["s"] = frame["s"] * 800 + 100
    found = modelled(frame, score="s", resamples=0)
    assert (frame["s"] >= found.threshold).sum() == frame["y"].sum()
    assert f"selects {frame['y'].sum():,} rows" in found.note
    gap = found.combinations[0].groups[0].estimate("calibration_gap")
    assert gap.value is None
    assert "probabilities" in gap.reason
    assert found.combinations[0].groups[0].calibration


def test_rows_without_a_score_are_left_out_and_counted(modelled):
    frame = drawn(300)
    frame.loc[:9, "s"] = None
    frame.loc[10:14, "s"] = np.inf
    found = modelled(frame, score="s", resamples=0)
    assert found.n == 285
    assert "15 rows without a label or a prediction are left out." in found.note


def test_a_column_of_text_is_no_score(modelled):
    frame = drawn(50)
    frame["s"] = "high"
    found = modelled(frame, score="s", resamples=0)
    assert (found.n, found.combinations) == (0, ())
    assert "holds no numbers" in found.note
    assert all(e.value is None and e.reason for e in found.estimates)


@pytest.mark.parametrize("weighted", [False, True])
def test_bins_of_calibration_hold_equally_many_rows_and_equal_a_recount(weighted, modelled):
    frame = drawn(5000)
    found = modelled(frame, score="s", weight="w" if weighted else None, resamples=0)
    edges = np.quantile(frame["s"], np.linspace(0, 1, 11))
    for group in found.combinations[0].groups:
        part = frame[frame["g"] == group.name]
        assert len(group.calibration) == 10
        for one in group.calibration:
            last = one is group.calibration[-1]
            inside = part[(part["s"] >= one.low) & ((part["s"] < one.high) | last)]
            w = inside["w"] if weighted else np.ones(len(inside))
            assert one.n == len(inside)
            assert one.mean_score == pytest.approx(np.average(inside["s"], weights=w))
            assert one.label_rate == pytest.approx(np.average(inside["y"], weights=w))
            assert one.rate_low < one.label_rate < one.rate_high
        assert [b.low for b in group.calibration] == pytest.approx(edges[:-1].tolist(), abs=1e-3)
    assert sum(b.n for g in found.combinations[0].groups for b in g.calibration) == len(frame)


def test_bins_of_one_group_equal_scikit_learn(modelled):
    frame = drawn(2000, groups="a")
    (group,) = modelled(frame, score="s", resamples=0).combinations[0].groups
    rate, mean = calibration_curve(frame["y"], frame["s"], n_bins=10, strategy="quantile")
    assert [b.label_rate for b in group.calibration] == pytest.approx(rate.tolist(), abs=0.005)
    assert [b.mean_score for b in group.calibration] == pytest.approx(mean.tolist(), abs=0.001)


def test_few_different_scores_have_bins_of_their_own(modelled):
    frame = drawn(500)
    frame["s"] = (frame["s"] * 4).round() / 4
    for group in modelled(frame, score="s", resamples=0).combinations[0].groups:
        assert [b.mean_score for b in group.calibration] == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_where_most_scores_are_the_same_bins_are_equally_wide(modelled):
    frame = drawn(1000)
    frame.loc[frame.index > 100, "s"] = 0.0
    for group in modelled(frame, score="s", resamples=0).combinations[0].groups:
        widths = {round(b.high - b.low, 2) for b in group.calibration}
        assert widths == {0.1}


@pytest.mark.parametrize("weighted", [False, True])
def test_gap_and_error_of_calibration_equal_a_recount(weighted, modelled):
    frame = drawn(4000)
    found = modelled(frame, score="s", weight="w" if weighted else None, resamples=0)
    for group in found.combinations[0].groups:
        part = frame[frame["g"] == group.name]
        w = part["w"].to_numpy(float) if weighted else np.ones(len(part))
        off = (part["s"] - part["y"]).to_numpy()
        gap = group.estimate("calibration_gap")
        assert gap.value == pytest.approx(np.average(off, weights=w))
        size = w.sum() ** 2 / (w**2).sum()
        error = np.sqrt((w**2 * (off - gap.value) ** 2).sum() / w.sum() ** 2 * size / (size - 1))
        assert gap.high - gap.value == pytest.approx(1.959964 * error)
        assert gap.method == ("normal; weighted" if weighted else "normal")
        shares = np.array([b.n for b in group.calibration]) / len(part)
        apart = [abs(b.mean_score - b.label_rate) for b in group.calibration]
        if not weighted:
            value = group.estimate("expected_calibration_error").value
            assert value == pytest.approx(shares @ apart)


def at_threshold(curve, threshold):
    """The cells that the rates at a threshold rest on."""
    counted = [(g.level, _cells(g, _edge(curve, threshold))) for g in curve.groups]
    return [(level, c[TP], c[FP], c[FN], c[TN]) for level, c in counted]


@LAWS
@given(rows=ROWS, threshold=st.sampled_from([-0.1, 0.0, 0.2, 0.5, 0.75, 1.0, 1.2]))
def test_the_curve_equals_a_recount_at_its_edges(rows, threshold, modelled):
    frame = frame_of(rows)
    found = modelled(frame, score="s", resamples=0, threshold=threshold)
    (curve,) = found.curves
    assert threshold in curve.edges
    for edge in curve.edges:
        for level, tp, fp, fn, tn in at_threshold(curve, edge):
            part = frame[frame["g"] == level]
            cells = confusion_matrix(part["y"], part["s"] >= edge, labels=[0, 1])
            assert (tn, fp, fn, tp) == tuple(cells.ravel())
    levels = {level for level, *_ in at_threshold(curve, threshold)}
    assert levels == set(frame["g"])


def test_the_curve_of_many_scores_has_few_bins_and_equals_a_recount(modelled):
    frame = drawn(20_000)
    found = modelled(frame, score="s", resamples=0, threshold=0.3)
    (curve,) = found.curves
    assert 0.3 in curve.edges
    assert len(curve.edges) <= 201
    assert all(len(g.positives) == len(g.negatives) == len(curve.edges) - 1 for g in curve.groups)
    asked = 0.6
    edge = next(e for e in curve.edges if e >= asked)
    assert abs(edge - asked) < 0.01
    for level, *cells in at_threshold(curve, asked):
        part = frame[frame["g"] == level]
        tn, fp, fn, tp = confusion_matrix(part["y"], part["s"] >= edge).ravel()
        assert tuple(cells) == (tp, fp, fn, tn)


def test_between_two_scores_a_threshold_selects_the_higher_ones(modelled):
    frame = frame_of([("a", 1, 0.2, 1), ("a", 0, 0.2, 1), ("a", 1, 0.9, 1), ("a", 0, 0.9, 1)])
    (curve,) = modelled(frame, score="s", resamples=0).curves
    for asked in (0.21, 0.3, 0.54, 0.9):
        ((_, tp, fp, fn, tn),) = at_threshold(curve, asked)
        assert (tp, fp, fn, tn) == (1, 1, 1, 1)


@pytest.mark.parametrize("weighted", [False, True])
def test_rates_of_the_curve_equal_those_of_the_report(weighted, modelled):
    frame = drawn(2000)
    weight = "w" if weighted else None
    at_30 = modelled(frame, score="s", weight=weight, resamples=0, threshold=0.3, min_group=1010)
    curve = at_30.curves[0]
    enough = {}
    for one in curve_metrics(curve, 0.3, 1010):
        group = next(g for g in at_30.combinations[0].groups if g.name == one.level)
        enough[one.level] = one.enough
        assert one.n == group.n
        for estimate in one.estimates:
            same = group.estimate(estimate.name)
            assert estimate.value == pytest.approx(same.value)
            # Which rows of a group weigh how much is not known to the curve.
            loose = 0.01 if weighted else 1e-12
            assert estimate.low == pytest.approx(same.low, abs=loose)
            assert estimate.high == pytest.approx(same.high, abs=loose)
    assert enough == {level: n >= 1010 for level, n in frame["g"].value_counts().items()}
    assert set(enough.values()) == {True, False}


def test_a_prediction_and_a_score_are_both_looked_at(modelled):
    frame = drawn(800)
    frame["p"] = (frame["s"] > 0.9).astype(int)
    found = modelled(frame, prediction="p", score="s", resamples=0)
    assert (found.source, found.threshold) == ("prediction", 0.5)
    assert found.columns == ("y", "p", "s")
    selected = next(e for e in found.estimates if e.name == "selection_rate")
    assert selected.value == frame["p"].mean()
    assert found.curves
    area = next(e for e in found.estimates if e.name == "roc_auc")
    assert area.value == pytest.approx(roc_auc_score(frame["y"], frame["s"]))
