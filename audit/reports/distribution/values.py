"""What the distribution report holds: plain frozen values, ready for JSON.

Field names are those of the measures. ``None`` is 'not defined here' (a mean of no values,
the skewness of a constant); :attr:`Column.reasons` says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audit.model import Measure, RoleMap, Scalar

Kind = Literal["number", "text", "boolean", "date", "time", "nested", "binary", "empty"]
"""How a column is measured. ``empty``: every value is missing. ``date`` includes timestamps."""

Assessed = Literal["pearson", "spearman", "cramers_v", "correlation_ratio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCount:
    """One value and how many rows have it."""

    value: Scalar
    """Numbers and booleans as they are, everything else as text (dates ISO 8601; NaN and
    infinite numbers as ``NaN``, ``Infinity`` and ``-Infinity``, which JSON has no numbers for)."""
    count: int
    cut: bool = False
    """Whether ``value`` is only the beginning of a long text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """How long lists are, in elements, or binary values, in bytes."""

    minimum: int
    mean: float
    maximum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Counts between edges; bins are closed on the left, the last one on both sides."""

    edges: tuple[float, ...]
    """``len(counts) + 1`` edges, increasing. For dates: seconds since 1970-01-01 UTC."""
    counts: tuple[int, ...]
    log: bool = False
    """Whether the edges are evenly spaced on a logarithmic scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What is measured of finite numbers; infinite values and NaN are counted, then left out."""

    minimum: float
    maximum: float
    mean: float
    standard_deviation: float | None
    """With n - 1."""
    variance: float | None
    skewness: float | None
    """Bias-corrected (G1), as pandas and scipy with ``bias=False``."""
    kurtosis: float | None
    """Excess, bias-corrected (G2)."""
    quantiles: tuple[tuple[float, float], ...]
    """(p, value) for .01 .05 .25 .5 .75 .95 .99, linear interpolation."""
    quantile_method: str
    iqr: float
    mad: float | None
    """Median absolute deviation from the median, not rescaled."""
    zeros: int
    negatives: int
    infinite: int
    not_a_number: int
    fence_low: float
    """Tukey's inner fence: q25 - 1.5 IQR."""
    fence_high: float
    outliers: int
    """Rows outside 1.5 IQR."""
    far_outliers: int
    """Rows outside 3 IQR."""
    histogram: Histogram
    log_histogram: Histogram | None = None
    """Offered where all values are positive and the distribution is strongly skewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants:
    """Spellings that differ in case or white space only."""

    folded: str
    spellings: tuple[ValueCount, ...]
    """Most frequent first; two or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is measured of text and categories."""

    length_minimum: int
    length_mean: float
    length_maximum: int
    blank: int
    """Rows that are empty or only white space."""
    padded: int
    """Rows with white space before or after the text."""
    number_text: int
    """Rows whose text reads as a number."""
    date_text: int
    """Rows whose text reads as an ISO date or timestamp."""
    letters: int
    """Rows that hold letters and nothing but letters and white space."""
    digits: int
    """Rows that hold digits and nothing else."""
    mixed: int
    """Rows that hold letters and digits."""
    words_mean: float
    """Mean number of words, for telling prose from categories."""
    words_method: str = "exact"
    """``exact``, or ``sample:65536`` with the number of rows looked at."""
    variants: tuple[Variants, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What is measured of dates and timestamps."""

    minimum: str
    """ISO 8601."""
    maximum: str
    range_days: float
    future: int
    """Rows later than the moment the report was made."""
    as_of: str
    """That moment, UTC, ISO 8601."""
    period: Literal["day", "month", "year"]
    periods: tuple[tuple[str, int], ...]
    """(first day of the period, rows), empty periods between the ends included."""
    gaps: int
    """Empty periods between the first and the last."""
    longest_gap: int
    """Periods in the longest run of empty ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, measured."""

    name: str
    type: str
    kind: Kind
    n: int
    missing: int
    distinct: int
    """Distinct values, missing not among them."""
    distinct_method: str
    """``exact``, or ``approx:hll`` with :attr:`distinct_error`."""
    distinct_error: float = 0.0
    """Relative standard error of ``distinct``."""
    top: tuple[ValueCount, ...] = ()
    """Up to 50 values, most frequent first, ties in the order of the values."""
    top_method: str = "exact"
    """``approx:sample`` where candidates came from a sample; their counts are exact."""
    entropy: float | None = None
    """Bits."""
    entropy_method: str = "exact"
    mode_share: float | None = None
    """Share of the most frequent value among the values that are there."""
    null_tokens: tuple[ValueCount, ...] = ()
    """Values that look like coded missing ones (NA, ?, -999), with their counts."""
    true_share: float | None = None
    """Booleans: share of true among the values that are there."""
    numbers: Numbers | None = None
    text: Text | None = None
    dates: Dates | None = None
    lengths: Lengths | None = None
    """Of lists, maps and binary values."""
    reasons: tuple[str, ...] = ()
    """Why something that one would expect here is None."""

    @property
    def present(self) -> int:
        """Rows with a value."""
        return self.n - self.missing

    @property
    def missing_share(self) -> float | None:
        """Share of rows without a value; None for a table without rows."""
        return self.missing / self.n if self.n else None

    @property
    def distinct_share(self) -> float | None:
        """Distinct values per row that has one."""
        return min(1.0, self.distinct / self.present) if self.present else None

    @property
    def is_key(self) -> bool:
        """Whether every row has a value of its own (exactly counted)."""
        return (
            self.n > 1
            and self.missing == 0
            and self.distinct == self.n
            and self.distinct_method == "exact"
        )

    @property
    def is_constant(self) -> bool:
        """Whether all values that are there are the same one."""
        return self.present > 0 and self.distinct == 1 and self.distinct_method == "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The association of two columns."""

    first: str
    second: str
    measure: Assessed
    value: float | None
    n: int
    """Rows on which both have a value."""
    method: str = "exact"
    """``exact``, or ``sample:100000`` with the number of rows looked at."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A set of columns that are missing together, and in how many rows."""

    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The distribution report of one version."""

    rows: int
    columns: tuple[Column, ...]
    size_bytes: int
    duplicate_rows: int
    """Rows beyond the first of each set of equal rows."""
    rows_with_missing: int
    patterns: tuple[Pattern, ...]
    """Most frequent first, at most 50; rows without a missing value are not among them."""
    patterns_total: int
    """Patterns in all, so that a cut list says so."""
    keys: tuple[str, ...]
    """Columns whose values are all different."""
    pairs: tuple[Pair, ...]
    pairs_note: str = ""
    """What was left out of ``pairs`` or sampled, in one sentence; empty: nothing."""

    def column(self, name: str) -> Column:
        """Find the column called ``name``; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def measures(self) -> Iterator[Measure]:
        """Yield every number of the report, named as in the documentation."""
        from audit.reports.distribution.measures import measures

        return measures(self)

    def shareable(self, roles: RoleMap) -> "Distribution":
        """Give this report without values that may be personal; see ``sharing``."""
        from audit.reports.distribution.sharing import shareable

        return shareable(self, roles)
