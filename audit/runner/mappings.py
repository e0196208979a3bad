"""Mappings in YAML files, and what pydantic says of them in words a person can act on."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from audit.errors import ParameterError
from audit.mending.fields import files_of
from audit.registry import Settings

_Model = TypeVar("_Model", bound=Settings)
_BOOL = "tag:yaml.org,2002:bool"
_MOST_REPEATED = 100_000
"""Values that may stand there by reference (``*name``) in addition to those written out."""
_MOST_BYTES = 16 * 2**20
"""Of a file; what steps learnt and took from other files stands in it, too."""
_MOST_BITS = 128
"""Of a whole number."""


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


def _whole(loader: Loader, node: yaml.ScalarNode) -> int:
    """Read a whole number; no engine holds one of more than 128 bits, and few can write it."""
    number: int = loader.construct_yaml_int(node)
    if number.bit_length() > _MOST_BITS:
        problem = "a number is too large"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
    return number


Loader.add_constructor("tag:yaml.org,2002:int", _whole)


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
    return parse_mapping(read_file(path, noun), f"{noun} {path.name}")


def read_file(path: Path, noun: str) -> bytes:
    """Read a file that may never end; raises ParameterError where it is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "there is no such name"
        message = f"The {noun} {path.name} cannot be read: {reason}."
        raise ParameterError(message) from error
    _check_size(data, f"{noun} {path.name}")
    return data


def _check_size(data: bytes, name: str) -> None:
    if len(data) > _MOST_BYTES:
        message = f"The {name} is larger than {_MOST_BYTES >> 20} MB."
        raise ParameterError(message, hint="Part it into several files.")


def parse_mapping(data: bytes, name: str) -> dict[str, Any]:
    """Read YAML that holds a mapping; ``name`` says what it is, for errors: 'policy p.yaml'."""
    _check_size(data, name)
    try:
        loader = Loader(data.decode("utf-8-sig"))
        node = loader.get_single_node()
        if node is not None:
            _check_references(node, name)
        given = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # Also a number of too many digits, or a thirtieth of February: no YAMLError.
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        message = f"The {name} is not YAML{where}."
        raise ParameterError(message) from error
    if not isinstance(given, dict):
        message = f"The {name} must be a mapping of names to values."
        raise ParameterError(message)
    return given


def _check_references(whole: yaml.Node, name: str) -> None:
    """Refuse references that make a value part of itself, or a few lines into millions of values.

    What is read shares them; every check and every copy of it would write them out.
    """
    sizes: dict[int, int] = {}
    pending: set[int] = set()
    waiting = [(whole, False)]
    while waiting:
        node, seen = waiting.pop()
        within = list(_within(node))
        _check_keys(node, name)
        if seen:
            pending.discard(id(node))
            sizes[id(node)] = 1 + sum(sizes[id(part)] for part in within)
        elif id(node) in pending:
            message = f"In the {name} a value is part of itself."
            raise ParameterError(message, hint="Write out what *… stands for.")
        elif id(node) not in sizes:
            pending.add(id(node))
            waiting.append((node, True))
            waiting += [(part, False) for part in within if id(part) not in sizes]
    if sizes[id(whole)] - len(sizes) > _MOST_REPEATED:
        message = f"The {name} refers (*…) to the same values too often."
        raise ParameterError(message, hint="Write out what *… stands for.")


def _check_keys(node: yaml.Node, name: str) -> None:
    """Refuse a key that stands twice in a mapping: YAML takes the last, a reader sees the first."""
    if isinstance(node, yaml.MappingNode):
        keys = [(k.tag, k.value) for k, _ in node.value if isinstance(k, yaml.ScalarNode)]
        if len({*keys}) < len(keys):
            line = node.start_mark.line + 1
            message = (
                f"In the {name} a name stands twice in the mapping that begins in line {line}."
            )
            raise ParameterError(message, hint="Keep one of the two.")


def _within(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def dump_mapping(value: Mapping[str, Any]) -> str:
    """Write a mapping as YAML that :func:`parse_mapping` reads back to the same value."""
    return str(
        yaml.dump(dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    )


_TOLD = {
    "missing": "this is needed",
    "extra_forbidden": "there is no such name",
    "tuple_type": "a list is needed, such as [a, b]",
    "list_type": "a list is needed, such as [a, b]",
    "dict_type": "names with values are needed, such as {a: 1}",
    "string_type": "a text is needed",
    "int_type": "a whole number is needed",
    "int_parsing": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "float_type": "a number is needed",
    "float_parsing": "a number is needed",
    "finite_number": "a finite number is needed",
    "bool_type": "true or false is needed",
    "bool_parsing": "true or false is needed",
    "model_type": "names with values are needed, such as {a: 1}",
    "model_attributes_type": "names with values are needed, such as {a: 1}",
}
"""What is said otherwise than pydantic does, by its type of error."""
_TYPES = re.compile(r"[\[\]()<>]|^(?:str|int|float|bool|tuple|list|dict)$")
"""Places that pydantic names for the types of a union: a reader of a recipe has written none."""


def readable(problem: str, error: ValidationError, files: Collection[str] = ()) -> ParameterError:
    """Turn what pydantic says of a value into an error with the name of the field.

    Of a value that may be of several types it says what each would need. ``files`` are the
    parameters that may name a file.
    """
    every = error.errors()
    where = _where(every[0])
    said = list(dict.fromkeys(_said(e) for e in every if _where(e) == where))
    told = ", or ".join(said)
    end = "?" if every[0]["msg"].endswith("?") else "."
    name = str(every[0]["loc"][0]) if every[0]["loc"] else ""
    hint = f"The name of a file does, too, as text: {name}: shares.csv." if name in files else ""
    return ParameterError(": ".join(filter(None, (problem, where, told))) + end, hint=hint)


def validated(cls: type[_Model], given: Mapping[str, Any], noun: str, who: str) -> _Model:
    """Make settings of what is given; raises ParameterError that names what does not fit."""
    try:
        return cls.model_validate(dict(given))
    except ValidationError as error:
        forbidden = [e["loc"] for e in error.errors() if e["type"] == "extra_forbidden"]
        unknown = [str(loc[0]) for loc in forbidden if len(loc) == 1]
        if unknown:
            raise ParameterError.unknown(noun, unknown[0], sorted(cls.model_fields)) from error
        problem = f"{who} cannot take this"
        raise readable(problem, error, files_of(cls)) from error


def _where(one: Any) -> str:
    """Write where a value stands, without the type that it was tried as."""
    parts = [str(part) for part in one["loc"]]
    if len(parts) > 1 and _TYPES.search(parts[1]):
        del parts[1]
    return ".".join(parts)


def _said(one: Any) -> str:
    said = str(_TOLD.get(one["type"], one["msg"]))
    return said.removeprefix("Value error, ").removesuffix("?").removesuffix(".")
