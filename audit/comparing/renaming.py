"""Reports of a version whose columns were renamed, with the names they had before."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

_Report = TypeVar("_Report")
_NAMED = frozenset({"column", "sensitive", "attribute", "by", "stratum"})
"""Fields of reports that hold the name of a column."""
_LISTED = "columns"
_PAIRED = frozenset({"levels", "group"})
"""Fields that hold pairs of a column and a value."""


def named_as_before(report: _Report, renamed: Mapping[str, str]) -> _Report:
    """Give a report in which columns are called as they were; measures are found by their names.

    Parameters
    ----------
    report : dataclass
        Of the version after.
    renamed : mapping
        By name before, the name after.
    """
    if not renamed:
        return report
    found: _Report = _told(report, {new: old for old, new in renamed.items()})
    return found


def _told(value: Any, names: Mapping[str, str]) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _field(f.name, getattr(value, f.name), names) for f in fields(value)}
        changed = {k: v for k, v in told.items() if v is not getattr(value, k)}
        return replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        parts = tuple(_told(part, names) for part in value)
        return value if all(map(_is, parts, value)) else parts
    return value


def _field(name: str, value: Any, names: Mapping[str, str]) -> Any:
    if name in _NAMED and isinstance(value, str):
        return names.get(value, value)
    if name == _LISTED and isinstance(value, tuple) and all(isinstance(v, str) for v in value):
        return tuple(names.get(v, v) for v in value)
    if name in _PAIRED and isinstance(value, tuple) and all(isinstance(v, tuple) for v in value):
        return tuple((names.get(column, column), own) for column, own in value)
    return _told(value, names)


def _is(first: object, second: object) -> bool:
    return first is second
