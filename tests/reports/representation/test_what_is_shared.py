"""No cell of fewer than ten rows leaves the workspace, nor what would give it away."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from audit.model import ColumnRole, Role, RoleMap
from audit.reports.representation.hiding import SMALLEST_COUNT, hidden


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
            assert not left or not 0 < sum(n for c, n in line if c in gone) < SMALLEST_COUNT


def people(**cells):
    """Rows of (s, r), as 'x_a': 3."""
    data = pd.DataFrame([key.split("_") for key, n in cells.items() for _ in range(n)])
    data.columns = ["s", "r"]
    return data.assign(y=["n", "p", "p"] * (len(data) // 3) + ["n"] * (len(data) % 3))


def test_a_hidden_group_is_not_the_sum_of_groups_of_more_columns(representation):
    data = people(x_a=3, m_a=50, f_a=40, m_b=45, f_b=60, g_a=70, g_b=80)
    shared = representation(data, sensitive=["s", "r"]).shareable(RoleMap())
    assert [g.name for g in shared.combination("s").groups] == ["g", "f"]
    assert not [g for g in shared.combination("s", "r").groups if "m" in g.name]


def test_strata_do_not_add_up_to_a_hidden_group(representation):
    data = people(x_a=3, m_a=150, f_a=140, m_b=145, f_b=160, g_a=170, g_b=180)
    report = representation(data, sensitive=["s"], label="y", positive="p")
    assert all(c.strata for c in report.conditionals)
    shared = report.shareable(RoleMap())
    assert shared.conditionals
    assert not [c for c in shared.conditionals if c.strata]
    large = representation(data[data["s"] != "x"], sensitive=["s"], label="y", positive="p")
    assert all(c.strata for c in large.shareable(RoleMap()).conditionals)


def test_numbers_of_all_groups_do_not_tell_the_smallest(representation):
    data = people(x_a=3, m_a=50, f_a=40)
    report = representation(data, sensitive=["s"])
    for estimate in report.shareable(RoleMap()).combination("s").estimates:
        if estimate.name in ("imbalance_ratio", "effective_groups", "total_variation"):
            assert (estimate.value, estimate.low) == (None, None)
            assert estimate.reason


def test_values_of_few_rows_are_not_named(representation):
    data = people(rare_a=3, m_a=50, f_a=40, g_b=45)
    data.loc[0, "y"] = "scarce"
    options = {"min_cell": 1, "pairs": True, "min_group": 1}
    report = representation(data, options, sensitive=["s", "r"], label="y")
    assert {"rare", "scarce"} <= set(repr(report).split("'"))
    assert not {"rare", "scarce"} & set(repr(report.shareable(RoleMap())).split("'"))


def test_no_number_is_against_a_group_that_is_hidden(representation):
    data = people(x_a=3, m_a=50, f_a=40, g_a=60)
    options = {"reference_groups": {"s": "x"}, "resamples": 0}
    report = representation(data, options, sensitive=["s"], label="y", positive="p")
    shared = report.shareable(RoleMap()).combination("s")
    assert shared.reference_group is None
    assert "x" not in {e.against for g in shared.groups for e in g.estimates}


def test_the_values_that_the_rest_is_without_are_not_named_where_few_rows_have_them(
    representation,
):
    data = pd.DataFrame({"name": [f"v{i % 40}" for i in range(160)] + ["often"] * 50})
    shared = representation(data, sensitive=["name"]).shareable(RoleMap())
    assert shared.combination("name").groups
    assert "'v1" not in repr(shared)
