"""Recipe: steps from findings and by search, edited, undone, previewed, applied, saved, opened."""

import csv
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit import registry, runner
from audit.runner import recipe_draft
from audit.runner.export_shelf import on_shelf
from audit.store import Version
from audit.ui.recipe import files

PAGE = "pages/improve/recipe.py"
MAIL = "canary.person@example.org"


def words(app: AppTest) -> str:
    """What a person reads, without the marks of the escaper."""
    texts = (*app.main.get("markdown"), *app.title, *app.subheader)
    return "\n".join(str(e.value) for e in texts).replace("\\", "").replace("\u2060", "")


def answer(app: AppTest) -> str:
    found = (str(m.value) for m in app.main.get("markdown"))
    return next(m for m in found if m.startswith("#### ")).removeprefix("#### ").replace("\\", "")


def plain(label: str) -> str:
    """What a screen reader says of a button: its label without colours and escapes."""
    return re.sub(r":gray\[(\w+)\]", r"\1", label).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if label in b.label).click().run()


def steps(version: Version) -> list[str]:
    return [s.remedy for s in recipe_draft.draft(version).steps]


@pytest.fixture
def rows(version_of) -> Version:
    """60 rows: every tenth lacks an age, the job has spaces, one column is a person's."""
    n = 60
    data = {
        "age": [None if i % 10 == 0 else 20 + i % 40 for i in range(n)],
        "job": [f" job {i % 3} " for i in range(n)],
        "email": [f"{i}{MAIL}" for i in range(n)],
    }
    version = version_of(data, name="rows")
    version.set_roles(runner.complete(_roles(), version))
    return version


def _roles():
    from audit.model import ColumnRole, Role, RoleMap

    personal = ColumnRole(column="email", roles=(Role.DIRECT_IDENTIFIER,), confirmed=True)
    return RoleMap(columns=(personal,))


def keep(version: Version, *made_of: tuple[str, dict]) -> None:
    chosen = tuple(runner.make_step(id_, given) for id_, given in made_of)
    recipe_draft.keep_draft(version, runner.Recipe(steps=chosen))


def previewed(app: AppTest, settled) -> AppTest:
    app.button(key="preview").click().run()
    return settled(settled(app).run())


@pytest.fixture
def draft_of_two(rows: Version) -> Version:
    keep(rows, ("trim-space", {}), ("drop-missing", {"columns": ["age"]}))
    return rows


def test_without_a_step_the_page_says_so_and_measures_nothing(open_app, version_of):
    app = open_app(version_of({"a": [1, 2]}))
    other = version_of({"b": [1, 2, 3]})
    app.query_params["dataset"] = other.id
    app.switch_page(str(Path(__file__).parents[2] / PAGE)).run()
    assert answer(app).startswith("No step yet.")
    assert not app.error
    assert runner.kept_result(other) is None


def test_a_step_found_by_search_is_added_with_its_form(open_app, rows):
    app = open_app(rows, PAGE)
    app.segmented_control(key=f"add-from-{rows.id}").set_value("All steps").run()
    labels = {b.key: plain(b.label) for b in app.button if (b.key or "").startswith("begin-")}
    assert labels.keys() == {f"begin-{id_}" for id_ in registry.remedies()}
    assert len(set(labels.values())) == len(labels)
    assert labels["begin-drop-missing"] == "Add Drop rows that lack a value"
    assert labels["begin-add-noise"] == "Add noise to numbers"
    headings = [m.split()[1] for m in (str(e.value) for e in app.markdown) if m[:5] == "#### "]
    assert headings[-4:] == ["Filter", "Clean", "Rebalance", "Anonymize"]
    app.text_input(key="remedy-search").set_value("LACK a value").run()
    assert [b.key for b in app.button if (b.key or "").startswith("begin-")] == [
        "begin-drop-missing"
    ]
    assert f"1 of {len(labels)} steps" in words(app)
    app.button(key="begin-drop-missing").click().run()
    app.multiselect[0].set_value(["age"]).run()
    assert steps(rows) == []
    press(app, "Add to the recipe")
    (step,) = recipe_draft.draft(rows).steps
    assert (step.remedy, step.given) == ("drop-missing", {"columns": ["age"]})
    assert "Columns: age" in words(app)


