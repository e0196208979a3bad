"""Figures of others: pycanon's of its own tables, ARX's of its test table, metrics.md's."""

import json
from math import exp, log

import pandas as pd
import pytest

from audit.model import Role
from audit.store.rows import page

NAMES = (
    *("drug_type", "drugs_k5", "StudentsMath_Score", "StudentsMath_Score_k2"),
    *("StudentsMath_Score_k5", "StudentsMath_Score_k7", "hospital_anonymized"),
    "adult_anonymized_10",
)


@pytest.mark.parametrize("name", NAMES)
def test_pycanon_gives_the_same_of_its_tables(name, shared, reidentification):
    folder = shared("pycanon")
    expected = json.loads((folder / "expected.json").read_text())[name]
    frame = pd.read_csv(folder / f"{name}.csv")
    found = reidentification(frame, expected["qi"], {"attributes": expected["sa"]})
    (told,) = found.disclosures
    assert found.risk.rows == expected["rows"]
    assert found.risk.k == expected["k"]
    assert found.risk.classes == expected["classes"]
    assert found.risk.uniques == expected["unique_rows"]
    assert [found.risk.rows_below(k) for k in (2, 3, 5)] == expected["k2_3_5_violations"]
    assert told.l_diversity == expected["l"]
    assert told.t == pytest.approx(expected["t"], abs=1e-12)
    assert told.alpha == pytest.approx(expected["alpha"], abs=1e-12)
    # It gives the whole number below e ** entropy; that of two equal shares it computes as
    # 1.9999999999999998, and gives 1.
    assert int(exp(1) ** log(told.entropy_l)) == expected["entropy_l"]


def test_the_published_digits_are_met(shared, reidentification):
    folder = shared("pycanon")
    known = ["Teacher", "Gender", "Ethnic", "Freeredu", "wesson"]
    students = pd.read_csv(folder / "StudentsMath_Score.csv")
    (told,) = reidentification(students, known, {"attributes": ["Score"]}).disclosures
    assert told.ordered
    assert round(told.t, 10) == 0.4165919952
    drugs = pd.read_csv(folder / "drugs_k5.csv")
    known = ["Age", "Sex", "BP", "Cholesterol", "Na_to_K"]
    (told,) = reidentification(drugs, known, {"attributes": ["Drug"]}).disclosures
    assert not told.ordered
    assert (round(told.t, 4), round(told.alpha, 4)) == (0.6797, 0.8333)


def test_the_hospital_table_of_anjana_is_unique_and_its_published_form_is_not(
    shared, reidentification
):
    raw = pd.read_csv(shared("anjana") / "hospital_extended.csv")
    known = ["age", "gender", "city"]
    found = reidentification(raw, known, {"attributes": ["disease"]})
    counted = raw.groupby(known).size()
    assert found.risk.k == counted.min() == 1
    assert found.risk.classes == len(counted)
    assert found.risk.uniques == (counted == 1).sum()
    public = pd.read_csv(shared("pycanon") / "hospital_anonymized.csv")
    (told,) = reidentification(public, known, {"attributes": ["disease"]}).disclosures
    assert (told.l_diversity, round(told.t, 10)) == (1, 0.6153846154)


def test_arx_gives_an_average_risk_of_one_of_its_raw_test_table(shared, reidentification):
    frame = pd.read_csv(shared("arx_example") / "test.csv", sep=";")
    risk = reidentification(frame, ["age", "gender", "zipcode"]).risk
    assert (risk.average, risk.highest) == (1.0, 1.0)


def test_classes_of_1_2_5_and_10_have_the_risks_of_the_textbook(four_classes, reidentification):
    found = reidentification(four_classes, ["zip"])
    assert found.risk.sizes == ((1, 1), (2, 1), (5, 1), (10, 1))
    assert found.risk.highest == 1
    assert found.risk.at_risk(0.2) == 3
    assert found.risk.average == pytest.approx(4 / 18)
    by_name = {(m.name, m.group): m for m in found.measures()}
    at_risk = by_name["prosecutor_at_risk", (("theta", "0.2"),)]
    assert at_risk.value == pytest.approx(3 / 18)
    assert at_risk.low is None, "it is a count of rows, and no estimate of a larger table"
    assert [by_name["rows_below_k", (("k", k),)].value for k in ("2", "3", "5", "10")] == [
        *(1, 3, 3, 8)
    ]
    assert by_name["sample_uniques", ()].value == pytest.approx(1 / 18)
    assert by_name["sample_uniques", ()].method == "exact"


def test_rows_of_the_smallest_classes_are_numbered(version_of, reidentification):
    frame = pd.DataFrame({"zip": list("caabbc"), "sex": list("xyyxxx")})
    found = reidentification(frame, ["zip", "sex"])
    assert found.risk.k == 2
    shown = page(version_of(frame).table, found.smallest)
    assert shown.numbers == (0, 1, 2, 3, 4, 5)
    assert found.example_row == 0
    frame.loc[3, "zip"] = "z"
    found = reidentification(frame, ["zip", "sex"])
    assert page(version_of(frame).table, found.smallest).numbers == (3, 4)
    assert found.example_row == 3


def test_a_population_changes_the_risk_to_that_of_a_journalist(reidentification):
    frame = pd.DataFrame({"zip": list("abbccccc"), "sex": ["f"] * 8})
    population = [
        {"group": (("zip", zip_), ("sex", "f")), "count": n}
        for zip_, n in (("a", 4), ("b", 10), ("c", 3), ("d", 1))
    ]
    found = reidentification(frame, ["zip", "sex"], {"population": population})
    # The class of c has five rows and cannot be of a population of three: 5 stands for it.
    people, rows = {"a": 4, "b": 10, "c": 5}, {"a": 1, "b": 2, "c": 5}
    marketer = sum(rows[z] / people[z] for z in people) / 8
    assert found.population.unknown_rows == 5
    assert found.population.marketer == pytest.approx(marketer)
    assert found.population.journalist_max == pytest.approx(1 / 4)
    assert found.population.journalist_average == pytest.approx(max(3 / 19, marketer))
    assert "5 rows" in " ".join(found.notes)


def test_a_population_of_others_says_nothing(reidentification):
    population = [{"group": (("zip", "q"),), "count": 100}]
    found = reidentification({"zip": ["a", "b"]}, ["zip"], {"population": population})
    assert found.population.journalist_max is None
    assert found.population.reason
    assert found.population.unknown_rows == 2


def test_numbers_and_dates_are_found_in_the_population_as_text(reidentification):
    frame = pd.DataFrame({"age": [30, 30, 41], "born": pd.to_datetime(["1990-01-02"] * 3).date})
    population = [
        {"group": (("age", age), ("born", "1990-01-02")), "count": 50} for age in ("30", "41")
    ]
    found = reidentification(frame, ["age", "born"], {"population": population}).population
    assert found.unknown_rows == 0
    assert found.journalist_max == pytest.approx(1 / 50)


def test_what_is_learned_without_picking_anybody_out_is_counted(reidentification):
    frame = pd.DataFrame({"zip": list("aaabbc"), "ill": ["x", "x", "x", "x", "y", "z"]})
    (told,) = reidentification(frame, ["zip"], ill=Role.SENSITIVE).disclosures
    assert told.attribute == "ill"
    assert told.homogeneous_rows == 3
    assert told.alpha == 1
