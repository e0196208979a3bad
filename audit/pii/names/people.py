"""First and last names of many countries, from the lists that faker ships."""

import importlib
import pkgutil
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from audit.pii.names.dictionary import is_word

SHORTEST = 2
"""Letters of a name in Latin script; others are taken from three on, lest words be names."""


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Give the first names in small letters, with accents and without."""
    return frozenset(_folded(frozenset(_of_faker("first"))))


@lru_cache(maxsize=1)
def last_names() -> frozenset[str]:
    """Give the last names in small letters, with accents and without."""
    return frozenset(_folded(frozenset(_of_faker("last"))))


def plain(word: str) -> str:
    """Give ``word`` without accents: 'Cantú' is 'Cantu'."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _of_faker(which: str) -> Iterator[str]:
    import faker.providers.person as person

    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for name in vars(provider):
            if name.startswith((f"{which}_name", f"{which}_romanized")):
                yield from _texts(getattr(provider, name))


def _texts(values: object) -> Iterator[str]:
    """Yield the names of a list, of a mapping from names to weights, or of pairs of scripts."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, str))


def _folded(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        small = name.lower()
        if not small.isalpha():
            small = small.strip()
            if not small.replace("-", "").replace("'", "").isalpha():
                continue
        if small.isascii():
            if len(small) >= SHORTEST:
                yield small
        elif len(small) > SHORTEST:
            yield small
            bare = plain(small)
            # 'Bašić' is also written Basic, which on its own is rather the word.
            if not is_word(bare):
                yield bare