def test_what_a_step_needs_is_said_beside_the_form_and_what_was_typed_stays(open_app, rows):
    app = open_app(rows, PAGE)
    app.segmented_control(key=f"add-from-{rows.id}").set_value("All steps").run()
    app.button(key="begin-filter-rows").click().run()
    mode = next(c for c in app.segmented_control if c.label == "How")
    mode.set_value("Type it").run()
    app.text_area[0].set_value("age >= ").run()
    assert not app.error
    press(app, "Add to the recipe")
    if not app.error:  # a condition is read when it is tried
        assert steps(rows) == ["filter-rows"]
        return
    assert app.text_area[0].value == "age >= "
    app.text_area[0].set_value("age >= 30").run()
    assert not app.error
    press(app, "Add to the recipe")
    assert steps(rows) == ["filter-rows"]


def test_a_condition_is_built_of_lines_and_taken_apart_again(open_app, rows):
    keep(rows, ("filter-rows", {"where": '"age" >= 30 AND "job" = \' job 1 \''}))
    app = open_app(rows, PAGE)
    app.button(key="step-edit-0").click().run()
    columns = [s.value for s in app.selectbox if s.label == "Column"]
    assert columns == ["age", "job"]
    next(t for t in app.text_input if t.label == "Value").set_value("41").run()
    press(app, "Save the step")
    (step,) = recipe_draft.draft(rows).steps
    assert step.given["where"] == '"age" >= 41 AND "job" = \' job 1 \''


def test_a_number_that_is_none_is_an_error_beside_the_form(open_app, rows):
    keep(rows, ("filter-rows", {"where": '"age" >= 30'}))
    app = open_app(rows, PAGE)
    app.button(key="step-edit-0").click().run()
    next(t for t in app.text_input if t.label == "Value").set_value("many").run()
    press(app, "Save the step")
    assert "holds numbers" in app.error[0].value
    assert next(t for t in app.text_input if t.label == "Value").value == "many"
    assert recipe_draft.draft(rows).steps[0].given["where"] == '"age" >= 30'


def test_editing_a_step_changes_it_and_undo_is_as_before(open_app, draft_of_two):
    before = recipe_draft.draft(draft_of_two)
    app = open_app(draft_of_two, PAGE)
    app.button(key="step-edit-0").click().run()
    next(t for t in app.toggle if t.label == "Collapse within").set_value(False).run()
    press(app, "Save the step")
    changed = recipe_draft.draft(draft_of_two)
    assert changed.steps[0].given == {"inner": False}
    app.button(key="undo").click().run()
    assert recipe_draft.draft(draft_of_two) == before
    app.button(key="redo").click().run()
    assert recipe_draft.draft(draft_of_two) == changed
    assert app.button(key="redo").disabled
    again = open_app(draft_of_two, PAGE)  # the page is reloaded: another session
    again.button(key="undo").click().run()
    assert recipe_draft.draft(draft_of_two) == before
    again = open_app(draft_of_two, PAGE)
    assert not again.button(key="redo").disabled


def test_steps_are_moved_removed_switched_and_the_recipe_named(open_app, draft_of_two):
    app = open_app(draft_of_two, PAGE)
    app.button(key="step-down-0").click().run()
    assert steps(draft_of_two) == ["drop-missing", "trim-space"]
    app.toggle(key="step-on-0").set_value(False).run()
    assert [s.skip for s in recipe_draft.draft(draft_of_two).steps] == [True, False]
    app.button(key="step-remove-1").click().run()
    assert steps(draft_of_two) == ["drop-missing"]
    assert answer(app) == "The only step is switched off: nothing would change."
    app.text_input(key=f"recipe-name-{draft_of_two.id}").set_value("for the model").run()
    assert recipe_draft.draft(draft_of_two).name == "for the model"
    for _ in range(4):
        app.button(key="undo").click().run()
    assert steps(draft_of_two) == ["trim-space", "drop-missing"]


