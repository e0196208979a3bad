"""Types of columns taken apart: the places within nested values, and SQL that fetches each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audit.store.rows import is_numeric, is_temporal
from audit.store.table import quote_text

Kind = Literal["text", "whole", "decimal", "boolean", "date", "other"]
"""What a place holds: text and whole numbers are looked at, decimal numbers only where all are
whole; 'other' (bytes, unknown types) cannot be looked at."""

_TEXT = ("VARCHAR", "ENUM", "UUID", "JSON")
_ENDS = re.compile(r"\[\d*\]$")
_OPENING, _CLOSING = "([", ")]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One place within the values of a column."""

    path: str
    """As people read it: '[].content'; empty for the values themselves."""
    kind: Kind
    sql: str
    """The value, or the list of values, of one row; ``{c}`` is the column."""
    many: bool
    """Whether a row may have several values there, so that ``sql`` is a list."""


def leaves(type_: str, sql: str = "{c}") -> Iterator[Leaf]:
    """Give the places of a column of ``type_`` that hold single values."""
    for path, kind, expression, many in _within(type_, sql, 0):
        yield Leaf(path=path, kind=kind, sql=expression, many=many)


def field_names(type_: str, path: str = "") -> Iterator[tuple[str, str]]:
    """Give the fields within a type, each with its path as people read it and its own name."""
    end = _ENDS.search(type_)
    if end:
        yield from field_names(type_[: end.start()], f"{path}[]")
    elif type_.startswith("STRUCT("):
        for name, inner in _fields(type_):
            at = f"{path}.{name}"
            yield at, name
            yield from field_names(inner, at)
    elif type_.startswith("MAP("):
        key, value = _split(type_[4:-1])
        yield from field_names(key, f"{path}{{key}}")
        yield from field_names(value, f"{path}{{}}")


def _within(type_: str, sql: str, depth: int) -> Iterator[tuple[str, Kind, str, bool]]:
    end = _ENDS.search(type_)
    if end:
        yield from _items(type_[: end.start()], sql, "[]", depth)
    elif type_.startswith("STRUCT("):
        for name, inner in _fields(type_):
            field = f"struct_extract({sql}, {_place_text(name)})"
            for path, kind, expression, many in _within(inner, field, depth):
                yield f".{name}{path}", kind, expression, many
    elif type_.startswith("MAP("):
        key, value = _split(type_[4:-1])
        yield from _items(key, f"map_keys({sql})", "{key}", depth)
        yield from _items(value, f"map_values({sql})", "{}", depth)
    else:
        yield "", kind_of(type_), sql, False


def _items(type_: str, sql: str, mark: str, depth: int) -> Iterator[tuple[str, Kind, str, bool]]:
    """Give the places within the items of a list; lists of lists are made one."""
    name = f"x{depth}"
    for path, kind, inner, many in _within(type_, name, depth + 1):
        changed = f"list_transform({sql}, lambda {name}: {inner})"
        whole = sql if inner == name else changed
        yield mark + path, kind, f"flatten({whole})" if many else whole, True


def kind_of(type_: str) -> Kind:
    """Tell what values of a type that is not nested are."""
    if type_.startswith(_TEXT):
        return "text"
    if is_numeric(type_):
        return "whole" if "INT" in type_ or type_.endswith(",0)") else "decimal"
    if type_ == "BOOLEAN":
        return "boolean"
    if is_temporal(type_):
        return "date"
    return "other"


def _fields(type_: str) -> Iterator[tuple[str, str]]:
    for part in _split(type_[len("STRUCT(") : -1]):
        if part.startswith('"'):
            end = re.match(r'"(?:[^"]|"")*"', part)
            name = part[1 : end.end() - 1].replace('""', '"') if end else part
            yield name, part[end.end() :].strip() if end else ""
        else:
            name, _, inner = part.partition(" ")
            yield name, inner.strip()


def _split(text: str) -> list[str]:
    """Cut at the commas that stand within no bracket and no quotes."""
    parts, begin, depth, quote = [], 0, 0, ""
    for i, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[begin:i].strip())
            begin = i + 1
    return [*parts, text[begin:].strip()]


def _place_text(name: str) -> str:
    """Write a field's name as a literal; braces of its own are no places for names."""
    pieces = re.split(r"([{}])", name)
    return " || ".join(
        f"chr({ord(p)})" if p in "{}" else quote_text(p) for p in pieces if p
    ) or quote_text("")
