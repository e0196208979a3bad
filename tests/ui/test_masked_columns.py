"""Which columns are masked: one rule for rows before and after, wherever they are shown."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from audit import runner
from audit.model import ColumnRole, Role, RoleMap
from audit.pii.values import Verdict
from audit.ui import audits, masking
from audit.ui.compare.view import View as Comparing
from audit.ui.recipe import touched
from audit.ui.recipe.trying import View as Trying
from tests.ui import privacy_values as made

ROLES = RoleMap(columns=(ColumnRole(column="who", roles=(Role.DIRECT_IDENTIFIER,)),))


def found(**verdicts: Verdict):
    (one, *_) = made.columns()
    columns = (replace(one, column=name, verdict=verdict) for name, verdict in verdicts.items())
    return made.personal(columns=tuple(columns))


def made_of(entity: str) -> Verdict:
    return Verdict(holds="identifiers", entity=entity, score=1.0)


REPORT = found(
    branch=Verdict(holds="none"),
    zip=made_of("POSTCODE"),
    mail=made_of("EMAIL_ADDRESS"),
    staff=made_of("STAFF_NUMBER"),
    code=Verdict(holds="some"),
    late=Verdict(holds="unknown"),
)


def test_hits_by_chance_and_what_is_told_of_many_are_not_masked():
    expected = ("who", "mail", "staff", "code", "late")
    assert masking.personal_columns(ROLES, REPORT, None) == expected
    assert masking.personal_columns(ROLES) == ("who",)


def test_a_preview_and_a_comparison_mask_the_same_columns(monkeypatch: pytest.MonkeyPatch):
    reports = {"before": REPORT, "after": found(notes=Verdict(holds="text"))}
    monkeypatch.setattr(audits, "found", reports.get)
    side = SimpleNamespace(roles=ROLES)
    both = SimpleNamespace(before=side, after=side)
    compared = Comparing(in_use="before", before="before", after="before", comparison=both)
    tried = Trying(version=None, recipe=runner.Recipe(), roles=ROLES, found=REPORT)
    assert compared.personal == set(touched.masked_columns(tried, 0))
    assert replace(compared, after="after").personal == {*compared.personal, "notes"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<PERSON>", "<PERSON>"),
        ("Ann wrote to <EMAIL_ADDRESS>, 12", "xxx xxxxx xx <EMAIL_ADDRESS>, 99"),
        ("<JOHN_SMITH> <person>", "<xxxx_xxxxx> <xxxxxx>"),
        ("x" * 36 + "<PERSON>", "x" * 36 + "<xxx…"),
    ],
)
def test_a_tag_of_redaction_is_said_and_what_stands_around_it_is_not(value, shown):
    assert masking.masked(value) == shown
