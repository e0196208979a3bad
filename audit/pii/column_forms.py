"""How values of a kind are written that no pattern tells: what a column's name must find there.

A column called *password* that holds yes and no is none. The forms are loose: they stand beside
a name that has said the kind already.
"""

import re
from collections.abc import Callable, Sequence

from audit.pii.column_reads import kind_of_value, name_weight, organisation_like, place_like, sample

_NO_SECRET = frozenset({"true", "false", "yes", "no", "none", "null", "set", "unset", "y", "n"})


def _form(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


_OFFICIAL = _form(r"(?=(?:.*\d){4})[A-Za-z0-9][A-Za-z0-9 ./\-]{4,24}")
"""Letters and digits with four digits or more: numbers that offices give."""
_WORDS = _form(r"(?=.*[^\W\d_])[^\d@#<>{}=|\\]{2,80}")


def _is_coordinate(value: str) -> bool:
    numbers = re.findall(r"-?\d+(?:\.\d+)?", value)
    return 0 < len(numbers) <= 6 and "." in value and all(abs(float(n)) <= 180 for n in numbers)


def _is_password(value: str) -> bool:
    return len(value) >= 4 and value.lower() not in _NO_SECRET and value.count(" ") <= 4


FORMS: dict[str, Callable[[str], bool]] = {
    "PASSWORD": _is_password,
    "API_KEY": _form(r"\S{12,}"),
    "ACCESS_TOKEN": _form(r"(?:Bearer )?\S{12,}"),
    "PRIVATE_KEY": _form(r"(?s).{32,}"),
    "PHONE_NUMBER": _form(r"(?:tel:|\+|00)?[\d\s()./\-–]{6,24}(?:\s?(?:x|ext\.?)\s?\d+)?"),
    "USERNAME": _form(r"@?[^\W_][\w.\-@+]{1,40}"),
    "DEVICE_ID": _form(r"(?=(?:.*\d){4})[\w\-:.]{8,64}"),
    "URL": _form(r"(?:https?://|www\.|@)?[\w\-.]+(?:\.\w{2,}|/)\S*|@\w+"),
    "CREDIT_CARD": _form(r"(?:\d[ \-]?){11,18}\d"),
    "US_SSN": _form(r"[\dX*x]{3}[ \-]?[\dX*x]{2}[ \-]?\d{4}|\d{6,11}"),
    "US_ITIN": _form(r"9\d{2}[ \-]?\d{2}[ \-]?\d{4}"),
    "UK_NHS": _form(r"\d{3}[ \-]?\d{3}[ \-]?\d{4}"),
    "UK_NINO": _form(r"[A-Za-z]{2} ?(?:\d{2} ?){3}[A-Da-d]?"),
    "CRYPTO": _form(r"[A-Za-z0-9]{26,90}"),
    "LICENSE_PLATE": _form(r"(?=.*\d)[A-ZÄÖÜa-zäöü0-9 \-·]{3,12}"),
    "BANK_ACCOUNT": _form(r"[A-Z]{0,4}\d[\d \-]{4,30}"),
    "POSTCODE": _form(r"(?=.*\d)[A-Za-z0-9 \-]{3,10}"),
    "PERSON_ID": _form(r"(?=.*\d)[\w\-.{}]{1,64}|\d+"),
    "COORDINATES": _is_coordinate,
    "DATE_OF_BIRTH": lambda value: kind_of_value(value) == "dates",
    "ADDRESS": _form(r"(?s)(?=.*[^\W\d_]{2}).{4,200}"),
    "PERSON": _WORDS,
    "LOCATION": _WORDS,
    "ORGANIZATION": _form(r"(?=.*[^\W\d_]{2})[^@<>{}=|\\]{2,80}"),
}
for _kind in ("PASSPORT", "DRIVER_LICENSE", "TAX_ID", "HEALTH_ID", "NATIONAL_ID"):
    FORMS[_kind] = _OFFICIAL
for _kind in ("MEDICAL_LICENSE", "US_NPI", "IN_AADHAAR", "PL_PESEL", "IT_FISCAL_CODE"):
    FORMS[_kind] = _OFFICIAL
for _kind in ("SE_PERSONNUMMER", "CA_SIN", "AU_TFN"):
    FORMS[_kind] = _OFFICIAL


def fitting(kind: str | None, values: Sequence[str]) -> float:
    """Give the share of values that are written as those of ``kind`` are; 0 where none is known."""
    form = FORMS.get(kind or "")
    return _share(values, form) if form else 0.0


def names_share(values: Sequence[str]) -> float:
    """Give the share of values that lists know as names of people; of half a name, half."""
    return _share(values, name_weight)


def places_share(values: Sequence[str]) -> float:
    """Give the share of values that a gazetteer knows as towns or countries."""
    return _share(values, place_like)


def organisations_share(values: Sequence[str]) -> float:
    """Give the share of values that end as names of organisations do: 'Ltd', 'GmbH', 'Group'."""
    return _share(values, organisation_like)


_PROFILE = re.compile(
    r"(?i)(?:linkedin\.com/in/|facebook\.com/|fb\.com/|twitter\.com/|//x\.com/|instagram\.com/|"
    r"github\.com/[\w-]+/?$|gitlab\.com/[\w-]+/?$|tiktok\.com/@|youtube\.com/@|medium\.com/@|"
    r"t\.me/|vk\.com/|xing\.com/profile/|mastodon\S*/@|reddit\.com/u(?:ser)?/|orcid\.org/|"
    r"/users?/|/profiles?/|/people/|/members?/|/author/|/u/|/~|/@)"
)


def profiles_share(values: Sequence[str]) -> float:
    """Give the share of values that are addresses of a person's page."""
    return _share(values, lambda value: _PROFILE.search(value) is not None)


def bare_share(values: Sequence[str]) -> float:
    """Give the share of plain numbers: an amount is written like a telephone number."""
    return _share(values, lambda v: v[:1] not in "+(" and kind_of_value(v) == "numbers")


def books_share(values: Sequence[str]) -> float:
    """Give the share of ISBN: their check digits pass for those of other numbers."""
    return _share(values, _is_book)


def _is_book(value: str) -> bool:
    digits = value.upper().replace("-", "").replace(" ", "").removeprefix("ISBN").lstrip(": ")
    if len(digits) == 13 and digits.isdigit() and digits.startswith(("978", "979")):
        return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0
    if len(digits) == 10 and "-" in value and re.fullmatch(r"\d{9}[\dX]", digits):
        numbers = [10 if d == "X" else int(d) for d in digits]
        return sum((10 - i) * n for i, n in enumerate(numbers)) % 11 == 0
    return False


def _share(values: Sequence[str], test: Callable[[str], float]) -> float:
    looked = sample(values)
    return sum(map(test, looked)) / len(looked) if looked else 0.0
