"""The representation report: plain frozen values, ready for JSON."""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model import Measure, RoleMap
from audit.reports.representation.group_values import (
    Axis,
    Combination,
    Estimate,
    Estimates,
    Label,
)
from audit.reports.representation.model_values import Model
from audit.reports.representation.part_values import Conditional, Coverage, Proxies, Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The representation report of one version."""

    rows: int
    axes: tuple[Axis, ...]
    """The sensitive columns as groups."""
    label: Label | None
    weight: str | None
    min_group: int
    reference_name: str
    """What groups are held against: 'uniform', 'census.csv', 'survey weights in “fnlwgt”'."""
    combinations: tuple[Combination, ...] = ()
    coverage: Coverage | None = None
    conditionals: tuple[Conditional, ...] = ()
    quality: tuple[Quality, ...] = ()
    proxies: tuple[Proxies, ...] = ()
    consistency: Estimate | None = None
    model: Model | None = None
    every_pair: tuple[tuple[tuple[str, ...], str, str, Estimates], ...] = ()
    """(columns, group, compared with, estimates) for each two groups, where that was asked for."""
    notes: tuple[str, ...] = ()
    """What could not be measured, and why."""

    def combination(self, *columns: str) -> Combination | None:
        """Find the combination of exactly these columns."""
        return next((c for c in self.combinations if c.columns == columns), None)

    def measures(self) -> Iterator[Measure]:
        """Yield every number of the report, named as in the documentation."""
        from audit.reports.representation.measures import measures

        return measures(self)

    def shareable(self, roles: RoleMap) -> "Representation":
        """Give this report without cells so small that they may point at a person."""
        from audit.reports.representation.sharing import shareable

        return shareable(self, roles)
