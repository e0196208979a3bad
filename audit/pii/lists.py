"""Lists of the user's own: values that are never personal data, and words that always are."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from audit.pii.phrases import pattern_of
from audit.pii.values import Hit

RECOGNIZER = "deny-list"

_WORD = re.compile(r"\w+")


class AllowList:
    """Values that are no personal data, as whole values or as pieces of them."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = frozenset(map(plain, values)) - {""}

    def allows(self, piece: str) -> bool:
        """Whether a piece of text is on the list, whatever its case and spacing."""
        return bool(self._values) and plain(piece) in self._values

    def without(self, text: str, hits: Iterable[Hit]) -> list[Hit]:
        """Leave out hits in a text that is on the list, hits that are on it, and what is in them.

        Whoever allows an e-mail address allows the web address within it, too.
        """
        if not self._values:
            return list(hits)
        if self.allows(text):
            return []
        found = list(hits)
        allowed = [hit for hit in found if self.allows(text[hit.start : hit.end])]
        return [
            hit
            for hit in found
            if not any(other.start <= hit.start and hit.end <= other.end for other in allowed)
        ]


def plain(text: str) -> str:
    """Write a text in one case, with single spaces."""
    return " ".join(text.casefold().split())


class DenyList:
    """Words and phrases that are personal data wherever they stand as whole words.

    They are looked up by their first word, so that thousands of them cost little.
    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        by_first: dict[tuple[str, str], set[str]] = {}
        for entity, phrases in words.items():
            for phrase in (" ".join(written.split()) for written in phrases):
                if phrase:
                    by_first.setdefault((_first(phrase), entity), set()).add(phrase)
        self._by_first: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for (first, entity), together in sorted(by_first.items()):
            self._by_first.setdefault(first, []).append((entity, _compiled(together)))
        self._firsts = frozenset(self._by_first) - {""}

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._by_first)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield where the words and phrases stand in a text."""
        here = self._firsts.intersection(_WORD.findall(text.casefold()))
        # Phrases that begin with no word at all are tried on every text.
        for first in ("", *sorted(here)):
            for entity, pattern in self._by_first.get(first, ()):
                for match in pattern.finditer(text):
                    yield Hit(
                        entity=entity,
                        start=match.start(),
                        end=match.end(),
                        score=1.0,
                        recognizer=RECOGNIZER,
                    )


def _first(phrase: str) -> str:
    """Give the word that a phrase begins with; none where it begins with something else."""
    match = _WORD.match(phrase)
    return match.group().casefold() if match else ""


def _compiled(phrases: Collection[str]) -> re.Pattern[str]:
    """Make one pattern of phrases that begin with the same word, or all of them with none."""
    some = next(iter(phrases))
    begin = r"(?<!\w)" if re.match(r"\w", some) else ""
    return re.compile(begin + pattern_of(phrases), re.IGNORECASE)
