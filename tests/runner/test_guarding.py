"""Columns that were found to hold personal data are masked as if somebody had said so."""

from audit.model import ColumnRole, Role, RoleMap
from audit.runner.guarding import guarded
from tests.checks import private

ROLES = RoleMap(
    columns=(
        ColumnRole(column="a"),
        ColumnRole(column="b", roles=(Role.SENSITIVE,), reason="a sex"),
        ColumnRole(column="c", confirmed=True),
        ColumnRole(column="d", roles=(Role.FREE_TEXT,)),
    )
)


def names(column):
    kind = private.found("PERSON", 900)
    return private.column(column, kind, holds="identifiers", entity="PERSON")


def remarks(column, rows):
    return private.column(column, private.found("PHONE_NUMBER", rows))


def roles_of(report):
    return {c.column: c.roles for c in guarded(ROLES, report).columns}


def test_without_a_search_the_roles_stay_as_they_are():
    assert guarded(ROLES, None) is ROLES


def test_a_column_of_names_is_a_direct_identifier_whatever_it_is_called():
    assert roles_of(private.data(names("a")))["a"] == (Role.DIRECT_IDENTIFIER,)
    assert roles_of(private.data(names("b")))["b"] == (Role.SENSITIVE, Role.DIRECT_IDENTIFIER)


def test_a_column_with_some_is_free_text_from_one_in_a_hundred_rows():
    assert roles_of(private.data(remarks("a", 10)))["a"] == (Role.FREE_TEXT,)
    assert roles_of(private.data(remarks("a", 9)))["a"] == ()


def test_what_somebody_confirmed_or_already_marked_stays():
    found = roles_of(private.data(names("c"), names("d")))
    assert found["c"] == ()
    assert found["d"] == (Role.FREE_TEXT,)


def test_places_and_unsure_verdicts_mask_nothing():
    places = private.column(
        "a", private.found("LOCATION", 900), holds="identifiers", entity="LOCATION"
    )
    unsure = private.column(
        "b", private.found("PERSON", 5), holds="identifiers", entity="PERSON", score=0.3
    )
    assert guarded(ROLES, private.data(places, unsure)) == ROLES
