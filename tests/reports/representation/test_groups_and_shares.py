"""Groups, their shares and their distance from a reference population."""

from math import exp, log

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import stats as scipy_stats
from scipy.spatial.distance import jensenshannon

from audit.errors import ColumnError, ParameterError

PEOPLE = pd.DataFrame(
    {
        "sex": ["F"] * 30 + ["M"] * 60 + [None] * 10,
        "town": ["A", "B"] * 50,
        "age": [20, 30, 40, 50, 70] * 20,
    }
)


def value(estimates, name):
    return next(e for e in estimates if e.name == name).value


def test_a_group_has_the_share_of_its_rows_with_wilsons_interval(representation):
    report = representation(PEOPLE, sensitive=["sex"])
    women = report.combination("sex").group("F").estimate("group_share")
    low, high = scipy_stats.binomtest(30, 100).proportion_ci(method="wilson")
    assert women.value == 0.3
    assert (women.low, women.high) == pytest.approx((low, high), abs=1e-6)


def test_missing_values_are_a_group_that_no_reference_speaks_of(representation):
    combination = representation(PEOPLE, sensitive=["sex"]).combination("sex")
    missing = combination.group("(missing)")
    assert missing.n == 10
    assert missing.estimate("representation_ratio").value is None
    assert combination.group("F").estimate("representation_ratio").value == pytest.approx(2 / 3)
    assert combination.reference_group == "M"


def test_balance_is_that_of_the_groups_that_are_there(representation):
    estimates = representation(PEOPLE, sensitive=["sex"]).combination("sex").estimates
    assert value(estimates, "imbalance_ratio") == 2
    shares = [1 / 3, 2 / 3]
    assert value(estimates, "effective_groups") == pytest.approx(
        exp(-sum(p * log(p) for p in shares))
    )


def test_distances_from_uniform_are_scipys(representation):
    estimates = representation(PEOPLE, sensitive=["sex"]).combination("sex").estimates
    p, pi = np.array([30, 60]) / 90, np.array([0.5, 0.5])
    assert value(estimates, "total_variation") == pytest.approx(np.abs(p - pi).sum() / 2)
    assert value(estimates, "jensen_shannon") == pytest.approx(jensenshannon(p, pi) ** 2)
    assert value(estimates, "population_stability_index") == pytest.approx(
        ((p - pi) * np.log(p / pi)).sum()
    )
    expected = scipy_stats.chisquare([60, 30])
    assert value(estimates, "goodness_of_fit") == pytest.approx(expected.statistic)
    assert value(estimates, "goodness_of_fit_p_value") == pytest.approx(expected.pvalue)


def test_p_values_of_goodness_of_fit_are_corrected_over_all_combinations(representation):
    report = representation(PEOPLE, sensitive=["sex", "town"])
    given = [
        next(e for e in c.estimates if e.name == "goodness_of_fit_p_value")
        for c in report.combinations
    ]
    raw = [
        scipy_stats.chisquare([60, 30]).pvalue,
        scipy_stats.chisquare([50, 50]).pvalue,
        scipy_stats.chisquare([15, 15, 30, 30]).pvalue,
    ]
    expected = scipy_stats.false_discovery_control(raw)
    assert [e.value for e in given] == pytest.approx(list(expected))
    assert all("benjamini-hochberg" in e.method for e in given)


def test_three_columns_meet_in_groups_that_add_up(representation):
    report = representation(PEOPLE, sensitive=["sex", "town", "age"])
    assert [len(c.columns) for c in report.combinations] == [1, 1, 1, 2, 2, 2, 3]
    counted = PEOPLE.assign(age=pd.cut(PEOPLE["age"], [0, 24, 34, 44, 54, 64, 99])).groupby(
        ["sex", "town", "age"], dropna=False, observed=True
    )
    sizes = sorted(counted.size())
    groups = report.combinations[-1].groups
    assert sorted(g.n for g in groups) == sizes
    assert all(sum(g.n for g in c.groups) == 100 for c in report.combinations)


def test_four_columns_meet_three_at_a_time(representation):
    data = PEOPLE.assign(x=["p", "q", "q", "q"] * 25)
    report = representation(data, sensitive=["sex", "town", "age", "x"])
    assert len(report.combinations) == 4 + 6 + 4
    x = report.combination("age", "x")
    sizes = data.groupby([pd.cut(data["age"], [0, 24, 34, 44, 54, 64, 99]), "x"], observed=True)
    assert sorted(g.n for g in x.groups) == sorted(sizes.size())


def test_ages_are_cut_where_the_user_says(representation):
    report = representation(PEOPLE, {"bins": {"age": [40]}}, sensitive=["age"])
    groups = report.combination("age").groups
    assert [(g.name, g.n) for g in groups] == [("under 40", 40), ("40 and over", 60)]


