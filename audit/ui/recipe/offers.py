"""What lists of words offer: kinds of personal data by their names, else what stands there."""

from collections.abc import Callable, Sequence
from typing import Any

from audit.mending.form import FormField
from audit.pii.catalogue import ENTITIES, entity

_OF_KINDS = "entities"


def listed(field: FormField, given: Sequence[str]) -> list[str]:
    """List what may be chosen: what is given, what is usual, and all there is where it is known."""
    known = list(ENTITIES) if field.name == _OF_KINDS else []
    usual = field.default if isinstance(field.default, list | tuple) else []
    return list(dict.fromkeys((*given, *usual, *known)))


def named(field: FormField) -> Callable[[Any], str]:
    """Give what writes a choice for people."""
    if field.name == _OF_KINDS:
        return lambda id_: entity(str(id_)).title if id_ in ENTITIES else str(id_)
    return str
