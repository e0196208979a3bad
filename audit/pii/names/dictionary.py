"""Ordinary English words, from the tables of lemmas that ship with the usual model.

A small model takes 'Wireless Mouse' for a person. Words of the dictionary that no list has as
names are none, capital letters or not. The tables have proper names among the nouns, in small
letters; so what the lists know counts as a name before this is asked.
"""

import importlib.util
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from audit.pii.names.common import COMMON
from audit.pii.options import DEFAULT_MODEL

_ENDINGS = (
    *(("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e")),
    *(("ed", ""), ("d", ""), ("er", ""), ("er", "e"), ("est", ""), ("ly", "")),
)
_TABLES = "lemmatizer/lookups/lookups.bin"
_SHORTEST = 3


@lru_cache(maxsize=1)
def words() -> frozenset[str]:
    """Give the words of the tables; none where the usual model is not installed."""
    import srsly  # type: ignore[import-untyped]

    spec = importlib.util.find_spec(DEFAULT_MODEL)
    if spec is None or spec.origin is None:
        return frozenset()
    found: set[str] = set()
    for path in sorted(Path(spec.origin).parent.glob(f"*/{_TABLES}")):
        tables = srsly.msgpack_loads(path.read_bytes())
        for by_kind in (tables["lemma_index"], tables["lemma_exc"]):
            for entries in by_kind.values():
                found.update(entries)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def is_word(small: str) -> bool:
    """Whether a word in small letters is in the dictionary, as it stands or inflected."""
    return small in COMMON or small in words() or is_inflected(small)


def is_inflected(small: str) -> bool:
    """Whether a word is a form of one of the dictionary: 'sellers', not 'seller'."""
    if small in words():
        return False
    return any(_is_base(base) for base in _bases(small))


def _bases(small: str) -> Iterator[str]:
    """Yield what ``small`` can be a form of: 'stopped' of 'stopp', and so of 'stop'."""
    for ending, other in _ENDINGS:
        if small.endswith(ending):
            base = small.removesuffix(ending) + other
            yield base
            if base[-2:-1] == base[-1:]:
                yield base[:-1]


def _is_base(small: str) -> bool:
    return len(small) >= _SHORTEST and small in words()
