"""Measure a frame, an Arrow table or columns, with any options."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from audit.model import silent
from audit.reports.distribution import Options, measure
from audit.reports.distribution.values import Distribution

AS_OF = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.fixture
def measured(version_of: Callable[..., Any]) -> Callable[..., Distribution]:
    def measured_of(data: Any, **options: Any) -> Distribution:
        given = Options(**{"as_of": AS_OF, **options})
        return measure(version_of(data).table, given, silent)

    return measured_of
