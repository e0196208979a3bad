"""The nouns: frozen values that every room may hold. No I/O, no third-party imports.

``None`` means 'not defined here' and comes with a reason; it never stands for 0.
Shares lie in [0, 1]. Groups and parameters are tuples of pairs, so that values can be
hashed, compared and stored without surprises.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal, Protocol

Scalar = str | int | float | bool | None
"""A cell, a parameter or the end of a range, as it travels through JSON."""

Pairs = tuple[tuple[str, str], ...]

Unit = Literal[
    "count",
    "rows",
    "columns",
    "bytes",
    "share",
    "value",
    "characters",
    "bits",
    "ratio",
    "coefficient",
    "days",
]


class Severity(IntEnum):
    """How much a finding matters; ordered, so that ``>=`` reads as 'at least'."""

    INFO = 0
    NOTICE = 1
    WARNING = 2
    CRITICAL = 3

    @property
    def word(self) -> str:
        """The name as people read it: 'warning'."""
        return self.name.lower()


class Role(StrEnum):
    """What a column means to an audit. A column may have several (age: sensitive and QI)."""

    LABEL = "label"
    PREDICTION = "prediction"
    SCORE = "score"
    SENSITIVE = "sensitive"
    DIRECT_IDENTIFIER = "direct-identifier"
    QUASI_IDENTIFIER = "quasi-identifier"
    FREE_TEXT = "free-text"
    DATE = "date"
    WEIGHT = "weight"
    SPLIT = "split"


SINGLE_ROLES = frozenset({Role.LABEL, Role.PREDICTION, Role.SCORE, Role.WEIGHT, Role.SPLIT})
"""Roles that at most one column of a table can have."""

PERSONAL_ROLES = frozenset({Role.DIRECT_IDENTIFIER, Role.FREE_TEXT})
"""Roles of columns whose values name or describe somebody: none is shown unasked."""

APART_ROLES = PERSONAL_ROLES | {Role.PREDICTION, Role.SCORE, Role.WEIGHT, Role.SPLIT}
"""Roles of columns that no model learns from: neither features nor the label."""

NO_FEATURE_ROLES = APART_ROLES | {Role.LABEL}
"""Roles of columns that are no features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRole:
    """The roles of one column and why they were given."""

    column: str
    roles: tuple[Role, ...] = ()
    reason: str = ""
    confirmed: bool = False


