"""The published figures of COMPAS, and the values of fairlearn on random tables."""

import json

import fairlearn.metrics as peer
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, precision_score

LAWS = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
RATES = (
    *("selection_rate", "true_positive_rate", "true_negative_rate"),
    *("false_positive_rate", "false_negative_rate"),
)


@pytest.fixture
def compas(shared):
    return pd.read_csv(shared("compas_aequitas/compas_for_aequitas.csv"))


@pytest.fixture
def published(shared):
    return json.loads(shared("compas_aequitas/expected.json").read_text())


@pytest.fixture
def found(compas, modelled):
    return modelled(
        compas, label="label_value", prediction="score", sensitive=("race", "sex"), resamples=200
    )


def of(combination, level):
    return next(g for g in combination.groups if g.name == level)


def test_every_count_and_rate_of_compas_is_as_published(found, published):
    race = found.combinations[0]
    assert (found.source, found.n, found.title) == ("prediction", 7214, "predictions in “score”")
    for level, figures in published["race"].items():
        group = of(race, level)
        cells = (
            *(group.true_positives, group.false_positives),
            *(group.false_negatives, group.true_negatives),
        )
        assert cells == (figures["tp"], figures["fp"], figures["fn"], figures["tn"])
        assert group.estimate("count").value == group.n == figures["size"]
        for name, short in {
            "true_positive_rate": "tpr",
            "false_positive_rate": "fpr",
            "false_discovery_rate": "fdr",
            "false_omission_rate": "for",
            "selection_rate": "pprev",
        }.items():
            assert group.estimate(name).value == pytest.approx(figures[short], abs=0.0051)


def test_error_rates_of_compas_differ_by_race(found):
    race = found.combinations[0]
    for level, false_positive, false_negative in (
        ("African-American", 0.45, 0.28),
        ("Caucasian", 0.23, 0.48),
    ):
        group = of(race, level)
        assert round(group.estimate("false_positive_rate").value, 2) == false_positive
        assert round(group.estimate("false_negative_rate").value, 2) == false_negative


def test_disparities_against_the_largest_group_are_as_published(found, published):
    race, sex = found.combinations[:2]
    assert (race.reference_group, sex.reference_group) == ("African-American", "Male")
    names = {
        "fpr": "false_positive_rate_ratio",
        "fdr": "false_discovery_rate_ratio",
        "for": "false_omission_rate_ratio",
        "pprev": "selection_rate_ratio",
    }
    by_race = published["published_disparity_vs_majority_group (African-American = 1)"]
    for level, figures in by_race.items():
        for short, figure in figures.items():
            estimate = of(race, level).estimate(names[short], "African-American")
            assert estimate.value == pytest.approx(figure, abs=5e-6)
            assert estimate.low < figure < estimate.high
    for short, name in names.items():
        key = "Female/Male fpr_disparity" if short == "fpr" else f"{short}_disparity"
        figure = published["sex_published"][key]
        assert of(sex, "Female").estimate(name).value == pytest.approx(figure, abs=5e-6)


def test_a_chosen_group_is_compared_with(compas, modelled, published):
    found = modelled(
        compas,
        label="label_value",
        prediction="score",
        sensitive=("race",),
        resamples=0,
        reference_groups={"race": "Caucasian"},
    )
    (race,) = found.combinations
    assert race.reference_group == "Caucasian"
    figures = published["disparity_vs_Caucasian (computed from the counts)"]["African-American"]
    for short, name in (("fpr", "false_positive_rate"), ("fnr", "false_negative_rate")):
        estimate = of(race, "African-American").estimate(f"{name}_ratio", "Caucasian")
        assert estimate.value == pytest.approx(figures[short], abs=5e-5)


def test_groups_of_two_columns_equal_fairlearn(compas, found):
    both = found.combinations[2]
    assert both.columns == ("race", "sex")
    frame = peer.MetricFrame(
        metrics={name: getattr(peer, name) for name in RATES},
        y_true=compas["label_value"],
        y_pred=compas["score"].astype(int),
        sensitive_features=compas[["race", "sex"]],
    ).by_group
    assert len(both.groups) == len(frame)
    for group in both.groups:
        row = frame.loc[tuple(level for _, level in group.levels)]
        for name in RATES:
            assert group.estimate(name).value == pytest.approx(row[name], abs=1e-12)


TABLES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from("uv"),
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=40,
)


def frame_of(rows):
    return pd.DataFrame(rows, columns=["g", "h", "y", "p", "w"])


def fairlearn_by_group(frame, columns, weight):
    """Rates by fairlearn; it gives 0 where no row bears on a rate, so that is told beside it."""
    metrics = {
        **{name: getattr(peer, name) for name in RATES},
        "accuracy": accuracy_score,
        "precision": lambda t, p, sample_weight=None: precision_score(
            t, p, sample_weight=sample_weight, zero_division=0.0, pos_label=1
        ),
    }
    given = {"sample_weight": frame[weight]} if weight else None
    pinned = {name: pin(metrics[name]) if name in RATES else metrics[name] for name in metrics}
    by_group = {}
    for levels, part in frame.groupby(list(columns)):
        w = part[weight] if weight else pd.Series(1, index=part.index)
        values = {
            name: function(part["y"], part["p"], sample_weight=given and w)
            for name, function in pinned.items()
            if w.sum() > 0
        }
        by_group[levels] = (values, part.assign(w=w))
    return by_group


