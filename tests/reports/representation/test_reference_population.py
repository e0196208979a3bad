"""Groups against a population that the user states: joint, by margins, or by survey weights."""

import pandas as pd
import pytest

from audit import runner
from audit.errors import ParameterError, SourceError

PEOPLE = pd.DataFrame(
    {
        "sex": ["F"] * 40 + ["M"] * 60,
        "race": (["a"] * 30 + ["b"] * 10) + ["a"] * 50 + ["b"] * 10,
        "age": [20, 70] * 50,
        "w": [3.0] * 40 + [1.0] * 60,
    }
)


@pytest.fixture
def against(version_of, workspace, tmp_path):
    """Measure PEOPLE against a file with the text given."""

    def measure(text, **roles):
        version = version_of(PEOPLE)
        runner.state_roles(version, roles or {"sensitive": ["sex", "race"]})
        file = tmp_path / "census.csv"
        file.write_text(text)
        changes = {"representation": runner.read_reference(version, file, workspace=workspace)}
        result = runner.run(version, reports=["representation"], changes=changes)
        return result.reports["representation"]

    return measure


def ratios(report, *columns):
    groups = report.combination(*columns).groups
    return {g.name: g.estimate("representation_ratio").value for g in groups}


def test_a_joint_population_gives_its_margins_too(against):
    report = against("sex,race,count\nF,a,40\nF,b,10\nM,a,30\nM,b,20\n")
    assert report.reference_name == "census.csv"
    assert ratios(report, "sex") == pytest.approx({"F": 0.4 / 0.5, "M": 0.6 / 0.5})
    assert ratios(report, "race") == pytest.approx({"a": 0.8 / 0.7, "b": 0.2 / 0.3})
    assert ratios(report, "sex", "race")["F × b"] == pytest.approx(0.1 / 0.1)


def test_margins_one_at_a_time_say_nothing_about_where_they_meet(against):
    report = against("sex,race,share\nF,,0.5\nM,,0.5\n,a,0.75\n,b,0.25\n")
    assert ratios(report, "sex") == pytest.approx({"F": 0.8, "M": 1.2})
    assert ratios(report, "race") == pytest.approx({"a": 0.8 / 0.75, "b": 0.2 / 0.25})
    meeting = report.combination("sex", "race").groups[0].estimate("representation_ratio")
    assert meeting.value is None
    assert "says nothing" in meeting.reason


def test_per_cent_and_counts_are_shares_once_divided_by_their_sum(against):
    assert ratios(against("sex,percent\nF,50\nM,50\n"), "sex")["F"] == pytest.approx(0.8)
    assert ratios(against("sex,people\nF,5000\nM,5000\n"), "sex")["F"] == pytest.approx(0.8)


def test_a_group_that_only_the_population_has_is_a_group_of_nobody(against):
    report = against("sex,share\nF,0.45\nM,0.45\nX,0.1\n")
    nobody = report.combination("sex").group("X")
    assert nobody.n == 0
    assert nobody.estimate("representation_ratio").value == 0


def test_single_ages_of_the_population_fall_into_the_bins(against):
    report = against("age,count\n20,10\n30,20\n69,40\n70,30\n", sensitive=["age"])
    found = ratios(report, "age")
    assert found == pytest.approx({"20": 0.5 / 0.1, "70": 0.5 / 0.3, "30": 0, "69": 0})


def test_survey_weights_can_be_the_population(version_of):
    version = version_of(PEOPLE)
    runner.state_roles(version, {"sensitive": ["sex"]})
    changes = {"representation": {"reference_weights": "w"}}
    report = runner.run(version, reports=["representation"], changes=changes)
    found = ratios(report.reports["representation"], "sex")
    assert found == pytest.approx({"F": 0.4 / (120 / 180), "M": 0.6 / (60 / 180)})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gender,share\nF,1\n", "No column of census.csv"),
        ("sex,share\nF,0.5\nM,0.3\n", "add up to 0.8"),
        ("sex,share\nF,-1\nM,2\n", "no shares or counts"),
        ("sex,share\nF,x\nM,y\n", "no numbers"),
        ("sex,a,b\nF,1,1\nM,2,1\n", "can be told"),
        ("sex,share\n,1\n", "names no group"),
        ("sex,count\nF,0\nM,0\n", "adds up to 0"),
    ],
)
def test_a_file_that_is_no_population_is_refused_in_words(against, text, says):
    with pytest.raises(ParameterError, match=says):
        against(text)


def test_a_file_that_is_not_there_is_a_source_error(version_of, workspace, tmp_path):
    with pytest.raises(SourceError):
        runner.read_reference(version_of(PEOPLE), tmp_path / "no.csv", workspace=workspace)


def test_nothing_of_the_file_stays_in_the_workspace(against, workspace):
    against("sex,share\nF,0.5\nM,0.5\n")
    assert len(workspace.versions()) == 1
