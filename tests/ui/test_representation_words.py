"""Groups, outcomes and estimates as the Representation page writes them."""

import pytest

from audit import runner
from audit.reports.representation.group_values import MISSING, Estimate
from audit.reports.representation.measures import ABOUT_SHARES
from audit.reports.representation.model.confusion import RATES
from audit.reports.representation.model.estimates import COMPARED
from audit.ui.representation.explained import EXPLAINED, explained
from audit.ui.representation.names import outcome, people, speaks
from audit.ui.representation.tables import interval_text, p_text, rests_on, value_text


def estimate(name: str = "label_rate", value: float | None = 0.5, **rest: object) -> Estimate:
    return Estimate(name=name, value=value, n=100, **rest)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((("sex", "Female"),), "“Female”"),
        ((("sex", "Female"), ("race", "Black")), "“Female” × “Black”"),
        ((("age", "under 25"),), "“age under 25”"),
        ((("age", "25-34"),), "“age 25-34”"),
        ((("foreign", "1"),), "“foreign = 1”"),
        ((("citizen", "yes"),), "“citizen = yes”"),
        ((("race", MISSING),), "“race = (missing)”"),
        ((("x", "0.5 to under 1.5"),), "“x 0.5 to under 1.5”"),
    ],
)
def test_a_group_is_named_by_what_tells_it(levels, said):
    assert people(levels).replace("\\", "") == said


def test_names_are_escaped_and_cut():
    text = people((("c", "![x](http://e.example) " + "y" * 200),))
    assert "![x]" not in text
    assert len(text) < 160


def test_an_outcome_is_the_label_or_the_column_with_its_value():
    assert outcome("income", ">50K").replace("\\", "") == "the label “>50K”"
    assert outcome("admitted", "yes").replace("\\", "") == "“admitted = yes”"
    assert speaks("Under the bridge")
    assert not speaks("7")


@pytest.mark.parametrize(
    ("given", "value", "interval"),
    [
        (estimate(low=0.4, high=0.6), "50.0%", "40.0% to 60.0%"),
        (
            estimate("statistical_parity_difference", -0.1945, low=-0.2, high=-0.19),
            "−19.4 pp",
            "−20.0 to −19.0 pp",
        ),
        (
            estimate("equalized_odds_difference", 0.078, low=0.05, high=0.1),
            "7.8 pp",
            "5.0 to 10.0 pp",
        ),
        (estimate("missing_share_gap", 0.078), "7.8 pp", ""),
        (estimate("calibration_gap", 0.01), "+1.0 pp", ""),
        (
            estimate("disparate_impact", 0.3597, unit="ratio", low=0.342, high=0.378),
            "0.36",
            "0.34 to 0.38",
        ),
        (estimate("kl_divergence", float("inf"), unit="coefficient"), "∞", ""),
        (estimate("parity_p_value", 1e-9, unit="value"), "< 0.001", ""),
        (estimate("consistency", 0.78, unit="coefficient", method="sample:3000"), "≈ 0.78", ""),
        (estimate(value=None, reason="There are no rows."), "–", ""),
    ],
)
def test_a_value_is_written_in_the_format_of_its_unit(given, value, interval):
    assert value_text(given) == value
    assert interval_text(given) == interval


def test_a_value_that_is_not_there_gives_its_reason():
    assert rests_on(estimate(value=None, reason="There are no rows.")) == "There are no rows."
    against = estimate(method="newcombe", against="Male")
    assert rests_on(against) == "n = 100 · against Male · newcombe"


def test_p_values_are_short_where_they_say_nothing_and_exact_where_they_do():
    assert [p_text(p) for p in (0.0004, 0.0344, 0.5)] == ["< 0.001", "0.034", "0.50"]


@pytest.mark.parametrize("label", ["hired", "grade", "pay"])
def test_every_measure_of_a_report_is_explained(version_of, label):
    n = 600
    version = version_of(
        {
            "sex": ["F", "M"] * (n // 2),
            "town": [f"t{i % 7 % 3}" for i in range(n)],
            "hired": [("no", "yes")[i % 5 % 2] for i in range(n)],
            "grade": ["abc"[i % 11 % 3] for i in range(n)],
            "pay": [float(i % 41) for i in range(n)],
            "gap": [None if i % 9 == 0 else float(i % 13) ** 3 for i in range(n)],
            "note": ["some words " * (i % 4) for i in range(n)],
            "score": [(i % 97) / 97 for i in range(n)],
        }
    )
    stated = {"label": label, "sensitive": ["sex", "town"], "free_text": ["note"], "score": "score"}
    runner.state_roles(version, stated | ({"positive": "yes"} if label == "hired" else {}))
    changes = {"representation": {"pairs": True, "resamples": 20, "min_cell": 250}}
    result = runner.run(version, reports=["representation"], changes=changes)
    names = {measure.name for measure in result.measures}
    assert len(names) > 20
    for name in names:
        assert name in EXPLAINED, name
        assert explained(name).says.endswith(".")
        assert explained(name).reach


def test_every_measure_of_shares_and_of_models_is_explained():
    kinds = ("difference", "ratio", "p_value")
    compared = [f"{name}_{kind}" for name in COMPARED for kind in kinds]
    for name in (*ABOUT_SHARES, *RATES, *compared):
        assert name in EXPLAINED, name
        assert explained(name).says.endswith(".")
        assert explained(name).reach
