"""Mappings in YAML files, and what pydantic says of them in words a person can act on."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from audit.errors import ParameterError
from audit.registry import Settings

_Model = TypeVar("_Model", bound=Settings)
_BOOL = "tag:yaml.org,2002:bool"


class Loader(yaml.SafeLoader):
    """YAML as people read it: ``off``, ``yes`` and ``no`` are words, only ``true`` is true.

    YAML 1.1 takes them for truth values, so that neither the key ``off`` nor a column, or a
    positive value, called ``no`` would be what it says.
    """


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    _BOOL, re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class OneLine(dict[str, Any]):
    """A mapping that is written on one line: {columns: [a, b], keep: first}."""


class _Dumper(yaml.SafeDumper):
    """Writes some mappings on one line."""


_Dumper.add_representer(
    OneLine,
    lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True),
)


def read_mapping(path: Path, noun: str) -> dict[str, Any]:
    """Read a YAML file that holds a mapping; raises ParameterError with the line otherwise."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"The {noun} {path.name} cannot be read: {error.strerror}."
        raise ParameterError(message) from error
    return parse_mapping(data, f"{noun} {path.name}")


def parse_mapping(data: bytes, name: str) -> dict[str, Any]:
    """Read YAML that holds a mapping; ``name`` says what it is, for errors: 'policy p.yaml'."""
    try:
        given = yaml.load(data.decode("utf-8-sig"), Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        message = f"The {name} is not YAML{where}."
        raise ParameterError(message) from error
    if not isinstance(given, dict):
        message = f"The {name} must be a mapping of names to values."
        raise ParameterError(message)
    return given


def dump_mapping(value: Mapping[str, Any]) -> str:
    """Write a mapping as YAML that :func:`parse_mapping` reads back to the same value."""
    return str(
        yaml.dump(dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    )


def readable(problem: str, error: ValidationError) -> ParameterError:
    """Turn what pydantic says of a value into an error with the name of the field."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    told = first["msg"].removeprefix("Value error, ").removesuffix("?").removesuffix(".")
    end = "?" if first["msg"].endswith("?") else "."
    return ParameterError(": ".join(filter(None, (problem, where, told))) + end)


def validated(cls: type[_Model], given: Mapping[str, Any], noun: str, who: str) -> _Model:
    """Make settings of what is given; raises ParameterError that names what does not fit."""
    try:
        return cls.model_validate(dict(given))
    except ValidationError as error:
        unknown = [str(e["loc"][0]) for e in error.errors() if e["type"] == "extra_forbidden"]
        if unknown:
            raise ParameterError.unknown(noun, unknown[0], sorted(cls.model_fields)) from error
        problem = f"{who} cannot take this"
        raise readable(problem, error) from error
