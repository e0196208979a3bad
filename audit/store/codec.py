"""Frozen values to JSON and back, by their annotations."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

Value = TypeVar("Value")


_adapters: dict[type[Any], TypeAdapter[Any]] = {}
"""Building one takes milliseconds; a class has one for good."""


def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    if cls not in _adapters:
        _adapters[cls] = TypeAdapter(cls)
    return _adapters[cls]


def dump(value: Any) -> bytes:
    """Write a dataclass as JSON. Infinite values become the constants Infinity and NaN."""
    return _adapter(type(value)).dump_json(value, indent=1)


def read(cls: type[Value], data: bytes) -> Value:
    """Read what :func:`dump` wrote; raises ``ValueError`` where it does not fit ``cls``."""
    value: Value = _adapter(cls).validate_json(data)
    return value


def plain(value: Any) -> Any:
    """Turn a dataclass into dicts, lists, strings and numbers."""
    return _adapter(type(value)).dump_python(value, mode="json")
