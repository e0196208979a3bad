"""Representation: what a person reads, chooses and changes, on samples and on odd tables."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit import runner
from audit.model import ColumnRole, Role, RoleMap
from audit.store import Version, Workspace
from audit.ui.representation.bins import read_edges

PAGE = "pages/audit/representation.py"
ROOT = Path(__file__).parents[2]
HOSTILE = "![x](http://e.example/x.png) <b>"
PARTS = [
    *("Groups", "Labels", "Where groups meet", "Within strata", "Coverage", "Quality"),
    *("Proxies", "Model"),
]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, dict]]:
    """The bundled samples, measured once; tests that change options use versions of their own."""
    space = Workspace.open(tmp_path_factory.mktemp("samples") / "workspace")
    found = {}
    for id_ in ("adult", "berkeley", "loans"):
        found[id_] = runner.load_sample(runner.sample(id_), workspace=space)
        runner.run(found[id_])
    yield space, found
    space.close()


@pytest.fixture
def open_sample(open_app, samples, monkeypatch):
    space, found = samples

    def open_(id_: str, page: str | None = PAGE, **query: str):
        monkeypatch.setenv("EVENHAND_WORKSPACE", str(space.root))
        return open_app(found[id_], page, **query)

    return open_


@pytest.fixture
def berkeley(workspace) -> Version:
    return runner.load_sample(runner.sample("berkeley"), workspace=workspace)


def words(app) -> str:
    """What a person reads, without the backslashes of the escaper."""
    texts = (*app.main.get("markdown"), *app.title, *app.subheader)
    return "\n".join(str(e.value) for e in texts).replace("\\", "")


def answers(app) -> list[str]:
    found = [str(m.value) for m in app.main.get("markdown")]
    return [m.removeprefix("#### ").replace("\\", "") for m in found if m.startswith("#### ")]


def numbers(app) -> dict[str, str]:
    return {m.label: m.value for m in app.main.get("metric")}


def charts(app) -> list[dict]:
    return [
        {"figure": json.loads(e.proto.spec), "alt": e.proto.alt}
        for e in app.main.get("plotly_chart")
    ]


def table(app, column: str):
    """The first table with a column of that name."""
    return next(d.value for d in app.dataframe if column in d.value.columns)


def measures(app) -> dict[str, str]:
    """Name and value of every line of the tables of measures."""
    return {
        line["Measure"].replace("\\", ""): line["Value"].replace("\\", "")
        for t in app.table
        for line in t.value.to_dict("records")
    }


def part(app, name: str):
    return control(app, "Question").set_value(name).run()


def control(app, label: str):
    found = [*app.segmented_control, *app.selectbox, *app.pills]
    return next(c for c in found if c.label == label)


def press(app, label: str, settled=None):
    """Press a button; with ``settled``, wait for what it began."""
    app = next(b for b in app.button if label in b.label).click().run()
    return app if settled is None else wait(app, settled)


def wait(app, settled):
    """Wait for a change: a quick one ends within the run that waits for it."""
    settled(app)
    time.sleep(0.05)
    return settled(app.run())


def made(version_of, rows: dict, positive: str | None = "yes", **roles: tuple[Role, ...]):
    version = version_of(rows, name="made")
    columns = tuple(
        ColumnRole(column=c, roles=roles.get(c, ()), confirmed=True, reason="") for c in rows
    )
    version.set_roles(RoleMap(columns=columns, positive=positive))
    return version


# What the samples say: figures from metrics.md, the data's README and the look's screens


def test_labels_are_answered_in_one_sentence_with_the_numbers_in_it(open_sample):
    app = open_sample("adult", groups="sex", part="Labels")
    assert not app.error
    assert answers(app)[0] == (
        "“Female” is 33.2% of rows and has the label “>50K” 0.36 times as often as “Male”; "
        "95% interval 0.34 to 0.38."
    )
    assert numbers(app) == {
        "Lowest ratio": "0.36",
        "Parity difference": "−19.5 pp",
        "Female": "10.9%",
        "Male": "30.4%",
    }
    assert "Female 10.9% (10.5%–11.4%, n = 16,192), below the line" in charts(app)[0]["alt"]


def test_every_label_measure_stands_in_the_table_with_its_explanation(open_sample):
    app = open_sample("adult", groups="sex", part="Labels")
    found = measures(app)
    assert found["Statistical parity difference"].startswith("**−19.5 pp**")
    assert found["Disparate impact"].startswith("**0.36**")
    for name in ("Class imbalance (CI)", "Kullback-Leibler divergence (KL)", "Consistency"):
        assert found[name].startswith("**"), found
    lines = [line for t in app.table for line in t.value.to_dict("records")]
    assert all(line["What it says"] and line["Rests on"] for line in lines)
    assert any("benjamini\\-hochberg" in line["Rests on"] for line in lines)
    assert "screening flag, not a finding of law" in words(app)


def test_groups_are_shown_by_size_where_no_population_is_stated(open_sample):
    app = open_sample("adult", groups="race")
    assert answers(app) == [
        "Of five groups the largest, “White”, is 85.5% of the rows; the smallest, “Other”, 0.8%, "
        "406 rows."
    ]
    assert numbers(app)["Largest ÷ smallest"] == "103 : 1"
    assert numbers(app)["Effective groups"] == "1.74 of 5"
    frame = table(app, "95% interval of the ratio")
    assert list(frame["Rows"]) == [41762, 4685, 1519, 470, 406]
    assert frame["Share"][1] == "9.6%"


def test_where_groups_meet_small_cells_are_too_few_to_tell(open_sample):
    app = open_sample("adult", groups="age × race", part="Where groups meet")
    text = answers(app)[0]
    assert "cells are too few to tell." in text
    frame = table(app, "Rate")
    few = frame[frame["Rows"] < 100]
    assert len(few) > 5
    assert set(few["p-value"]) == {"–"}
    alt = charts(app)[0]["alt"]
    assert "of 40 cells have fewer than 100 rows and get no verdict" in alt


def test_simpsons_reversal_is_said_out_loud(open_sample):
    app = open_sample("berkeley", part="Within strata")
    # metrics.md: DD .1438, CDDL by department -.0193
    assert numbers(app)["Disparity, all rows"] == "+14.4 pp"
    assert numbers(app)["Disparity within strata"] == "−1.9 pp"
    assert "Simpson's reversal: within the strata the sign turns" in words(app)
    assert answers(app)[0].startswith(
        "Over all rows “female” has “admitted = yes” less often than others; within "
        "“department”, on average, more often"
    )
    assert control(app, "within the strata of").options == ["department (the sign turns)"]


def test_a_stratum_gives_its_rows(open_sample):
    app = open_sample("berkeley", part="Within strata")
    app = control(app, "Rows of the group in one stratum").select("A (108)").run()
    # Bickel et al. (1975): 108 women applied to department A
    assert "1 to 100 of 108 rows" in words(app)
    app = next(b for b in app.button if b.label == "Hide these rows").click().run()
    assert "of 108 rows" not in words(app)


def test_strata_of_weighted_rows_are_drawn_with_the_weighted_rates_over_all(open_app, version_of):
    # (sex, department, admitted, weight): 100 rows each
    kinds = [
        *(("f", "A", "yes", 1.0), ("f", "A", "no", 1.0), ("f", "B", "no", 6.0)),
        *(("m", "A", "yes", 1.0), ("m", "B", "no", 1.0), ("m", "B", "yes", 8.0)),
        (None, "A", "no", 2.0),
    ]
    columns = zip(*(kind for kind in kinds for _ in range(100)), strict=True)
    rows = dict(zip(("sex", "department", "admitted", "w"), map(list, columns), strict=True))
    roles = {"sex": (Role.SENSITIVE,), "w": (Role.WEIGHT,), "admitted": (Role.LABEL,)}
    app = open_app(made(version_of, rows, "yes", **roles), PAGE, part="Within strata")
    app = control(app, "Group").select_index(0).run()
    drawn = [e.proto.alt for e in app.main.get("plotly_chart")]
    # women 1 of 8 parts, all others (men, and those whose sex is missing) 9 of 12
    own, others = "12.5%", "75.0%"
    assert any(f"all together {own} against {others}" in alt for alt in drawn), drawn


def test_a_conditional_disparity_that_was_planted_is_told(open_sample):
    app = open_sample("loans", groups="ethnicity", part="Labels")
    assert answers(app)[0].startswith("“Black” is")
    assert "0.68 times as often as “White”" in answers(app)[0]


def test_findings_of_a_part_stand_in_it_with_the_way_to_all(open_sample):
    app = open_sample("loans", groups="gender", part="Quality")
    text = words(app)
    assert "“annual_income” is missing" in text
    assert any(e.proto.label == "See them in Findings" for e in app.main.get("page_link"))


def test_proxies_name_the_strongest_column_first(open_sample):
    app = open_sample("berkeley", part="Proxies")
    assert answers(app)[0].startswith("“department” alone tells “gender” with an AUC of 0.77")
    app = control(app, "One column, split by the groups").select("department").run()
    assert any("within each group of gender" in c["alt"] for c in charts(app))


def test_every_part_of_every_sample_is_drawn_with_text_beside_it(open_sample):
    for id_ in ("berkeley", "loans"):
        app = open_sample(id_)
        for name in PARTS:
            if name not in control(app, "Question").options:
                continue
            app = part(app, name)
            assert not app.error, (id_, name, [e.value for e in app.error])
            assert not app.exception
            assert answers(app), (id_, name)
            assert all(len(c["alt"]) > 20 for c in charts(app))
    assert "Where groups meet" in control(app, "Question").options


# Rows, the URL


def test_the_url_holds_groups_part_and_the_rows_picked(open_sample):
    picked = json.dumps([["equal", ["gender"], ["female"]]])
    app = open_sample("berkeley", groups="gender", part="Labels", group=picked)
    assert "Rows in which gender is female" in words(app)
    assert "1 to 100 of 1,835 rows" in words(app)
    assert control(app, "Rows of one group").value is not None


def test_rows_of_a_group_are_as_many_as_the_group_says(open_sample):
    app = open_sample("loans", groups="ethnicity")
    app = control(app, "Rows of one group").select("Hispanic (1,824)").run()
    assert "1 to 100 of 1,824 rows" in words(app)
    (value,) = (
        app.query_params["group"]
        if isinstance(app.query_params["group"], list)
        else [app.query_params["group"]]
    )
    assert json.loads(value) == [["equal", ["ethnicity"], ["Hispanic"]]]
    app = part(app, "Labels")
    assert "of 1,824 rows" not in words(app)


def test_rows_picked_by_a_column_that_names_people_are_not_in_the_url(open_app, version_of):
    rows = {"name": ["Ann", "Bob"] * 60, "out": ["yes", "no", "no"] * 40}
    roles = {"name": (Role.SENSITIVE, Role.DIRECT_IDENTIFIER), "out": (Role.LABEL,)}
    app = open_app(made(version_of, rows, **roles), PAGE)
    app = control(app, "Rows of one group").select("Ann (60)").run()
    assert "of 60 rows" in words(app)
    assert "group" not in app.query_params


# Changes


@pytest.fixture
def ages(version_of) -> Version:
    rows = {"age": [18 + i % 60 for i in range(600)], "out": ["yes", "no", "no"] * 200}
    return made(version_of, rows, age=(Role.SENSITIVE,), out=(Role.LABEL,))


def test_bins_are_changed_and_taken_back(open_app, ages, settled):
    app = open_app(ages, PAGE)
    was = list(table(app, "Share")["Group"])
    next(t for t in app.text_input if t.label == "Edges").set_value("25, 40")
    app = press(app, "Use these bins", settled)
    assert not app.error
    frame = table(app, "Share")
    assert list(frame["Group"]) == ["under 25", "25-39", "40 and over"]
    assert list(frame["Rows"]) == [70, 150, 380]
    assert runner.report_options(ages, "representation").bins == {"age": (25.0, 40.0)}
    assert "your edges" in words(app)
    app = press(app, "Back to the edges chosen here", settled)
    assert list(table(app, "Share")["Group"]) == was


def test_edges_that_cannot_be_used_are_explained(open_app, ages):
    app = open_app(ages, PAGE)
    next(t for t in app.text_input if t.label == "Edges").set_value("25, <b>x")
    app = press(app, "Use these bins")
    assert "is not a number" in app.error[0].value
    assert "<b>" not in app.error[0].value.replace("\\<b\\>", "")
    assert runner.report_options(ages, "representation").bins == {}


@pytest.mark.parametrize(
    ("text", "edges", "wrong"),
    [
        ("18, 25,35", (18.0, 25.0, 35.0), ""),
        ("0.5; 1.5", (0.5, 1.5), ""),
        ("−3 4", (-3.0, 4.0), ""),
        ("25, 18", (), "The edges do not increase: 18 stands after 25."),
        ("1, 1", (), "The edges do not increase: 1 stands after 1."),
        ("inf", (), "inf is not a number one can cut at."),
        ("nan", (), "nan is not a number one can cut at."),
        ("", (), "No edge is given."),
        (",".join(map(str, range(40))), (), "40 edges are too many: at most 30."),
    ],
)
def test_edges_are_read_as_typed(text, edges, wrong):
    assert read_edges(text) == (edges, wrong)


def test_another_reference_group_turns_the_sentence_round(open_app, berkeley, settled):
    app = open_app(berkeley, PAGE, part="Labels")
    control(app, "Compared with").select("female")
    app = wait(app.run(), settled)
    # 1198 of 2691 against 557 of 1835
    assert answers(app)[0].startswith(
        "“male” is 59.5% of rows and has “admitted = yes” 1.47 times as often as “female”"
    )
    assert numbers(app)["Highest ratio"] == "1.47"
    control(app, "Compared with").select("male (the largest)")
    app = wait(app.run(), settled)
    assert "0.68 times as often as “male”" in answers(app)[0]
    assert runner.report_options(berkeley, "representation").reference_groups == {}


def test_a_reference_population_from_a_file_is_what_shares_are_held_against(
    open_app, berkeley, settled
):
    app = open_app(berkeley, PAGE)
    app = control(app, "Reference population").select("From a file …").run()
    app.file_uploader[0].upload("census.csv", b"gender,share\nfemale,0.5\nmale,0.5\n", "text/csv")
    app = wait(app.run(), settled)
    assert not app.error
    assert answers(app) == [
        "“female” makes up 40.5% of the rows and 50.0% of the reference population."
    ]
    assert numbers(app)["Lowest ratio"] == "×0.81"
    assert numbers(app)["Total variation"] == "0.0946"
    assert control(app, "Reference population").value == "kept"
    app = control(app, "Reference population").select("Uniform: all groups alike")
    app = wait(app.run(), settled)
    assert "of the reference population" not in answers(app)[0]


def test_a_file_that_is_no_population_is_refused_and_nothing_changes(open_app, berkeley, settled):
    app = open_app(berkeley, PAGE)
    app = control(app, "Reference population").select("From a file …").run()
    app.file_uploader[0].upload("wrong.csv", b"colour,share\nred,1\n", "text/csv")
    app = wait(app.run(), settled)
    assert "No column of wrong.csv is called as one of the dataset" in (
        app.error[0].value.replace("\\", "")
    )
    assert answers(app)[0].startswith("“male” is 59.5%")


def test_survey_weights_are_a_reference_population(open_app, version_of, settled):
    rows = {
        "sex": ["f"] * 100 + ["m"] * 300,
        "wgt": [3.0] * 100 + [1.0] * 300,
        "out": ["yes", "no"] * 200,
    }
    version = made(version_of, rows, sex=(Role.SENSITIVE,), out=(Role.LABEL,))
    app = open_app(version, PAGE)
    control(app, "Reference population").select("Survey weights in “wgt”")
    app = wait(app.run(), settled)
    # 100 × 3 of 100 × 3 + 300 × 1
    assert answers(app) == [
        "“sex = f” makes up 25.0% of the rows and 50.0% of the reference population."
    ]
    assert "against the survey weights in “wgt”" in words(app)


def test_coverage_finds_the_combination_that_is_nearly_empty(open_app, berkeley, settled):
    app = part(open_app(berkeley, PAGE), "Coverage")
    assert answers(app) == ["Every combination of gender that was looked at has at least 30 rows."]
    columns = control(app, "Columns whose combinations should be there")
    columns.set_value(["gender", "department"])
    app = press(app, "Look again", settled)
    # Bickel et al. (1975): 25 women applied to department B
    assert "1 combination of gender and department has fewer than 30 rows" in answers(app)[0]
    assert "“female” × “department = B”" in answers(app)[0]
    assert "only 25 rows" in answers(app)[0]
    app = control(app, "Rows of one combination").select_index(0).run()
    assert "1 to 25 of 25 rows" in words(app)


def test_two_groups_are_compared_on_demand(open_app, version_of):
    rows = {
        "race": ["A"] * 200 + ["B"] * 200 + ["C"] * 200,
        "out": ["yes"] * 100
        + ["no"] * 100
        + ["yes"] * 50
        + ["no"] * 150
        + ["yes"] * 20
        + ["no"] * 180,
    }
    version = made(version_of, rows, race=(Role.SENSITIVE,), out=(Role.LABEL,))
    app = open_app(version, PAGE, part="Labels")
    control(app, "Compare").select("C")
    app = control(app.run(), "with").select("B").run()
    found = measures(app)
    assert found["Disparate impact"].startswith("**0.40**")  # 0.10 / 0.25
    assert found["Difference in proportions of labels (DPL)"].startswith("**+15.0 pp**")
    assert found["Class imbalance (CI)"].startswith("**0**")


# The model


@pytest.fixture
def scored(version_of) -> Version:
    """400 rows with a score: group f is scored .4 or .8, group m .2 or .6, right in both."""
    n = 400
    rows = {
        "sex": ["f" if i % 2 else "m" for i in range(n)],
        "score": [(0.4 if i % 2 else 0.2) + (0.4 if i % 4 < 2 else 0.0) for i in range(n)],
        "out": ["yes" if i % 4 < 2 else "no" for i in range(n)],
    }
    roles = {"sex": (Role.SENSITIVE,), "score": (Role.SCORE,), "out": (Role.LABEL,)}
    return made(version_of, rows, **roles)


def test_a_threshold_redraws_at_once_without_measuring(open_app, scored):
    app = part(open_app(scored, PAGE), "Model")
    kept = sorted((scored.folder / "reports").iterdir())
    assert app.slider[0].value == 0.5
    assert "0.0% against 0.0%" in answers(app)[1]
    app = app.slider[0].set_value(0.3).run()
    # From .3 on every f is predicted positive, of m only the positive ones.
    found = answers(app)[1]
    assert "100.0 pp" in found
    assert "100.0%" in found
    assert sorted((scored.folder / "reports").iterdir()) == kept


def test_a_threshold_can_be_kept(open_app, scored, settled):
    app = part(open_app(scored, PAGE), "Model")
    app.slider[0].set_value(0.3)
    app = press(app.run(), "Use 0.3 everywhere", settled)
    assert runner.report_options(scored, "representation").threshold == pytest.approx(0.3)
    assert "0.0% for “sex = m” and 100.0% for “sex = f”" in answers(app)[0]


def test_the_span_of_a_rate_leaves_out_groups_that_are_too_few(open_app, version_of):
    n = 600
    rows = {
        "sex": ["x" if i < 12 else "f" if i % 2 else "m" for i in range(n)],
        "out": ["yes" if i % 4 < 2 else "no" for i in range(n)],
        "guess": ["yes" if i < 12 or i % 3 else "no" for i in range(n)],
    }
    roles = {"sex": (Role.SENSITIVE,), "out": (Role.LABEL,), "guess": (Role.PREDICTION,)}
    app = part(open_app(made(version_of, rows, **roles), PAGE), "Model")
    (span,) = (m.value for m in app.metric if m.label.endswith(", by group"))
    assert "100" not in span


def test_a_model_is_trained_on_request_and_taken_away(open_app, version_of, settled):
    n = 600
    rows = {
        "sex": ["f" if i % 3 else "m" for i in range(n)],
        "points": [i % 10 for i in range(n)],
        "out": ["yes" if i % 10 > 4 else "no" for i in range(n)],
    }
    version = made(version_of, rows, sex=(Role.SENSITIVE,), out=(Role.LABEL,))
    app = part(open_app(version, PAGE), "Model")
    assert answers(app) == ["There are no predictions yet, so nobody's can be compared."]
    app = press(app, "Train the model", settled)
    assert not app.error
    assert "logistic regression trained here, out of fold, without the sensitive columns" in (
        words(app)
    )
    assert any("false positive rate" in c["alt"] for c in charts(app))
    assert "Accuracy" in measures(app)
    app = press(app, "Remove this model", settled)
    assert answers(app) == ["There are no predictions yet, so nobody's can be compared."]
    assert runner.report_options(version, "representation").probe == "none"


# Odd tables


def test_without_a_sensitive_column_the_page_says_how_to_name_one(open_app, version_of):
    rows = {"town": ["a", "b"] * 60, "out": ["yes", "no", "no"] * 40}
    app = open_app(made(version_of, rows, out=(Role.LABEL,)), PAGE)
    assert not app.error
    assert answers(app) == ["No column says who people are, so that nobody can be counted."]
    assert "“town” could be" in words(app)
    assert not charts(app)
    assert any("Say which columns are sensitive" in b.label for b in app.button)


def test_without_a_label_shares_and_quality_are_still_there(open_app, version_of):
    rows = {
        "sex": ["f", "m", "m"] * 120,
        "pay": [None if i % 3 == 0 else float(i) for i in range(360)],
        "town": ["a", "b"] * 180,
    }
    app = open_app(made(version_of, rows, None, sex=(Role.SENSITIVE,)), PAGE)
    offered = control(app, "Question").options
    assert {"Groups", "Coverage", "Quality", "Proxies"} <= set(offered)
    assert not {"Labels", "Within strata", "Model"} & set(offered)
    assert "No column is the label" in words(app)
    for name in offered:
        app = part(app, name)
        assert not app.error
        assert not app.exception
    app = part(app, "Quality")
    assert answers(app)[0].startswith("“pay” is missing in 100.0% of the rows of “sex = f”")


def test_a_guessed_positive_value_and_weights_are_said(open_app, version_of):
    rows = {
        "sex": ["f"] * 200 + ["m"] * 200,
        "w": [2.0] * 400,
        "out": ["good", "bad"] * 200,
    }
    roles = {"sex": (Role.SENSITIVE,), "w": (Role.WEIGHT,), "out": (Role.LABEL,)}
    app = open_app(made(version_of, rows, None, **roles), PAGE, part="Labels")
    text = words(app)
    assert "“good” of “out” is *guessed* to be the positive value." in text
    assert "Rates are weighted by “w”" in text
    assert "about as often as" in answers(app)[0]


def test_groups_too_small_get_no_verdict(open_app, version_of):
    rows = {"sex": ["f"] * 30 + ["m"] * 300, "out": ["no"] * 30 + ["yes"] * 300}
    app = open_app(
        made(version_of, rows, sex=(Role.SENSITIVE,), out=(Role.LABEL,)), PAGE, part="Labels"
    )
    assert "too few to tell" in answers(app)[0]
    assert "f: too few to tell (n = 30)" in charts(app)[0]["alt"]
    app = part(app, "Groups")
    assert list(table(app, "Standing")["Standing"]) == ["▶ above equal shares", "? too few to tell"]


def test_one_group_has_nobody_to_be_compared_with(open_app, version_of):
    rows = {"sex": ["f"] * 150, "out": ["yes", "no", "no"] * 50}
    app = open_app(
        made(version_of, rows, sex=(Role.SENSITIVE,), out=(Role.LABEL,)), PAGE, part="Labels"
    )
    assert not app.error
    assert answers(app)[0] == (
        "There is only one group, so that there is nobody to compare it with."
    )


def test_a_label_of_three_classes_is_looked_at_class_by_class(open_app, version_of):
    rows = {
        "sex": ["f"] * 200 + ["m"] * 400,
        "out": ["a"] * 20 + ["b"] * 80 + ["c"] * 100 + ["a"] * 160 + ["b"] * 160 + ["c"] * 80,
    }
    version = made(version_of, rows, None, sex=(Role.SENSITIVE,), out=(Role.LABEL,))
    app = open_app(version, PAGE, part="Labels")
    assert control(app, "Outcome").value == "a"
    assert "has “out = a”" in answers(app)[0]
    assert "0.25 times as often" in answers(app)[0]
    app = control(app, "Outcome").select("b").run()
    assert "“out = b” about as often" in answers(app)[0]


def test_a_label_of_numbers_is_compared_by_its_mean(open_app, version_of):
    rows = {
        "sex": ["f"] * 200 + ["m"] * 200,
        "pay": [float(i) for i in range(200)] + [float(i + 50) for i in range(200)],
    }
    version = made(version_of, rows, None, sex=(Role.SENSITIVE,), pay=(Role.LABEL,))
    app = open_app(version, PAGE, part="Labels")
    assert not app.error
    assert "has a mean “pay” of" in answers(app)[0]
    assert ", 50 " in answers(app)[0]
    overview = open_app(version)
    assert not overview.error


def test_nobody_in_the_data_of_a_group_that_the_population_has(open_app, berkeley, settled):
    app = open_app(berkeley, PAGE)
    app = control(app, "Reference population").select("From a file …").run()
    told = b"gender,count\nfemale,40\nmale,50\nother,10\n"
    app.file_uploader[0].upload("c.csv", told, "text/csv")
    app = wait(app.run(), settled)
    assert answers(app) == [
        "“other” makes up 10.0% of the reference population, and no row is of that group."
    ]


def test_hostile_names_are_text_in_every_part(open_app, version_of):
    rows = {
        HOSTILE: [HOSTILE, "m", "m"] * 100,
        "race $x$": ["[l](http://e.example)", ":material/home:", None, "<i>"] * 75,
        "out": ["yes", "<script>"] * 150,
        "feature *b*": [None if i % 3 == 0 else i for i in range(300)],
    }
    version = made(
        version_of,
        rows,
        **{HOSTILE: (Role.SENSITIVE,), "race $x$": (Role.SENSITIVE,), "out": (Role.LABEL,)},
    )
    app = open_app(version, PAGE)
    for name in control(app, "Question").options:
        app = part(app, name)
        assert not app.error, (name, [e.value for e in app.error])
        assert not app.exception
        raw = "\n".join(str(m.value) for m in app.main.get("markdown"))
        for t in app.table:
            raw += "\n".join(str(v) for v in t.value.to_numpy().ravel())
        for bad in ("![x]", "[l](", " :material/home:", "<script>", "$x$", "*b*"):
            assert bad not in raw, (name, bad)
        for chart in charts(app):
            drawn = [a["text"] for a in chart["figure"]["layout"].get("annotations", ())]
            assert not [t for t in drawn if "<script>" in t or "<i>" in t]


def test_a_change_that_cannot_be_measured_leaves_everything_as_it_was(
    open_app, berkeley, settled, monkeypatch
):
    from audit.errors import ParameterError

    app = open_app(berkeley, PAGE, part="Labels")
    before = answers(app)

    def broken(*_, **__):
        message = "It cannot be measured."
        raise ParameterError(message)

    monkeypatch.setattr(runner, "report", broken)
    control(app, "Compared with").select("female")
    app = wait(app.run(), settled)
    assert "It cannot be measured" in app.error[0].value
    assert answers(app) == before
    assert control(app, "Compared with").value == "male"


# The overview's cards


def test_the_overview_says_who_is_rare_and_whose_label_is_rarer(open_sample):
    app = open_sample("berkeley", None)
    found = answers(app)
    assert "“female” is 40.5% of rows, the smaller of two gender groups." in found
    assert "“admitted = yes” is 0.68 times as frequent for “female” as for “male”." in found
    assert numbers(app)["Disparate impact"] == "0.68"
    assert numbers(app)["Effective groups"] == "1.96 of 2"
    alts = [c["alt"] for c in charts(app)]
    assert any(a.startswith("Share of each group of gender against uniform") for a in alts)
    assert any(a.startswith("Share with admitted yes by gender") for a in alts)


def test_the_overview_says_what_is_missing(open_app, version_of):
    rows = {"town": ["a", "b"] * 60, "out": ["yes", "no", "no"] * 40}
    app = open_app(made(version_of, rows, None))
    text = " ".join(answers(app))
    assert "No column says who people are." in text
    assert "There is no label: nothing to compare." in text


def test_names_of_people_are_on_no_card(open_app, version_of):
    rows = {
        "name": ["Ann Canary", "Bob Canary"] * 100,
        "sex": ["f", "m", "m", "m"] * 50,
        "out": ["yes", "no", "no", "no", "yes"] * 40,
    }
    roles = {
        "name": (Role.SENSITIVE, Role.DIRECT_IDENTIFIER),
        "sex": (Role.SENSITIVE,),
        "out": (Role.LABEL,),
    }
    app = open_app(made(version_of, rows, **roles))
    assert "Canary" not in " ".join(answers(app)) + json.dumps(charts(app))
