"""Whether a text can hold anything that the patterns find, told without them.

Presidio takes two seconds to import and to compile. A column of words such as 'Married-spouse-
absent', '10th' or '<=50K' needs neither: it has nothing of what each of the usual patterns asks
for. Where other kinds or other regions are asked for, every text with a digit or a sign may.
"""

import re
from collections.abc import Iterable, Sequence

from audit.pii.catalogue import DEFAULT_ENTITIES
from audit.pii.options import ScanOptions
from audit.pii.patterns.prefilter import as_ascii

AT_LEAST = re.compile(r"[\d@:=]|\.\w|-----BEGIN|[\w-]{16}")
"""What a text holds that any pattern of any kind and country can match."""

_USUAL = re.compile(
    "|".join(
        (
            "@",  # an e-mail address, a password in an address
            r"\d(?:\D{0,4}\d){3}",  # numbers of all sorts, IPv4, the shortest telephone number
            r"[a-z]{2}\d\d(?:[ -]?[a-z\d]{4}){2}",  # IBAN
            r"[a-z][a-z\d]{1,3}\s?\d[a-z]{2}\b",  # UK postcode
            r"::|(?:[\da-f]{1,4}:){7}",  # IPv6
            r"(?:[\da-f]{2}[:-]){5}|(?:[\da-f]{4}\.){2}",  # MAC
            r"\.[a-z]{2}",  # web address
            r"(?:bc1|[13])[a-z\d]{25}",  # wallet
            r"[\da-f]{8}-[\da-f]{4}-",  # UUID
            r"a(?:kia|sia|bia|cca)[a-z2-7]{16}|aiza[\w-]{35}|[a-z\d/+]{40}",  # keys of clouds
            r"[srp]k_(?:live|test)_|sk-[\w-]{32}|npm_[a-z\d]{36}|pypi-ag|eyj[\w-]{8}",
            r"gh[pousr]_[a-z\d]{36}|github_pat_|gl[a-z]{2,4}-[\w-]{20}|xox[a-z]-",
            r"(?:hf_|api_org_)[a-z]{34}",
            r"(?:key|token|secret|bearer|pass\S{0,8}|pwd\S{0,8}|kennwort\S{0,8}|contrase\S{0,8})"
            r"[\"']?\s{0,3}[:=]",
            "-----begin",
            r"a-z\]\]\d\d",  # a bracket that is missing in Presidio's driver's license
        )
    )
)
"""The same for the usual kinds, of a text in small ASCII letters."""
_SHORT_CODE = re.compile(r"\b[a-z]{1,2}\d")
"""The beginning of a driver's license, which may be as short as 'A1'."""
SUPPORTS = ("driv", "licen", "permit", "lic", "identification", "dls", "cdls")
"""Words without which such a code does not count."""
SCORE_OF_CODE = 0.3


class Coarse:
    """Tells texts apart that patterns need not be tried on."""

    def __init__(self, options: ScanOptions, wanted: Iterable[str]) -> None:
        regions = frozenset(ScanOptions().phone_regions)
        self._usual = frozenset(wanted) <= frozenset(DEFAULT_ENTITIES) and (
            regions.issuperset(map(str.upper, options.phone_regions))
        )
        least = min((options.threshold, *options.thresholds.values()))
        self._every_code = least <= SCORE_OF_CODE

    def may_hold(self, texts: Sequence[str], outside: Sequence[str] = ()) -> bool:
        """Whether any of some texts may hold a hit that can count.

        ``outside`` are words that speak for all of them.
        """
        likely = (text for text in texts if AT_LEAST.search(text))
        if not self._usual:
            return next(likely, None) is not None
        supported = self._every_code or _supports(" ".join(outside))
        return any(_may(as_ascii(text).lower(), supported=supported) for text in likely)


def _may(small: str, *, supported: bool) -> bool:
    if _USUAL.search(small):
        return True
    return bool(_SHORT_CODE.search(small)) and (supported or _supports(small))


def _supports(small: str) -> bool:
    return any(word in small.lower() for word in SUPPORTS)
