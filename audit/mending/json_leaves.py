"""Texts, whole numbers and keys within JSON text, each where it stands, so that it can be replaced.

What is around them stays to the last character: the order of keys, keys that repeat, spaces, the
way numbers are written.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_WHOLE = re.compile(r"-?\d+")
_PLAIN = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Leaf:
    """A text, a whole number or a key, with its place in the JSON text."""

    start: int
    end: int
    path: str
    """As the report writes it: '.messages[].content'; of a key, that of its value."""
    text: str
    is_key: bool = False

    def __repr__(self) -> str:
        """Say where it stands, and not what: a trace may end in a log."""
        return f"Leaf({self.start}, {self.end})"


@dataclass(slots=True)
class _Within:
    """An object or a list that is open."""

    is_object: bool
    base: str
    """Path of the object, or of the items of the list."""
    path: str
    """Path of the value that is next."""


def is_json(text: str) -> bool:
    """Whether a text is a JSON object or list."""
    if not text.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def json_leaves(text: str) -> Iterator[Leaf]:
    """Yield what may be personal in a text for which :func:`is_json` holds, in its order."""
    within: list[_Within] = []
    key_next = False
    for match in _TOKEN.finditer(text):
        mark = match.group()
        if mark in ("{", "["):
            path = within[-1].path if within else ""
            base = path if mark == "{" else f"{path}[]"
            within.append(_Within(mark == "{", base, base))
            key_next = mark == "{"
        elif mark in ("}", "]"):
            within.pop()
            key_next = False
        elif mark in (",", ":"):
            key_next = mark == "," and within[-1].is_object
        elif mark.startswith('"'):
            value = json.loads(mark)
            if key_next:
                within[-1].path = within[-1].base + _step(value)
            yield _leaf(match, within[-1].path, value, is_key=key_next)
        elif _WHOLE.fullmatch(mark):
            yield _leaf(match, within[-1].path, mark, is_key=False)


def replaced(text: str, changes: Sequence[tuple[Leaf, str | None]]) -> str:
    """Write a JSON text with other texts in some of its places, in order; None becomes null."""
    parts, at = [], 0
    for leaf, new in changes:
        parts += [text[at : leaf.start], json.dumps(new, ensure_ascii=False)]
        at = leaf.end
    return "".join((*parts, text[at:]))


def _leaf(match: re.Match[str], path: str, text: str, *, is_key: bool) -> Leaf:
    return Leaf(start=match.start(), end=match.end(), path=path, text=text, is_key=is_key)


def _step(key: str) -> str:
    return f".{key}" if _PLAIN.fullmatch(key) else f'."{key}"'
