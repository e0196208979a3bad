"""What of the representation report may be set."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from audit.registry import Settings

_MOST_CELLS = 1 << 21
_FEWEST_RESAMPLES = 200
"""Cells of resamples held at a time: of very many cells fewer are drawn, down to this."""

ProbeKind = Literal["none", "logistic-regression", "gradient-boosting"]

MOST_AMOUNT = 1e200
"""Amounts of a reference population up to here can be added up."""
_MOST_EDGES = 200
_MOST_LEVELS = 1000
_MOST_RESAMPLES = 10_000
"""What is set beyond these would take more memory than a computer has."""

Edges = Annotated[tuple[FiniteFloat, ...], Field(max_length=_MOST_EDGES)]


class ReferenceRow(BaseModel):
    """How much of the reference population one group is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: tuple[tuple[str, str], ...]
    """(column, value) pairs; a value of a binned column is a number or the name of a bin."""
    amount: float = Field(ge=0, le=MOST_AMOUNT)
    """A share or a count: amounts are divided by the sum over the same columns."""


class Options(Settings):
    """What may be set; the defaults are what the figures in the documentation rest on."""

    depth: int = Field(
        default=3, ge=1, le=3, description="How many sensitive columns meet in a group at the most."
    )
    bins: dict[str, Edges] = Field(
        default={},
        description="Inner edges by which a sensitive column of numbers is cut: [25, 45] makes "
        "the groups below 25, 25 to below 45, and 45 and above.",
    )
    reference_groups: dict[str, str] = Field(
        default={},
        description="The group that others are compared with, by column; else the largest.",
    )
    reference: tuple[ReferenceRow, ...] = Field(
        default=(), description="The reference population; uniform where there is none."
    )
    reference_name: str = Field(default="", description="What the reference population is called.")
    reference_weights: str | None = Field(
        default=None,
        description="Column of survey weights: the weighted rows are the reference population.",
    )
    min_group: int = Field(
        default=100, ge=1, description="Groups with fewer rows are too few to tell."
    )
    min_cell: int = Field(
        default=30, ge=1, description="A combination of values with fewer rows is uncovered."
    )
    most_groups: int = Field(
        default=20,
        ge=2,
        le=_MOST_LEVELS,
        description="Values of a column that are groups of their own; the rest is one.",
    )
    coverage: tuple[str, ...] = Field(
        default=(),
        description="Columns whose combinations must be covered; by default the sensitive ones.",
    )
    strata: tuple[str, ...] | None = Field(
        default=None,
        description="Columns within which label rates are compared; by default all categories.",
    )
    pairs: bool = Field(
        default=False, description="Whether each two groups are compared, of up to 50."
    )
    resamples: int = Field(
        default=1000, ge=0, le=_MOST_RESAMPLES, description="Resamples of a bootstrap interval."
    )
    seed: int = Field(
        default=0, ge=0, description="Seed of resampling, of samples and of the probe."
    )
    consistency_rows: int = Field(
        default=3000, ge=10, description="Rows that consistency rests on at the most."
    )
    neighbours: int = Field(default=5, ge=1, description="Neighbours that consistency looks at.")
    threshold: FiniteFloat | None = Field(
        default=None,
        description="Score from which a prediction is positive; 0.5 for probabilities.",
    )
    probe: ProbeKind = Field(
        default="none", description="Model trained here where there is no prediction."
    )
    probe_sensitive: bool = Field(
        default=False, description="Whether the probe sees the sensitive columns."
    )
    probe_rows: int = Field(
        default=200_000, ge=100, description="Rows that the probe is trained on at the most."
    )

    def resamples_of(self, cells: int) -> int:
        """Say how many resamples of a table of ``cells`` cells are drawn."""
        return min(self.resamples, max(_FEWEST_RESAMPLES, _MOST_CELLS // max(1, cells)))
