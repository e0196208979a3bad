"""Options of reports: kept beside a version, or for one run; part of what a report is kept under."""

from dataclasses import replace

import pytest

from audit import registry, runner
from audit.errors import ParameterError
from audit.reports.representation import Options

DATA = {"sex": ["F"] * 30 + ["M"] * 70, "age": list(range(20, 70)) * 2}


@pytest.fixture
def version(version_of):
    made = version_of(DATA)
    runner.state_roles(made, {"sensitive": ["age"]})
    return made


def groups(result):
    return [g.name for g in result.reports["representation"].combination("age").groups]


def test_options_are_the_defaults_until_somebody_keeps_others(version):
    assert runner.report_options(version, "representation") == Options()
    runner.set_report_options(version, "representation", {"min_group": 20})
    runner.set_report_options(version, "representation", {"bins": {"age": [40]}})
    kept = runner.report_options(version, "representation")
    assert kept == Options(min_group=20, bins={"age": (40.0,)})


def test_none_takes_an_option_back_to_its_default(version):
    runner.set_report_options(version, "representation", {"min_group": 20, "min_cell": 5})
    runner.set_report_options(version, "representation", {"min_group": None})
    assert runner.report_options(version, "representation") == Options(min_cell=5)


def test_kept_options_drive_every_run_and_changes_one_run(version):
    runner.set_report_options(version, "representation", {"bins": {"age": [40]}})
    assert groups(runner.run(version)) == ["under 40", "40 and over"]
    once = {"representation": {"bins": {"age": [30]}}}
    assert groups(runner.run(version, changes=once)) == ["under 30", "30 and over"]
    assert groups(runner.run(version)) == ["under 40", "40 and over"]
    assert groups(runner.kept_result(version)) == ["under 40", "40 and over"]


def test_changed_options_make_the_kept_result_stale(version):
    runner.run(version)
    assert runner.kept_result(version) is not None
    runner.set_report_options(version, "representation", {"bins": {"age": [33]}})
    assert runner.kept_result(version) is None


def test_an_unknown_option_is_named_with_the_nearest(version):
    with pytest.raises(ParameterError, match="min_grup") as error:
        runner.set_report_options(version, "representation", {"min_grup": 20})
    assert "min_group" in error.value.hint


def test_a_value_that_does_not_fit_is_refused_and_nothing_is_kept(version):
    with pytest.raises(ParameterError, match="min_cell"):
        runner.set_report_options(version, "representation", {"min_cell": 0})
    assert runner.report_options(version, "representation") == Options()


def test_a_change_for_a_report_that_does_not_exist_is_refused(version):
    with pytest.raises(ParameterError, match="represntation"):
        runner.run(version, changes={"represntation": {"min_cell": 3}})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("representation.min_group=50", ("representation", "min_group", 50)),
        (
            "representation.reference_groups={sex: Male}",
            ("representation", "reference_groups", {"sex": "Male"}),
        ),
        (
            "representation.probe=logistic-regression",
            ("representation", "probe", "logistic-regression"),
        ),
        ("a.b=x=y", ("a", "b", "x=y")),
    ],
)
def test_an_option_is_read_as_report_name_and_yaml(text, read):
    assert runner.read_change(text) == read


@pytest.mark.parametrize("text", ["min_group=50", "representation.min_group", "a.b={"])
def test_what_is_no_option_is_refused(text):
    with pytest.raises(ParameterError):
        runner.read_change(text)


def test_a_report_is_given_only_the_roles_it_declares(version, monkeypatch):
    given = []
    spec = registry.reports()["representation"]

    def spy(table, roles, options, progress):
        given.append(roles)
        return spec.function(table, roles, options, progress)

    runner.state_roles(version, {"quasi_identifier": ["sex"], "sensitive": ["age", "sex"]})
    monkeypatch.setitem(registry._REPORTS, "representation", replace(spec, function=spy))
    runner.run(version, reports=["representation"])
    assert {role for c in given[0].columns for role in c.roles} == {"sensitive"}


def test_a_guessed_weight_weighs_nobody_and_a_stated_one_does(version_of):
    made = version_of(DATA | {"sample_weight": [1.0, 3.0] * 50, "y": ["n", "p"] * 50})
    runner.state_roles(made, {"sensitive": ["sex"], "label": "y", "positive": "p"})
    assert made.roles().one("weight") == "sample_weight"
    report = runner.run(made, reports=["representation"]).reports["representation"]
    assert report.weight is None
    runner.state_roles(made, {"weight": "sample_weight"})
    report = runner.run(made, reports=["representation"]).reports["representation"]
    assert report.weight == "sample_weight"


@pytest.mark.parametrize("value", ["[" * 5000, "{a: " * 3000])
def test_a_value_nested_without_end_is_refused(value):
    with pytest.raises(ParameterError, match="cannot be read"):
        runner.read_change(f"representation.bins={value}")


def test_a_policy_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text("a: " + "[" * 5000)
    with pytest.raises(ParameterError, match="not YAML"):
        runner.Policy.read(path)


def test_a_guessed_score_keeps_no_probe_away_and_is_no_feature_of_it(version_of):
    n = 300
    rows = {
        "sex": ["F", "M"] * (n // 2),
        "hours": [i % 37 for i in range(n)],
        "score": [(i % 100) / 100 for i in range(n)],
        "hired": [("no", "yes")[i % 37 > 15] for i in range(n)],
    }
    made = version_of(rows)
    runner.state_roles(made, {"label": "hired", "positive": "yes", "sensitive": ["sex"]})
    assert made.roles().one("score") == "score"
    asked = {"representation": {"probe": "logistic-regression"}}
    models = []
    for stated in ({}, {"score": "score"}):
        runner.state_roles(made, stated)
        result = runner.run(made, reports=["representation"], changes=asked)
        models.append(result.reports["representation"].model)
    assert [m.source for m in models] == ["probe", "score"]


def test_a_policy_s_options_go_before_the_kept_ones_and_a_run_s_before_both(version):
    runner.set_report_options(version, "representation", {"bins": {"age": [40]}, "min_group": 5})
    rules = runner.Policy(reports={"representation": {"bins": {"age": [30]}}})
    assert groups(runner.run(version, policy=rules)) == ["under 30", "30 and over"]
    assert groups(runner.kept_result(version, policy=rules)) == ["under 30", "30 and over"]
    assert runner.run(version, policy=rules).reports["representation"].min_group == 5
    once = {"representation": {"bins": {"age": [55]}}}
    assert groups(runner.run(version, policy=rules, changes=once)) == ["under 55", "55 and over"]


def test_a_policy_with_an_unknown_option_of_a_report_is_an_error(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text("reports: {representation: {min_grup: 3}}")
    with pytest.raises(ParameterError, match="min_grup"):
        runner.Policy.read(path)
    path.write_text("reports: {representasion: {}}")
    with pytest.raises(ParameterError, match="representasion"):
        runner.Policy.read(path)
