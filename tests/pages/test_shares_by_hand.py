"""Shares set by hand: what nobody touches stays exact, any group has a slider, blanks are seen."""

import pytest

from audit import runner
from audit.runner import recipe_draft
from audit.ui import state
from audit.ui.recipe import tables
from tests.pages.test_recipe_page import PAGE, press

SIZES = (1201, 703, 511, 307, 211, 149, 97, 61, 43, 31, 23, 17, 11, 7)
"""Fourteen groups: none has a share that two decimals can write."""


@pytest.fixture
def groups(version_of):
    names = [f"group {i}" for i in range(len(SIZES) - 1)] + ["group 0 "]
    rows = [name for name, n in zip(names, SIZES, strict=True) for _ in range(n)]
    version = version_of({"of": rows, "y": [i % 3 for i in range(len(rows))]})
    given = {"by": ["of"], "target": "shares"}
    step = runner.make_step("resample", {**given, "shares": _even(names)})
    recipe_draft.keep_draft(version, runner.Recipe(steps=(step,)))
    return version


def _even(names):
    counts = zip(names, SIZES, strict=True)
    return [{"group": {"of": name}, "amount": n / sum(SIZES)} for name, n in counts]


def test_shares_that_nobody_changes_make_no_row_and_one_that_is_slid_makes_some(
    open_app, settled, groups
):
    app = settled(press(open_app(groups, PAGE), "Edit"))
    rows = f"{sum(SIZES):,}"
    assert _told(app, f"**Forecast: {rows} → {rows} rows**")
    (slider,) = app.slider
    options = app.selectbox(key=next(s.key for s in app.selectbox if "group" in str(s.key)))
    assert any("of group 0␣" in option for option in options.options)
    first = slider.value
    settled(slider.set_value(first + 20).run())
    (slider,) = app.slider
    assert slider.value == pytest.approx(first + 20)
    assert not _told(app, f"**Forecast: {rows} → {rows} rows**")
    settled(press(app, "Save the step"))
    (step,) = recipe_draft.draft(groups).steps
    kept = {e["group"]["of"]: e["amount"] for e in step.given["shares"]}
    assert kept["group 0 "] in (SIZES[-1] / sum(SIZES), pytest.approx((first + 20) / 100))
    assert len(kept) == len(SIZES)


def test_blanks_at_the_ends_of_spellings_are_seen_and_values_are_kept_as_they_are(
    open_app, settled, version_of
):
    told = ["Male"] * 6 + ["Male "] * 3 + ["Female"] * 5 + [" Female"] * 2 + ["x␣"] * 4 + ["x "] * 2
    version = version_of({"sex": told})
    step = runner.make_step("unify-variants", {"columns": ["sex"]})
    recipe_draft.keep_draft(version, runner.Recipe(steps=(step,)))
    app = settled(press(open_app(version, PAGE), "Edit"))
    app = settled(press(app, "Fill in what the data suggests"))
    shown = next(f.value for f in app.dataframe if "becomes" in f.value)
    assert {"Male␣", "␣Female"} <= set(shown["value"])
    settled(press(app, "Save the step"))
    (step,) = recipe_draft.draft(version).steps
    assert step.given["map"]["sex"].items() >= {"Male ": "Male", " Female": "Female"}.items()


def test_a_value_that_holds_the_mark_of_a_blank_is_not_taken_for_one():
    state.session().clear()
    given = {"c": {"x ": "x", "x␣": "x", " y": ""}}
    lines = tables.lines_of_spellings(given, "k")
    assert [line["value"] for line in lines] == ["x ", "x␣", "␣y"]
    raw = {tables.raw("k", line["value"]): tables.raw("k", line["becomes"]) for line in lines}
    assert raw == given["c"]


def _told(app, text):
    return any(text in str(m.value) for m in app.markdown)
