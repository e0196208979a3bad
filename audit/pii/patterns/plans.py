"""Numbering plans: of which regions some digits may be a valid phone number."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

_FIRST_GROUP_ONLY = re.compile(r"\(?\\1\)?")


def _plan(region: str) -> Any:
    import phonenumbers

    return phonenumbers.PhoneMetadata.metadata_for_region(region)


@cache
def _plans(region: str) -> tuple[Any, ...]:
    """Give the numbering plans of the regions that share a country code, its main one first."""
    import phonenumbers

    code = phonenumbers.country_code_for_region(region)
    return tuple(_plan(r) for r in phonenumbers.region_codes_for_country_code(code))


_TYPES = (
    *("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan"),
    *("voicemail", "fixed_line", "mobile"),
)


def least(region: str) -> int:
    """Fewest digits of a valid number of a region."""
    lengths = (length for plan in _plans(region) for length in plan.general_desc.possible_length)
    return int(min(lengths))


def prepare(regions: Iterable[str]) -> None:
    """Compile the patterns of some regions, which takes a tenth of a second."""
    for region in regions:
        _possible(region)
        _formats(region)


@lru_cache(maxsize=50_000)
def possible_regions(digits: str, regions: tuple[str, ...]) -> frozenset[str]:
    """Give the regions of which some digits may be a valid number."""
    return frozenset(
        region
        for region in regions
        if _possible(region).fullmatch(digits) and not _lacks_prefix(region, digits)
    )


def _lacks_prefix(region: str, digits: str) -> bool:
    """Whether digits that can only be the number itself are written with a prefix there.

    phonenumbers asks for the prefix of national calls where numbers are written with it.
    """
    begins, formats = _formats(region)
    if begins.match(digits):
        return False
    for leading, whole, with_prefix in formats:
        if (leading is None or leading.match(digits)) and whole.fullmatch(digits):
            return with_prefix
    return False


@cache
def _formats(
    region: str,
) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str] | None, re.Pattern[str], bool], ...]]:
    """Give what may stand before a region's numbers, and the ways in which they are written."""
    import phonenumbers

    own, main = _plan(region), _plans(region)[0]
    code = phonenumbers.country_code_for_region(region)
    before = (own.international_prefix, own.national_prefix_for_parsing, str(code))
    begins = "|".join(f"(?:{pattern})" for pattern in before if pattern)
    return re.compile(begins), tuple(
        (
            re.compile(f.leading_digits_pattern[-1]) if f.leading_digits_pattern else None,
            re.compile(f.pattern),
            bool(f.national_prefix_formatting_rule)
            and not f.national_prefix_optional_when_formatting
            and not _FIRST_GROUP_ONLY.fullmatch(f.national_prefix_formatting_rule),
        )
        for f in main.number_format
    )


@cache
def _possible(region: str) -> re.Pattern[str]:
    """Make a pattern that all digits fulfil that can be read as a valid number of a region.

    Either they begin with the prefix of international calls, or what is left after the
    country code and the prefix of national calls is a number of some type of one of the plans.
    """
    own = _plan(region)
    types = (getattr(plan, name) for plan in _plans(region) for name in _TYPES)
    patterns = {t.national_number_pattern for t in types if t and t.national_number_pattern}
    numbers = "|".join(f"(?:{pattern})" for pattern in sorted(patterns))
    prefix = own.national_prefix_for_parsing or ""
    if own.national_prefix_transform_rule or "$" in prefix or "(?" in prefix.replace("(?:", ""):
        before = "[0-9]*"
    else:
        # It may be taken off before and after the country code is.
        before = (
            f"(?:{own.country_code})?(?:{prefix}){{0,2}}" if prefix else f"(?:{own.country_code})?"
        )
    abroad = f"(?:{own.international_prefix})[0-9]{{4,}}|" if own.international_prefix else ""
    return re.compile(f"{abroad}{before}(?:{numbers})")