def pin(metric):
    """Say which label is positive: fairlearn takes the largest it meets, were it 0."""

    def pinned(y_true, y_pred, sample_weight=None):
        return metric(y_true, y_pred, sample_weight=sample_weight, pos_label=1)

    return pinned


BASE = {
    "true_positive_rate": lambda d: d["y"] == 1,
    "false_negative_rate": lambda d: d["y"] == 1,
    "true_negative_rate": lambda d: d["y"] == 0,
    "false_positive_rate": lambda d: d["y"] == 0,
    "precision": lambda d: d["p"] == 1,
}
"""Rows a rate is a share of, where that is not all."""


@LAWS
@given(rows=TABLES, weighted=st.booleans())
def test_rates_equal_fairlearn_where_they_are_defined(rows, weighted, modelled):
    frame = frame_of(rows)
    frame["y"] = frame["y"].where(frame.index > 1, frame.index)  # both labels occur
    if frame["y"].nunique() < 2:
        return
    weight = "w" if weighted else None
    found = modelled(
        frame, prediction="p", sensitive=("g", "h"), weight=weight, resamples=0, min_group=1
    )
    for combination in found.combinations:
        expected = fairlearn_by_group(frame, combination.columns, weight)
        assert len(combination.groups) == len(expected)
        for group in combination.groups:
            values, part = expected[tuple(level for _, level in group.levels)]
            for name in (*RATES, "accuracy", "precision"):
                bears = part[BASE[name](part)] if name in BASE else part
                estimate = group.estimate(name)
                assert estimate.n == len(bears)
                if bears["w"].sum() == 0:
                    assert estimate.value is None
                    assert estimate.reason
                else:
                    assert estimate.value == pytest.approx(values[name], abs=1e-12)
                    assert estimate.low - 1e-12 <= estimate.value <= estimate.high + 1e-12


def full_table(seed, groups, weighted):
    """Draw a table in which every group has every cell, and is large enough to tell."""
    rng = np.random.default_rng(seed)
    cells = rng.integers(30, 90, (groups, 2, 2))
    g, y, p = (axis.ravel() for axis in np.indices(cells.shape))
    frame = pd.DataFrame({"g": g, "y": y, "p": p}).loc[np.repeat(np.arange(g.size), cells.ravel())]
    frame["g"] = "g" + frame["g"].astype(str)
    frame["w"] = rng.integers(1, 9, len(frame)) if weighted else 1
    return frame.reset_index(drop=True)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("groups", [2, 3, 7])
def test_distances_between_groups_equal_fairlearn(groups, weighted, modelled):
    frame = full_table(groups, groups, weighted)
    found = modelled(frame, prediction="p", weight="w" if weighted else None, resamples=50)
    (combination,) = found.combinations
    for name in (
        *("demographic_parity_difference", "demographic_parity_ratio"),
        *("equalized_odds_difference", "equalized_odds_ratio", "equal_opportunity_difference"),
    ):
        (estimate,) = [e for e in combination.estimates if e.name == name]
        expected = getattr(peer, name)(
            frame["y"], frame["p"], sensitive_features=frame["g"], sample_weight=frame["w"]
        )
        assert estimate.value == pytest.approx(expected, abs=1e-12)
        assert estimate.method.startswith("bootstrap:50; groups of at least 100 rows")
        assert estimate.method.endswith("; weighted") == weighted
        assert estimate.low <= estimate.high


def test_comparisons_with_a_group_equal_the_rates_of_fairlearn(modelled):
    frame = full_table(1, 3, weighted=True)
    found = modelled(frame, prediction="p", weight="w", reference_groups={"g": "g1"}, resamples=50)
    (combination,) = found.combinations
    assert combination.reference_group == "g1"
    metrics = {name: getattr(peer, name) for name in RATES}
    frames = peer.MetricFrame(
        metrics=metrics,
        y_true=frame["y"],
        y_pred=frame["p"],
        sensitive_features=frame["g"],
        sample_params={name: {"sample_weight": frame["w"]} for name in metrics},
    ).by_group
    for group in combination.groups:
        for name in ("selection_rate", "false_positive_rate", "true_positive_rate"):
            own, base = frames.loc[group.name, name], frames.loc["g1", name]
            gap = group.estimate(f"{name}_difference", "g1")
            share = group.estimate(f"{name}_ratio", "g1")
            assert gap.value == pytest.approx(own - base, abs=1e-12)
            assert share.value == pytest.approx(own / base, abs=1e-12)
            assert (gap.unit, share.unit) == ("share", "ratio")
            if group.name != "g1":
                assert gap.method == share.method == "bootstrap:50; weighted"
                assert gap.low < gap.value < gap.high
                assert share.low < share.value < share.high
