"""No cell of fewer than ten rows leaves the workspace, nor what would give it away."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from audit.model import ColumnRole, Role, RoleMap
from audit.reports.representation.sharing import SMALLEST_COUNT, hidden


def test_a_small_group_is_left_out_and_so_is_the_one_that_would_give_it_away(representation):
    data = pd.DataFrame({"town": ["a"] * 50 + ["b"] * 30 + ["c"] * 4})
    shared = representation(data, sensitive=["town"]).shareable(RoleMap())
    assert [g.name for g in shared.combination("town").groups] == ["a"]
    assert any("2 groups" in note for note in shared.notes)


def test_groups_of_ten_or_more_all_stay(representation):
    data = pd.DataFrame({"town": ["a"] * 50 + ["b"] * 30 + ["c"] * 10})
    shared = representation(data, sensitive=["town"]).shareable(RoleMap())
    assert [g.n for g in shared.combination("town").groups] == [50, 30, 10]


def test_counts_by_label_go_where_one_of_them_is_small(representation):
    data = pd.DataFrame(
        {"town": ["a"] * 50 + ["b"] * 30, "y": ["n"] * 47 + ["p"] * 3 + ["n", "p"] * 15}
    )
    report = representation(data, sensitive=["town"], label="y", positive="p")
    a, b = report.shareable(RoleMap()).combination("town").groups
    assert a.counts == ()
    assert sum(b.counts) == 30


def test_a_personal_column_is_not_named_value_by_value(representation):
    data = pd.DataFrame({"name": ["Ann", "Bob"] * 50, "sex": ["F", "M"] * 50})
    report = representation(data, sensitive=["name", "sex"])
    roles = RoleMap(
        columns=(
            ColumnRole(column="name", roles=(Role.SENSITIVE, Role.DIRECT_IDENTIFIER)),
            ColumnRole(column="sex", roles=(Role.SENSITIVE,)),
        )
    )
    shared = report.shareable(roles)
    assert [c.columns for c in shared.combinations] == [("sex",)]
    assert "Ann" not in repr(shared)


@given(
    st.lists(st.integers(0, 40), min_size=6, max_size=12).filter(lambda n: len(n) % 2 == 0),
)
def test_no_hidden_cell_is_the_only_one_of_its_line(sizes):
    table = np.array(sizes).reshape(2, -1)
    cells = [
        ((("a", str(i)), ("b", str(j))), int(table[i, j]))
        for i in range(table.shape[0])
        for j in range(table.shape[1])
    ]
    gone = hidden(cells)
    assert all(levels in gone for levels, n in cells if 0 < n < SMALLEST_COUNT)
    for axis in (0, 1):
        for value in {levels[axis][1] for levels, _ in cells}:
            line = [(levels, n) for levels, n in cells if levels[axis][1] == value]
            missing = [levels for levels, _ in line if levels in gone]
            left = [n for levels, n in line if levels not in gone and n]
            assert len(missing) != 1 or not left
