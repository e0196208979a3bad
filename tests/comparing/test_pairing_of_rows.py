"""Rows of two versions belong together along the recipes that made them."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from audit import runner
from audit.comparing.pairing import Rows, by_ancestor, composed
from audit.runner.pairs_of_rows import related


@st.composite
def lineages(draw, rows):
    """Rows that are kept in their order, some repeated, some new at the end."""
    times = draw(st.lists(st.integers(0, 2), min_size=rows, max_size=rows))
    new = draw(st.integers(0, 3))
    return np.array([*np.repeat(np.arange(rows), times), *[-1] * new], dtype=np.int64)


@given(st.data())
def test_rows_are_followed_over_two_recipes_as_one_by_one(data):
    first = data.draw(lineages(6))
    second = data.draw(lineages(len(first)))
    found = composed(second, first)
    assert found.tolist() == [-1 if i < 0 else int(first[i]) for i in second]


@given(st.data())
def test_every_row_after_is_paired_copied_or_added_and_every_row_before_paired_or_gone(data):
    of = data.draw(lineages(7))
    rows = Rows(relation="made from it", of=of, before=7, after=len(of))
    paired = int(rows.there().sum())
    assert paired == len(rows.first()) == len(set(of[of >= 0].tolist()))
    assert np.array_equal(rows.of[rows.first()], np.flatnonzero(rows.there()))


@given(st.data())
def test_rows_of_one_ancestor_are_paired_by_it(data):
    before, after = data.draw(lineages(5)), data.draw(lineages(5))
    found = by_ancestor(before, after, 5)
    for row, pair in zip(after, found, strict=True):
        same = [i for i, origin in enumerate(before) if origin == row and row >= 0]
        assert pair == (same[0] if same else -1)


def test_versions_are_paired_by_lineage_by_number_or_not_at_all(workspace, version_of):
    old = version_of({"a": [1, None, 3, 4], "b": ["w", "x ", "y", None]})
    step = runner.make_step
    first = runner.apply(
        old, runner.Recipe(steps=(step("drop-missing", {"columns": ["a"]}),)), workspace=workspace
    )
    second = runner.apply(
        first, runner.Recipe(steps=(step("drop-missing", {"columns": ["b"]}),)), workspace=workspace
    )
    other = runner.apply(old, runner.Recipe(steps=(step("trim-space"),)), workspace=workspace)
    made = related(old, second, workspace)
    assert made.rows.relation == "made from it"
    assert made.rows.of.tolist() == [0, 2]
    assert [effect.remedy for effect in made.steps] == ["drop-missing", "drop-missing"]
    back = related(second, old, workspace).rows
    assert (back.relation, back.of.tolist()) == ("made from the same", [0, -1, 1, -1])
    cousins = related(second, other, workspace).rows
    assert (cousins.relation, cousins.of.tolist()) == ("made from the same", [0, -1, 1, -1])
    loaded = version_of(pa.table({"a": [9, 9, 9, 9], "b": ["q", "q", "q", "q"]}))
    assert related(old, loaded, workspace).rows.relation == "same rows"
    assert related(old, version_of({"c": [1]}), workspace).rows.relation == "other data"
    assert related(old, old, workspace).rows.relation == "same rows"


def test_two_samples_of_one_size_are_not_paired_by_number(workspace):
    def drawn(seed, spoilt=0):
        rng = np.random.default_rng(3)
        cells = {"x": rng.normal(size=400), "sex": rng.choice(["f", "m"], 400), "same": ["a"] * 400}
        if spoilt:
            cells["x"] = np.round(cells["x"])
        if seed:
            rng = np.random.default_rng(seed)
            order = rng.permutation(400)
            cells = {**cells, "x": cells["x"][order], "sex": np.sort(cells["sex"][order])}
        return runner.load(pa.table(cells), workspace=workspace)

    first = drawn(0)
    assert related(first, drawn(0, spoilt=1), workspace).rows.relation == "same rows"
    assert related(first, drawn(9), workspace).rows.relation == "other data"
