"""What several checks say of columns and of their associations."""

from dataclasses import dataclass

from audit.format import count
from audit.model import PERSONAL_ROLES, Measure, RoleMap, RowTest, Scalar
from audit.reports.distribution.values import Assessed, Column, Distribution, Pair

REPEATING = 0.5
"""At most this share of different values, or they are not categories and are not quoted."""

CODE_NAMES = frozenset(
    {"zip", "zipcode", "postcode", "post code", "postal code", "plz", "cep", "phone", "telephone"}
    | {"fax", "id", "code", "number", "ssn", "iban", "account", "fips", "isbn", "ean", "sku"}
)
"""Names of what is written in digits and is no number."""


def is_category(column: Column, roles: RoleMap) -> bool:
    """Whether the values of ``column`` repeat and point at nobody, so that one may be quoted."""
    if PERSONAL_ROLES.intersection(roles.of(column.name)):
        return False
    share = column.distinct_share
    return share is not None and share <= REPEATING


def rows_of(name: str, value: int, column: Column) -> Measure:
    """Make the measure of how many rows of ``column`` something is true of."""
    return Measure(name=name, value=value, unit="rows", n=column.n, columns=(column.name,))


def share_of(name: str, value: float | None, column: Column, *, n: int | None = None) -> Measure:
    """Make the measure of a share of the rows of ``column`` (or of ``n`` of them)."""
    reason = "" if value is not None else "There are no values."
    rows = column.n if n is None else n
    return Measure(
        name=name, value=value, unit="share", n=rows, columns=(column.name,), reason=reason
    )


def distinct_of(column: Column) -> Measure:
    """Make the measure of how many different values ``column`` has, with its bound if estimated."""
    spread = 1.959964 * column.distinct_error * column.distinct
    exact = column.distinct_method == "exact"
    return Measure(
        name="distinct",
        value=column.distinct,
        unit="count",
        n=column.present,
        columns=(column.name,),
        low=None if exact else max(0.0, column.distinct - spread),
        high=None if exact else column.distinct + spread,
        method=column.distinct_method,
    )


def how_many(column: Column) -> str:
    """Write how many different values there are: '372', '≈98,231' where it is estimated."""
    about = "" if column.distinct_method == "exact" else "≈"
    return f"{about}{count(column.distinct)}"


def distinct_caveats(column: Column) -> tuple[str, ...]:
    """Say so where the number of different values is estimated."""
    if column.distinct_method == "exact":
        return ()
    error = column.distinct_error
    return (f"The number of different values is estimated (standard error {error:.1%}).",)


def coded_outside(column: Column, low: float, high: float | None) -> tuple[tuple[float, ...], int]:
    """Find the numbers that look like codes and lie below ``low`` or above ``high``.

    They are told by *coded-missing*; what else lies outside is for the other checks.

    Returns
    -------
    codes, n : tuple of float, int
        The codes, and how many rows have one of them.
    """
    coded = [
        (float(t.value), t.count)
        for t in column.null_tokens
        if isinstance(t.value, int | float)
        and (t.value < low or (high is not None and t.value > high))
    ]
    return tuple(value for value, _ in coded), sum(n for _, n in coded)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberText:
    """How many values of a text column read as numbers, coded missing ones left out."""

    numbers: int
    words: int
    tokens: tuple[Scalar, ...]

    @classmethod
    def of(cls, column: Column) -> "NumberText | None":
        """Count for ``column``; None where it is not text or has no value left."""
        text = column.text
        if column.kind != "text" or text is None:
            return None
        tokens = [t for t in column.null_tokens if str(t.value).strip()]
        coded = sum(t.count for t in tokens)
        numeric = sum(t.count for t in tokens if _reads_as_number(str(t.value)))
        numbers = max(0, text.number_text - numeric)
        words = max(0, column.present - text.blank - coded - numbers)
        if not numbers + words:
            return None
        return cls(numbers=numbers, words=words, tokens=tuple(t.value for t in tokens))

    @property
    def values(self) -> int:
        """Values that are there and no code."""
        return self.numbers + self.words

    @property
    def share(self) -> float:
        """Share of them that read as numbers."""
        return self.numbers / self.values

    def no_tokens(self, name: str) -> tuple[RowTest, ...]:
        """Test that leaves the codes out."""
        if not self.tokens:
            return ()
        return (RowTest(op="not-in", columns=(name,), values=self.tokens),)


def _reads_as_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


CAPTIONS: dict[Assessed, str] = {
    "pearson": "Pearson correlation",
    "spearman": "Spearman correlation",
    "cramers_v": "Cramér's V",
    "correlation_ratio": "correlation ratio",
}


def strongest(report: Distribution, name: str) -> dict[str, Pair]:
    """Find for every other column its strongest association with ``name``; table order."""
    best: dict[str, Pair] = {}
    for pair in report.pairs:
        if pair.value is None or name not in (pair.first, pair.second):
            continue
        other = pair.second if pair.first == name else pair.first
        known = best.get(other)
        if known is None or abs(known.value or 0.0) < abs(pair.value):
            best[other] = pair
    return {c.name: best[c.name] for c in report.columns if c.name in best}


def is_trivial(report: Distribution, pair: Pair) -> bool:
    """Whether the pair fits by itself: categories with about one row each explain anything."""
    if pair.measure in ("pearson", "spearman"):
        return False
    ends = [c for c in report.columns if c.name in (pair.first, pair.second)]
    shares = [c.distinct_share or 0.0 for c in ends if c.numbers is None or len(ends) < 2]
    return any(share > REPEATING for share in shares)


def pair_caveats(report: Distribution, pair: Pair) -> tuple[str, ...]:
    """Say what was sampled or left out of the associations."""
    sampled = pair.method.startswith(("sample", "approx"))
    return (
        *((f"Estimated on a sample ({pair.method}).",) if sampled else ()),
        *((report.pairs_note,) if report.pairs_note else ()),
    )
