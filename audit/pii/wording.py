"""What kinds of personal data are called where there are several pieces of one."""

import re

from audit.pii.catalogue import entity

_SEVERAL = {
    "PERSON": "names of people",
    "TITLE": "titles of people",
    "NRP": "nationalities, religions or political groups",
    "DATE_OF_BIRTH": "dates of birth",
    "DATE_TIME": "dates or times",
    "COORDINATES": "coordinates",
    "US_DRIVER_LICENSE": "US driver's licenses",
    "MEDICAL_LICENSE": "US medical licenses (DEA numbers)",
}
"""Where an s at the end of the title would be wrong."""


def several(id_: str) -> str:
    """Name what a column of a kind holds.

    Examples
    --------
    >>> several("EMAIL_ADDRESS"), several("PERSON"), several("UK_NHS")
    ('e-mail addresses', 'names of people', 'UK health service numbers (NHS)')
    """
    return _SEVERAL.get(id_) or _plural(entity(id_).title)


def _plural(title: str) -> str:
    """Put the noun before a bracket, or the last one, in the plural."""
    head, note = re.fullmatch(r"(.*?)( \(.*\))?", title).groups(default="")  # type: ignore[union-attr]
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return f"{head[:-1]}ies{note}"
    ending = "es" if head.endswith(("s", "sh", "ch", "x")) else "s"
    return f"{head}{ending}{note}"
