"""What of the re-identification report may be set."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from audit.registry import Settings

MissingRule = Literal["value", "wildcard"]
"""How a missing quasi-identifier is read: as a value of its own, or as one that fits any."""


class PopulationRow(BaseModel):
    """How many people of the population share some values of the quasi-identifiers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: tuple[tuple[str, str], ...]
    count: float = Field(ge=0)


class Options(Settings):
    """What may be set; the defaults are what the figures in the documentation rest on."""

    missing: MissingRule = Field(
        default="value",
        description="Missing quasi-identifiers: a value of their own, or a wildcard that any fits.",
    )
    theta: float = Field(
        default=0.2, gt=0, lt=1, description="Risk beyond which a row is at risk: 1 / class size."
    )
    population: tuple[PopulationRow, ...] = Field(
        default=(), description="Population counts by values of the quasi-identifiers."
    )
    population_name: str = Field(default="", description="What the population is called.")
    attributes: tuple[str, ...] | None = Field(
        default=None,
        description="Columns that must not be learned of a person; by default the sensitive ones "
        "and the label, quasi-identifiers left out.",
    )
    ordered: tuple[str, ...] | None = Field(
        default=None,
        description="Those whose values have an order (for t-closeness); by default the numbers.",
    )
    combination_size: int = Field(
        default=3, ge=1, le=3, description="Columns of a combination that makes rows unique."
    )
    most_columns: int = Field(
        default=12, ge=1, le=20, description="Quasi-identifiers up to which combinations are tried."
    )