def test_a_preview_says_what_each_step_did_and_is_marked_once_it_no_longer_holds(
    open_app, settled, draft_of_two
):
    app = open_app(draft_of_two, PAGE)
    assert answer(app) == "Two steps; a preview shows what they do."
    previewed(app, settled)
    assert (
        answer(app)
        == "Two steps: 60 values of job change, 6 rows go (10.0%); of 60 rows 54 are left."
    )
    assert "60 rows in, 54 out · 6 removed" in words(app)
    assert "went because · 6: age is missing" in words(app)
    assert "tried on all 60 rows" in words(app)
    app.button(key="step-edit-1").click().run()
    app.multiselect[0].set_value(["job"]).run()
    press(app, "Save the step")
    assert "60 rows stay · 60 changed" in words(app)
    assert "54 out" not in words(app)
    assert answer(app) == "Two steps; a preview shows what they do."
    assert any("before the last edit" in str(m.value) for m in app.main.get("markdown"))


def test_the_rows_touched_stand_side_by_side_with_changes_marked_and_masks(
    open_app, settled, draft_of_two
):
    app = previewed(open_app(draft_of_two, PAGE), settled)
    before, after = (d.value for d in app.dataframe[-2:])
    assert list(before["job"])[:2] == ["␣job 0␣", "␣job 1␣"]
    assert list(after["job"])[:2] == ["→ job 0", "→ job 1"]
    assert list(after.columns[:2]) == ["row", "job"]
    assert list(after["row"])[:3] == [1, 2, 3]
    assert MAIL not in str(after.to_dict()) + str(before.to_dict())
    app.selectbox(key="touched-step").set_value(1).run()
    gone = app.dataframe[-1].value
    assert set(gone["why"]) == {"age is missing"}
    assert list(gone["row"]) == [1, 11, 21, 31, 41, 51]
    next(t for t in app.toggle if t.label == "Show personal values").set_value(True).run()
    assert MAIL in str(app.dataframe[-1].value.to_dict())


def test_a_step_that_cannot_be_carried_out_says_which_and_what_to_do(open_app, settled, rows):
    keep(rows, ("drop-missing", {"columns": ["agee"]}))
    app = previewed(open_app(rows, PAGE), settled)
    assert "Step 1" in app.error[0].value
    assert "Did you mean" in app.error[0].value
    assert steps(rows) == ["drop-missing"]


def test_without_a_key_one_is_made_in_a_click(open_app, settled, rows, workspace, monkeypatch):
    monkeypatch.delenv("EVENHAND_KEY", raising=False)
    keep(rows, ("hash-keyed", {"columns": ["email"]}))
    app = previewed(open_app(rows, PAGE), settled)
    assert "needs a secret key" in app.error[0].value
    press(app, "Make a key for this workspace")
    assert (workspace.root / "key").exists()
    assert not app.error
    previewed(app, settled)
    assert "60 rows stay · 60 changed" in words(app)


def test_applying_makes_a_version_with_its_account_and_a_way_back(
    open_app, settled, draft_of_two, workspace
):
    app = previewed(open_app(draft_of_two, PAGE), settled)
    app.button(key="apply").click().run()
    settled(settled(app).run())
    (new,) = [v for v in workspace.versions() if v.manifest.origin.parent == draft_of_two.id]
    assert app.query_params["dataset"] in (new.id, [new.id])
    assert new.manifest.rows == 54
    assert "Two steps made this version" in words(app)
    next(t for t in app.toggle if t.label == "Show the rows that went").set_value(True).run()
    gone = app.dataframe[0].value
    assert list(gone.index) == [1, 11, 21, 31, 41, 51]
    assert set(gone["why"]) == {"age is missing"}
    assert MAIL not in str(gone.to_dict())
    app.selectbox(key=f"gone-by-{new.id}").set_value(2).run()
    app.button(key="restore-2").click().run()
    assert app.query_params["dataset"] in (draft_of_two.id, [draft_of_two.id])
    assert [s.skip for s in recipe_draft.draft(draft_of_two).steps] == [False, True]


