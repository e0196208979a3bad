"""The table of roles: what it shows, what an edit means, what may not be kept."""

from collections.abc import Callable

import pytest

from audit.model import Column, ColumnRole, Role, RoleMap
from audit.store import Version
from audit.ui.roles_table import (
    changes,
    confirmed,
    edited,
    fault,
    label_values,
    role_frame,
    shape,
)
from audit.ui.roles_view import answer

COLUMNS = (Column(name="sex", type="VARCHAR"), Column(name="pay", type="BIGINT"))
GUESSED = RoleMap(
    columns=(
        ColumnRole(column="sex", roles=(Role.SENSITIVE,), reason="its name"),
        ColumnRole(column="pay", reason=""),
    ),
    positive="1",
)


def test_an_untouched_line_keeps_its_reason_and_a_changed_one_says_who_changed_it() -> None:
    now = edited(GUESSED, ["sex", "pay"], [["sensitive"], ["label"]])
    assert [c.reason for c in now.columns] == ["its name", "set by you"]
    assert now.one(Role.LABEL) == "pay"
    assert now.positive == "1"
    assert changes(GUESSED, now) == ("pay",)


def test_roles_come_in_one_order_whatever_the_order_they_were_ticked_in() -> None:
    a = edited(GUESSED, ["sex", "pay"], [["quasi-identifier", "sensitive"], []])
    b = edited(GUESSED, ["sex", "pay"], [["sensitive", "quasi-identifier"], []])
    assert a == b


def test_confirming_marks_every_column_and_changes_no_role() -> None:
    now = confirmed(GUESSED)
    assert all(c.confirmed for c in now.columns)
    assert changes(GUESSED, now) == ()


@pytest.mark.parametrize("role", ["label", "prediction", "split"])
def test_a_role_of_one_column_given_to_two_is_refused_with_both_names(role: str) -> None:
    wrong = fault(edited(GUESSED, ["sex", "pay"], [[role], [role]]), COLUMNS)
    assert wrong is not None
    assert role in wrong.problem
    assert "'sex', 'pay'" in wrong.problem
    assert wrong.hint


def test_a_weight_of_text_is_refused_and_one_of_numbers_is_not() -> None:
    wrong = fault(edited(GUESSED, ["sex", "pay"], [["weight"], []]), COLUMNS)
    assert wrong is not None
    assert "must be a number" in wrong.problem
    assert fault(edited(GUESSED, ["sex", "pay"], [[], ["weight"]]), COLUMNS) is None


def test_several_sensitive_columns_are_fine() -> None:
    assert fault(edited(GUESSED, ["sex", "pay"], [["sensitive"], ["sensitive"]]), COLUMNS) is None


def test_values_are_shown_where_they_repeat_and_only_their_shape_where_they_identify(
    version_of: Callable[..., Version],
) -> None:
    version = version_of(
        {
            "sex": ["Male", "Female", "Male"],
            "name": ["Ann Lee", "Bo Xi", "Cy Day"],
            "mail": ["a@b.org", "a@b.org", "a@b.org"],
            "none": [None, None, None],
        }
    )
    roles = RoleMap(columns=(ColumnRole(column="mail", roles=(Role.DIRECT_IDENTIFIER,)),))
    frame = role_frame(version.table, roles).set_index("column")
    assert frame.loc["sex", "values"] == "Male"
    assert frame.loc["name", "values"] == "like Aaa Aaa, Aa Aa, Aa Aaa"
    assert frame.loc["mail", "values"] == "like a@a.aaa"
    assert frame.loc["none", "values"] == "no value in the first rows"
    assert frame.loc["mail", "roles"] == ["direct-identifier"]


def test_a_table_of_a_thousand_columns_has_a_line_for_each(
    version_of: Callable[..., Version],
) -> None:
    version = version_of({f"c{i}": [i, i] for i in range(1000)})
    frame = role_frame(version.table, RoleMap())
    assert list(frame["column"]) == [f"c{i}" for i in range(1000)]
    assert frame["values"].iloc[7] == "7"


def test_hostile_column_names_are_only_names(version_of: Callable[..., Version]) -> None:
    names = ['a" ; DROP TABLE d; --', "{t} {0}", "![x](http://a/b)", "<b>"]
    version = version_of({n: ["u", "u"] for n in names})
    assert list(role_frame(version.table, RoleMap())["column"]) == names
    assert label_values(version.table, names[0]) == (("u", 2),)


def test_the_values_of_a_label_come_with_the_most_frequent_first(
    version_of: Callable[..., Version],
) -> None:
    version = version_of({"y": [1, 0, 0, None, 0, 1, 2]})
    assert label_values(version.table, "y") == (("0", 3), ("1", 2), ("2", 1))
    assert label_values(version.table, "y", most=1) == (("0", 3),)


def test_a_shape_says_nothing_of_the_value() -> None:
    assert shape("Zoë 4711-X") == "Aaa 9999-A"


def test_the_answer_names_the_label_and_counts_the_rest() -> None:
    roles = edited(GUESSED, ["sex", "pay"], [["sensitive", "quasi-identifier"], ["label"]])
    assert answer(roles) == (
        "“pay” is the label, positive is “1”; one column is sensitive; "
        "one column is quasi-identifying."
    )
    assert "No column has a role" in answer(RoleMap())
