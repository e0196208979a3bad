"""Overview and Distribution: what a person reads, chooses and narrows."""

import json

import pytest

from audit import runner
from audit.model import ColumnRole, Role, RoleMap
from audit.ui.columns_table import bars, table

DISTRIBUTION = "pages/explore/distribution.py"
HOSTILE = "![x](http://e.example/x.png) <b>"


def words(app) -> str:
    return "\n".join(str(e.value) for e in (*app.main.get("markdown"), *app.title, *app.subheader))


def charts(app) -> list[dict]:
    """Every plotly chart as it goes to the browser, with its text alternative."""
    return [
        {"figure": json.loads(e.proto.spec), "alt": e.proto.alt}
        for e in app.main.get("plotly_chart")
    ]


@pytest.fixture
def people(version_of):
    """120 people: one column of numbers, one of groups with '?', a label, names, and repeats."""
    n = 118
    rows = {
        "age": [20 + i % 40 for i in range(n)] + [20, 20],
        "sex": ["Female" if i % 3 else "Male" for i in range(n)] + ["?", "?"],
        HOSTILE: [None if i % 4 == 0 else i * 1.5 for i in range(n)] + [1.0, 1.0],
        "name": [f"Jane Canary {i}" for i in range(n)] + ["Twin", "Twin"],
        "income": ["high" if i % 5 == 0 else "low" for i in range(n)] + ["low", "low"],
    }
    version = version_of(rows, name="people")
    roles = {"sex": (Role.SENSITIVE,), "name": (Role.DIRECT_IDENTIFIER,), "income": (Role.LABEL,)}
    columns = tuple(ColumnRole(column=c, roles=roles.get(c, ())) for c in rows)
    version.set_roles(RoleMap(columns=columns, positive="high"))
    return version


def test_the_overview_answers_first_then_shows_its_cards(open_app, people):
    app = open_app(people)
    assert not app.error
    assert app.title[0].value == "people"
    assert "before training" in words(app) or "should stop you" in words(app)
    values = [(m.label, m.value) for m in app.metric]
    assert ("Rows", "120") in values
    assert ("Columns", "5") in values
    # 30 missing numbers and 2 question marks in 600 cells
    assert ("Cells missing or coded", "5.3%") in values
    assert ("Repeated rows", "1") in values
    assert any("Share of rows by income" in c["alt"] for c in charts(app))


def test_each_card_says_what_became_of_its_measures_once_a_recipe_was_applied(
    open_app, people, workspace
):
    steps = (runner.make_step("drop-missing", {"columns": [HOSTILE]}),)
    after = runner.apply(people, runner.Recipe(steps=steps), workspace=workspace)
    runner.run(after)
    assert "before → after" not in words(open_app(after))  # never measured: never told
    runner.run(people)
    told = words(open_app(after)).replace("\\", "")
    assert "**Rows** 120 → 90 · **Columns** 5 → 5" in told
    assert "**▶ better** Rows with a missing value: 25.0% → 0.0%" in told
    assert told.count("before → after") >= 4


def test_names_of_people_are_in_no_picture_and_no_text_of_the_overview(open_app, people):
    app = open_app(people)
    assert "Canary" not in json.dumps(charts(app)) + words(app)


def test_every_chart_has_a_text_alternative(open_app, people):
    for page, query in (
        (None, {}),
        (DISTRIBUTION, {"view": "Correlations"}),
        (DISTRIBUTION, {"column": "age"}),
    ):
        found = charts(open_app(people, page, **query))
        assert found
        assert all(len(c["alt"]) > 20 for c in found)


def test_the_distribution_page_says_what_is_there_what_is_missing_and_what_repeats(
    open_app, people
):
    app = open_app(people, DISTRIBUTION)
    text = words(app)
    assert "120 rows in 5 columns: three of text, two of numbers." in text
    assert "25.0% of the rows lack a value" in text
    assert "may stand for missing values in" in text
    assert "1 row repeats an earlier one" in text


def test_the_table_of_columns_has_a_line_and_small_bars_for_each(open_app, people):
    app = open_app(people, DISTRIBUTION)
    frame = app.dataframe[0].value
    assert list(frame["Column"]) == ["age", "sex", HOSTILE, "name", "income"]
    assert list(frame["Distinct"])[:2] == [40, 3]
    assert frame["Missing"].tolist()[2] == pytest.approx(30 / 120)
    assert sum(frame["Distribution"][0]) == 120
    assert frame["Typical"][3] == "masked"


def test_a_column_is_found_by_a_part_of_its_name_or_role(open_app, people):
    app = open_app(people, DISTRIBUTION)
    app.text_input(key="columns-find").set_value("LABEL").run()
    assert list(app.dataframe[0].value["Column"]) == ["income"]
    app.text_input(key="columns-find").set_value("nothing like it").run()
    assert "No column has that" in words(app)


def test_a_column_in_the_url_is_opened_with_its_numbers_and_its_histogram(open_app, people):
    app = open_app(people, DISTRIBUTION, column="age")
    assert app.subheader[0].value == "age"
    assert ("Distinct", "40") in [(m.label, m.value) for m in app.metric]
    (bars_,) = [t for c in charts(app) for t in c["figure"]["data"] if t["type"] == "bar"]
    assert "Histogram of age, 120 values" in charts(app)[0]["alt"]
    assert bars_["customdata"][-1][2] is True


