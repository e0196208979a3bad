"""A kept distribution names nobody: neither in columns of people nor among rare values."""

import pytest

from audit.model import ColumnRole, Role, RoleMap
from audit.pii.looks import personal_among
from audit.reports.distribution.personal import without_personal

N = 200


@pytest.fixture
def kept(measured):
    def keep(data, **roles):
        columns = tuple(ColumnRole(column=c, roles=(r,)) for c, r in roles.items())
        report = without_personal(measured(data), RoleMap(columns=columns))
        return {c.name: c for c in report.columns}

    return keep


def test_no_value_of_a_direct_identifier_or_of_free_text_is_kept(kept):
    data = {"name": ["Ann Lee", "ann lee"] * 100, "id": list(range(N)), "note": ["so so"] * N}
    found = kept(data, name=Role.DIRECT_IDENTIFIER, id=Role.DIRECT_IDENTIFIER, note=Role.FREE_TEXT)
    assert found["name"].top == ()
    assert found["name"].text.variants == ()
    assert (found["id"].top, found["id"].numbers) == ((), None)
    assert found["note"].top == ()
    assert (found["name"].distinct, found["id"].distinct, found["note"].distinct) == (2, N, 1)
    assert any("personal" in reason for reason in found["note"].reasons)


def test_values_that_one_row_has_are_not_listed_where_there_are_many(kept):
    data = {"many": [f"v{i}" for i in range(150)] + ["often"] * 50, "few": ["a"] * 199 + ["once"]}
    found = kept(data)
    assert [v.value for v in found["many"].top] == ["often"]
    assert [v.value for v in found["few"].top] == ["a", "once"]


def test_a_rare_value_that_reads_as_personal_data_is_not_listed(kept):
    data = {"status": ["open"] * 120 + ["closed"] * 79 + ["jane.roe@example.org"]}
    assert [v.value for v in kept(data)["status"].top] == ["open", "closed"]


def test_a_frequent_one_is_a_category(kept):
    data = {"desk": ["help@example.org"] * 150 + ["sales@example.org"] * 50}
    assert len(kept(data)["desk"].top) == 2


def test_only_what_identifies_by_itself_or_opens_doors_is_personal():
    told = [
        "jane.roe@example.org",
        "jane@home.invalid",
        "4111 1111 1111 1111",
        "AKIAIOSFODNN7EXAMPLE",
    ]
    plain = ["open", "2020-01-02", "2020-01-02 10:11:12", "order 12345678", "1990-2000", "10,000"]
    assert personal_among([*told, *plain]) == frozenset(told)
