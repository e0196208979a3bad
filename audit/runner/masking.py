"""Findings as they may be shown to anybody: without the values that hardly any row has."""

from collections.abc import Iterator
from typing import Any

from audit.judging.words import in_line, quoted
from audit.model import Finding

RARE = "(rare value)"
BY_VALUE = frozenset({"equal", "in", "not-in", "contains"})
"""Tests of rows whose values are those of cells; those of the others are bounds."""


def rare_values(finding: Finding, named: frozenset[str]) -> tuple[str, ...]:
    """List the texts of cells that a finding speaks of and that ``named`` does not hold.

    The longest first, so that one that is part of another is not masked in its place.
    """
    found = {value for value in _values(finding) if value not in named}
    return tuple(sorted(found, key=lambda value: (-len(value), value)))


def masked(value: Any, rare: tuple[str, ...]) -> Any:
    """Give JSON values with each of ``rare`` masked, where it is quoted and where it stands alone."""
    if isinstance(value, dict):
        return {key: masked(part, rare) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [masked(part, rare) for part in value]
    if not isinstance(value, str):
        return value
    if value in rare:
        return RARE
    for text in rare:
        value = value.replace(quoted(text), f"“{RARE}”")
        value = value.replace(f"= {in_line(text)}”", f"= {RARE}”")
    return value


def _values(finding: Finding) -> Iterator[str]:
    yield from (value for _, value in finding.group)
    yield from (value for measure in finding.measures for _, value in measure.group)
    for test in finding.rows.tests if finding.rows else ():
        if test.op in BY_VALUE:
            yield from (value for value in test.values if isinstance(value, str))
