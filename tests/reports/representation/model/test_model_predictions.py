"""How predictions are read, what is said where nothing can be, and what intervals mean."""

import numpy as np
import pandas as pd
import pytest

from audit.reports.representation.group_values import named
from audit.reports.representation.model.confusion import Confusion
from audit.stats import newcombe_difference, wilson_interval


def table(y, p, g=None):
    g = ["a", "b"] * (len(y) // 2) if g is None else g
    return {"g": g, "y": y, "p": p}


def selected(found):
    return named(found.estimates, "selection_rate").value


@pytest.mark.parametrize(
    ("labels", "positive", "predictions", "rate"),
    [
        (["no", "yes"] * 4, "yes", ["yes", "yes", "yes", "no"] * 2, 0.75),
        (["no", "yes"] * 4, "no", ["yes", "yes", "yes", "no"] * 2, 0.25),
        ([0, 1] * 4, "1", [1.0, 1.0, 1.0, 0.0] * 2, 0.75),
        ([0, 1] * 4, "1", ["1", "1.0", "0", "0"] * 2, 0.5),
        ([0, 1] * 4, "0", [1, 1, 1, 0] * 2, 0.25),
        ([1, 2] * 4, "2", [2, 2, 2, 1] * 2, 0.75),
        (["low", "high", "mid", "mid"] * 2, "high", ["low", "high", "mid", "mid"] * 2, 0.25),
        ([False, True] * 4, "true", [True, False, False, False] * 2, 0.25),
    ],
)
def test_a_prediction_is_positive_where_it_names_the_positive_class(
    labels, positive, predictions, rate, modelled
):
    found = modelled(table(labels, predictions), positive=positive, prediction="p", resamples=0)
    assert selected(found) == rate
    assert found.note == ""


@pytest.mark.parametrize(
    ("labels", "positive", "predictions", "rate"),
    [
        (["yes", "no"] * 4, "yes", [True, True, True, False] * 2, 0.75),
        (["yes", "no"] * 4, "no", [1, 1, 1, 0] * 2, 0.25),
        ([0, 1] * 4, "1", ["Yes", "yes", "y", "No"] * 2, 0.75),
        ([0, 1] * 4, "0", [True, True, True, False] * 2, 0.25),
    ],
)
def test_truth_values_stand_for_a_label_that_is_one(labels, positive, predictions, rate, modelled):
    found = modelled(table(labels, predictions), positive=positive, prediction="p", resamples=0)
    assert selected(found) == rate
    assert found.note == ""


def test_a_prediction_of_one_is_taken_for_another_positive_class_and_said_so(modelled):
    data = table([">50K", "<=50K"] * 4, [1, 0, 0, 0] * 2)
    found = modelled(data, positive=">50K", prediction="p", resamples=0)
    assert selected(found) == 0.25
    assert "taken for “>50K”" in found.note


@pytest.mark.parametrize(
    ("predictions", "why"),
    [
        (["maybe", "perhaps"] * 4, "No value of “p” is “1”"),
        ([None] * 8, "has no values"),
        ([float(i) for i in range(200)], "more than 50 different values"),
        (["0", "maybe"] * 4, "No value of “p” is “1”"),
    ],
)
def test_predictions_that_never_match_give_a_reason_and_no_numbers(predictions, why, modelled):
    n = len(predictions)
    found = modelled(table([0, 1] * (n // 2), predictions), prediction="p", resamples=0)
    assert found.n == 0
    assert found.combinations == found.curves == ()
    assert why in found.note
    assert all(e.value is None and why in e.reason for e in found.estimates)


def test_it_is_not_guessed_which_value_stands_for_a_class(modelled):
    """Classes 1 and 2, predictions 0 and 1: 1 may be the class 1, or stand for 2."""
    found = modelled(table([1, 2] * 4, [0, 1] * 4), positive="2", prediction="p", resamples=0)
    assert found.n == 0
    assert "not plain" in found.note


def test_predictions_of_no_class_count_as_not_positive_and_said_so(modelled):
    data = table(["yes", "no"] * 4, ["yes", "unsure"] * 4)
    found = modelled(data, positive="yes", prediction="p", resamples=0)
    assert selected(found) == 0.5
    assert "no class of the label count as not positive" in found.note


def test_a_score_decides_where_predictions_cannot_be_read(modelled):
    data = {**table([0, 1] * 4, ["maybe", "perhaps"] * 4), "s": [0.2, 0.9] * 4}
    found = modelled(data, prediction="p", score="s", resamples=0)
    assert (found.source, selected(found)) == ("score", 0.5)
    assert "No value of “p”" in found.note


def test_numbers_predicted_for_a_label_cut_at_a_number_are_cut_there(modelled):
    y = np.arange(100.0)
    data = {"g": ["a", "b"] * 50, "y": y, "p": y + 10}
    found = modelled(data, positive=">=50", prediction="p", resamples=0)
    assert selected(found) == 0.6
    assert named(found.estimates, "true_positive_rate").value == 1
    assert named(found.estimates, "false_positive_rate").value == 0.2
    data["p"] = (y >= 60).astype(int)
    found = modelled(data, positive=">=50", prediction="p", resamples=0)
    assert selected(found) == 0.4


def test_rows_without_a_label_or_a_prediction_are_left_out_and_counted(modelled):
    nan = float("nan")
    data = table([0, 1, None, 1, 0, 1, 0, 1], [1.0, None, 1.0, nan, 0.0, 1.0, 0.0, 1.0])
    found = modelled(data, prediction="p", resamples=0)
    assert found.n == 5
    assert found.note == "3 rows without a label or a prediction are left out."
    assert sum(g.n for g in found.combinations[0].groups) == 5


@pytest.mark.parametrize("label", [["x"] * 8, [None] * 8, [float(i) for i in range(8)] * 10])
def test_without_a_positive_label_there_is_no_model(label, modelled):
    n = len(label)
    data = table(label, [1, 0] * (n // 2), ["a", "b"] * (n // 2))
    assert modelled(data, positive=None, prediction="p") is None


def test_without_predictions_scores_or_a_probe_there_is_no_model(modelled):
    assert modelled(table([0, 1] * 4, [0, 1] * 4)) is None


def test_a_column_wins_over_a_probe_and_it_is_said(modelled):
    data = table([0, 1] * 4, [0, 1] * 4)
    found = modelled(data, prediction="p", probe="logistic-regression", resamples=0)
    assert found.source == "prediction"
    assert "no model was trained" in found.note


def test_without_sensitive_columns_all_rows_are_measured(modelled):
    found = modelled(table([0, 1] * 4, [0, 1] * 4), prediction="p", sensitive=())
    assert found.combinations == ()
    assert named(found.estimates, "accuracy").value == 1


def test_a_rate_that_no_row_bears_on_has_a_reason_and_no_value(modelled):
    g = ["a"] * 6 + ["b"] * 4
    data = table([0] * 6 + [0, 1] * 2, [0] * 6 + [1, 1, 0, 1], g)
    found = modelled(data, prediction="p", resamples=100)
    a, b = found.combinations[0].groups
    for name, why in (
        ("true_positive_rate", "No row of the group has a positive label."),
        ("false_negative_rate", "No row of the group has a positive label."),
        ("precision", "No row of the group is predicted positive."),
        ("false_discovery_rate", "No row of the group is predicted positive."),
    ):
        for estimate in (a.estimate(name), a.estimate(f"{name}_difference", "a")):
            assert (estimate.value, estimate.low, estimate.high) == (None, None, None)
            assert why in estimate.reason
    assert b.estimate("true_positive_rate_ratio").reason.startswith("Of “a”: No row")
    ratio = b.estimate("selection_rate_ratio")
    assert ratio.value is None
    assert ratio.reason == "The rate of “a” is 0: no ratio to it exists."
    assert named(found.combinations[0].estimates, "demographic_parity_ratio").value is None


def test_one_group_is_compared_with_nobody(modelled):
    data = table([0, 1] * 100, [0, 1, 1, 1] * 50, ["a"] * 200)
    (combination,) = modelled(data, prediction="p", resamples=100).combinations
    (group,) = combination.groups
    assert combination.reference_group == "a"
    assert group.estimate("selection_rate_difference").value == 0
    assert group.estimate("selection_rate_ratio").value == 1
    assert group.estimate("selection_rate_ratio").low is None
    assert all(e.value is None and "not two groups" in e.reason for e in combination.estimates)


def test_small_groups_have_numbers_but_no_part_in_distances(modelled):
    rng = np.random.default_rng(0)
    g = np.repeat(["a", "b", "c"], [300, 200, 20])
    p = (rng.random(520) < np.repeat([0.4, 0.5, 0.99], [300, 200, 20])).astype(int)
    data = {"g": g, "y": rng.integers(0, 2, 520), "p": p}
    (combination,) = modelled(data, prediction="p", resamples=100).combinations
    rates = {x.name: x.estimate("selection_rate").value for x in combination.groups}
    gap = named(combination.estimates, "demographic_parity_difference")
    assert gap.value == rates["b"] - rates["a"]
    assert gap.n == 500
    assert rates["c"] > rates["b"]


def test_missing_groups_are_measured_and_compared_with_nobody_else(modelled):
    g = [None] * 400 + ["a"] * 200 + ["b"] * 150
    rng = np.random.default_rng(1)
    data = {"g": g, "y": rng.integers(0, 2, 750), "p": (np.arange(750) < 500).astype(int)}
    (combination,) = modelled(data, prediction="p", resamples=100).combinations
    assert [x.name for x in combination.groups] == ["a", "b", "(missing)"]
    assert combination.reference_group == "a"
    gap = named(combination.estimates, "demographic_parity_difference")
    assert gap.value == 0.5


def test_the_first_of_two_groups_that_are_as_large_is_compared_with(modelled):
    found = modelled(table([0, 1] * 4, [0, 1] * 4, ["b", "a"] * 4), prediction="p", resamples=0)
    assert found.combinations[0].reference_group == "a"


def unequal(n=2000, seed=0):
    rng = np.random.default_rng(seed)
    g = rng.choice(["a", "b", "c"], n, p=[0.5, 0.3, 0.2])
    y = (rng.random(n) < 0.4).astype(int)
    p = (rng.random(n) < np.where(y == 1, 0.7, 0.2) + 0.1 * (g == "b")).astype(int)
    return pd.DataFrame({"g": g, "y": y, "p": p, "w": rng.gamma(2.0, 2.0, n)})


@pytest.fixture(scope="module")
def resampled_rows():
    """Do the slow bootstrap: draw rows, and compute the rates of both groups anew."""
    frame = unequal()
    positive = frame["y"].to_numpy() == 1
    rng = np.random.default_rng(5)
    found = {False: [], True: []}
    for _ in range(2000):
        row = rng.integers(0, len(frame), len(frame))
        row = row[positive[row]]
        g, p = frame["g"].to_numpy()[row], frame["p"].to_numpy()[row]
        for weighted, rates in found.items():
            w = frame["w"].to_numpy()[row] if weighted else np.ones(len(row))
            rates.append([np.average(p[g == name], weights=w[g == name]) for name in "ab"])
    return {weighted: np.array(rates).T for weighted, rates in found.items()}


STATISTICS = {
    "true_positive_rate": lambda a, b: b,
    "true_positive_rate_difference": lambda a, b: b - a,
    "true_positive_rate_ratio": lambda a, b: b / a,
}


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", STATISTICS)
def test_resampled_counts_have_the_intervals_of_resampled_rows(
    name, weighted, resampled_rows, modelled
):
    frame = unequal()
    weight = "w" if weighted else None
    found = modelled(frame, prediction="p", weight=weight, resamples=2000)
    group = next(x for x in found.combinations[0].groups if x.name == "b")
    estimate = group.estimate(name)
    low, high = np.percentile(STATISTICS[name](*resampled_rows[weighted]), [2.5, 97.5])
    width = high - low
    assert estimate.low == pytest.approx(low, abs=0.12 * width)
    assert estimate.high == pytest.approx(high, abs=0.12 * width)
    assert estimate.method == f"bootstrap:2000{'; weighted' if weighted else ''}"


def test_a_rate_of_zero_has_an_interval_that_is_no_point(modelled):
    """In every resample it is 0 as well: the bootstrap would be sure of it."""
    data = {"g": ["a"] * 40 + ["b"] * 40, "y": [0, 1] * 40, "p": [0] * 40 + [0, 1] * 20}
    a, b = modelled(data, prediction="p", resamples=200).combinations[0].groups
    estimate = a.estimate("selection_rate")
    assert (estimate.low, estimate.high) == wilson_interval(0, 40)
    assert estimate.method == "wilson"
    gap = b.estimate("selection_rate_difference")
    assert (gap.low, gap.high) == newcombe_difference(20, 40, 0, 40)
    assert gap.method == "newcombe"
    assert b.estimate("accuracy").method == "wilson"


def test_no_interval_where_resamples_often_lack_the_rate(modelled):
    """One positive row in the group: more than a third of the resamples have none."""
    y = [1] + [0] * 49 + [0, 1] * 25
    data = {"g": ["a"] * 50 + ["b"] * 50, "y": y, "p": [1, 0, 1, 1] * 25}
    a = modelled(data, prediction="p", resamples=500).combinations[0].groups[0]
    estimate = a.estimate("true_positive_rate")
    assert (estimate.value, estimate.low, estimate.high) == (1.0, None, None)
    assert "More than 5% of the resamples" in estimate.reason


def test_without_resamples_intervals_are_in_closed_form(modelled):
    found = modelled(unequal(), prediction="p", resamples=0)
    b = next(x for x in found.combinations[0].groups if x.name == "b")
    assert b.estimate("selection_rate").method == "wilson"
    assert b.estimate("selection_rate_difference").method == "newcombe"
    assert b.estimate("selection_rate_ratio").method == "log-normal"
    gap = named(found.combinations[0].estimates, "equalized_odds_difference")
    assert gap.method == "exact; groups of at least 100 rows"
    assert (gap.low, gap.high) == (None, None)


def test_the_same_seed_gives_the_same_intervals_and_another_gives_others(modelled):
    first, again, other = (
        modelled(unequal(), prediction="p", resamples=300, seed=seed) for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_equal_weights_change_no_value(modelled):
    frame = unequal()
    frame["w"] = 2.5
    plain = modelled(frame, prediction="p", resamples=0)
    weighted = modelled(frame, prediction="p", resamples=0, weight="w")
    for one, other in zip(
        plain.combinations[0].groups, weighted.combinations[0].groups, strict=True
    ):
        for a, b in zip(one.estimates, other.estimates, strict=True):
            assert (a.name, a.n, a.against) == (b.name, b.n, b.against)
            assert a.value == pytest.approx(b.value)
            assert a.low == pytest.approx(b.low)
        assert other.true_positives == 2.5 * one.true_positives


def test_rows_that_weigh_nothing_count_but_decide_nothing(modelled):
    data = {**table([0, 1] * 4, [0, 1] * 4), "w": [0, 1] * 4}
    a, b = modelled(data, prediction="p", weight="w", resamples=50).combinations[0].groups
    assert (a.n, b.n) == (4, 4)
    assert a.estimate("selection_rate").value is None
    assert a.estimate("selection_rate").reason == "All rows it rests on weigh nothing."
    assert b.estimate("selection_rate").value == 1


def test_groups_of_three_columns_and_no_deeper_than_asked(modelled):
    rng = np.random.default_rng(3)
    data = {name: rng.choice(["u", "v"], 400) for name in "ghi"}
    data |= {"y": rng.integers(0, 2, 400), "p": rng.integers(0, 2, 400)}
    by_depth = [
        [c.columns for c in found.combinations]
        for depth in (1, 2, 3)
        for found in [
            modelled(data, sensitive=("g", "h", "i"), prediction="p", resamples=0, depth=depth)
        ]
    ]
    singles, pairs = [("g",), ("h",), ("i",)], [("g", "h"), ("g", "i"), ("h", "i")]
    assert by_depth == [singles, singles + pairs, [*singles, *pairs, ("g", "h", "i")]]


def test_a_group_without_positive_labels_has_no_part_in_equal_opportunity(modelled):
    """The peers take its rate for 0, as if every one of its positive rows were missed."""
    g = np.repeat(["a", "b", "c"], 200)
    y = np.where(g == "c", 0, np.arange(600) % 2)
    p = ((np.arange(600) % 4 == 1) | (g == "a")).astype(int)
    (combination,) = modelled({"g": g, "y": y, "p": p}, prediction="p", resamples=50).combinations
    gap = named(combination.estimates, "equal_opportunity_difference")
    assert (gap.value, gap.n) == (0.5, 200)


def test_no_ratio_where_nobody_is_selected(modelled):
    data = {"g": ["a", "b"] * 150, "y": [0, 0, 1] * 100, "p": [0] * 300}
    (combination,) = modelled(data, prediction="p", resamples=50).combinations
    ratio = named(combination.estimates, "demographic_parity_ratio")
    assert (ratio.value, ratio.reason) == (None, "The rate of every group is 0.")
    assert named(combination.estimates, "demographic_parity_difference").value == 0


def test_of_thousands_of_groups_the_largest_are_kept_and_all_rows_resampled(modelled, monkeypatch):
    frame = unequal()
    whole = modelled(frame, prediction="p", resamples=2000).combinations[0].groups
    monkeypatch.setattr("audit.reports.representation.model.groups.MOST_GROUPS", 1)
    (kept,) = modelled(frame, prediction="p", resamples=2000).combinations[0].groups
    assert kept.name == whole[0].name == "a"
    for name in ("selection_rate", "precision"):
        one, other = kept.estimate(name), whole[0].estimate(name)
        assert one.value == other.value
        width = other.high - other.low
        assert one.high - one.low == pytest.approx(width, abs=0.08 * width)


def test_groups_vary_in_size_as_they_would_had_other_people_been_met():
    confusion = Confusion(
        n=np.array([[10, 20, 30, 40]]),
        weight=np.array([[10.0, 20.0, 30.0, 40.0]]),
        weight_squared=np.array([[10.0, 20.0, 30.0, 40.0]]),
        rest=300,
    )
    sizes = confusion.drawn(4000, 0).sum(axis=(1, 2))
    assert sizes.mean() == pytest.approx(100, abs=1)
    assert sizes.std() == pytest.approx(np.sqrt(400 * 0.25 * 0.75), rel=0.05)
