"""How strongly the values of a column, whatever it is called, speak for one kind.

Some kinds are known by their form (an e-mail address), some by a check digit that nearly all
values pass, names by lists; and some cannot be told from other numbers without the column's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.format import percent
from audit.pii.catalogue import ENTITIES, entity
from audit.pii.column_evidence import Evidence, Seen
from audit.pii.column_words import says_otherwise

SHAPED = frozenset(
    {
        *("EMAIL_ADDRESS", "IP_ADDRESS", "MAC_ADDRESS", "IBAN_CODE", "CRYPTO", "API_KEY"),
        *("ACCESS_TOKEN", "PRIVATE_KEY", "US_SSN", "UK_NINO", "UK_POSTCODE", "CA_POSTAL_CODE"),
        *("US_MBI", "UK_DRIVING_LICENCE", "COORDINATES", "PASSWORD"),
    }
)
"""Kinds that are known by how they are written."""
SILENT = frozenset(
    {"DATE_TIME", "AGE", "NRP", "TITLE", "URL", "DOMAIN_NAME", "UUID", "DATE_OF_BIRTH"}
)
"""Kinds that say nothing by themselves of what a column is about."""
_BY_LISTS = frozenset({"PERSON", "LOCATION", "ORGANIZATION"})
_CHECKED = 0.8
"""Share of values that must pass a check digit; chance gives a tenth."""
_FEWEST = 5
"""Values without which that share says nothing."""
_LISTED = 0.5
_OF_BOOKS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """What speaks for one kind."""

    entity: str
    value: float
    """In [0, 1]."""
    reason: str


def strengths(known: Evidence) -> tuple[Strength, ...]:
    """Give what the values speak for, at most once for each kind."""
    if known.books >= _OF_BOOKS:
        return ()
    return (*_by_hits(known), *_by_lists(known), *_by_profiles(known), *_by_check_digit(known))


def share_of(known: Evidence, seen: Seen) -> float:
    """Give the share of the values scanned that hold a kind."""
    return seen.values / known.scanned


def telling(known: Evidence) -> tuple[Seen, ...]:
    """Give what was found that is personal for sure enough, in a column of anything.

    Left out are what a date, a link or a name of a town is by itself, and numbers that neither
    a check digit nor their form confirms: any order code looks like one of them.
    """
    if known.books >= _OF_BOOKS:
        return ()
    return tuple(s for s in known.seen if _tells(known, s))


def _tells(known: Evidence, seen: Seen) -> bool:
    share, kind = share_of(known, seen), seen.entity
    if kind in SILENT and kind != "DATE_OF_BIRTH":
        return False
    if known.reads == "prose":
        return _tells_in_prose(seen)
    if kind in _BY_LISTS:
        return kind == "PERSON" and share >= 0.2 and known.names >= 0.2
    if kind == "PHONE_NUMBER":
        return _form_of_phone(known) > 0 and share >= 0.05 and 2 * seen.whole >= seen.values
    if kind in ("ADDRESS", "DATE_OF_BIRTH"):
        return share >= 0.1
    alone = kind in SHAPED or kind not in ENTITIES
    return alone or seen.validated / known.scanned >= 0.3


def _tells_in_prose(seen: Seen) -> bool:
    if seen.entity in ("LOCATION", "ORGANIZATION"):
        return False
    if seen.entity == "PERSON":
        # Of what a model alone takes for a name, in a text about things, little is one.
        return seen.listed >= 0.3 * seen.values
    return bool(seen.validated) or seen.score >= 0.4


def _by_hits(known: Evidence) -> Iterator[Strength]:
    for seen in known.seen:
        kind, whole = seen.entity, _whole(known, seen)
        if kind in SILENT or kind in _BY_LISTS:
            continue
        reason = f"{percent(whole, 0)} of the values are of the kind '{entity(kind).title}'."
        if kind in SHAPED and known.reads not in ("dates", "prose"):
            yield Strength(entity=kind, value=whole * _form(known, seen), reason=reason)
        elif kind == "PHONE_NUMBER":
            yield Strength(entity=kind, value=whole * _form_of_phone(known), reason=reason)
        elif kind == "ADDRESS":
            yield _address(known, seen)
        elif kind not in ENTITIES:
            yield Strength(entity=kind, value=whole * max(seen.score, 0.8), reason=reason)
        else:
            yield from _by_check(known, seen)


def _whole(known: Evidence, seen: Seen) -> float:
    """Give the share of values that are of a kind as a whole; secrets count together."""
    if entity(seen.entity).family != "secret":
        return seen.whole / known.scanned
    secrets = (s for s in known.seen if entity(s.entity).family == "secret")
    return min(1.0, sum(s.whole for s in secrets) / known.scanned)


def _address(known: Evidence, seen: Seen) -> Strength:
    """Judge how far a column is one of addresses: the end of one is often not recognised."""
    share, whole = share_of(known, seen), seen.whole / known.scanned
    lines = known.reads == "names" or (known.reads == "prose" and whole >= 0.2)
    return Strength(
        entity=seen.entity,
        value=0.4 * share + 0.5 * min(1.0, 2 * share) if lines and share >= 0.4 else 0.0,
        reason=f"{percent(share, 0)} of the values hold a {entity(seen.entity).title}.",
    )


def _form(known: Evidence, seen: Seen) -> float:
    """How much a value that has the form of a kind counts: versions look like IP addresses."""
    unsure = seen.validated < 0.5 * seen.values
    if unsure and says_otherwise(known.name):
        return 0.4
    # Any two small numbers are a place on earth: the scan's own doubt about them counts.
    return 0.98 * seen.score if seen.entity == "COORDINATES" else max(seen.score, 0.9)


def _form_of_phone(known: Evidence) -> float:
    """How much a hit of a phone number counts: little where the values are plain numbers."""
    plain = known.reads == "dates" or known.bare >= 0.5 or says_otherwise(known.name)
    return 0.0 if plain else 0.9


def _by_check(known: Evidence, seen: Seen) -> Iterator[Strength]:
    share, title = seen.validated / known.scanned, entity(seen.entity).title
    alone = 2 * seen.whole >= known.scanned
    if share >= _CHECKED and alone and known.scanned >= _FEWEST and known.reads != "prose":
        reason = f"{percent(share, 0)} of the values pass the check of a {title}."
        yield Strength(entity=seen.entity, value=0.95 * share, reason=reason)


def _by_check_digit(known: Evidence) -> Iterator[Strength]:
    if known.check:
        reason = f"Nearly all values end with the check digit of a {entity(known.check).title}."
        yield Strength(entity=known.check, value=0.9, reason=reason)


def _by_lists(known: Evidence) -> Iterator[Strength]:
    found = {s.entity: s.whole / known.scanned for s in known.seen}
    if known.reads not in ("names", "words"):
        return
    if known.names >= _LISTED or (known.names >= 0.45 and found.get("PERSON", 0) >= 0.6):
        value = max(0.5 + 0.45 * known.names, 0.9 * found.get("PERSON", 0))
        value = value if known.organisations < 0.2 else 0.4
        reason = f"{percent(known.names, 0)} of the values are in lists of names of people."
        yield Strength(entity="PERSON", value=value, reason=reason)
    places = max(known.places, found.get("LOCATION", 0))
    if places >= _LISTED:
        reason = f"{percent(places, 0)} of the values are towns or countries."
        value = 0.5 + 0.48 * places if places > known.names else 0.4
        yield Strength(entity="LOCATION", value=value, reason=reason)
    if known.organisations >= 0.3 and found.get("ORGANIZATION", 0) + known.organisations >= 0.6:
        reason = f"{percent(known.organisations, 0)} of the values end as organisations are called."
        yield Strength(entity="ORGANIZATION", value=0.75, reason=reason)


def _by_profiles(known: Evidence) -> Iterator[Strength]:
    if known.profiles >= _LISTED:
        reason = f"{percent(known.profiles, 0)} of the values are web addresses of people's pages."
        yield Strength(entity="URL", value=0.9 * known.profiles, reason=reason)
