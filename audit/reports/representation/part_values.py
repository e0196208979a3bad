"""What is held of coverage, of strata, of quality by group and of proxies."""

from dataclasses import dataclass
from typing import Literal

from audit.model import Pairs, Where
from audit.reports.representation.group_values import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """A most general combination of values that too few rows have."""

    levels: Pairs
    n: int
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The maximal uncovered patterns of some columns."""

    columns: tuple[str, ...]
    min_cell: int
    patterns: tuple[Uncovered, ...]
    """The most general first (fewest columns), then the fewest rows; cut at a fixed number."""
    by_level: tuple[int, ...]
    """Patterns in all, by the number of columns they name: 1, 2, ...; a cut list says so."""
    note: str = ""
    """What was not looked at, in one sentence; empty: everything was."""

    @property
    def total(self) -> int:
        """Patterns in all."""
        return sum(self.by_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumGroup:
    """One group within one stratum."""

    stratum: str
    n: int
    positives: int
    rate: float | None
    """Share (weighted where there are weights) of positive labels; None without rows."""
    rest_n: int
    """The other rows of the stratum."""
    rest_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional:
    """How a group is treated within the strata of another column."""

    column: str
    """The sensitive column."""
    level: str
    stratum: str
    """The column whose values are the strata."""
    strata: tuple[StratumGroup, ...]
    conditional: Estimate
    """``conditional_demographic_disparity``."""
    overall: Estimate
    """``demographic_disparity``, over the same rows."""
    reversed: bool
    """Whether the overall disparity differs from 0 beyond its interval and the conditional one
    points in the opposite direction, by 0.01 or more."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it rests on, the label left out."""
        return self.column, self.stratum


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """One quality of the rows, group by group."""

    kind: Literal["missing_share", "duplicate_share", "outlier_share", "length_mean"]
    column: str | None
    """The column it is about; None for whole rows."""
    by: str
    """The sensitive column."""
    groups: tuple[tuple[str, Estimate], ...]
    """(level, its value with interval)."""
    gap: Estimate
    """Largest minus smallest among the groups that are large enough, named ``<kind>_gap``."""
    p_value: float | None = None
    """Of no difference between groups, corrected over the family."""
    highest: str | None = None
    """Level with the largest value among those large enough."""
    lowest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """How far another column gives a sensitive column away."""

    sensitive: str
    column: str
    association: Estimate
    """``cramers_v`` (bias-corrected) or ``correlation_ratio``."""
    auc: Estimate
    """``proxy_auc``: out of fold, from this column alone; 0.5: nothing is given away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """What gives one sensitive column away."""

    sensitive: str
    columns: tuple[Proxy, ...]
    """The strongest first."""
    together: Estimate
    """``proxy_auc`` from all other columns together."""
    note: str = ""
