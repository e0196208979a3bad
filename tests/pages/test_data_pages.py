"""Load and Describe: what a person reads and can do there."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from audit import runner
from audit.model import Origin, Role
from audit.store import Version, Workspace

Open = Callable[..., AppTest]
Settled = Callable[[AppTest], AppTest]
LOAD, DESCRIBE = "pages/data/load.py", "pages/data/describe.py"


def words(app: AppTest) -> str:
    return "\n".join(str(e.value) for e in [*app.title, *app.subheader, *app.markdown])


def choose(app: AppTest, path: Path, settled: Settled) -> AppTest:
    app.text_input[0].set_value(str(path))
    return settled(app.run())


def option(app: AppTest, label: str) -> str:
    return str(next(s for s in app.selectbox if s.label == label).value)


def test_a_file_is_shown_with_its_dialect_before_anything_is_loaded(
    open_app: Open, settled: Settled, tmp_path: Path, workspace: Workspace
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name;town\n" + "Ann;Rom\nBo;Bern\n" * 20)
    app = choose(open_app(page=LOAD), file, settled)
    assert option(app, "Delimiter") == ";"
    assert option(app, "Encoding") == "utf-8"
    assert [c.shape for c in (d.value for d in app.dataframe)] == [(40, 2)]
    assert workspace.versions() == ()


def test_an_option_that_is_overridden_changes_the_preview_and_can_be_taken_back(
    open_app: Open, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name;town\n" + "Ann;Rom\nBo;Bern\n" * 20)
    app = choose(open_app(page=LOAD), file, settled)
    delimiter = next(s for s in app.selectbox if s.label == "Delimiter")
    delimiter.set_value(",")
    app = settled(app.run())
    assert app.dataframe[0].value.shape[1] == 1
    assert "set by you" in words(app)
    next(b for b in app.button if b.label == "Back to what was found").click()
    app = settled(app.run())
    assert option(app, "Delimiter") == ";"
    assert app.dataframe[0].value.shape[1] == 2


def test_a_loaded_file_comes_with_a_sum_and_its_rejected_records(
    open_app: Open, settled: Settled, tmp_path: Path, workspace: Workspace
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,age\n" + "Ann,31\n" * 30 + "=1+1\n" + "Bo,40\n" * 9)
    app = choose(open_app(page=LOAD), file, settled)
    app.button(key="load").click()
    app = settled(app.run())
    told = words(app)
    assert "40 records found = 39 loaded + 1 rejected + 0 skipped" in told
    assert not app.exception
    (version,) = workspace.versions()
    assert version.manifest.rows == 39
    shown = app.dataframe[0].value
    assert list(shown.columns) == ["line", "column", "reason"]
    assert shown["line"].tolist() == [32]
    next(t for t in app.toggle if "text of the records" in t.label).set_value(True)
    app = settled(app.run())
    assert app.dataframe[0].value["record"].tolist() == ["=1+1"]


def test_a_path_that_does_not_exist_is_named_in_place_and_can_be_corrected(
    open_app: Open, settled: Settled, tmp_path: Path
) -> None:
    app = choose(open_app(page=LOAD), tmp_path / "peple.csv", settled)
    assert len(app.error) == 1
    assert app.text_input[0].value == str(tmp_path / "peple.csv")
    (tmp_path / "people.csv").write_text("a,b\n1,2\n3,4\n")
    app = choose(app, tmp_path / "people.csv", settled)
    assert not app.error
    assert app.button(key="load")


def test_a_version_is_deleted_only_after_a_question(
    open_app: Open, version_of: Callable[..., Version], workspace: Workspace
) -> None:
    version = version_of({"a": [1, 2]}, name="mine")
    app = open_app(version, LOAD)
    app.button(key=f"delete-{version.id}").click()
    app.run()
    assert workspace.versions() != ()
    assert "cannot be undone" in words(app)
    app.button(key="delete-yes").click()
    app.run()
    assert workspace.versions() == ()
    assert not app.exception


def test_the_list_says_what_was_made_from_what(
    open_app: Open, version_of: Callable[..., Version], workspace: Workspace
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    parent = version_of({"a": [1, 1]}, name="raw")
    with workspace.draft() as draft:
        pq.write_table(pa.table({"a": [1]}), draft.data)
        origin = Origin(parent=parent.id)
        child = workspace.commit(draft, name="clean", origin=origin)
    told = words(open_app(parent, LOAD))
    assert f"made from “raw” ({parent.id[:6]}) by a recipe" in told
    assert f"1 version made from it: {child.id[:6]}" in told


def test_roles_are_guessed_shown_and_kept_when_confirmed(
    open_app: Open, version_of: Callable[..., Version]
) -> None:
    version = version_of({"sex": ["m", "f"] * 20, "income": ["a", "b"] * 20})
    app = open_app(version, DESCRIBE)
    assert "guessed from names" in words(app)
    app.button(key="confirm-roles").click()
    app.run()
    kept = version.roles()
    assert kept is not None
    assert all(c.confirmed for c in kept.columns)
    assert kept.having(Role.SENSITIVE) == ("sex",)
    assert "2 columns · confirmed" in words(app)


def test_the_positive_value_is_chosen_from_the_values_of_the_label(
    open_app: Open, version_of: Callable[..., Version]
) -> None:
    version = version_of({"sex": ["m", "f"] * 20, "outcome": ["no", "yes", "no", "no"] * 10})
    roles = runner.roles(version)
    assert roles.one(Role.LABEL) == "outcome"
    app = open_app(version, DESCRIBE)
    positive = next(s for s in app.selectbox if s.label.startswith("Positive"))
    assert positive.options == ["no (30)", "yes (10)"]
    positive.set_value("no")
    app.run()
    assert "Not saved yet: the positive value" in words(app)
    app.button(key="confirm-roles").click()
    app.run()
    kept = version.roles()
    assert kept is not None
    assert kept.positive == "no"


def test_purpose_and_licence_are_kept_in_the_manifest(
    open_app: Open, version_of: Callable[..., Version], workspace: Workspace
) -> None:
    version = version_of({"a": [1, 2]})
    app = open_app(version, DESCRIBE)
    app.text_area[0].set_value("  To learn  ")
    next(t for t in app.text_input if t.label == "Licence").set_value("CC BY 4.0")
    next(b for b in app.button if b.label == "Save").click()
    app.run()
    about = workspace.find(version.id).manifest.about
    assert (about.purpose, about.licence, about.consent) == ("To learn", "CC BY 4.0", "")


def test_a_collection_that_ends_before_it_starts_is_refused(
    open_app: Open, version_of: Callable[..., Version], workspace: Workspace
) -> None:
    version = version_of({"a": [1, 2]})
    app = open_app(version, DESCRIBE)
    app.date_input[0].set_value(date(2024, 5, 1))
    app.date_input[1].set_value(date(2023, 5, 1))
    next(b for b in app.button if b.label == "Save").click()
    app.run()
    assert "ends before it starts" in app.error[0].value
    assert workspace.find(version.id).manifest.about.collected_from == ""


def test_a_table_of_a_thousand_columns_can_be_described(
    open_app: Open, version_of: Callable[..., Version]
) -> None:
    version = version_of({f"column {i}": [i, i + 1] for i in range(1000)})
    app = open_app(version, DESCRIBE)
    assert not app.exception
    assert not app.error
    assert app.data_editor[0].value.shape[0] == 1000


def test_what_the_search_found_is_confirmed_with_the_rest(
    version_of: Callable[..., Version], open_app: Open
) -> None:
    """Else to confirm all roles would unmask a column of names that is called col_7."""
    names = [f"{a} {b}" for a in ("Anna", "Peter", "Laura") for b in ("Miller", "Walker", "Baker")]
    version = version_of({"col_7": names * 20, "size": list(range(180))})
    runner.run(version, reports=["pii"])
    assert runner.roles(version).of("col_7") == ()
    app = open_app(version, DESCRIBE)
    app.button(key="confirm-roles").click()
    app.run()
    assert not app.exception
    assert Role.DIRECT_IDENTIFIER in runner.roles(version).of("col_7")
