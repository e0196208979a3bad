"""Compare: what a person reads and chooses, on a comparison made up and on a real one."""

import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit import runner
from audit.comparing.values import Pairing
from tests.ui import comparison_values as made

PAGE = "pages/improve/compare.py"
ROOT = Path(__file__).parents[2]


def words(app) -> str:
    """What a person reads, without the backslashes of the escaper."""
    texts = (*app.main.get("markdown"), *app.title, *app.subheader)
    return "\n".join(str(e.value) for e in texts).replace("\\", "")


def alts(app) -> list[str]:
    return [e.proto.alt for e in app.main.get("plotly_chart")]


def control(app, label: str):
    found = [*app.segmented_control, *app.selectbox, *app.toggle]
    return next(c for c in found if c.label.startswith(label))


def asked(app, name: str) -> str:
    value = app.query_params[name]
    return value if isinstance(value, str) else value[0]


def part(app, name: str):
    return control(app, "Part").set_value(name).run()


@pytest.fixture
def open_page(workspace, monkeypatch):
    """Open the page by itself, without the frame, which would measure the version first."""
    monkeypatch.setenv("EVENHAND_WORKSPACE", str(workspace.root))

    def open_(version, **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / PAGE), default_timeout=60)
        for name, value in {"dataset": version.id, **query}.items():
            app.query_params[name] = value
        return app.run()

    return open_


@pytest.fixture
def two(version_of, workspace):
    """A version and one that a recipe made of it: 4 of 8 rows stay, one cell differs."""
    before = version_of(
        {
            "race": [*(["Other"] * 4), *(["White "] * 4)],
            "name": [f"Jane Doe {i}" for i in range(8)],
            "age": [None, 31, 32, 33, None, 35, 36, 37],
        },
        name="census",
    )
    steps = (runner.make_step("trim-space", {}), runner.make_step("drop-missing", {}))
    after = runner.apply(before, runner.Recipe(steps=steps), workspace=workspace)
    return before, after


@pytest.fixture
def kept(two, monkeypatch):
    """Let the comparison of the two be the one given."""

    def keep(**changes):
        comparison = made.comparison(**changes)
        monkeypatch.setattr(runner, "kept_comparison", lambda *_, **__: comparison)
        return two

    return keep


def test_it_opens_on_the_answer_with_the_scorecard_and_who_was_filtered_out(open_page, kept):
    before, after = kept()
    app = open_page(after)
    assert not app.exception
    assert not app.error
    assert app.title[0].value == "What the mending did"
    assert "2 measures got better, 2 got worse, 1 stayed" in words(app)
    assert "not evenly: 35.0% of “Other” (race)" in words(app)
    scorecard, removed = alts(app)[:2]
    assert scorecard.startswith("Before and after, each on its own scale: Rows: 48,842")
    assert "Other 35.0%" in removed
    assert "Unknown: too few to tell (n = 12)" in removed
    assert (asked(app, "before"), asked(app, "after")) == (before.id, after.id)


def test_what_got_worse_is_one_click_away(open_page, kept):
    app = open_page(kept()[1])
    shown = control(app, "Show")
    assert [o.content for o in shown.proto.options] == [
        *("All 7", "Got worse 2", "Got better 2", "Stayed 1", "Unclear 2"),
    ]
    app = shown.set_value("worse").run()
    assert "Rows: 48,842" in alts(app)[0]
    assert "better" not in alts(app)[0]


PARTS = {
    "Measures": "change = after − before",
    "Findings": "1 finding is new; 1 is more severe",
    "Each step": "a value of workclass is missing",
    "Columns": "1 column is spread otherwise than before",
    "What a model learns": "It says nothing about other models.",
    "Rows": "44,866 rows still there",
    "Download": "no row of the data",
}


def test_each_part_says_what_it_shows(open_page, kept):
    app = open_page(kept()[1])
    for name, said in PARTS.items():
        app = part(app, name)
        assert not app.exception
        assert not app.error
        assert said in words(app), name


def test_a_column_is_drawn_from_both_versions_but_one_of_names_is_not(open_page, kept):
    drift = (made.drift("race"), made.drift("name", 0.01))
    app = part(open_page(kept(drift=drift)[1]), "Columns")
    assert any("Values of race" in alt for alt in alts(app))
    app = control(app, "Column in depth").set_value("name").run()
    assert "may name people" in words(app)
    assert not any("Jane" in alt for alt in alts(app))


