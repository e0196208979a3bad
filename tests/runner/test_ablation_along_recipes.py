"""What each step contributed, along all recipes between two versions."""

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.errors import ParameterError
from audit.store import Workspace


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("ablation"))
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def grandparent(space):
    i = np.arange(300)
    table = pa.table(
        {
            "sex": np.where(i % 2, "f", "m"),
            "town": [f" T{k % 5}" for k in i],
            "pay": [None if k % 3 == 0 else float(k % 7) for k in i],
            "hired": np.where(i % 4 == 1, "no", "yes"),
        }
    )
    version = runner.load(table, workspace=space)
    stated = {"label": "hired", "positive": "yes", "sensitive": ("sex",)}
    runner.state_roles(version, stated)
    return version


@pytest.fixture(scope="module")
def parent(space, grandparent):
    off = runner.make_step("drop-duplicates")
    steps = (
        runner.make_step("trim-space", {"columns": ["town"]}),
        runner.make_step("drop-missing", {"columns": ["pay"]}),
        runner.RecipeStep(remedy=off.remedy, params=off.params, skip=True),
    )
    return runner.apply(grandparent, runner.Recipe(steps=steps), workspace=space)


@pytest.fixture(scope="module")
def child(space, parent):
    step = runner.make_step("filter-rows", {"where": "sex = 'f'"})
    return runner.apply(parent, runner.Recipe(steps=(step,)), workspace=space)


def test_all_recipes_between_two_versions_are_walked(space, grandparent, child):
    found = runner.ablation(child, since=grandparent, workspace=space)
    assert [part.title[:2] for part in found.parts] == ["Be", "1.", "2.", "3."]
    # Each third pay is missing; half of the 200 rows left are of one sex.
    assert [part.measures[0].value for part in found.parts] == [300, 300, 200, 100]
    assert found.note == ""


def test_steps_of_a_comparison_have_the_numbers_of_the_ablation(space, grandparent, child):
    compared = runner.compare(grandparent, child, workspace=space, utility=False)
    found = runner.ablation(child, since=grandparent, workspace=space)
    assert [step.position for step in compared.steps] == [1, 2, 3]
    assert [part.effect for part in found.parts[1:]] == list(compared.steps)


def test_the_last_recipe_is_covered_where_no_version_is_named(space, child):
    found = runner.ablation(child, workspace=space)
    assert [part.measures[0].value for part in found.parts] == [200, 100]


def test_roles_changed_between_recipes_leave_the_last_and_say_so(space, grandparent, parent):
    step = runner.make_step("filter-rows", {"where": "sex = 'm'"})
    made = runner.apply(parent, runner.Recipe(steps=(step,)), workspace=space)
    known = parent.roles()
    runner.state_roles(parent, {"sensitive": ("sex", "town")})
    try:
        found = runner.ablation(made, since=grandparent, workspace=space)
    finally:
        parent.set_roles(known)
    assert [part.measures[0].value for part in found.parts] == [200, 100]
    assert found.note.startswith("Of the last recipe alone (1 step)")


def test_a_version_that_is_no_ancestor_is_refused(space, child):
    other = runner.load(pa.table({"a": [1, 2]}), workspace=space)
    with pytest.raises(ParameterError, match="was loaded"):
        runner.ablation(child, since=other, workspace=space)