def test_rows_of_a_group_are_exactly_its_rows(version_of):
    from audit import runner
    from audit.store.rows import count

    version = version_of(PEOPLE)
    runner.state_roles(version, {"sensitive": ["sex", "age"]})
    report = runner.run(version, reports=["representation"]).reports["representation"]
    for combination in report.combinations:
        assert [count(version.table, g.where) for g in combination.groups] == [
            g.n for g in combination.groups
        ]


def test_rare_values_are_one_group_that_says_so(representation):
    data = pd.DataFrame({"town": [f"t{i:02}" for i in range(30) for _ in range(40 - i)]})
    report = representation(data, {"most_groups": 5}, sensitive=["town"])
    groups = report.combination("town").groups
    assert [g.name for g in groups][:5] == ["t00", "t01", "t02", "t03", "t04"]
    assert groups[-1].name == "(other values)"
    assert groups[-1].n == len(data) - sum(g.n for g in groups[:5])
    assert "5 most frequent" in report.axes[0].note


def test_weights_never_change_numbers_of_rows(representation):
    data = PEOPLE.assign(w=[0.5, 2.5] * 50, hired=["y", "n", "n", "n"] * 25)
    report = representation(data, sensitive=["sex"], label="hired", positive="y", weight="w")
    women = report.combination("sex").group("F")
    assert women.n == 30
    assert sum(women.counts) == 30
    own = data[data["sex"] == "F"]
    assert women.weights == pytest.approx(
        tuple(own.groupby("hired")["w"].sum()[["n", "y"]].tolist())
    )


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"bins": {"agee": [3]}}, ColumnError, "agee"),
        ({"bins": {"town": [3]}}, ParameterError, "no numbers"),
        ({"reference_groups": {"sex": "X"}}, ParameterError, "X"),
        ({"reference_groups": {"town": "A"}}, ParameterError, "sensitive column"),
        ({"dept": 3}, ParameterError, "dept"),
        ({"depth": 9}, ParameterError, "depth"),
        ({"resamples": 10**14}, ParameterError, "resamples"),
        ({"most_groups": 10**23}, ParameterError, "most_groups"),
        ({"bins": {"age": [float("nan")]}}, ParameterError, "finite"),
        ({"bins": {"age": [30, float("inf")]}}, ParameterError, "finite"),
        ({"bins": {"age": list(range(1000))}}, ParameterError, "200"),
        ({"threshold": float("nan")}, ParameterError, "finite"),
        ({"reference": [{"group": [["sex", "F"]], "amount": float("inf")}]}, ParameterError, "am"),
        ({"reference": [{"group": [["sex", "F"]], "amount": 1.7e308}]}, ParameterError, "amount"),
    ],
)
def test_options_that_mean_nothing_here_are_refused(representation, options, error, says):
    with pytest.raises(error, match=says):
        representation(PEOPLE, options, sensitive=["sex"])


def test_a_table_without_sensitive_columns_or_rows_has_no_groups_and_says_why(representation):
    report = representation(pd.DataFrame({"x": [1.5, 2.5] * 20, "y": [2, 3] * 20}))
    assert report.combinations == ()
    assert any("sensitive" in note for note in report.notes)
    empty = representation(PEOPLE.iloc[:0], sensitive=["sex"])
    assert empty.rows == 0


def test_a_few_impossible_ages_do_not_hide_that_a_column_holds_ages(representation):
    data = pd.DataFrame({"age": [*range(18, 78)] * 20 + [999, -1]})
    (axis,) = representation(data, sensitive=["age"]).axes
    assert axis.edges == (25, 35, 45, 55, 65, 75)


def test_small_groups_where_three_columns_meet_are_told_but_not_judged(representation):
    data = PEOPLE.assign(hired=["y", "n", "n", "n"] * 25)
    report = representation(data, sensitive=["sex", "town", "age"], label="hired", positive="y")
    names = {e.name for g in report.combinations[-1].groups for e in g.estimates}
    assert names == {"group_share", "reference_share", "representation_ratio", "label_rate"}
    assert report.combinations[0].groups[0].estimate("statistical_parity_difference")


@pytest.mark.parametrize("size", [1e-12, 1.0, 1e12, 1e100])
def test_weights_of_any_size_give_the_same_rates(representation, size):
    data = PEOPLE.assign(w=[size, 3 * size] * 50, hired=["y", "n", "n", "n", "n"] * 20)
    report = representation(data, sensitive=["sex"], label="hired", positive="y", weight="w")
    rate = report.combination("sex").group("F").estimate("label_rate")
    own = data[data["sex"] == "F"]
    expected = own["w"][own["hired"] == "y"].sum() / own["w"].sum()
    assert rate.value == pytest.approx(expected)
    assert rate.method.endswith("weighted")


