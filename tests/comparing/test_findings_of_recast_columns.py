"""What a step turned into groups is told apart from what is new, and from what is mended."""

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.comparing.recast import traced
from audit.mending.effects import Effect
from audit.store import Workspace

STATED = {
    "label": "hired",
    "positive": "yes",
    "sensitive": ("sex", "race"),
    "quasi_identifier": ("age", "town"),
}
GIVEN = {
    "bin-values": {"column": "age"},
    "one-hot": {"columns": ["race"]},
    "generalize": {"column": "age", "width": 20.0},
    "group-rare-values": {"columns": ["race"], "least": 0.3},
    "rename-columns": {"names": {"race": "origin", "age": "years"}},
}


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    workspace = Workspace.open(tmp_path_factory.mktemp("recast"))
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def before(space):
    rng = np.random.default_rng(4)
    n = 1500
    race = rng.choice(["White", "Black", "Asian", "Inuit"], n, p=[0.6, 0.22, 0.15, 0.03])
    hired = rng.random(n) < np.where(race == "White", 0.6, 0.25)
    # Nobody of one sex is old: age gives it away, whether in years or in ranges.
    sex = np.where(rng.random(n) < 0.5, "f", "m")
    age = np.where(sex == "f", rng.integers(20, 45, n), rng.integers(45, 70, n)).astype(float)
    age[:6] = 400
    version = runner.load(
        pa.table(
            {
                "sex": sex,
                "race": race,
                "age": age,
                "town": rng.choice([f"T{i}" for i in range(12)], n),
                "pay": pa.array(np.where(rng.random(n) < 0.3, np.nan, 5.0), from_pandas=True),
                "hired": np.where(hired, "yes", "no"),
            }
        ),
        workspace=space,
    )
    runner.state_roles(version, STATED)
    return version


@pytest.fixture(scope="module")
def compared(space, before):
    known = {}

    def compare(remedy):
        if remedy not in known:
            step = runner.make_step(remedy, GIVEN[remedy])
            after = runner.apply(before, runner.Recipe(steps=(step,)), workspace=space)
            known[remedy] = runner.compare(before, after, workspace=space, utility=False)
        return known[remedy]

    return compare


def kinds(comparison, what):
    return {(f.after or f.before).check for f in comparison.findings if f.what == what}


def sides(comparison, check):
    """What became of the findings of a check, and on which side they are."""
    return {
        (f.what, f.before is not None, f.after is not None)
        for f in comparison.findings
        if check == (f.after or f.before).check
    }


def test_ranges_beside_a_column_bring_nothing_new(compared):
    found = compared("bin-values")
    assert kinds(found, "new") == kinds(found, "resolved") == kinds(found, "not measured") == set()
    assert sides(found, "low-k") == {("remaining", True, True)}
    assert ("not comparable", False, True) in sides(found, "strong-proxy")
    (reason,) = {f.reason for f in found.findings if f.what == "not comparable"}
    assert reason == "Step 1 (Put numbers into ranges) turned the columns' values into groups."


def test_a_column_in_parts_is_neither_resolved_nor_new(compared):
    found = compared("one-hot")
    assert kinds(found, "new") == kinds(found, "resolved") == kinds(found, "not measured") == set()
    assert sides(found, "label-disparity") == {("not comparable", True, False)}
    assert sides(found, "special-category") == {
        ("not comparable", True, False),
        ("not comparable", False, True),
    }


def test_parts_of_a_column_do_not_thin_out_the_cells_that_are_missing(compared):
    found = compared("one-hot")
    missing = next(line for line in found.lines if line.name == "missing_share")
    assert (missing.verdict, missing.change) == ("same", 0.0)
    # Of the columns that are on both sides; race has become four.
    assert missing.before.n == missing.after.n == 5 * found.before.rows


def test_coarser_values_mend_the_risk_and_not_the_impossible_age(compared):
    found = compared("generalize")
    assert sides(found, "impossible-values") == {("not comparable", True, False)}
    assert sides(found, "many-uniques") == {("resolved", True, False)}
    assert kinds(found, "new") == set()


def test_a_merged_group_is_compared_with_none_and_the_others_are(compared):
    found = compared("group-rare-values")
    told = {
        (f.what, (f.after or f.before).group)
        for f in found.findings
        if (f.after or f.before).check == "label-disparity"
    }
    assert ("not comparable", (("race", "other"),)) in told
    assert ("not comparable", (("race", "Black"),)) in told
    assert kinds(found, "new") == set()


def test_renamed_columns_are_followed_in_findings_and_measures(compared):
    found = compared("rename-columns")
    assert kinds(found, "new") == kinds(found, "resolved") == set()
    assert kinds(found, "not measured") == {"special-category", "impossible-values"}
    assert sides(found, "label-disparity") == {("remaining", True, True)}
    assert {line.verdict for line in found.lines} == {"same"}


def test_the_first_disparity_of_a_column_is_new_whatever_its_groups(space):
    i = np.arange(900)
    town = np.where(i < 200, "T0", np.char.add("T", (1 + i % 40).astype(str)))
    hired = np.where(i < 200, i % 10 < 2, i % 10 < 7)
    table = pa.table({"town": town, "hired": np.where(hired, "yes", "no")})
    version = runner.load(table, workspace=space)
    runner.state_roles(version, {"label": "hired", "positive": "yes", "sensitive": ("town",)})
    step = runner.make_step("group-rare-values", {"columns": ["town"], "least": 0.1})
    after = runner.apply(version, runner.Recipe(steps=(step,)), workspace=space)
    found = runner.compare(version, after, workspace=space, utility=False)
    assert sides(found, "label-disparity") == {("new", False, True)}


def effect(position, remedy, **more):
    return Effect(
        position=position, remedy=remedy, title=remedy.title(), rows_in=9, rows_out=9, **more
    )


def test_columns_are_followed_through_several_steps():
    steps = (
        effect(1, "rename", columns_renamed=(("a", "b"), ("b", "a"))),
        effect(2, "coarse", changed_cells=(("b", 4),)),
        effect(3, "rename", columns_renamed=(("b", "c"),)),
        effect(
            4, "parts", columns_removed=("c",), columns_added=("c=1",), made_of=(("c=1", ("c",)),)
        ),
        effect(5, "clean", changed_cells=(("a", 2),)),
    )
    found = traced(steps, {"coarse": "groups", "parts": "columns"})
    assert {name: r.step for name, r in found.before.items()} == {"a": "Step 4 (Parts)"}
    assert {name: r.sources for name, r in found.after.items()} == {"c=1": ("a",)}
    assert found.sources == {"c=1": ("a",)}


def test_without_steps_nothing_is_known_of_columns():
    assert not traced((), {"coarse": "groups"}).before
