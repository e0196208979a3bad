"""Two files are paired by number where all cells that both have are equal, and by no guess."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from audit import runner
from audit.comparing.held_out import Asked
from audit.comparing.pairing import other_data, same_rows
from audit.comparing.utility import utility
from audit.comparing.words import paired
from audit.model import ColumnRole, Role, RoleMap
from audit.runner.pairs_of_rows import related

N = 400


def people(seed=1):
    rng = np.random.default_rng(seed)
    skill = rng.normal(size=N)
    return {
        "id": np.arange(N),
        "skill": skill,
        "town": rng.choice(["a", "b", None], N).tolist(),
        "y": np.where(skill + rng.normal(size=N) > 0, "yes", "no").tolist(),
    }


def relation(workspace, before, after):
    versions = [runner.load(pa.table(t), workspace=workspace) for t in (before, after)]
    return related(*versions, workspace).rows


def test_lists_records_and_numbers_as_large_as_can_be_are_cells_like_others(workspace):
    large = pa.array([i - 2**62 for i in range(N)], pa.int64())
    own = {
        "items": pa.array([[i, i + 1] for i in range(N)]),
        "record": pa.array([{"INT": i} for i in range(N)]),
        "large": large.cast(pa.decimal128(38)),
    }
    before = people() | own
    found = relation(workspace, before, {**before, "weight": np.linspace(1, 2, N)})
    assert found.relation == "same rows"
    own["items"] = pa.array([[i, i + (i == 7)] for i in range(N)])
    assert relation(workspace, before, {**before, **own, "w": large}).relation != "same rows"


def test_a_column_that_came_leaves_rows_paired_and_the_note_says_by_what(workspace):
    before = people()
    after = {"weight": np.linspace(1, 2, N), **dict(reversed(before.items()))}
    found = relation(workspace, before, after)
    assert found.relation == "same rows"
    assert found.of.tolist() == list(range(N))
    assert "all cells of the 4 columns that both versions have are equal" in found.note


@pytest.mark.parametrize("case", ["a cell", "two rows", "a type", "a row"])
def test_one_difference_in_what_both_have_leaves_rows_unpaired(workspace, case):
    before = people()
    after = {**people(), "weight": np.linspace(1, 2, N)}
    if case == "a cell":
        after["skill"] = np.where(np.arange(N) == 7, 9.0, after["skill"])
    elif case == "two rows":
        order = np.arange(N)
        order[[3, 4]] = [4, 3]
        after = {name: [values[i] for i in order] for name, values in after.items()}
    elif case == "a type":
        after["id"] = after["id"].astype(float)
    else:
        after = {name: values[:-1] for name, values in after.items()}
    assert relation(workspace, before, after).relation == "other data"


@pytest.mark.parametrize("shared", [("id",), ("id", "town"), ("y",)])
def test_equal_cells_that_tell_no_rows_apart_pair_nothing(workspace, shared):
    before = {name: people()[name] for name in shared}
    after = {**before, "other": np.linspace(1, 2, N)}
    assert relation(workspace, before, after).relation == "other data"


def test_few_columns_in_common_pair_nothing(workspace):
    before = people()
    after = {"skill": before["skill"], "u": people(2)["y"], "v": people(3)["y"]}
    assert relation(workspace, before, after).relation == "other data"


def test_a_comparison_says_how_rows_are_paired(workspace):
    before = people()
    after = {**before, "weight": np.linspace(1, 2, N)}
    versions = [runner.load(pa.table(t), workspace=workspace) for t in (before, after)]
    found = runner.compare(*versions, workspace=workspace, utility=False).pairing
    assert (found.paired, found.changed, found.removed) == (N, 0, 0)
    assert "paired by their number" in paired(found)


def test_models_are_not_judged_where_tested_rows_may_have_been_trained_on(workspace):
    table = pa.table(people())
    before = runner.load(table, workspace=workspace)
    after = runner.load(table.slice(0, 60), workspace=workspace)
    roles = RoleMap(columns=(ColumnRole(column="y", roles=(Role.LABEL,)),), positive="yes")
    asked = Asked(
        before=before.table, after=after.table, rows=other_data(N, 60), roles=roles, cells=None
    )
    found = utility(asked)
    assert {line.verdict for line in found.lines} <= {"unknown", "same"}
    # Paired, the same rows have a verdict of their own.
    rows = replace(same_rows(60), before=N)
    kept = utility(replace(asked, rows=rows, cells={}))
    assert not any("not paired" in line.reason for line in kept.lines)
    moved = [line for line in found.lines if line.change]
    assert moved
    assert all("not paired" in line.reason for line in moved)
