"""What is held of the risk that a person is picked out: classes, risks, drivers, disclosure."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import Literal

from audit.model import Measure, RoleMap, Where
from audit.reports.reidentification.options import MissingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Sizes of the equivalence classes of some quasi-identifiers, and what follows from them.

    Source of the definitions: El Emam, Guide to the De-Identification of Personal Health
    Information (2013); Sweeney (2002) for k-anonymity.
    """

    columns: tuple[str, ...]
    rows: int
    classes: int
    sizes: tuple[tuple[int, int], ...]
    """(size, classes of that size), by size."""
    overlapping: tuple[tuple[int, int], ...] = ()
    """(size, rows whose class is of that size), where classes overlap because missing values fit
    any other: a class is then one combination of values, and its size all rows that fit it."""

    @property
    def k(self) -> int | None:
        """``k_anonymity``: size of the smallest class; None without rows."""
        return self.sizes[0][0] if self.sizes else None

    @property
    def by_rows(self) -> tuple[tuple[int, int], ...]:
        """(size, rows in classes of that size), by size."""
        return self.overlapping or tuple((size, size * n) for size, n in self.sizes)

    @property
    def highest(self) -> float | None:
        """``prosecutor_max``: risk of a row of the smallest class; None without rows."""
        return 1 / self.k if self.k else None

    @property
    def average(self) -> float | None:
        """``prosecutor_average``: mean of 1 / class size over rows, classes / rows."""
        if not self.rows:
            return None
        if not self.overlapping:
            return self.classes / self.rows
        return fsum(n / size for size, n in self.overlapping) / self.rows

    def rows_below(self, k: int) -> int:
        """Count the rows in classes of fewer than ``k``."""
        return sum(n for size, n in self.by_rows if size < k)

    @property
    def uniques(self) -> int:
        """Rows that share their values with no other."""
        return self.rows_below(2)

    def at_risk(self, theta: float) -> int:
        """Count the rows whose risk, 1 / class size, is above ``theta``."""
        return sum(n for size, n in self.by_rows if 1 / size > theta)


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """What one quasi-identifier adds to the risk: the risk with it left out."""

    column: str
    distinct: int
    without: Risk | None
    """None where it is the only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UniqueSet:
    """Columns that together make rows unique, while no part of them does."""

    columns: tuple[str, ...]
    rows: int
    """Rows that are unique by these columns and by no subset of them (minimal sample uniques)."""
    row_number: int | None
    """The first of them; None in a shared report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What a class tells of its members: l-diversity, t-closeness, alpha of one attribute."""

    attribute: str
    ordered: bool
    distinct: int
    l_diversity: int | None
    """Fewest different values of the attribute within a class."""
    entropy_l: float | None
    """exp of the least entropy within a class (Machanavajjhala et al. 2007), in [1, distinct]."""
    t: float | None
    """Largest distance between the values of a class and those of all rows (Li et al. 2007)."""
    alpha: float | None
    """Largest share of one value within a class (Wong et al. 2006)."""
    homogeneous_rows: int | None
    """Rows in classes of two or more in which all have the same value: nobody has to be singled
    out to learn it. None in a shared report, where they are few."""
    reason: str = ""
    """Why a number is None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The risk when the data is a sample of a population whose counts are given."""

    name: str
    journalist_max: float | None
    journalist_average: float | None
    marketer: float | None
    unknown_rows: int
    """Rows of classes whose population count is not given or is smaller than the class."""
    reason: str = ""


SuggestionKind = Literal["known kind", "many small classes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A column that may be a quasi-identifier and is not marked as one."""

    column: str
    kind: SuggestionKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reidentification:
    """The re-identification report."""

    rows: int
    columns: tuple[str, ...]
    """The quasi-identifiers; empty: there are none, and there is no risk to state."""
    missing: MissingRule
    rows_with_missing: int
    """Rows with a missing quasi-identifier, to which ``missing`` matters."""
    theta: float
    risk: Risk | None
    example_row: int | None = None
    """Number of a row of the smallest class."""
    smallest: Where | None = None
    """The rows of classes of one (row numbers, at most 1,000)."""
    drivers: tuple[Driver, ...] = ()
    unique_sets: tuple[UniqueSet, ...] = ()
    unique_sets_note: str = ""
    """What was not tried, in one sentence."""
    disclosures: tuple[Disclosure, ...] = ()
    population: Population | None = None
    suggestions: tuple[Suggestion, ...] = ()
    notes: tuple[str, ...] = ()

    def measures(self) -> Iterator[Measure]:
        """Yield every number of the report."""
        from audit.reports.reidentification.measures import measures

        return measures(self)

    def shareable(self, roles: RoleMap) -> "Reidentification":
        """Give the report without what may point at a person."""
        from audit.reports.reidentification.sharing import shareable

        return shareable(self, roles)
