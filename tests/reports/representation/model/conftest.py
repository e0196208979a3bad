"""Measure how predictions treat groups, on a frame with stated roles."""

from collections.abc import Callable
from typing import Any

import pytest

from audit.model import ColumnRole, RoleMap, silent
from audit.reports.representation.axes import axis_of
from audit.reports.representation.label import read_label
from audit.reports.representation.model import model
from audit.reports.representation.model_values import Model
from audit.reports.representation.options import Options
from audit.reports.roles import apply


@pytest.fixture
def modelled(version_of) -> Callable[..., Model | None]:
    """Make the model part of the report; every keyword that is no role is an option."""

    def measure(
        data: Any,
        *,
        label: str = "y",
        positive: str | None = "1",
        sensitive: tuple[str, ...] = ("g",),
        prediction: str | None = None,
        score: str | None = None,
        weight: str | None = None,
        identifier: tuple[str, ...] = (),
        progress: Any = silent,
        **options: Any,
    ) -> Model | None:
        table = version_of(data).table
        roles = apply(
            RoleMap(columns=tuple(ColumnRole(column=c.name) for c in table.columns)),
            label=label,
            positive=positive,
            sensitive=sensitive,
            prediction=prediction,
            score=score,
            weight=weight,
            direct_identifier=identifier,
        )
        axes = tuple(axis_of(table, c) for c in sensitive)
        own = Options(**options)
        return model(table, axes, read_label(table, roles), roles, own, weight, progress)

    return measure
