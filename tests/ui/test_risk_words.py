"""Re-identification in words: sentences for every state, and every measure explained."""

from collections import Counter
from dataclasses import replace

import pytest

from audit import runner
from audit.model import Step
from audit.reports.reidentification.values import (
    Disclosure,
    Driver,
    Population,
    Reidentification,
    Risk,
    UniqueSet,
)
from audit.reports.reidentification.what_if import Coarsening
from audit.ui.privacy import disclosure, drivers, quasi, risk, what_if
from audit.ui.privacy.explained import EXPLAINED, explained, title

HOSTILE = "![x](http://e.example/x.png) <b>$x$ :material/home:"


def sized(*classes: int, columns: tuple[str, ...] = ("zip", "birth date", "sex")) -> Risk:
    """Risk of classes of these sizes."""
    return Risk(
        columns=columns,
        rows=sum(classes),
        classes=len(classes),
        sizes=tuple(sorted(Counter(classes).items())),
    )


def report(of: Risk | None, **rest: object) -> Reidentification:
    return Reidentification(
        rows=of.rows if of else 0,
        columns=of.columns if of else (),
        missing="value",
        rows_with_missing=0,
        theta=0.2,
        risk=of,
        **rest,  # type: ignore[arg-type]
    )


def told(name: str = "disease", **rest: object) -> Disclosure:
    known = {"distinct": 5, "l_diversity": 2, "entropy_l": 1.7, "t": 0.2, "alpha": 0.6}
    known |= {"homogeneous_rows": 0, "ordered": False}
    return Disclosure(attribute=name, **(known | rest))  # type: ignore[arg-type]


def plain(text: str) -> str:
    return text.replace("\\", "")


# ---------------------------------------------------------------- the verdict


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (
            sized(*[1] * 87, *[11] * 83),
            "“zip”, “birth date” and “sex” together single out 87 of 1,000 rows.",
        ),
        (sized(1, 9, columns=("zip",)), "“zip” alone singles out 1 of 10 rows."),
        (sized(*[1] * 7, columns=("a", "b")), "“a” and “b” together single out every one of 7 rows."),
        (
            sized(2, 4, 20, columns=("a", "b")),
            "No row is unique by “a” and “b”, but 6 of 26 rows share their values with fewer than "
            "four others.",
        ),
        (
            sized(12, 1300, columns=("a", "b")),
            "Every row shares its values of “a” and “b” with at least 11 others: k = 12.",
        ),
        (sized(300, columns=("a", "b")), "“a” and “b” are the same in all 300 rows: they pick out nobody."),
        (sized(1), "There is one row: who knows whose it is has picked it out."),
        (sized(), "There are no rows that could be picked out."),
    ],
)  # fmt: skip
def test_the_verdict_counts_who_is_singled_out(of, said):
    assert plain(risk.answer(report(of))) == said


def test_many_long_and_hostile_names_are_cut_and_escaped():
    names = (HOSTILE, *(f"column {'x' * 90} {i}" for i in range(14)))
    text = risk.answer(report(sized(1, 5, columns=names)))
    assert "![x]" not in text
    assert "and 12 more columns together" in text
    assert len(plain(text)) < 240
    assert plain(quasi.named(("a", "b", "c", "d", "e"))) == "“a”, “b”, “c” and 2 more columns"


# ---------------------------------------------------------------- drivers


def test_the_strongest_driver_is_named_with_what_is_left_without_it():
    found = (
        Driver(column="sex", distinct=2, without=sized(*[1] * 30, 70)),
        Driver(column="zip", distinct=90, without=sized(*[2] * 50)),
    )
    whole = sized(*[1] * 40, 60, columns=("zip", "sex"))
    said = plain(drivers.answer(report(whole, drivers=found), whole))
    assert said == "“zip” drives the risk: without it unique rows fall from 40 to 0, and k is 2."
    table = drivers.table(list(found), whole)
    assert list(table["Fewer unique rows"]) == [10, 40]
    assert list(table["Average risk"]) == ["31.0%", "50.0%"]


@pytest.mark.parametrize(
    ("whole", "without", "said"),
    [
        (sized(1, 9, columns=("zip",)), None, "“zip” is the only quasi-identifier: all risk is its own."),
        (
            sized(1, 1, columns=("a", "b")),
            sized(1, 1),
            "No quasi-identifier adds to the risk by itself: the others tell as much without it.",
        ),
        (
            sized(5, 5, columns=("a", "b")),
            sized(10),
            "“a” adds most: without it a class has 10 rows on average instead of 5.",
        ),
    ],
)  # fmt: skip
def test_drivers_are_put_into_words_where_there_is_none_too(whole, without, said):
    found = (Driver(column="a", distinct=2, without=without),)
    assert plain(drivers.answer(report(whole, drivers=found), whole)) == said


def test_combinations_are_listed_with_a_row_counted_from_one():
    table = drivers.sets_table([UniqueSet(columns=("zip", "sex"), rows=5, row_number=16)], 100)
    assert table.to_dict("records") == [
        {
            "Columns": "zip × sex",
            "How many": 2,
            "Unique rows": 5,
            "Share of rows": "5.0%",
            "One of them": "row 17",
        }
    ]


# ---------------------------------------------------------------- what if