@pytest.mark.parametrize("edges", [None, [2.0]])
def test_numbers_that_are_none_are_no_group_and_are_not_lost(representation, edges):
    data = pd.DataFrame({"code": [1.0, 2.5, float("inf"), float("nan")] * 30})
    table = pa.table({"code": data["code"].to_numpy()})
    options = {"bins": {"code": edges}} if edges else {}
    combination = representation(table, options, sensitive=["code"]).combination("code")
    assert sum(g.n for g in combination.groups) == 120
    strange = combination.group("(not finite)")
    assert strange.n == 60
    assert strange.estimate("representation_ratio").value is None
    assert {g.n for g in combination.groups} == {30, 60}


@pytest.mark.parametrize("weight", ["sex", "big"])
def test_weights_that_cannot_be_added_up_are_refused(representation, weight):
    data = PEOPLE.assign(big=1.7e308)
    with pytest.raises(ParameterError, match=weight):
        representation(data, sensitive=["town"], weight=weight)


def test_more_groups_than_can_be_held_in_memory_are_refused(representation):
    data = pd.DataFrame({c: np.arange(400) * 1.5 for c in "abc"})
    options = {"bins": {c: list(range(1, 100)) for c in "abc"}}
    with pytest.raises(ParameterError, match="1,000,000 groups"):
        representation(data, options, sensitive=["a", "b", "c"])
    assert representation(data, {**options, "depth": 2}, sensitive=["a", "b", "c"]).combinations


def test_a_reference_of_very_many_groups_is_refused(representation):
    rows = [{"group": [["sex", f"v{i}"]], "amount": 1} for i in range(3000)]
    with pytest.raises(ParameterError, match="groups, those of the reference"):
        representation(PEOPLE, {"reference": rows}, sensitive=["sex"])


def test_values_called_as_the_groups_made_here_are_groups_of_their_own(representation):
    values = ["(missing)", "(other values)", '"(missing)"', None]
    data = pd.DataFrame({"s": values * 30, "y": ["(missing)", "b", None] * 40})
    report = representation(data, sensitive=["s"], label="y", positive="(missing)")
    groups = report.combination("s").groups
    assert len({g.name for g in groups}) == 4
    assert [g.n for g in groups] == [30] * 4
    assert report.label.axis.levels[report.label.positive].test.values == ("(missing)",)
    assert sum(groups[0].counts) == 20


@pytest.mark.parametrize("role", ["sensitive", "label", "score"])
def test_numbers_whose_range_is_no_number_are_cut_or_told(representation, role):
    huge = np.linspace(-1, 1, 60) * 1.7e308
    data = pd.DataFrame({"y": ["a", "b", "b"] * 20, "s": ["m", "f"] * 30, "x": huge})
    roles = {"label": "y", "sensitive": ["s"], role: ["x"] if role == "sensitive" else "x"}
    assert representation(data, {"resamples": 50}, **roles).combinations


@pytest.mark.parametrize("sensitive", [["hired"], ["sex", "hired"]])
def test_the_label_is_no_group_of_itself(representation, sensitive):
    data = PEOPLE.assign(hired=["y", "n", "n", "n"] * 25)
    report = representation(data, sensitive=sensitive, label="hired", positive="y")
    assert [a.column for a in report.axes] == [c for c in sensitive if c != "hired"]
    assert report.label.column == "hired"


@pytest.mark.parametrize(
    ("name", "others", "edges"),
    [
        ("age", {}, (25, 35, 45, 55, 65, 75)),
        ("AGEP", {"SCHL": 1, "COW": 2, "ESR": 3}, (25, 35, 45, 55, 65, 75)),
        ("account_age", {}, (30, 42, 53, 65)),  # rounded quintiles: 29.8, 41.6, 53.4, 65.2
    ],
)
def test_ages_of_people_are_cut_by_decades_of_life(representation, name, others, edges):
    data = pd.DataFrame({name: [float(a) for a in range(18, 78)] * 20, **others})
    (axis,) = representation(data, sensitive=[name]).axes
    assert axis.edges == edges


def test_whole_numbers_kept_as_floats_are_named_as_whole_numbers(representation):
    data = pd.DataFrame({"age": [*map(float, range(18, 78)), None] * 20})
    (axis,) = representation(data, sensitive=["age"]).axes
    assert axis.names()[:2] == ("under 25", "25-34")
    assert axis.names()[-1] == "(missing)"
