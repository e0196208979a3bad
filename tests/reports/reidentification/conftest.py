"""What tests of the re-identification report share: a report of a frame with stated roles."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from audit.model import ColumnRole, Role, RoleMap, silent
from audit.reports.reidentification import Options, Reidentification
from audit.reports.reidentification import reidentification as measured


@pytest.fixture
def reidentification(version_of) -> Callable[..., Reidentification]:
    """Measure a frame: quasi-identifiers, options of the report, and other roles by column."""

    def measure(
        data: Any, known: list[str], options: dict[str, Any] | None = None, **roles: Role
    ) -> Reidentification:
        table = version_of(data).table
        given = {column: [Role.QUASI_IDENTIFIER] for column in known}
        for column, role in roles.items():
            given.setdefault(column, []).append(role)
        stated = RoleMap(
            columns=tuple(
                ColumnRole(column=c.name, roles=tuple(given.get(c.name, ()))) for c in table.columns
            )
        )
        return measured(table, stated, Options.model_validate(options or {}), silent)

    return measure


@pytest.fixture
def four_classes() -> pd.DataFrame:
    """Rows in classes of 1, 2, 5 and 10."""
    return pd.DataFrame({"zip": list("abbcccccdddddddddd")})