def test_the_chosen_column_goes_into_the_url(open_app, people):
    app = open_app(people, DISTRIBUTION)
    app.selectbox(key="column-name").select("sex").run()
    assert app.subheader[0].value == "sex"
    value = app.query_params["column"]
    assert value in ("sex", ["sex"])


def test_rows_are_narrowed_by_the_filter_in_the_url_and_the_chip_takes_it_away(open_app, people):
    tests = json.dumps([["equal", ["sex"], ["?"]]])
    app = open_app(people, DISTRIBUTION, column="sex", rows=tests)
    rows = app.dataframe[-1].value
    assert list(rows.index) == [119, 120]
    assert "1 to 2 of 2 rows" in words(app)
    chip = next(b for b in app.button if b.label.startswith("sex is"))
    chip.click().run()
    assert "1 to 100 of 120 rows" in words(app)


def test_names_are_shapes_until_somebody_asks(open_app, people):
    app = open_app(people, DISTRIBUTION, view="Rows")
    column = app.dataframe[-1].value["name"]
    assert column.iloc[0] == "xxxx xxxxxx 9"
    assert "1 column masked" in words(app)
    app.toggle(key="rows-reveal").set_value(True).run()
    assert app.dataframe[-1].value["name"].iloc[0] == "Jane Canary 0"


def test_rows_are_sorted_in_sql_and_keep_their_numbers(open_app, people):
    app = open_app(people, DISTRIBUTION, view="Rows")
    app.selectbox(key="rows-sort").select("age").run()
    app.toggle(key="rows-down").set_value(True).run()
    rows = app.dataframe[-1].value
    assert rows["age"].iloc[0] == 59
    assert rows.index[0] == 40


def test_a_personal_column_in_depth_shows_no_value(open_app, people):
    app = open_app(people, DISTRIBUTION, column="name")
    shown = words(app) + json.dumps(charts(app))
    assert "Canary" not in shown + app.dataframe[-1].value.to_json()
    assert "masked" in shown


def test_missing_together_counts_the_pattern_and_shows_its_rows(open_app, people):
    app = open_app(people, DISTRIBUTION, view="Missing together")
    assert "25.0% of the rows lack a value" in words(app)
    app.selectbox(key="pattern").select_index(0).run()
    assert "1 to 30 of 30 rows" in words(app)


def test_duplicates_show_each_set_whole(open_app, people):
    app = open_app(people, DISTRIBUTION, view="Duplicates")
    assert "1 row (0.8%) repeats an earlier one" in words(app)
    sets = app.dataframe[-1].value
    assert list(sets.index) == [119]
    assert sets["rows of the set"].tolist() == [2]
    assert sets["name"].tolist() == ["xxxx"]
    app.toggle(key="duplicates-all").set_value(True).run()
    assert list(app.dataframe[-1].value.index) == [119, 120]


def test_a_column_is_split_by_the_label_first(open_app, people):
    app = open_app(people, DISTRIBUTION, column="age")
    show = next(c for c in app.segmented_control if "Split by groups" in c.options)
    show.set_value("Split by groups").run()
    chosen = next(s for s in app.selectbox if s.label == "Split by")
    assert chosen.options == ["income", "sex"]
    alt = next(c["alt"] for c in charts(app) if "within each group" in c["alt"])
    assert alt.startswith("age within each group of income: low: most often")
    assert "high: most often" in alt


def test_examples_are_values_of_the_column(open_app, people):
    app = open_app(people, DISTRIBUTION, column="sex")
    show = next(c for c in app.segmented_control if "Examples" in c.options)
    show.set_value("Examples").run()
    text = words(app)
    assert "3 different values" in text
    assert "- Female" in text


def test_hostile_names_are_text_everywhere(open_app, people):
    for view in ("Columns", "Missing together", "Correlations", "Duplicates", "Rows"):
        app = open_app(people, DISTRIBUTION, view=view, column=HOSTILE)
        assert not app.error
        assert not app.exception
        assert "![x]" not in words(app)
        assert "![x]" not in "".join(b.label for b in app.button)
        for chart in charts(app):
            drawn = [a["text"] for a in chart["figure"]["layout"].get("annotations", ())]
            assert not [text for text in drawn if "e.example/x.png) <b>" in text]


@pytest.mark.parametrize("data", [{"a": []}, {"a": [None, None]}, {"a": [1]}, {"": ["", " "]}])
def test_tables_with_next_to_nothing_in_them_have_pages_too(open_app, version_of, data):
    import pyarrow as pa

    if data == {"a": []}:
        data = {"a": pa.array([], pa.int64())}
    version = version_of(data)
    for page, query in (
        (None, {}),
        *(
            (DISTRIBUTION, {"view": v})
            for v in ("Columns", "Missing together", "Correlations", "Duplicates", "Rows")
        ),
    ):
        app = open_app(version, page, **query)
        assert not app.error, (page, query, [e.value for e in app.error])
        assert not app.exception


def test_a_thousand_columns_have_one_table(open_app, version_of):
    app = open_app(version_of({f"column {i}": [i, i + 1, i + 1] for i in range(300)}), DISTRIBUTION)
    assert not app.error
    assert len(app.dataframe[0].value) == 300
    assert not charts(app)


def test_bins_are_added_up_until_they_fit_a_cell(open_app, people):
    open_app(people)
    result = runner.kept_result(people)
    report = result.reports["distribution"]
    assert all(len(bars(c)) <= 24 for c in report.columns)
    assert sum(bars(report.column("age"))) == 120
    assert len(table(result, report)) == 5
