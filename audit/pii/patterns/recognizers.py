"""Presidio's recognizers of the wanted kinds, and what they find in a text, as Presidio does.

:func:`found_by` is Presidio's own loop over the matches of a pattern, with its validators, so
that a pattern that cannot match need not run and a pattern that takes too long is told of:
Presidio itself takes a time-out for 'nothing found'.
"""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import signature
from typing import Any, NamedTuple

from audit.pii import presidio
from audit.pii.patterns import secrets

_SHIPPED = re.DOTALL | re.MULTILINE | re.IGNORECASE
"""Flags that Presidio's registry gives all of its recognizers: an IBAN may be in small letters."""


class Found(NamedTuple):
    """A match that passed its tests; positions in the text."""

    start: int
    end: int
    score: float
    validated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One pattern of a recognizer."""

    expression: str
    """What the prefilter compiles: Presidio's pattern, or one that matches wherever it does."""
    flags: int
    needs: str = ""
    """Where the prefilter's engine cannot read that: what every text that it matches holds."""
    score: float
    compiled: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognizer:
    """One of Presidio's recognizers, or of ours made in its way."""

    name: str
    entity: str
    context: tuple[str, ...]
    rules: tuple[Rule, ...]
    source: Any
    """Presidio's object, whose validators decide."""
    by_groups: bool = False
    """Whether the end of a match is tried at the end of each of its groups (as of IBANs)."""


def load(entities: Iterable[str]) -> tuple[Recognizer, ...]:
    """Make the recognizers of patterns for some kinds, Presidio's first, in a fixed order."""
    wanted = frozenset(entities)
    return tuple(_wrapped(source) for source in (*_presidios(wanted), *secrets.made(wanted)))


def _presidios(wanted: frozenset[str]) -> Iterator[Any]:
    from presidio_analyzer import PatternRecognizer

    classes = vars(presidio.predefined())
    for name in sorted(classes):
        cls = classes[name]
        if not (isinstance(cls, type) and issubclass(cls, PatternRecognizer)):
            continue
        # Asked of the signature: compiling a recognizer that nobody wants takes its time.
        if signature(cls).parameters["supported_entity"].default in wanted:
            made: Any = cls
            source = made()
            source.global_regex_flags = _SHIPPED
            yield source


def _wrapped(source: Any) -> Recognizer:
    import regex

    needs = getattr(source, "needs", {})
    rules = tuple(
        Rule(
            expression=_without_suffixes(source, pattern.regex),
            flags=int(source.global_regex_flags),
            needs=needs.get(pattern.name, ""),
            score=pattern.score,
            compiled=regex.compile(pattern.regex, flags=source.global_regex_flags),
        )
        for pattern in source.patterns
    )
    return Recognizer(
        name=source.name,
        entity=source.supported_entities[0],
        context=tuple(source.context or ()),
        rules=rules,
        source=source,
        by_groups=source.name == "IbanRecognizer",
    )


def _without_suffixes(source: Any, expression: str) -> str:
    """Replace a web address's list of 1,500 suffixes by what all of them are: two letters."""
    address = getattr(source, "BASE_URL_REGEX", None)
    return expression.replace(address, r"[a-z0-9.\-]+[.][a-z][a-z]") if address else expression


def found_by(
    recognizer: Recognizer, rules: Iterable[int], text: str, deadline: float
) -> list[Found]:
    """Return what some rules of a recognizer find, as Presidio would with all of them.

    Raises
    ------
    TimeoutError
        If they are not done at ``deadline``, in seconds of :func:`time.monotonic`.
    """
    results: list[Found] = []
    for number in rules:
        rule = recognizer.rules[number]
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        for match in rule.compiled.finditer(text, timeout=left):
            found = (_at_groups if recognizer.by_groups else _at_match)(
                recognizer.source, rule, text, match
            )
            if found is not None:
                results.append(found)
    if recognizer.by_groups or len(results) < 2:
        return results
    return without_contained(results)


def _at_match(source: Any, rule: Rule, text: str, match: Any) -> Found | None:
    start, end = match.span()
    piece = text[start:end]
    if not piece:
        return None
    valid = source.validate_result(piece)
    score = rule.score if valid is None else float(bool(valid))
    if source.invalidate_result(piece) or score <= 0:
        return None
    return Found(start, end, score, bool(valid))


def _at_groups(source: Any, rule: Rule, text: str, match: Any) -> Found | None:
    for group in range(len(match.groups()), 0, -1):
        start, end = match.start(), match.end(group)
        if end <= 0:
            end = match.end()
        piece = text[start:end]
        if not piece:
            continue
        valid = source.validate_result(piece)
        if valid is None or valid:
            return Found(start, end, rule.score if valid is None else 1.0, bool(valid))
    return None


def without_contained(results: Iterable[Found]) -> list[Found]:
    """Leave out what lies within another that is as sure, as Presidio does."""
    kept: list[Found] = []
    for one in sorted(set(results), key=lambda f: (f.start, f.start - f.end, -f.score)):
        if not any(
            o.start <= one.start and one.end <= o.end and one.score <= o.score for o in kept
        ):
            kept.append(one)
    return kept
