"""What a form asks for a step, read from the step's model: nothing is written twice.

Titles and help come from ``Field(title=…, description=…)``, limits from ``ge``, ``gt``, ``le`` and
``lt``, choices from ``Literal``, the rest from the marks of :mod:`audit.mending.fields`.
"""

import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from inspect import isclass
from typing import Any, Literal, Union

from pydantic.fields import FieldInfo

from audit.mending.fields import ConditionText, FromFile, Hidden, Kind, Needs, OfColumns
from audit.registry import Settings

Shape = Literal[
    "column",  # the name of a column
    "columns",  # names of columns
    "choice",  # one of choices
    "choices",  # some of choices
    "flag",
    "integer",
    "number",
    "text",
    "scalar",  # text or a number
    "texts",
    "numbers",
    "condition",  # on rows, as text
    "file",  # what a file holds, or its name
    "mapping",  # of fields[0] to fields[1]
    "records",  # several of what fields say
    "record",  # one of what fields say
    "either",  # as one of fields
    "hidden",  # no part of the form
    "other",  # whatever JSON can say
]

_SCALARS = frozenset({str, int, float, bool})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One parameter of a step, as a form asks for it."""

    name: str
    title: str
    help: str
    shape: Shape
    required: bool = False
    optional: bool = False
    """Whether it may be left empty, which means None."""
    default: Any = None
    """As JSON value; None where one is required."""
    kinds: tuple[Kind, ...] = ("any",)
    """Of columns: those that fit."""
    choices: tuple[Any, ...] = ()
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    """Whether ``low`` itself is too low."""
    high_open: bool = False
    needs: Needs | None = None
    """The choice that it belongs to."""
    what: str = ""
    """Of a file: ``reference`` or ``hierarchy``."""
    fields: "tuple[FormField, ...]" = ()


def form_of(model: type[Settings]) -> tuple[FormField, ...]:
    """Describe the form of a step: one field for each parameter, in the order of the model."""
    hints = typing.get_type_hints(model, include_extras=True)
    return tuple(
        _field(name, hints[name], info, _plain(model, name, info))
        for name, info in model.model_fields.items()
    )


def values_of(step: Settings) -> dict[str, Any]:
    """Give all parameters of a step as JSON values: what a form is filled with."""
    return step.model_dump(mode="json")


def asked(form: Iterable[FormField]) -> tuple[FormField, ...]:
    """Leave out what no form shows."""
    return tuple(f for f in form if f.shape != "hidden")


def _plain(model: type[Settings], name: str, info: FieldInfo) -> Any:
    """Give the default as a JSON value."""
    if info.is_required():
        return None
    value = info.get_default(call_default_factory=True)
    return model.model_construct(**{name: value}).model_dump(mode="json", warnings=False).get(name)


def _field(name: str, hint: Any, info: FieldInfo, default: Any) -> FormField:
    marks = [*info.metadata, *_marks(hint)]
    found = _shaped(hint, marks)
    title = info.title or _titled(marks) or ""
    return FormField(
        name=name,
        title=title,
        help=info.description or _described(marks) or "",
        required=info.is_required(),
        default=default,
        needs=next((m for m in marks if isinstance(m, Needs)), None),
        **found,
    )


def _inner(name: str, hint: Any) -> FormField:
    """Describe a part of a parameter: a key, a value, one of several ways."""
    marks = _marks(hint)
    return FormField(
        name=name,
        title=_titled(marks) or name,
        help=_described(marks) or "",
        **_shaped(hint, marks),
    )


def _shaped(hint: Any, marks: list[Any]) -> dict[str, Any]:
    """Say what kind of field a type is, and what goes with it."""
    if any(isinstance(m, Hidden) for m in marks):
        return {"shape": "hidden"}
    bare = _bare(hint)
    parts = _parts(bare)
    optional = len(parts) > 1 and type(None) in parts
    inner = [p for p in parts if p is not type(None)]
    told: dict[str, Any] = {"optional": optional} if optional else {}
    if len(inner) == 1 and inner[0] is not bare:
        return _shaped(inner[0], [*marks, *_marks(inner[0])]) | told
    file = next((m for m in marks if isinstance(m, FromFile)), None)
    if file is not None:
        return {"shape": "file", "what": file.what} | told
    if len(inner) > 1 and str in inner and _SCALARS.issuperset(inner):
        return {"shape": "scalar"} | told
    if len(inner) > 1:
        ways = tuple(_inner(_way(p), p) for p in inner)
        return {"shape": "either", "fields": ways} | told
    return _of_type(bare, marks) | told


def _of_type(bare: Any, marks: list[Any]) -> dict[str, Any]:
    origin, inside = typing.get_origin(bare), typing.get_args(bare)
    if origin in (tuple, list, frozenset, set):
        return _of_several(inside[0] if inside else str, _columns(marks))
    if origin is dict:
        return {"shape": "mapping", "fields": (_inner("value", inside[0]), _inner("is", inside[1]))}
    if origin is Literal:
        return {"shape": "choice", "choices": inside}
    if bare in (int, float):
        return {"shape": "integer" if bare is int else "number"} | _limits(marks)
    return _of_one(bare, marks)


def _of_one(bare: Any, marks: list[Any]) -> dict[str, Any]:
    columns = _columns(marks)
    if columns is not None:
        return {"shape": "column", "kinds": columns.kinds}
    if isclass(bare) and issubclass(bare, Settings):
        return {"shape": "record", "fields": form_of(bare)}
    if any(isinstance(m, ConditionText) for m in marks):
        return {"shape": "condition"}
    return {"shape": {bool: "flag", str: "text"}.get(bare, "other")}


def _columns(marks: list[Any]) -> OfColumns | None:
    return next((m for m in marks if isinstance(m, OfColumns)), None)


def _of_several(inside: Any, columns: OfColumns | None) -> dict[str, Any]:
    marks, bare = _marks(inside), _bare(inside)
    columns = columns or _columns(marks)
    if columns is not None:
        return {"shape": "columns", "kinds": columns.kinds}
    if typing.get_origin(bare) is Literal:
        return {"shape": "choices", "choices": typing.get_args(bare)}
    if bare in (int, float):
        return {"shape": "numbers"} | _limits(marks)
    if isclass(bare) and issubclass(bare, Settings):
        return {"shape": "records", "fields": form_of(bare)}
    return {"shape": "texts" if bare is str else "other"}


def _limits(marks: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for mark in marks:
        for limit, end, is_open in (
            ("ge", "low", False),
            ("gt", "low", True),
            ("le", "high", False),
            ("lt", "high", True),
        ):
            value = getattr(mark, limit, None)
            if value is not None:
                found |= {end: float(value), f"{end}_open": is_open}
    return found


def _way(hint: Any) -> str:
    """Name one of several ways in which a parameter may be given."""
    shape = _shaped(hint, _marks(hint))["shape"]
    return {
        "choice": "one of these",
        "choices": "some of these",
        "integer": "a number",
        "number": "a number",
        "text": "a text",
        "texts": "texts",
        "column": "a column",
        "columns": "columns",
        "records": "a table",
        "mapping": "a table",
        "flag": "yes or no",
    }.get(shape, "something else")


def _parts(hint: Any) -> tuple[Any, ...]:
    if typing.get_origin(hint) in (Union, types.UnionType):
        return typing.get_args(hint)
    return (hint,)


def _bare(hint: Any) -> Any:
    return typing.get_args(hint)[0] if hasattr(hint, "__metadata__") else hint


def _marks(hint: Any) -> list[Any]:
    """List the marks of a type; those of a ``Field`` within it too."""
    own = list(getattr(hint, "__metadata__", ()))
    return own + [m for mark in own if isinstance(mark, FieldInfo) for m in mark.metadata]


def _titled(marks: Iterable[Any]) -> str | None:
    return next((m.title for m in marks if isinstance(m, FieldInfo) and m.title), None)


def _described(marks: Iterable[Any]) -> str | None:
    found = (m.description for m in marks if isinstance(m, FieldInfo) and m.description)
    return next(found, None)
