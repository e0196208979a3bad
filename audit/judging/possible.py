"""Which values a column can have, going by its name: an age lies within 0 and 120."""

from dataclasses import dataclass, replace

from audit.reports.column_names import AGE, Subject, says

HIGHEST_AGE = 120.0
"""Years; the oldest person known reached 122 (J. Calment, 1997)."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_RELATIVE = frozenset(
    {"change", "diff", "difference", "delta", "growth", "increase", "decrease", "return", "gain"}
    | {"loss", "profit", "net", "balance", "residual", "error", "log", "scaled", "norm", "zscore"}
    | {"normalized", "standardized", "adjustment", "offset", "lag", "anomaly", "deviation", "z"}
)
"""Words of quantities that may well be negative or larger than their whole."""

TO_COME = frozenset(
    {"due", "expiry", "expires", "expiration", "end", "until", "valid", "planned", "scheduled"}
    | {"next", "forecast", "maturity", "deadline", "appointment", "target", "renewal", "to"}
)
"""Words of dates that lie in the future rightly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What values a subject can have."""

    subject: Subject
    low: float
    high: float | None
    usual: float | None = None
    """The rule holds only where 95% of the values are at most this: the unit is another else."""


def _subject(noun: str, phrases: str = "", *, whole: str = "", unless: str = "") -> Subject:
    def split(text: str) -> frozenset[str]:
        return frozenset(part.strip() for part in text.split(",") if part.strip())

    return Subject(
        noun=noun,
        roles=(),
        phrases=split(phrases),
        whole=split(whole),
        unless=_RELATIVE | split(unless),
    )


_COUNT = _subject(
    "a count",
    "count, counts, number of, num, quantity, qty, visits, children, kids, dependents, rooms, "
    "anzahl, nombre de, numero de, cantidad",
    unless="id, phone, account",
)
_PRICE = _subject(
    "a price", "price, cost, fare, salary, wage, rent, fee, tuition, loan amount, preis, prix"
)
_SIZE = _subject(
    "a size or duration",
    "height, weight, width, length, area, distance, duration, mass, tenure, mileage, population, "
    "bmi, years employed, years of experience, experience",
    unless="evidence",
)
_HOURS = _subject("hours of a week", "hours per week, hours a week, weekly hours, wkhp")
_SHARE = _subject("a share", "share, proportion, fraction, probability, proba, prob, anteil")
_PERCENT = _subject("a percentage", "percent, percentage, pct, prozent")
_LATITUDE = _subject("a latitude", "latitude", whole="lat")
_LONGITUDE = _subject("a longitude", "longitude", whole="lon, lng")
_MONTH = _subject("a month", whole="month, monat, mois, mes")
_HOUR = _subject("an hour of the day", whole="hour, hour of day")
_BIRTH_YEAR = _subject("a year of birth", "birth year, year of birth, yob, geburtsjahr")
_AGE_UNITS = frozenset({"days", "day", "weeks", "months", "month", "minutes", "hours"})


def possible(
    name: str,
    high: float,
    *,
    highest_age: float = HIGHEST_AGE,
    earliest_year: int = EARLIEST_YEAR,
    latest_year: int = LATEST_YEAR,
) -> Range | None:
    """Give the range of a column of numbers; None where its name says nothing.

    Parameters
    ----------
    name : str
        Of the column.
    high : float
        The 95% quantile of its numbers: where it lies beyond what is usual, the unit is another.
    highest_age, earliest_year, latest_year
        Where the possible ends.
    """
    ranges = (
        Range(subject=_BIRTH_YEAR, low=float(earliest_year), high=float(latest_year)),
        Range(subject=AGE, low=0, high=highest_age),
        *_FIXED,
    )
    rule = next((r for r in ranges if r.subject.fits(name)), None)
    if rule is None or (rule.usual is not None and high > rule.usual):
        return None
    if rule.subject is AGE and says(name, _AGE_UNITS):
        return replace(rule, high=None)
    return rule


_FIXED = (
    Range(subject=_HOURS, low=0, high=168),
    Range(subject=_LATITUDE, low=-90, high=90),
    Range(subject=_LONGITUDE, low=-180, high=180),
    Range(subject=_MONTH, low=1, high=12, usual=12),
    Range(subject=_HOUR, low=0, high=24, usual=24),
    Range(subject=_SHARE, low=0, high=1, usual=1),
    Range(subject=_PERCENT, low=0, high=100, usual=100),
    Range(subject=_COUNT, low=0, high=None),
    Range(subject=_PRICE, low=0, high=None),
    Range(subject=_SIZE, low=0, high=None),
)
