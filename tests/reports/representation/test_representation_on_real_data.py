"""Known figures of known data, through the same door as the command line."""

import json

import pandas as pd
import pytest

from audit import runner

ADULT = (
    *("age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation"),
    *("relationship", "race", "sex", "capital-gain", "capital-loss", "hours-per-week"),
    *("native-country", "income"),
)


def adult_frame(shared):
    parts = [
        pd.read_csv(shared("adult_uci") / name, names=ADULT, skiprows=skip, skipinitialspace=True)
        for name, skip in (("adult.data", 0), ("adult.test", 1))
    ]
    frame = pd.concat(parts, ignore_index=True)
    return frame.assign(income=frame["income"].str.rstrip("."))


def german_frame(shared):
    frame = pd.read_csv(shared("german_credit") / "german.data", sep=" ", header=None)
    return frame.rename(columns={12: "age", 8: "status", 20: "credit"}).rename(columns=str)


@pytest.fixture
def measured(version_of):
    """Audit a frame; give a function that finds measures by name and group."""

    def measure(frame, options=None, **roles):
        version = version_of(frame)
        runner.state_roles(version, roles)
        result = runner.run(
            version, reports=["representation"], changes={"representation": options or {}}
        )
        told = runner.document(result)["measures"]

        def find(name, against="", **group):
            return [
                m["value"]
                for m in told
                if m["name"] == name and m["group"] == group and against in m["method"]
            ]

        return find

    return measure


def expected(shared, folder):
    return json.loads((shared(folder) / "expected.json").read_text())


def test_adult_by_sex(measured, shared):
    find = measured(adult_frame(shared), label="income", positive=">50K", sensitive=["sex"])
    known = expected(shared, "adult_uci")["sex (Female vs Male), income>50K"]["full"]
    assert find("statistical_parity_difference", sex="Female") == [
        pytest.approx(known["SPD"], abs=1e-6)
    ]
    assert find("disparate_impact", against="Male", sex="Female")[0] == pytest.approx(
        known["DI"], abs=1e-6
    )
    assert find("label_rate", sex="Female") == [pytest.approx(known["F"], abs=1e-6)]
    assert find("label_rate", sex="Male") == [pytest.approx(known["M"], abs=1e-6)]


def test_adult_without_missing_values(measured, shared):
    frame = adult_frame(shared)
    frame = frame[~(frame == "?").any(axis=1)]
    find = measured(frame, label="income", positive=">50K", sensitive=["sex"])
    known = expected(shared, "adult_uci")["sex (Female vs Male), income>50K"]
    (spd,) = find("statistical_parity_difference", sex="Female")
    assert spd == pytest.approx(known["full_without_missing"]["SPD"], abs=1e-6)


def test_adult_by_race_against_the_largest_group_and_against_the_highest_rate(measured, shared):
    frame = adult_frame(shared)
    find = measured(frame, label="income", positive=">50K", sensitive=["race"])
    known = expected(shared, "adult_uci")["race (Black vs White)"]["full"]
    assert find("disparate_impact", race="Black")[0] == pytest.approx(known["DI"], abs=1e-6)
    assert find("statistical_parity_difference", race="Black") == [
        pytest.approx(known["SPD"], abs=1e-6)
    ]
    rates = frame["income"].eq(">50K").groupby(frame["race"]).mean()
    assert find("disparate_impact", "highest", race="Black") == [
        pytest.approx(rates["Black"] / rates.max(), abs=1e-9)
    ]


@pytest.mark.parametrize(
    ("edge", "part", "group"),
    [
        (26, "age>25 is privileged (AIF360 GermanDataset default), full data", "under 26"),
        (25, "age>=25 is privileged, full data", "under 25"),
    ],
)
def test_german_credit_by_age(measured, shared, edge, part, group):
    find = measured(
        german_frame(shared),
        {"bins": {"age": [edge]}},
        label="credit",
        positive="1",
        sensitive=["age"],
    )
    known = expected(shared, "german_credit")[part]
    (spd,) = find("statistical_parity_difference", age=group)
    assert spd == pytest.approx(known["SPD"], abs=1e-6)
    assert find("disparate_impact", age=group)[0] == pytest.approx(known["DI"], abs=1e-6)
    assert find("label_rate", age=group) == [pytest.approx(known["rate_unpriv"], abs=1e-6)]


def test_acs_by_sex_and_race_are_codes_not_ages(measured, shared):
    parts = ("train", "validation", "test")
    folder = shared("acs_sample")
    frame = pd.concat(pd.read_parquet(folder / f"ACS_sample.{part}.parquet") for part in parts)
    find = measured(frame, label="PINCP", positive="1", sensitive=["SEX", "RAC1P"])
    known = expected(shared, "acs_sample")
    for column, part in (("SEX", "SEX (1=male,2=female)"), ("RAC1P", "RAC1P (1=White,2=Black)")):
        for code, figures in known[part].items():
            (rate,) = find("label_rate", **{column: code})
            assert rate == pytest.approx(figures["rate"], abs=1e-6)


def test_compas_error_rates(measured, shared):
    frame = pd.read_csv(shared("compas_aequitas") / "compas_for_aequitas.csv")
    find = measured(
        frame, label="label_value", positive="1", prediction="score", sensitive=["race", "sex"]
    )
    known = expected(shared, "compas_aequitas")
    for race, figures in known["race"].items():
        for name, short in (
            ("true_positive_rate", "tpr"),
            ("false_positive_rate", "fpr"),
            ("false_discovery_rate", "fdr"),
            ("false_omission_rate", "for"),
            ("selection_rate", "pprev"),
        ):
            (value,) = find(name, race=race)
            assert value == pytest.approx(figures[short], abs=0.0051)
    ratios = known["published_disparity_vs_majority_group (African-American = 1)"]["Caucasian"]
    (fpr,) = find("false_positive_rate_ratio", race="Caucasian")
    assert fpr == pytest.approx(ratios["fpr"], abs=1e-5)
    (fdr,) = find("false_discovery_rate_ratio", race="Caucasian")
    assert fdr == pytest.approx(ratios["fdr"], abs=1e-4)
    (by_sex,) = find("false_positive_rate_ratio", sex="Female")
    assert by_sex == pytest.approx(known["sex_published"]["Female/Male fpr_disparity"], abs=1e-5)


def test_berkeley_turns_within_departments(workspace):
    version = runner.load_sample(runner.sample("berkeley"), workspace=workspace)
    told = runner.document(runner.run(version, reports=["representation"]))["measures"]
    women = [m for m in told if m["group"] == {"gender": "female"}]
    found = {m["name"]: m["value"] for m in women}
    assert found["class_imbalance"] == pytest.approx(0.1891, abs=5e-5)
    assert found["difference_in_proportions_of_labels"] == pytest.approx(0.1416, abs=5e-5)
    assert found["disparate_impact"] == pytest.approx(0.6818, abs=5e-5)
    assert found["demographic_disparity"] == pytest.approx(0.1438, abs=5e-5)
    (within,) = (m for m in women if m["name"] == "conditional_demographic_disparity")
    assert within["value"] == pytest.approx(-0.0193, abs=5e-5)
    assert set(within["columns"]) == {"gender", "admitted", "department"}
