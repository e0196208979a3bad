"""What is done with one batch of texts, in whichever process: patterns, names, lists, one verdict."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from audit.pii import catalogue
from audit.pii.lists import AllowList, DenyList
from audit.pii.names import NameScanner
from audit.pii.options import ScanOptions
from audit.pii.patterns import PatternScanner
from audit.pii.patterns.scanner import rest
from audit.pii.resolve import resolve
from audit.pii.values import Hit

_BETWEEN = " ,;\n\r\t"


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits of each text of a batch, and the indexes of those that took too long."""

    hits: list[tuple[Hit, ...]]
    timed_out: list[int]


class BatchScanner:
    """Finds all personal data in texts. Everything heavy is loaded when it is first needed."""

    def __init__(self, options: ScanOptions) -> None:
        self._options = options
        self._wanted = frozenset(catalogue.wanted(options.entities, options.countries))
        self._patterns = PatternScanner(options)
        self._allowed = AllowList(options.allow)
        self._denied = DenyList(options.deny)

    def find(
        self,
        texts: Sequence[str],
        *,
        names: bool,
        outside: Sequence[str] = (),
        beat: Callable[[], None] = rest,
    ) -> Answer:
        """Give what each text holds.

        ``names`` says whether names and addresses are asked for; ``outside`` are words that
        speak for all texts, as those of a column's name; ``beat`` is called every now and then,
        and may raise.
        """
        raw = self._patterns.find(texts, outside=outside, beat=beat)
        named = self._named(texts) if names else [[] for _ in texts]
        return Answer(
            hits=[
                self._verdict(text, [*patterned, *of_names])
                for text, patterned, of_names in zip(texts, raw.hits, named, strict=True)
            ],
            timed_out=sorted(raw.timed_out),
        )

    def _named(self, texts: Sequence[str]) -> list[list[Hit]]:
        from audit.pii import grammar

        return [
            [
                hit
                for hit in (*_beside(text, by_names, by_grammar), *by_grammar)
                if hit.entity in self._wanted
            ]
            for text, by_names, by_grammar in zip(
                texts, self._names.find(texts), grammar.find(texts), strict=True
            )
        ]

    def _verdict(self, text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        denied = self._denied.find(text) if self._denied else ()
        found = [*hits, *denied]
        return resolve(self._allowed.without(text, found), self._options) if found else ()

    @cached_property
    def _names(self) -> NameScanner:
        return NameScanner(self._options)


def _beside(text: str, names: Sequence[Hit], by_grammar: Sequence[Hit]) -> Iterator[Hit]:
    """Cut names where an address begins or ends within them: 'Jane Doe Apt. 4' is two things."""
    addresses = [hit for hit in by_grammar if hit.entity == "ADDRESS"]
    for name in names:
        start, end = name.start, name.end
        for other in addresses:
            if start < other.start < end <= other.end:
                end = start + len(text[start : other.start].rstrip(_BETWEEN))
            elif other.start <= start < other.end < end:
                start = end - len(text[other.end : end].lstrip(_BETWEEN))
        if start < end:
            yield replace(name, start=start, end=end) if end - start < name.length else name
