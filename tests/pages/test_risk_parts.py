"""Re-identification on the page: what a person reads, tries, marks and changes."""

import time

import pytest

from audit import registry, runner
from audit.model import ColumnRole, Role, RoleMap
from audit.runner import audits
from audit.runner.recipe_draft import draft
from audit.store import Version
from audit.ui.privacy.view import PII, RISK
from tests.ui import privacy_values as made

PAGE = "pages/audit/privacy.py"
SECRET = "Zyxolia"
HOSTILE = "![x](http://e.example/x.png) <b>"
PEOPLE = {
    # one row alone in Zyxolia; every other town three times, each with both jobs
    "town": [SECRET, *["Aby", "Bly", "Cly"] * 3],
    "age": [93, *[40] * 9],
    "illness": ["flu", *["cold", "flu", "cold"] * 3],
}
QUASI = ("town", "age")


def words(app) -> str:
    """What a person reads, without the backslashes of the escaper."""
    texts = (*app.main.get("markdown"), *app.title, *app.subheader)
    return "\n".join(str(e.value) for e in texts).replace("\\", "")


def answers(app) -> list[str]:
    found = [str(m.value) for m in app.main.get("markdown")]
    return [m.removeprefix("#### ").replace("\\", "") for m in found if m.startswith("#### ")]


def numbers(app) -> dict[str, str]:
    return {m.label: m.value for m in app.main.get("metric")}


def cells(app) -> str:
    """All that stands in tables."""
    return "\n".join(str(d.value.to_dict()) for d in (*app.dataframe, *app.table))


def control(app, label: str):
    found = [*app.segmented_control, *app.selectbox, *app.pills, *app.toggle]
    return next(c for c in found if c.label.startswith(label))


def press(app, label: str):
    return next(b for b in app.button if label in b.label).click().run()


def risk_of(version: Version):
    return runner.report(version, RISK).risk


@pytest.fixture
def people(version_of):
    """Make a version with these quasi-identifiers in which no personal data was found."""

    def make(rows=None, quasi=QUASI, sensitive=("illness",)) -> Version:
        rows = rows or PEOPLE
        version = version_of(rows, name="people")
        given = dict.fromkeys(quasi, Role.QUASI_IDENTIFIER) | dict.fromkeys(
            sensitive, Role.SENSITIVE
        )
        columns = (
            ColumnRole(column=c, roles=(given[c],) if c in given else (), confirmed=True)
            for c in rows
        )
        version.set_roles(RoleMap(columns=tuple(columns)))
        _nothing_found(version)
        runner.run(version)
        return version

    return make


def _nothing_found(version: Version) -> None:
    spec = registry.reports()[PII]
    options = runner.report_options(version, PII)
    name = audits._kept_name(spec, options, audits._seen(version, spec, None))
    version.keep(name, made.nothing())


@pytest.fixture
def open_part(open_app):
    return lambda version, part: open_app(version, PAGE, about=part)


def test_it_says_who_is_singled_out_and_by_what(open_part, people):
    app = open_part(people(), "Re-identification")
    assert not app.error
    assert answers(app)[-1] == "“town” and “age” together single out 1 of 10 rows."
    assert numbers(app) | {"Smallest class (k)": "1", "Unique rows": "1", "Classes": "4"} == (
        numbers(app)
    )
    assert "The prosecutor" in words(app)
    # 1 row alone and 9 in classes of three: 4 classes of 10 rows
    assert "right with **100.0%**; on average over all rows with **40.0%**" in words(app)
    alts = [e.proto.alt for e in app.main.get("plotly_chart")]
    assert any(alt.startswith("Share of rows by class size: unique 10.0%; 2 0.0%;") for alt in alts)


def test_the_example_is_shapes_until_values_are_asked_for(open_part, people):
    app = open_part(people(), "Re-identification")
    assert SECRET not in cells(app) + words(app)
    assert "For example row 1" in words(app)
    assert "xxxxxxx" in cells(app)
    app = control(app, "Show values").set_value(True).run()
    assert SECRET in cells(app)


