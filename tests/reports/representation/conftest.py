"""What tests of the representation report share: a report of a frame with stated roles."""

from collections.abc import Callable
from typing import Any

import pytest

from audit import runner
from audit.reports.representation.values import Representation


@pytest.fixture
def representation(version_of) -> Callable[..., Representation]:
    """Measure a frame: roles as keyword arguments, options of the report as a mapping."""

    def measure(data: Any, options: dict[str, Any] | None = None, **roles: Any) -> Representation:
        version = version_of(data)
        runner.state_roles(version, roles)
        changes = {"representation": options or {}}
        result = runner.run(version, reports=["representation"], changes=changes)
        report: Representation = result.reports["representation"]
        return report

    return measure
