"""Measuring with a scanner that stands in for the real one."""

from collections.abc import Callable
from typing import Any

import pytest

from audit.model import RoleMap, silent
from audit.registry import NoParts
from audit.reports.pii import looking
from audit.reports.pii.options import Options
from audit.reports.pii.report import personal_data
from audit.reports.pii.values import PersonalData
from audit.store import Version
from tests.reports.pii.scanner_stand_in import StandIn


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> type[StandIn]:
    monkeypatch.setattr(looking, "Scanner", StandIn)
    monkeypatch.setattr(looking.model, "check", lambda _: None)
    monkeypatch.setattr(StandIn, "seen", [])
    monkeypatch.setattr(StandIn, "late", frozenset())
    return StandIn


@pytest.fixture
def measured(
    stand_in: type[StandIn], version_of: Callable[..., Version]
) -> Callable[..., PersonalData]:
    """Measure a table with the stand-in; options as keywords."""

    def measure(data: Any, *, roles: RoleMap | None = None, **options: Any) -> PersonalData:
        table = version_of(data).table
        return personal_data(table, roles or RoleMap(), Options(**options), silent, NoParts())

    return measure
