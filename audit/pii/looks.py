"""Single values that read as personal data, so that a report does not name them."""

import re
from collections.abc import Iterable

from audit.pii.catalogue import entity
from audit.pii.options import ScanOptions

_LIKELY = re.compile(r"@|(?:\d\D{0,2}){6}|[A-Za-z0-9+/_=-]{16}|-----BEGIN|[=:]\s*\S{6}")
"""What a value holds that a direct identifier or a secret may be found in."""
_MAIL = re.compile(r"\S@\S+\.\w")
"""Whether its domain exists does not matter for what a report names."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.,+Z -]*)?")


def personal_among(values: Iterable[str]) -> frozenset[str]:
    """Pick the values in which a pattern finds a direct identifier or a secret.

    For the few values that a report would name. Names of people have no pattern: they are
    looked for in whole columns, by the report on personal data. Presidio is imported only
    where a value may hold something; plain words and dates cost next to nothing.

    Parameters
    ----------
    values : iterable of str
        Values of cells, whole.

    Returns
    -------
    frozenset of str
        Those that are not to be named.
    """
    likely = [v for v in values if _LIKELY.search(v) and not _DATE.fullmatch(v)]
    if not likely:
        return frozenset()
    from audit.pii.patterns import PatternScanner

    options = ScanOptions()
    found = PatternScanner(options).find(likely).hits
    return frozenset(
        value
        for value, hits in zip(likely, found, strict=True)
        if _MAIL.search(value)
        or any(hit.score >= options.threshold and _names_somebody(hit.entity) for hit in hits)
    )


def _names_somebody(id_: str) -> bool:
    kind = entity(id_)
    return kind.direct or kind.family == "secret"
