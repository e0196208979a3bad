"""The numbers of the report, and what of them may leave the workspace."""

from dataclasses import replace

import pytest

from audit.model import RoleMap
from audit.pii.values import Verdict
from audit.reports.representation.hiding import SMALLEST_COUNT
from audit.store import codec

PROSE = "please write to {} about the order that we have talked of in May"


@pytest.fixture
def report(measured):
    few = [f"few{i}@x.org" if i < 4 else f"nothing {i}" for i in range(60)]
    return measured(
        {
            "mail": [f"a{i % 20}@x.org" for i in range(60)],
            "few": few,
            "remarks": [PROSE.format(f"b{i % 30}@x.org") for i in range(60)],
            "lists": [[f"c{i}@x.org"] for i in range(60)],
        }
    )


def named(report, name):
    return {(m.columns, m.group): m.value for m in report.measures() if m.name == name}


def test_measures_give_every_number_by_column_and_kind(report):
    mail = (("entity", "EMAIL_ADDRESS"),)
    assert named(report, "pii_share")[("mail",), mail] == 1.0
    assert named(report, "pii_rows")[("few",), mail] == 4
    assert named(report, "pii_values")[("mail",), mail] == 20
    nested = (("entity", "EMAIL_ADDRESS"), ("place", "[]"))
    assert named(report, "pii_rows")[("lists",), nested] == 60
    assert named(report, "pii_values_scanned")[("remarks",), ()] == 30
    repeated = named(report, "repeated_personal_data")
    assert {dict(group)["times"]: n for (_, group), n in repeated.items()} == {
        "1": 64,
        "2": 30,
        "3": 20,
    }
    assert (
        named(report, "repeated_texts_exact")[("remarks",), ()]
        + named(report, "repeated_texts_near")[("remarks",), ()]
        == 60
    )


def test_measures_are_told_apart_by_name_columns_and_group(report):
    keys = [(m.name, m.columns, m.group) for m in report.measures()]
    assert len(keys) == len(set(keys))


def test_nothing_that_is_shared_points_at_a_row(report):
    shared = report.shareable(RoleMap())
    assert all(f.row_numbers == () for c in shared.columns for f in c.found)
    assert all(r.row_numbers == () for r in shared.repeats)
    assert all(t.row_numbers == () for t in shared.texts)
    assert shared.column("mail").of("EMAIL_ADDRESS").rows == 60


def test_what_few_rows_hold_is_shared_without_its_numbers(report):
    shared = report.shareable(RoleMap())
    found = shared.column("few").of("EMAIL_ADDRESS")
    assert found.share.value is None
    assert str(SMALLEST_COUNT) in found.share.reason
    assert (found.rows, found.hits, found.values, found.examples) == (None, None, None, ())
    for r in shared.repeats:
        assert not [rows for _, _, rows in r.times if 0 < rows < SMALLEST_COUNT]
        assert not [n for _, n in r.examples if n < SMALLEST_COUNT]
        assert r.most >= SMALLEST_COUNT
    assert not [m for m in shared.measures() if m.unit == "rows" and 0 < (m.value or 0) < 10]


def test_the_report_is_written_and_read_without_loss(report):
    assert codec.read(type(report), codec.dump(report)) == report
    shared = report.shareable(RoleMap())
    assert codec.read(type(shared), codec.dump(shared)) == shared


def test_hits_in_a_column_that_holds_nothing_personal_are_no_measures(measured):
    """Nine in a hundred whole numbers look like telephone numbers: no script must read that."""
    seldom = [f"text {i}" for i in range(20)]
    report = measured({"mail": [f"a{i}@x.org" for i in range(20)], "t": seldom})
    hit = replace(report.columns[0], column="t", verdict=Verdict(holds="none", score=0.8))
    told = replace(report, columns=(report.columns[0], hit)).measures()
    assert {m.columns for m in told if m.name == "pii_share"} == {("mail",)}
