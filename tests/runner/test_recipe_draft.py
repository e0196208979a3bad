"""The recipe in the making: changes are values, undo is before, and nothing typed is lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import runner
from audit.errors import ParameterError
from audit.model import ColumnRole, Role, RoleMap
from audit.runner import recipe_draft as drafts
from audit.runner.recipe_draft import History

STEPS = tuple(
    runner.make_step("drop-missing", {"columns": [c]}, why=f"finding {c}") for c in "abcdef"
)
EMPTY = runner.Recipe()

places = st.integers(0, 9)
edits = st.one_of(
    st.tuples(st.just("add"), places, places),
    st.tuples(st.just("move"), places, st.integers(-3, 3)),
    st.tuples(st.just("remove"), places, places),
    st.tuples(st.just("switch"), places, st.booleans()),
    st.tuples(st.just("put"), places, places),
    st.tuples(st.just("rename"), st.text(max_size=5), places),
)


def edit(recipe: runner.Recipe, what: str, one, other) -> runner.Recipe:
    n = len(recipe.steps)
    if what == "rename":
        return drafts.rename(recipe, one)
    if what == "add":
        return drafts.add(recipe, STEPS[other % 6], one % (n + 1))
    if not n:
        return recipe
    place = one % n
    return {
        "move": lambda: drafts.move(recipe, place, other),
        "remove": lambda: drafts.remove(recipe, place),
        "switch": lambda: drafts.switch(recipe, place, on=bool(other)),
        "put": lambda: drafts.put(recipe, place, STEPS[other % 6]),
    }[what]()


@given(st.lists(edits, max_size=12))
def test_undo_is_before_and_redo_is_after_whatever_was_done(done):
    history, seen = History(now=EMPTY), [EMPTY]
    for what, one, other in done:
        wanted = edit(history.now, what, one, other)
        if wanted != history.now:
            seen.append(wanted)
        history = history.changed(wanted)
    back = history
    for former in reversed(seen[:-1]):
        back = back.undone()
        assert back.now == former
    assert back.undone() == back
    for later in seen[1:]:
        back = back.redone()
        assert back.now == later
    assert back == history


@given(st.lists(edits, max_size=12))
def test_a_draft_is_read_as_it_was_kept(done):
    recipe = EMPTY
    for what, one, other in done:
        recipe = edit(recipe, what, one, other)
    assert runner.Recipe.parse(recipe.text().encode()) == recipe


def test_moving_stops_at_either_end():
    recipe = replace(EMPTY, steps=STEPS[:3])
    assert drafts.move(recipe, 0, -1) == recipe
    assert drafts.move(recipe, 2, 1) == recipe
    assert [s.why[-1] for s in drafts.move(recipe, 0, 2).steps] == ["b", "c", "a"]


def test_a_change_after_undo_forgets_what_was_undone():
    history = History(now=EMPTY).changed(drafts.add(EMPTY, STEPS[0])).undone()
    history = history.changed(drafts.add(EMPTY, STEPS[1]))
    assert history.future == ()
    assert history.redone() == history


def test_a_draft_survives_a_restart_and_is_not_taken_for_a_report(version_of, workspace):
    version = version_of({"a": [1]})
    assert drafts.draft(version) == EMPTY
    recipe = runner.Recipe(name="mine", steps=STEPS[:2])
    drafts.keep_draft(version, recipe)
    assert drafts.draft(workspace.find(version.id)) == recipe
    assert not [p.name for p in version.folder.glob("*.json") if "recipe" in p.name]


def test_undo_and_redo_survive_a_restart(version_of, workspace):
    version = version_of({"a": [1]})
    first, second, third = (runner.Recipe(steps=STEPS[:n]) for n in (1, 2, 3))
    kept = History(now=EMPTY).changed(first).changed(second).changed(third).undone()
    drafts.keep_history(version, kept)
    again = workspace.find(version.id)
    assert drafts.draft(again) == second
    assert drafts.history(again) == kept
    drafts.keep_draft(version, first)  # by another program: a change like any other
    assert drafts.history(again).undone() == replace(kept, future=(first,))


def test_of_a_long_history_what_is_nearest_is_kept(version_of, monkeypatch):
    version = version_of({"a": [1]})
    history = History(now=EMPTY)
    for i in range(80):
        history = history.changed(runner.Recipe(name=f"recipe {i}"))
    drafts.keep_history(version, history)
    found = drafts.history(version)
    assert found.past == history.past[-50:]
    monkeypatch.setattr(drafts, "_LONGEST", 200)
    drafts.keep_history(version, history)
    found = drafts.history(version)
    assert found.past
    assert found.past == history.past[-len(found.past) :]
    assert sum(len(r.text()) for r in found.past) <= 200


def test_a_former_recipe_that_cannot_be_read_ends_the_past(version_of):
    version = version_of({"a": [1]})
    texts = (EMPTY.text(), "steps:\n- drop-misssing: {}\n", EMPTY.text())
    now = runner.Recipe(steps=STEPS[:1])
    drafts.keep_draft(version, now)
    version.keep(drafts.HISTORY, drafts._KeptHistory(now=now.text(), past=texts))
    assert drafts.history(version) == History(now=now, past=(EMPTY,))


def test_a_draft_that_cannot_be_read_is_an_error_and_still_there(version_of):
    version = version_of({"a": [1]})
    version.keep(drafts.DRAFT, drafts._Kept(recipe="steps:\n- drop-misssing: {}\n"))
    with pytest.raises(ParameterError, match="drop-misssing"):
        drafts.draft(version)
    assert "drop-misssing" in drafts.draft_text(version)


def test_a_changed_step_learns_anew():
    learnt = runner.make_step("clip-outliers", {"columns": ["a"], "fitted": {"a": [0, 1]}})
    recipe = replace(EMPTY, steps=(learnt,))
    other = runner.make_step(learnt.remedy, {**learnt.given, "columns": ["b"]})
    assert drafts.put(recipe, 0, other).steps[0].params.fitted is None
    assert drafts.put(recipe, 0, replace(learnt, why="x")).steps[0].params.fitted is not None


def test_a_step_counts_as_there_whatever_is_noted_beside_it_unless_it_is_off():
    recipe = replace(EMPTY, steps=(STEPS[0],))
    assert drafts.has(recipe, replace(STEPS[0], why="another finding"))
    assert not drafts.has(recipe, STEPS[1])
    assert not drafts.has(drafts.switch(recipe, 0, on=False), STEPS[0])


def test_a_saved_recipe_says_what_it_is_for_and_which_roles_somebody_confirmed(version_of):
    version = version_of({"id": list(range(40)), "sex": ["F", "M"] * 20, "y": [0, 1] * 20})
    roles = RoleMap(
        columns=(
            ColumnRole(column="sex", roles=(Role.SENSITIVE,), confirmed=True),
            ColumnRole(column="y", roles=(Role.LABEL,), confirmed=True),
        ),
        positive="1",
    )
    version.set_roles(runner.complete(roles, version))
    whole = drafts.for_version(replace(EMPTY, steps=STEPS[:1]), version)
    assert whole.source_sha256 == version.manifest.sha256
    assert whole.roles == {"sex": (Role.SENSITIVE,), "y": (Role.LABEL,)}
    assert whole.positive == "1"
    assert drafts.fits(whole, version)
    assert not drafts.fits(whole, version_of({"a": [1]}))
    assert drafts.for_version(whole, version) == whole