def test_removed_rows_are_written_by_the_shelf_so_that_no_spreadsheet_runs_them(
    open_app, settled, version_of, workspace
):
    version = version_of({"a": [1, None, 3], "note": ["x", "=1+1", "y"]})
    recipe = runner.Recipe(steps=(runner.make_step("drop-missing", {"columns": ["a"]}),))
    new = runner.apply(version, recipe, workspace=workspace)
    app = open_app(new, PAGE)
    next(t for t in app.toggle if t.label == "Show the rows that went").set_value(True).run()
    app.button(key="write-removed rows").click().run()
    settled(settled(app).run())
    assert "1 text that a spreadsheet would run as a formula got an apostrophe" in words(app)
    assert [b.proto.label for b in app.get("link_button")] == ["Removed rows (CSV)"]
    (file,) = on_shelf(new, "removed rows") or ()
    read = list(csv.reader(file.path.read_text("utf-8-sig").splitlines()))
    assert read == [
        ["a", "note", "removed_row", "removed_by", "removed_because"],
        ["", "'=1+1", "2", "1: drop-missing", "a is missing"],
    ]


def test_a_saved_recipe_opens_as_the_same_and_one_for_other_data_is_asked_about(
    open_app, draft_of_two, version_of
):
    whole = recipe_draft.for_version(recipe_draft.draft(draft_of_two), draft_of_two)
    text = whole.text().encode()
    assert "email: direct-identifier" in whole.text()
    app = open_app(draft_of_two, PAGE)
    app.file_uploader[0].set_value(("mine.yaml", text, "application/yaml")).run()
    assert recipe_draft.draft(draft_of_two) == runner.Recipe.parse(text)

    other = version_of({"age": [1, None], "job": ["a ", "b"]}, name="other")
    app = open_app(other, PAGE)
    app.file_uploader[0].set_value(("mine.yaml", text, "application/yaml")).run()
    assert steps(other) == []
    assert "was made for “rows”" in words(app)
    app.button(key="use-anyway").click().run()
    assert steps(other) == ["trim-space", "drop-missing"]
    assert recipe_draft.fits(recipe_draft.draft(other), other)


def test_a_file_that_is_no_recipe_is_a_readable_error_and_changes_nothing(open_app, draft_of_two):
    app = open_app(draft_of_two, PAGE)
    app.file_uploader[0].set_value(("x.yaml", b"steps:\n - drop-misssing: {}", "text/yaml")).run()
    assert "drop-missing" in app.error[0].value.replace("\\", "")
    assert steps(draft_of_two) == ["trim-space", "drop-missing"]


def test_a_draft_that_no_longer_fits_the_program_is_not_lost(open_app, rows):
    text = "version: 1\nsteps:\n- gone-remedy: {}\n"
    rows.keep(recipe_draft.DRAFT, recipe_draft._Kept(recipe=text))
    app = open_app(rows, PAGE)
    assert "gone-remedy" in app.error[0].value.replace("\\", "")
    assert recipe_draft.draft_text(rows) == text
    app.button(key="empty-broken").click().run()
    assert not app.error
    assert steps(rows) == []


def test_hostile_names_stay_text(open_app, version_of, settled):
    name = "![x](http://e.example/x.png) :material/home: $x$"
    version = version_of({name: ["a ", None, "b"]}, name=name)
    keep(version, ("trim-space", {"columns": [name]}), ("drop-missing", {"columns": [name]}))
    app = previewed(open_app(version, PAGE), settled)
    assert not app.error
    written = "\n".join(str(m.value) for m in app.main.get("markdown"))
    assert "![x]" not in written


def test_the_name_of_a_file_is_plain():
    recipe = runner.Recipe(name="../../<b>x</b>")
    assert files.file_name(recipe, None) == "b-x-b.yaml"


def test_many_notes_of_a_step_do_not_push_aside_what_comes_below():
    def noted() -> None:
        from audit.ui.recipe import steps

        steps.notes([f"note {i}" for i in range(8)])
        steps.notes([f"other {i}" for i in range(6)])

    app = AppTest.from_function(noted).run()

    [rest] = app.expander
    assert rest.label == "3 more notes"
    assert [m.value for m in rest.markdown] == ["note 5", "note 6", "note 7"]
