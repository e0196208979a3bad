"""All patterns on many texts: a prefilter for all, then only what may match."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from audit.pii import catalogue
from audit.pii.options import ScanOptions
from audit.pii.own import OwnPatterns
from audit.pii.patterns import context, phones, recognizers
from audit.pii.patterns.coarse import Coarse
from audit.pii.patterns.prefilter import Needed, Prefilter
from audit.pii.patterns.recognizers import Found, Recognizer
from audit.pii.values import Hit

_MAIL = "EMAIL_ADDRESS"


def rest() -> None:
    """Do nothing, where nobody wants to know that work goes on."""


_MAIL = "EMAIL_ADDRESS"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawHits:
    """What the patterns found: everything, as surely as they say, overlaps included."""

    hits: list[list[Hit]]
    """By text."""
    timed_out: set[int]
    """Indexes of texts on which a pattern took too long. What else was found in them is there."""


class PatternScanner:
    """Finds what patterns can tell: Presidio's, secrets, phone numbers, and the user's own.

    Every hit is given, but for those within an address of e-mail that is all of its text; with
    Presidio's score, raised where a word before it speaks for its kind; thresholds, overlaps and the lists are for the caller (see audit.pii.resolve and
    audit.pii.lists). Presidio is imported with the first text that can hold anything.
    Two threads may use one scanner.
    """

    def __init__(self, options: ScanOptions) -> None:
        self._wanted = catalogue.wanted(options.entities, options.countries)
        self._regions = options.phone_regions
        self._coarse = Coarse(options, self._wanted)
        self._limit_s = options.time_limit_s
        self._own = OwnPatterns(options.patterns)
        self._alone = not (options.patterns or options.deny)
        self._engine: Engine | None = None

    def find(
        self, texts: Sequence[str], *, outside: Sequence[str] = (), beat: Callable[[], None] = rest
    ) -> RawHits:
        """Find the hits in some texts.

        ``outside`` are words that speak for all texts, as those of a column's name; ``beat`` is
        called after each text that took time, and may raise.
        """
        hits: list[list[Hit]] = [[] for _ in texts]
        timed_out: set[int] = set()
        if self._engine is None and self._coarse.may_hold(texts, outside):
            self._engine = _engine(self._wanted, self._regions)
        engine = self._engine
        if engine is not None:
            candidates = engine.prefilter.candidates(texts)
            for i, rules in enumerate(candidates):
                if not rules:
                    continue
                if not engine.add(
                    texts[i], rules, outside, self._limit_s, hits[i], alone=self._alone
                ):
                    timed_out.add(i)
                beat()
        if self._own:
            for i, text in enumerate(texts):
                try:
                    for hit in self._own.find(text, time.monotonic() + self._limit_s):
                        hits[i].append(hit)
                except TimeoutError:
                    timed_out.add(i)
                beat()
        return RawHits(hits=hits, timed_out=timed_out)


class Engine:
    """The recognizers of some kinds and their prefilter; made once per process."""

    def __init__(self, entities: tuple[str, ...], regions: tuple[str, ...]) -> None:
        self.recognizers = recognizers.load(entities)
        self._phones = phones.Phones(regions) if phones.ENTITY in entities else None
        self._rules = [
            (number, i) for number, r in enumerate(self.recognizers) for i in range(len(r.rules))
        ]
        self._context = [context.compiled(r.context) for r in self.recognizers]
        self._phone_context = context.compiled(phones.CONTEXT)
        kinds = [r.entity for r in self.recognizers]
        self._first = kinds.index(_MAIL) if _MAIL in kinds else None
        needed = [
            Needed(
                expression=rule.needs or rule.expression,
                flags=rule.flags,
                as_ascii=bool(rule.needs),
            )
            for r in self.recognizers
            for rule in r.rules
        ]
        if self._phones is not None:
            needed.append(Needed(expression=self._phones.needs, flags=re.IGNORECASE, as_ascii=True))
        self.prefilter = Prefilter(needed)

    def add(
        self,
        text: str,
        rules: Sequence[int],
        outside: Sequence[str],
        limit_s: float,
        hits: list[Hit],
        *,
        alone: bool = False,
    ) -> bool:
        """Add what some rules find in a text; return whether they had the time to finish.

        ``alone`` says that these hits compete with no list or pattern of the user's own. Then
        nothing is looked for within a text that is an e-mail address as a whole, as any hit there
        would yield to it: its digits are no telephone number.
        """
        deadline = time.monotonic() + limit_s
        by_recognizer: dict[int, list[int]] = {}
        for rule in rules:
            # What comes after the rules of all recognizers is the one of phone numbers.
            number, own = self._rules[rule] if rule < len(self._rules) else (-1, 0)
            by_recognizer.setdefault(number, []).append(own)
        finished = True
        for number, own_rules in sorted(by_recognizer.items(), key=lambda n: n[0] != self._first):
            try:
                if number < 0:
                    self._add_phones(text, deadline, outside, hits)
                    continue
                recognizer = self.recognizers[number]
                found = recognizers.found_by(recognizer, own_rules, text, deadline)
            except TimeoutError:
                finished = False
                continue
            words = self._context[number]
            hits.extend(_hit(text, recognizer, one, words, outside) for one in found)
            if number == self._first and alone and any(_is_proof(text, one) for one in found):
                return finished
        return finished

    def _add_phones(
        self, text: str, deadline: float, outside: Sequence[str], hits: list[Hit]
    ) -> None:
        assert self._phones is not None
        hits.extend(
            _named_hit(text, phones.ENTITY, phones.NAME, one, self._phone_context, outside)
            for one in self._phones.find(text, deadline)
        )


def _is_proof(text: str, found: Found) -> bool:
    return found.validated and text[found.start : found.end] == text.strip()


def _hit(
    text: str,
    recognizer: Recognizer,
    found: Found,
    words: re.Pattern[str] | None,
    outside: Sequence[str],
) -> Hit:
    return _named_hit(text, recognizer.entity, recognizer.name, found, words, outside)


def _named_hit(
    text: str,
    entity: str,
    name: str,
    found: Found,
    words: re.Pattern[str] | None,
    outside: Sequence[str],
) -> Hit:
    supported = words is not None and bool(words.search(context.before(text, found.start, outside)))
    return Hit(
        entity=entity,
        start=found.start,
        end=found.end,
        score=context.raised(found.score) if supported else found.score,
        recognizer=name,
        validated=found.validated,
        supported=supported,
    )


@lru_cache(maxsize=4)
def _engine(entities: tuple[str, ...], regions: tuple[str, ...]) -> Engine:
    return Engine(entities, regions)