def test_rows_are_shown_old_beside_new_and_names_as_shapes(open_page, kept):
    pairing = Pairing(
        relation="made from it",
        paired=6,
        removed=2,
        copied=0,
        added=0,
        changed=3,
        changed_cells=(("race", 3),),
    )
    app = part(open_page(kept(pairing=pairing)[1]), "Rows")
    old, new = (d.value for d in app.dataframe[-2:])
    assert list(old.columns) == list(new.columns) == ["row", "race", "name", "age"]
    assert set(old["race"]) == {"White␣"}
    assert set(new["race"]) == {"→ White"}
    assert set(old["name"]) | set(new["name"]) == {"xxxx xxx 9"}
    app = control(app, "Show personal values").set_value(True).run()
    assert set(app.dataframe[-1].value["name"]) == {"Jane Doe 5", "Jane Doe 6", "Jane Doe 7"}
    app = control(app, "Rows that are").set_value("removed").run()
    assert len(app.dataframe[-1].value) == 2


def test_swapping_lets_after_be_before(open_page, kept):
    before, after = kept()
    app = open_page(after)
    app = next(b for b in app.button if b.label == "Swap before and after").click().run()
    assert (asked(app, "before"), asked(app, "after")) == (after.id, before.id)


def test_a_link_names_both_versions(open_page, kept):
    before, after = kept()
    app = open_page(before, before=after.id, after=before.id)
    assert control(app, "Before").value == after.id


def test_without_a_second_version_it_says_how_to_get_one(open_page, version_of):
    app = open_page(version_of({"a": [1]}, name="<b>alone"))
    assert "There is nothing to compare yet." in words(app)
    assert "Apply a recipe to it" in words(app)
    assert any("Go to the recipe" in b.label for b in app.button)
    assert not alts(app)


def test_any_two_versions_can_be_chosen(open_page, version_of):
    version = version_of({"a": [1]})
    version_of({"a": [2]})
    app = open_page(version)
    assert "choose any two datasets" in words(app)
    app = control(app, "After").set_value(version.id).run()
    assert "Before and after are the same version." in words(app)


def test_unpaired_rows_say_what_is_not_shown(open_page, kept):
    apart = Pairing(relation="other data", paired=0, removed=9, copied=0, added=9, changed=0)
    app = open_page(kept(pairing=apart, removals=(), overall_removal=None, steps=())[1])
    assert "who was filtered out and which cells changed cannot be said" in words(app)
    assert len(alts(app)) == 1
    assert "Each step" not in [o.content for o in control(app, "Part").proto.options]
    assert not part(app, "Rows").error


def test_nothing_changed_is_an_answer(open_page, kept):
    same = (made.line("Rows", 8, 8, "same", unit="rows"),)
    still = Pairing(relation="same rows", paired=8, removed=0, copied=0, added=0, changed=0)
    app = open_page(kept(lines=same, findings=(), pairing=still, removals=())[1])
    assert "Nothing moved: the one measure is as it was." in words(app)
    assert "Nobody: every row of before is still there." in words(app)
    assert "No measure got worse." in words(control(app, "Show").set_value("worse").run())
    assert "no cell of a column that both have differs" in words(part(app, "Rows"))


def test_names_from_data_are_shown_as_they_are(open_page, kept):
    hostile = made.HOSTILE
    removals = (made.removal(hostile, 900, 600, column=hostile),)
    lines = (made.line(hostile, 0.1, 0.2, "worse"),)
    app = open_page(kept(lines=lines, removals=removals)[1])
    assert not app.exception
    assert all("![x](" not in str(m.value) for m in app.main.get("markdown"))


def test_comparing_is_a_job_that_can_be_stopped(open_page, two, monkeypatch):
    started = threading.Event()

    def endless(*_, progress, **__):
        started.set()
        while True:
            progress(0.5, "rows")
            threading.Event().wait(0.02)

    monkeypatch.setattr(runner, "compare", endless)
    app = open_page(two[1])
    assert started.wait(10)
    app = next(b for b in app.button if b.label == "Stop").click().run()
    assert any("stopped" in str(i.value) for i in app.run().info)


def test_each_step_is_measured_on_demand(open_page, kept, settled, monkeypatch):
    monkeypatch.setattr(runner, "ablation", lambda *_, **__: made.ablation())
    app = part(open_page(kept()[1]), "Each step")
    app = next(b for b in app.button if b.label == "Measure each step").click().run()
    app = settled(app)
    assert any("Coded missing values 7.4% to 0.0%" in alt for alt in alts(app))


@pytest.mark.slow
def test_two_real_versions_are_compared_and_open_at_once_the_next_time(open_app, two):
    app = open_app(two[1], PAGE)
    assert not app.exception
    assert not app.error
    assert "2 rows are gone" in words(app)
    assert runner.kept_comparison(*two) is not None
