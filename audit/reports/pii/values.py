"""What is held of personal data: where it is, how much, how often it repeats. No value is."""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model import Measure, RoleMap
from audit.pii.values import Reads, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One kind of personal data in one column.

    Its counts are None in a shared report where fewer rows hold it than may be told.
    """

    entity: str
    share: Measure
    """``pii_share``: share of all rows that hold it, with its interval; exact where every value
    was looked at."""
    rows: int | None
    """Rows, among those whose values were looked at, that hold it."""
    hits: int | None
    """Places in the values looked at, each different value counted once."""
    values: int | None
    """Different pieces of personal data among them, written alike or not (case, spacing)."""
    score: float
    """Mean score of the hits."""
    validated: int | None
    """Hits that a checksum or the like confirmed."""
    examples: tuple[str, ...] = ()
    """Masked: the surroundings of a hit as shapes, the hit as its kind."""
    row_numbers: tuple[int, ...] = ()
    """Rows that hold it, the first of each value, at most 200: to look at on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedColumn:
    """What was looked at in a column, or in a place within its values, and what was found."""

    column: str
    place: str = ""
    """Path within nested values: '[].content'. Empty: the values themselves."""
    rows: int
    """Rows that have a value there."""
    values: int
    """Different values."""
    values_scanned: int
    timed_out: int = 0
    """Values on which a pattern or the model took too long: not clean."""
    cut: int = 0
    """Values of which only the beginning was looked at."""
    skipped: int = 0
    """Values not looked at for another reason, which ``note`` says."""
    reads: Reads
    names_scanned: bool
    """Whether names, places and organisations were looked for, too."""
    found: tuple[Found, ...] = ()
    """The most frequent first."""
    verdict: Verdict
    note: str = ""

    @property
    def title(self) -> str:
        """The column, with the place within it: 'messages[].content'."""
        return self.column + self.place

    @property
    def is_personal(self) -> bool:
        """Whether it was judged to hold personal data.

        Some kinds, as postcodes, are told by a column's name and how all its values are written,
        without a hit; and where hits are chance, as in amounts that could be phone numbers, the
        verdict is that there is nothing.
        """
        return self.verdict.holds in ("identifiers", "text", "some")

    @property
    def complete(self) -> bool:
        """Whether every value was looked at, to its end."""
        looked = self.values_scanned >= self.values
        return looked and not (self.timed_out or self.cut or self.skipped)

    def of(self, entity: str) -> Found | None:
        """Give what was found of one kind."""
        return next((f for f in self.found if f.entity == entity), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """How often the same piece of personal data stands in the data: what models recite."""

    entity: str
    columns: tuple[str, ...]
    """Columns in which it was found."""
    times: tuple[tuple[int, int, int], ...]
    """(least, values, rows): pieces that stand in ``least`` rows or more, up to the next entry;
    ``least`` is 1, 2, 3, 5, 10, 100."""
    most: int
    """Rows that hold the most frequent piece."""
    examples: tuple[tuple[str, int], ...] = ()
    """Masked pieces and the rows that hold them, the most frequent first."""
    row_numbers: tuple[int, ...] = ()
    """Rows that hold a piece which stands in more than one, at most 200."""

    @property
    def repeated(self) -> int:
        """Pieces that stand in more than one row."""
        return sum(values for least, values, _ in self.times if least > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedTexts:
    """Texts with personal data that stand more than once, exactly or nearly."""

    column: str
    place: str = ""
    entities: tuple[str, ...]
    """Kinds of personal data in them, the most frequent first."""
    exact_groups: int
    exact_rows: int
    """Rows in sets of equal texts, the first of each set included."""
    near_groups: int
    near_rows: int
    """The same for texts that are nearly equal: sets that hold different texts."""
    largest: int
    """Rows of the largest set."""
    row_numbers: tuple[int, ...] = ()
    note: str = ""
    """What was not compared, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """The report on personal data."""

    rows: int
    sampled: bool
    """Whether of some column only a sample of its values was looked at."""
    model: str
    """The model that looked for names; empty where none did."""
    columns: tuple[ScannedColumn, ...]
    column_names: tuple[tuple[str, str], ...] = ()
    """(title, entity): names of columns, or of fields within them, that hold personal data
    themselves; of a field the column with its path."""
    repeats: tuple[Repeats, ...] = ()
    texts: tuple[RepeatedTexts, ...] = ()
    special: tuple[tuple[str, str], ...] = ()
    """(column, category): columns of a special category (GDPR Art. 9), by name and values."""
    notes: tuple[str, ...] = ()
    """What was not looked at, each in a sentence."""

    def column(self, name: str, place: str = "") -> ScannedColumn | None:
        """Look up what was found in a column."""
        return next((c for c in self.columns if (c.column, c.place) == (name, place)), None)

    def measures(self) -> Iterator[Measure]:
        """Yield every number of the report."""
        from audit.reports.pii.measures import measures

        return measures(self)

    def shareable(self, roles: RoleMap) -> "PersonalData":
        """Give the report without what may point at a person."""
        from audit.reports.pii.sharing import shareable

        return shareable(self, roles)
