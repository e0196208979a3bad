"""Export: formats, parts, and the evidence of a version that a recipe made."""

import csv
import io

import pyarrow.parquet as pq
import pytest

from audit import runner
from audit.runner.export_shelf import on_shelf

EXPORT = "pages/deliver/export.py"
ROWS = {"n": [1, 2, 3, None], "t": ["=1+1", "b", "c", "d"]}


def labels(app, kind="link_button"):
    return [b.proto.label.split("]")[0].removeprefix(":color[") for b in app.get(kind)]


def press(app, label, settled):
    button = next(b for b in app.button if label in b.label)
    return settled(button.click().run())


def test_a_format_that_is_chosen_is_written_and_offered(open_app, settled, version_of):
    version = version_of(ROWS)
    app = open_app(version, EXPORT)
    assert labels(app) == ["Download Parquet"]
    app.segmented_control(key="export-format").set_value("csv-spreadsheet").run()
    assert labels(app) == []
    app = press(app, "Write CSV for spreadsheets", settled)
    assert not app.exception
    assert labels(app) == ["Download CSV for spreadsheets"]
    told = "\n".join(m.value for m in app.markdown)
    assert "1 text that a spreadsheet would run as a formula got an apostrophe in front" in told


def test_parts_are_written_to_a_file_each(open_app, settled, version_of):
    version = version_of({"n": list(range(50))})
    app = open_app(version, EXPORT)
    app.segmented_control(key="export-parts").set_value("Train, validation, test").run()
    app = press(app, "Write Parquet in parts", settled)
    assert labels(app) == ["Download train", "Download validation", "Download test"]
    files = list((version.folder / "exports").glob("*.parquet"))
    assert sorted(n for f in files for n in pq.read_table(f)["n"].to_pylist()) == list(range(50))


def test_shares_that_do_not_add_up_are_told_and_nothing_is_written(open_app, version_of):
    app = open_app(version_of(ROWS), EXPORT)
    app.segmented_control(key="export-parts").set_value("Train, validation, test").run()
    app.number_input(key="export-share-train").set_value(70).run()
    assert "must add up to 1" in app.error[0].value
    assert not [b for b in app.button if "Write" in b.label]


@pytest.fixture
def mended(workspace, version_of):
    version = version_of(ROWS)
    recipe = runner.Recipe(steps=(runner.make_step("drop-missing"),))
    return runner.apply(version, recipe, workspace=workspace)


def test_the_recipe_and_the_rows_that_went_are_offered(open_app, settled, mended):
    app = open_app(mended, EXPORT)
    assert "Recipe" in [b.label for b in app.get("download_button")]
    app = press(app, "Write the removed rows", settled)
    assert "Removed rows (CSV)" in labels(app)
    (file,) = on_shelf(mended, "removed rows") or ()
    text = file.path.read_bytes().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1:] == [
        ["", "d", "4", "1: drop-missing", "n is missing"]
    ]


def test_after_the_original_is_deleted_the_page_says_where_its_rows_went(
    open_app, workspace, mended
):
    workspace.delete(workspace.find(mended.manifest.origin.parent))
    app = open_app(mended, EXPORT)
    assert not app.exception
    assert "has been deleted" in "\n".join(m.value for m in app.markdown)


def test_what_was_written_is_deleted_with_the_version(open_app, settled, version_of, workspace):
    version = version_of(ROWS)
    app = open_app(version, EXPORT)
    app.segmented_control(key="export-format").set_value("csv").run()
    press(app, "Write CSV", settled)
    assert list((version.folder / "exports").glob("*.csv"))
    workspace.delete(version)
    assert not list(workspace.root.rglob("*.csv"))