AT_LEAST = ">="


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMap:
    """What the columns of a version mean; kept beside the version, not in it."""

    columns: tuple[ColumnRole, ...] = ()
    positive: str | None = None
    """The value of the label that counts as positive, as text; of a label of numbers also the
    number from which on they do, after :data:`AT_LEAST`: '>=50000'."""

    def having(self, role: Role) -> tuple[str, ...]:
        """Names of the columns with ``role``, in table order."""
        return tuple(c.column for c in self.columns if role in c.roles)

    def one(self, role: Role) -> str | None:
        """Give the column with ``role``, or None; for roles in :data:`SINGLE_ROLES`."""
        return next(iter(self.having(role)), None)

    def stated(self, role: Role) -> str | None:
        """Give the column with ``role`` if somebody said so, and None where it was guessed."""
        found = (c.column for c in self.columns if role in c.roles and c.confirmed)
        return next(found, None)

    def of(self, column: str) -> tuple[Role, ...]:
        """Give the roles of ``column``; none if it has none."""
        return next((c.roles for c in self.columns if c.column == column), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number with what is needed to judge it."""

    name: str
    value: float | int | None
    unit: Unit
    n: int
    """Rows it rests on: the denominator."""
    columns: tuple[str, ...] = ()
    group: Pairs = ()
    low: float | None = None
    """Lower end of the 95% interval, where one exists."""
    high: float | None = None
    method: str = "exact"
    """``exact``, ``wilson``, ``bootstrap:1000``, ``approx:hll``, …"""
    reason: str = ""
    """Why ``value`` is None."""

    @property
    def approximate(self) -> bool:
        """Whether the value is an estimate and must be badged where it is drawn."""
        return self.method.startswith(("approx", "sample"))


Op = Literal[
    "missing",  # SQL NULL
    "present",
    "blank",  # text that is empty or only white space
    "equal",  # values[0]
    "in",  # any of values; None among them means missing
    "not-in",
    "at-least",  # >= values[0]
    "below",  # < values[0]
    "between",  # values[0] <= x <= values[1]
    "from-to",  # values[0] <= x < values[1]
    "outside",  # x < values[0] or x > values[1]
    "not-finite",  # NaN or infinity
    "number-text",  # text that reads as a number
    "not-number-text",  # text that does not read as a number (and is not missing or blank)
    "padded",  # text with white space before or after it
    "contains",  # text holding values[0], case ignored
    "repeat",  # an exact copy of an earlier row; with columns: on these columns only
    "repeated",  # belongs to a set of equal rows, the first one included
    "numbered",  # its number within the version is one of values; takes no column
]


_TAKES = {
    **dict.fromkeys(("equal", "at-least", "below", "contains"), 1),
    **dict.fromkeys(("between", "from-to", "outside"), 2),
}
_LARGEST = 2**127
"""No column holds a whole number as large as this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTest:
    """One test of a row. ``columns`` holds one name, or several for repeat/repeated (none: all)."""

    op: Op
    columns: tuple[str, ...] = ()
    values: tuple[Scalar, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a test that means nothing: it may come from a URL typed by hand."""
        takes = _TAKES.get(self.op, len(self.values))
        if len(self.values) != takes:
            message = f"The test {self.op!r} takes {takes} value(s), not {len(self.values)}."
            raise ValueError(message)
        if any(isinstance(v, int) and abs(v) >= _LARGEST for v in self.values):
            message = f"The test {self.op!r} takes no whole number as large as that."
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Which rows: those that pass all tests, or any of them. No test at all means every row.

    A value, not SQL: it can be kept with a finding, put in a URL and compiled by the store,
    which alone turns it into a statement.
    """

    tests: tuple[RowTest, ...] = ()
    any: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A suggested or chosen remedy with its parameters."""

    remedy: str
    params: tuple[tuple[str, Scalar | tuple[Scalar, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check has to say: how severe, about what, resting on which numbers."""

    check: str
    severity: Severity
    title: str
    """A sentence with a subject and a number, as plain text."""
    why: str
    """Why it matters, one plain sentence."""
    columns: tuple[str, ...] = ()
    group: Pairs = ()
    measures: tuple[Measure, ...] = ()
    caveats: tuple[str, ...] = ()
    suggestions: tuple[Step, ...] = ()
    rows: Where | None = None
    """Exactly the rows meant, where the finding is about rows."""

    @property
    def identity(self) -> tuple[str, tuple[str, ...], Pairs]:
        """What makes it the same finding in another version of the data."""
        return self.check, self.columns, self.group


class Progress(Protocol):
    """How far the work is. Raises ``errors.Stopped`` when somebody asked to stop."""

    def __call__(self, share: float, note: str = "", /) -> None:
        """Report ``share`` of the work as done, in [0, 1], and the stage in words."""


def silent(_share: float, _note: str = "", /) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One record of a source that could not be loaded."""

    line: int | None
    """Line of the source at which the record starts, from 1; None where a source has no lines."""
    column: str
    reason: str
    record: str
    """The record as it stands in the source, cut to 2,000 characters. Personal data: show on
    demand only, never log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What became of every record of a source: found = loaded + rejected + skipped."""

    found: int
    """Counted independently of the reader."""
    loaded: int
    rejected: int
    skipped: int
    notes: tuple[str, ...] = ()
    """What was done beside reading: renamed columns, transcoding, lines skipped and why."""

    @property
    def adds_up(self) -> bool:
        """Whether every record found is accounted for."""
        return self.found == self.loaded + self.rejected + self.skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a version: its name and its DuckDB type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a version came from: the source that was read, or the parent and the step."""

    source: str = ""
    """File name (never its folder), or what kind of object it was."""
    kind: str = ""
    """Id of the source that read it: csv, parquet, …"""
    options: Pairs = ()
    """What it was read with: delimiter, encoding, sheet, …"""
    parent: str | None = None
    """Id of the version it was made from."""
    recipe: str = ""
    """SHA-256 of the recipe that made it of its parent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the user says about the dataset; for its card. Empty means not stated."""

    purpose: str = ""
    source: str = ""
    licence: str = ""
    consent: str = ""
    collected_from: str = ""
    """ISO date, or empty."""
    collected_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is written beside the data of a version."""

    id: str
    """The first 16 hexadecimal digits of ``sha256``; of a digest of it and of what became of the
    other records, where records were rejected or skipped."""
    name: str
    sha256: str
    rows: int
    columns: tuple[Column, ...]
    size_bytes: int
    created: str
    """UTC, ISO 8601."""
    program: str
    """Version of evenhand that wrote it."""
    origin: Origin
    load: LoadReport | None = None
    aliases: tuple[str, ...] = ()
    """Other names the same bytes were loaded under."""
    about: About = About()