def test_unique_rows_are_shown_on_demand_and_masked(open_part, people):
    app = open_part(people(), "Re-identification")
    app = control(app, "Show the unique rows").set_value(True).run()
    shown = next(d.value for d in app.dataframe if "illness" in d.value.columns)
    assert shown.to_dict("records") == [{"town": "xxxxxxx", "age": "99", "illness": "flu"}]
    assert list(shown.index) == [1]
    app = control(app, "Show personal values").set_value(True).run()
    shown = next(d.value for d in app.dataframe if "illness" in d.value.columns)
    assert shown.to_dict("records") == [{"town": SECRET, "age": 93, "illness": "flu"}]


def test_without_quasi_identifiers_it_says_what_they_are_and_marks_them_at_once(open_part, people):
    rows = {"zip": ["10115", "10117", "10119", "10115"] * 5, "sex": ["f", "m"] * 10, "x": [1] * 20}
    version = people(rows, quasi=(), sensitive=())
    app = open_part(version, "Re-identification")
    assert answers(app)[-1] == (
        "No column is marked as a quasi-identifier, so that no risk can be stated."
    )
    assert "“zip”: it is named like" in words(app)
    assert not app.main.get("plotly_chart")
    for part in ("What drives it", "What if", "Sensitive attributes"):
        assert part not in control(app, "Question").options
    press(app, "Mark these 2 columns")
    assert runner.roles(version).having(Role.QUASI_IDENTIFIER) == ("zip", "sex")


def test_another_rule_for_missing_values_is_measured_and_kept(open_part, people, settled):
    rows = {"town": ["Aby", "Aby", "Aby", None], "age": [40, 40, 40, 40]}
    version = people(rows, sensitive=())
    app = open_part(version, "Re-identification")
    assert (
        "1 row (25.0%) lacks a quasi-identifier; a missing value is read as a value of its own"
        in (words(app))
    )
    assert numbers(app)["Unique rows"] == "1"
    app = control(app, "A missing").set_value("wildcard").run()
    settled(app)
    time.sleep(0.05)
    app = settled(app.run())
    assert runner.report_options(version, RISK).missing == "wildcard"
    # a wildcard fits Aby: all four rows are alike
    assert numbers(app)["Unique rows"] == "0"
    assert numbers(app)["Smallest class (k)"] == "4"


def test_population_counts_are_taken_from_a_file_and_taken_away(open_part, people, settled):
    version = people()
    app = open_part(version, "Re-identification")
    told = b"town,age,count\nZyxolia,93,4\nAby,40,30\nBly,40,30\nCly,40,30\n"
    app.file_uploader[0].upload("census.csv", told, "text/csv")
    app.run()
    settled(app)
    time.sleep(0.05)
    app = settled(app.run())
    # 1 of 4 people for the one row, 3 of 30 for the others: (1/4 + 9/30) / 10 rows
    assert numbers(app)["Journalist, highest"] == "25.0%"
    assert numbers(app)["Marketer"] == "5.5%"
    assert "census.csv" in words(app)
    app = press(app, "Take the counts away")
    settled(app)
    time.sleep(0.05)
    app = settled(app.run())
    assert runner.report_options(version, RISK).population == ()
    assert "Marketer" not in numbers(app)


def test_the_driver_is_named_and_a_row_of_a_combination_is_shown(open_part, people):
    app = open_part(people(), "What drives it")
    assert not app.error
    # without the age the town, without the town the age still singles out the row
    assert answers(app)[-1].startswith("No quasi-identifier adds to the risk by itself")
    assert "One column is enough" in words(app)
    app = control(app, "Show a row that is unique by").set_value(0).run()
    assert "the only one with its values of" in words(app)
    assert SECRET not in cells(app) + words(app)


def test_a_column_that_may_be_known_is_marked_by_a_button(open_part, people):
    rows = PEOPLE | {"sex": ["f", "m"] * 5}
    version = people(rows)
    app = open_part(version, "What drives it")
    assert "“sex”: it is named like" in words(app)
    press(app, "Mark as quasi-identifier")
    assert set(runner.roles(version).having(Role.QUASI_IDENTIFIER)) == {"town", "age", "sex"}
    assert runner.roles(version).having(Role.SENSITIVE) == ("illness",)