BEFORE = sized(*[1] * 40, 60, columns=("zip", "age", "sex"))


@pytest.mark.parametrize(
    ("choice", "after", "said"),
    [
        (
            what_if.Choice(("zip", "age", "sex"), {}),
            BEFORE,
            "As it is, “zip”, “age” and “sex” leave 40 unique rows and k = 1: try what less would do.",
        ),
        (
            what_if.Choice(("age", "sex"), {"age": Coarsening(way="bins", size=10)}),
            sized(5, 95),
            "With “zip” left out and “age” in bins of 10, unique rows fall from 40 to 0; k goes from 1 to 5.",
        ),
        (
            what_if.Choice(("zip", "age", "sex"), {"zip": Coarsening(way="first", size=3)}),
            sized(*[1] * 40, 30, 30),
            "With “zip” cut to its first 3 characters, k stays 1; 40 rows are unique as before.",
        ),
        (
            what_if.Choice(("zip", "age", "sex", "job"), {}),
            sized(*[1] * 100),
            "With “job” known as well, unique rows rise from 40 to 100; k stays 1.",
        ),
    ],
)  # fmt: skip
def test_what_is_tried_is_said_with_what_it_changes(choice, after, said):
    assert plain(what_if.answer(BEFORE, after, choice)) == said


def test_what_is_tried_is_named_as_steps():
    choice = what_if.Choice(
        ("age", "sex"), {"age": Coarsening(way="year"), "sex": Coarsening(way="rare", size=10)}
    )
    assert what_if.steps(BEFORE, choice) == [
        Step(remedy="drop-columns", params=(("columns", ("zip",)),)),
        Step(
            remedy="generalize",
            params=(("column", "age"), ("method", "date"), ("period", "year")),
        ),
        Step(
            remedy="generalize",
            params=(("column", "sex"), ("method", "group-rare"), ("least", 10)),
        ),
    ]


def test_numbers_stand_before_and_after_where_they_move():
    assert dict(what_if.numbers(BEFORE, sized(5, 95))) == {
        "Smallest class (k)": "1 → 5",
        "Unique rows": "40 → 0",
        "Rows below k = 5": "40 → 0",
        "Classes": "41 → 2",
    }
    assert dict(what_if.numbers(BEFORE, BEFORE))["Smallest class (k)"] == "1"
    table = what_if.table(BEFORE, sized(5, 95)).set_index("Measure")
    assert tuple(table.loc["Rows below k = 10"]) == ("40.0%", "5.0%")
    assert tuple(table.loc["Average risk"]) == ("41.0%", "2.0%")


# ---------------------------------------------------------------- disclosure


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            told(l_diversity=1, homogeneous_rows=12),
            "12 rows are in classes of two and more in which all have the same “disease”: nobody "
            "has to be singled out to learn it.",
        ),
        (
            told(l_diversity=1),
            "“disease” is given away by unique rows alone: every class of two and more holds "
            "several values.",
        ),
        (told(l_diversity=None, reason="None."), "What a class tells of “disease” cannot be stated."),
        (told(), "Every class holds at least 2 different values of “disease”: its value is not given away."),
        (
            told(t=0.68),
            "Every class holds at least 2 different values of “disease”, but in one of them they "
            "are far from those of all rows (t = 0.68).",
        ),
    ],
)  # fmt: skip
def test_the_attribute_given_away_most_is_put_into_words(found, said):
    made = report(sized(5, 5), disclosures=(told("other", l_diversity=4, t=0.1), found))
    if found.l_diversity is None:
        made = report(sized(5, 5), disclosures=(found,))
    assert plain(disclosure.answer(made)) == said


def test_attributes_are_listed_with_what_is_not_defined_as_a_dash():
    table = disclosure.table((told(l_diversity=None, entropy_l=None, t=None, alpha=None),))
    (line,) = table.to_dict("records")
    assert line["Fewest in a class (l)"] == line["Distance to all (t)"] == "–"


# ---------------------------------------------------------------- explained


def test_every_measure_of_a_report_is_explained(version_of):
    version = version_of({"a": [1, 1, 2, 3], "b": ["x", "x", "y", "z"], "s": ["1", "2", "1", "1"]})
    runner.state_roles(version, {"quasi_identifier": ["a", "b"], "sensitive": ["s"]})
    found = runner.report(version, "reidentification")
    people = Population(
        name="p", journalist_max=0.1, journalist_average=0.1, marketer=0.1, unknown_rows=0
    )
    names = {m.name for m in replace(found, population=people).measures()}
    assert {"k_anonymity", "l_diversity", "journalist_max", "minimal_sample_uniques"} <= names
    for name in names:
        assert name in EXPLAINED, name
        assert explained(name).says.endswith(".")
        assert explained(name).reach
    assert set(EXPLAINED) == names, "explained, and no measure of the report"


def test_a_measure_is_named_with_what_it_is_about(version_of):
    version = version_of({"a": [1, 1, 2, 3]})
    runner.state_roles(version, {"quasi_identifier": ["a"]})
    found = runner.report(version, "reidentification")
    titles = [title(m) for m in found.measures()]
    assert "Rows in small classes (k = 5)" in titles
    assert "Prosecutor: rows at risk (theta = 0.2)" in titles
    assert explained("new_name").title == "New name"
