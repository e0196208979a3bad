"""The parameters of resampling: known to the remedy, to its forecast and to the page."""

from typing import Literal

from pydantic import Field

from audit.mending.fields import Amount, Bins, ColumnName, Columns, MostGrowth, Reference, Seed
from audit.registry import Settings

Target = Literal["equal", "equal-rates", "independent", "reference", "shares"]
Method = Literal["over", "under", "both"]


class Resample(Settings):
    """Draw rows anew, so that groups and labels have the shares that are wanted."""

    by: Columns = Field(
        default=(),
        title="Groups by",
        description="Up to three columns, and the label where its classes count; none: those of "
        "the reference population, else the sensitive ones.",
    )
    target: Target = Field(
        default="equal",
        title="Target",
        description="equal: as many rows of each group (and class). equal-rates: each group has "
        "the label as often as the whole table. independent: the same, and groups keep their "
        "shares. reference: the shares of a population. shares: those set by hand.",
    )
    method: Method = Field(
        default="over",
        title="Method",
        description="over: repeat rows. under: drop rows. both: as many rows as now.",
    )
    label: ColumnName = Field(
        default="", title="Label", description="For label rates; none: the column of that role."
    )
    reference: Reference = Field(
        default=(), title="Reference population", description="For the target reference."
    )
    shares: tuple[Amount, ...] = Field(
        default=(),
        title="Shares",
        description="For the target shares: one amount for each group that rows have; 0 leaves "
        "a group out.",
    )
    most_repeats: int = Field(
        default=50,
        ge=1,
        le=100_000,
        title="Repeats at most",
        description="How often one row may stand in the result.",
    )
    most_growth: MostGrowth = 3.0
    bins: Bins = {}
    seed: Seed = 0