def test_what_if_moves_the_numbers_and_names_the_steps(open_part, people):
    rows = {
        "born": [1950 + i for i in range(40)],
        "town": ["Aby", "Bly"] * 20,
        "illness": ["a", "b", "c", "d"] * 10,
    }
    version = people(rows, quasi=("born", "town"))
    app = open_part(version, "What if")
    assert numbers(app)["Unique rows"] == "40"
    app = control(app, "born").set_value("bins of 10").run()
    # ten years of each decade, five in each of two towns
    assert numbers(app)["Unique rows"] == "40 → 0"
    assert numbers(app)["Smallest class (k)"] == "1 → 5"
    assert "With “born” in bins of 10, unique rows fall from 40 to 0" in answers(app)[-1]
    assert "Generalize: born; width 10" in words(app)
    app = control(app, "Quasi-identifiers").set_value(["town"]).run()
    assert numbers(app)["Smallest class (k)"] == "1 → 20"
    assert "Drop columns: born" in words(app)
    app = press(app, "Add to the recipe")
    assert [s.given for s in draft(version).steps] == [{"columns": ["born"]}]
    app = control(app, "Quasi-identifiers").set_value([]).run()
    assert answers(app)[-1].startswith("With no quasi-identifier left")
    app = press(app, "Put everything back")
    assert numbers(app)["Smallest class (k)"] == "1"
    assert risk_of(version).uniques == 40, "nothing is changed"


def test_what_was_tried_is_kept_while_on_the_page(open_part, people):
    version = people()
    app = open_part(version, "What if")
    app = control(app, "Quasi-identifiers").set_value(["town"]).run()
    before = numbers(app)
    app = control(app, "Question").set_value("Re-identification").run()
    app = control(app, "Question").set_value("What if").run()
    assert numbers(app) == before
    assert control(app, "Quasi-identifiers").value == ["town"]


def test_what_classes_give_away_is_told_and_explained(open_part, people):
    rows = {"town": ["Aby"] * 3 + ["Bly"] * 3, "illness": ["flu"] * 3 + ["flu", "cold", "gout"]}
    app = open_part(people(rows, quasi=("town",)), "Sensitive attributes")
    assert not app.error
    assert answers(app)[-1] == (
        "3 rows are in classes of two and more in which all have the same “illness”: nobody has "
        "to be singled out to learn it."
    )
    line = next(d.value for d in app.dataframe if "Attribute" in d.value.columns)
    assert list(line["Fewest in a class (l)"]) == ["1"]
    assert "Most frequent value" in cells(app)


def test_without_an_attribute_it_says_how_to_name_one(open_part, people):
    app = open_part(people(sensitive=()), "Sensitive attributes")
    assert answers(app)[-1] == ("No column is marked whose values must not be learned of a person.")


def odd(kind: str) -> tuple[dict[str, list], tuple[str, ...]]:
    long = [
        f"marital status of the applicant as stated in the form of the year {i}" for i in range(13)
    ]
    names = (HOSTILE, "zip", *long)
    return {
        "one row": ({"town": ["Aby"], "age": [40], "illness": ["flu"]}, QUASI),
        "all unique": ({"town": [f"t{i}" for i in range(30)], "illness": ["a"] * 30}, ("town",)),
        "one class": ({"town": ["Aby"] * 30, "illness": ["a", "b"] * 15}, ("town",)),
        "many long names": (
            {n: [f"v{(i * 7 + j) % 3}" for i in range(60)] for j, n in enumerate(names)}
            | {"illness": ["a", "b"] * 30},
            names,
        ),
        "no rows": ({"town": [], "age": [], "illness": []}, QUASI),
        "only missing": ({"town": [None] * 4, "age": [1] * 4, "illness": ["a"] * 4}, QUASI),
    }[kind]


@pytest.mark.parametrize(
    "kind", ["one row", "all unique", "one class", "many long names", "no rows", "only missing"]
)
def test_odd_tables_are_shown_without_an_error(open_part, people, kind):
    rows, quasi = odd(kind)
    version = people(rows, quasi=quasi)
    app = open_part(version, "Re-identification")
    for part in control(app, "Question").options:
        if part in ("Re-identification", "What drives it", "What if", "Sensitive attributes"):
            app = control(app, "Question").set_value(part).run()
            assert not app.error, part
            assert not app.exception, part
            assert answers(app), part
            assert "![x]" not in "".join(str(m.value) for m in app.main.get("markdown"))
